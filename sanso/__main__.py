"""``python -m sanso``: prove and ask from a command line, of an inventory or of a folder of backups."""

import sys

from sanso.command import main

if __name__ == "__main__":
    sys.exit(main())
