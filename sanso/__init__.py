"""sanso (三層): a city's three-layer network as text.

The library knows nothing of Ansible.  Data flows one way, down this list, and a package imports only what
stands above it: ``city`` → ``rules`` → ``network`` → ``render`` → ``change`` → ``devices`` → ``report``;
``platforms`` holds all that knows one network OS, ``lab`` the emulated devices.
"""

__version__ = "0.1.0"
