"""What modules hold, noted down to the code of their functions, so that it can be put back."""

import types


class Seal:
    """What some modules hold now.

    strict: whether a name that was added to a module or a class since then counts as a change, too:
    it may hide a builtin. Submodules and names with two underscores come by themselves.
    """

    def __init__(self, modules, strict):
        self.strict = strict
        self.noted = {}  # id -> the thing itself, so that it stays alive, and its parts
        for module in modules:
            self._note(module, module.__name__)

    def _note(self, thing, home):
        """Note a module, and all that was made in it: classes, functions, tables."""
        parts = parts_of(thing)
        if parts is None or id(thing) in self.noted:
            return
        self.noted[id(thing)] = thing, parts
        if isinstance(thing, types.ModuleType | type):
            for part in parts.values():
                if type(part) is dict or getattr(part, "__module__", None) == home:
                    self._note(part, home)

    def mend(self):
        """Put everything back; returns what to call to undo that, and the names of the changed."""
        undo, names = [], []
        for thing, parts in self.noted.values():
            now = parts_of(thing)
            for name in [name for name in parts if now.get(name, undo) is not parts[name]]:
                undo.append((put, thing, name, now[name]) if name in now else (drop, thing, name))
                put(thing, name, parts[name])
                names.append(str(name))
            for name in self._added(thing, parts, now):
                undo.append((put, thing, name, now[name]))
                drop(thing, name)
                names.append(str(name))
        return (lambda: [do(*what) for do, *what in reversed(undo)]), names

    def _added(self, thing, parts, now):
        if not self.strict or type(thing) is dict:
            return []
        return sorted(name for name in now.keys() - parts.keys()
                      if not name.startswith("__") and type(now[name]) is not types.ModuleType)


def parts_of(thing):
    """The parts of a thing by name, or None if it has none that could be replaced."""
    if isinstance(thing, types.FunctionType):
        return {name: getattr(thing, name) for name in ("__code__", "__defaults__",
                                                        "__kwdefaults__")}
    if isinstance(thing, types.ModuleType):
        return dict(vars(thing))
    if isinstance(thing, type) and thing.__flags__ & CAN_BE_CHANGED:
        return dict(vars(thing))
    return dict(thing) if type(thing) is dict else None


CAN_BE_CHANGED = 1 << 9  # of a class: made by Python code, not by C


def put(thing, name, part):
    if type(thing) is dict:
        thing[name] = part
    else:
        setattr(thing, name, part)


def drop(thing, name):
    if type(thing) is dict:
        del thing[name]
    else:
        delattr(thing, name)
