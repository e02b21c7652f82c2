"""The course on other machines: awkward folders, users and settings, load, bare systems."""
