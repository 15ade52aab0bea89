"""Emulated network devices on loopback: test doubles for clients that know only SSH.

``make_device`` gives a device without any network, ``Lab`` (in ``sanso.lab.server``) serves many over SSH in one
process, and ``python -m sanso.lab`` runs a lab in the background.  What knows one network OS stands in the
package of its name below this one; the rest is neutral.
"""

from sanso.lab.device import Device, make_device
from sanso.lab.spec import DeviceSpec, Timing, load_specs

__all__ = ["Device", "DeviceSpec", "Timing", "load_specs", "make_device"]
