"""Cisco Catalyst 9800 wireless controllers, IOS XE 17.9 and later."""
