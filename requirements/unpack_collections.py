"""``python unpack_collections.py WHEEL FOLDER``: unpack from the ``ansible`` package the few collections in use."""

import sys
from pathlib import Path
from zipfile import ZipFile

COLLECTIONS = ("ansible/netcommon", "ansible/utils", "arista/eos", "cisco/ios", "containers/podman")


def unpack(wheel: Path, folder: Path) -> None:
    """Unpack the collections of a wheel below a folder.

    Raises:
        LookupError: the wheel lacks one of them.
    """
    with ZipFile(wheel) as archive:
        for collection in COLLECTIONS:
            top = f"ansible_collections/{collection}/"
            members = [name for name in archive.namelist() if name.startswith(top)]
            if not members:
                raise LookupError(f"{wheel.name} has no {top}")
            archive.extractall(folder, members)


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), Path(sys.argv[2]))
