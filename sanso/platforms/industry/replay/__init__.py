"""What a configuration becomes with each command that this project's writers send.

A command that is not among those is refused with ``ReplayError``: it is then not known what the device holds.
"""

from sanso.platforms.industry.replay.replay import Replay

__all__ = ["Replay"]
