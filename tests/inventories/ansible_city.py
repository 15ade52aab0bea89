"""An inventory as Ansible itself reads it, by way of the plugins' own code."""

from __future__ import annotations

from pathlib import Path

from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader
from ansible.template import Templar
from ansible.utils.collection_loader import AnsibleCollectionConfig
from ansible.vars.hostvars import HostVars
from ansible.vars.manager import VariableManager

from sanso_plugins.common.hostvars import HostVariables


def read_with_ansible(folder: Path, group: str = "network") -> HostVariables:
    """Hosts' variables of an inventory folder, as an action plugin gets them."""
    if AnsibleCollectionConfig.collection_finder is None:
        init_plugin_loader()
    loader = DataLoader()
    loader.set_basedir(str(folder))
    inventory = InventoryManager(loader=loader, sources=[str(folder)])
    manager = VariableManager(loader=loader, inventory=inventory)
    hostvars = HostVars(inventory=inventory, variable_manager=manager, loader=loader)
    task_vars = {"hostvars": hostvars, "groups": inventory.get_groups_dict()}
    return HostVariables(task_vars, Templar(loader=loader, variables=task_vars), group)
