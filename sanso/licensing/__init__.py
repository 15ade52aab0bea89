"""Licences of Windows and Office on terminals: what is, what should be, and the way there."""
