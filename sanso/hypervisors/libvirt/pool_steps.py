"""Changes of storage pools; a pool that lies elsewhere than intended stays, for disks are in it."""

from __future__ import annotations

from sanso.hypervisors.libvirt.change import Change, Changes, virsh
from sanso.hypervisors.libvirt.pool import render_pool
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.xml import written
from sanso.network.virtual import HostFacts


def pool_changes(state: State, intended: HostFacts) -> Changes:
    """What brings pools there, active and started with the host."""
    for name, wanted in intended.pools.items():
        pool = state.pools.get(name)
        if pool is None:
            made = virsh("pool-define", stdin=written(render_pool(name, wanted.path)))
            yield Change(made, (virsh("pool-undefine", pool=name),), name)
            yield Change(virsh("pool-build", pool=name), (), name)
        if pool is None or not pool.autostart:
            yield Change(virsh("pool-autostart", pool=name), (), name)
        if pool is None or not pool.active:
            yield Change(virsh("pool-start", pool=name), (virsh("pool-destroy", pool=name),), name)
