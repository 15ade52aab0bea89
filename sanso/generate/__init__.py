"""Make valid cities of any size, as Ansible inventories, for benchmarks and tests."""

from sanso.generate.city import generate
from sanso.generate.size import Size, SizeError
from sanso.generate.write import TargetError, write_inventory

__all__ = ["Size", "SizeError", "TargetError", "generate", "write_inventory"]
