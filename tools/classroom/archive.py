"""Zip archives whose bytes depend on nothing but what is in them."""

import zipfile

FILE, PROGRAM = 0o100644, 0o100755


def write_zip(target, files, programs=()):
    """Write an archive from a dictionary of paths, as "class/README.md", to bytes.

    programs: the paths that are to be executable.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path)  # of 1980, unless one says otherwise
            entry.create_system = 3  # a Unix, wherever it is made: it decides what the mode means
            entry.external_attr = (PROGRAM if path in programs else FILE) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path])
