"""``python -m sanso``: prove and ask from a command line, of an inventory or of a folder of backups."""

import gc
import sys

from sanso.command import main

if __name__ == "__main__":
    gc.disable()  # all that is made is needed until the answer is given
    sys.exit(main())
