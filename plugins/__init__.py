"""Ansible's side of sanso: thin plugins, each with one call into the library."""
