"""What must be there before a module can be used: packages from PyPI, and all of this one."""

from importlib import import_module


def needed(module, purpose, packages):
    """The module of that name. Raises ModuleNotFoundError, with what to install, if it is missing.

    purpose says for what it is, packages what pip calls that and whatever goes with it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        remedy = f"{purpose} need the package {module}. Say: pip install {packages}"
        raise ModuleNotFoundError(remedy, name=module) from None


def whole():
    """Raises ImportError if another package called micrograd was installed over this one."""
    package = import_module("micrograd")
    if not hasattr(package, "HOME"):
        raise ImportError(
            f"Another package called micrograd lies over the course's, in {package.__path__[0]}: "
            "say `pip uninstall -y micrograd micrograd-course`, then install the course's again.")
