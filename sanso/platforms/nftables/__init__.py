"""Linux routers and firewalls with nftables: read only, from backups."""
