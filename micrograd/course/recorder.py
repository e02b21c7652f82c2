"""What a backward pass does to the gradients of a graph, written down while it happens.

The pass is the one of the class that made the values. While it runs, each value belongs to a
subclass of its own class, which notes who takes its turn, and who reads and writes which gradient;
everything else is inherited. Afterwards each value belongs to its own class again.
"""

import functools
from contextlib import contextmanager
from dataclasses import dataclass, field
from numbers import Real

MOST_TURNS = 10_000  # a walk that starts anew from every use doubles with each shared value


@dataclass
class Write:
    """A gradient gets a new number. added: the old one was read first, so the new one has it."""

    value: object
    old: float
    new: float
    added: bool

    @property
    def contribution(self):
        return self.new - self.old if self.added else self.new

    @property
    def lost(self):
        return not self.added and self.old != 0


@dataclass
class Turn:
    """The writes of one value's turn; value is None for what happens between the turns.

    continued: the rest of a turn, after another value's turn in the midst of it.
    """

    value: object
    upstream: float = 0.0
    writes: list = field(default_factory=list)
    continued: bool = False


class TooManyTurns(RuntimeError):
    """A walk does not come to an end."""


class Recorder:
    """Keeps the turns of a pass in order. `now` are the values whose turns go on."""

    def __init__(self, values):
        self.values = values
        self.before = {value: getattr(value, "grad", 0.0) for value in values}
        self.grads = dict(self.before)
        self.turns, self.now, self.read = [], [], set()

    def begin(self, value):
        if len(self.turns) == MOST_TURNS:
            raise TooManyTurns(f"{MOST_TURNS} turns for {len(self.values)} values, and no end: see "
                               f"how often the walk comes back to each value, or watch less")
        self.now.append(value)
        self.turns.append(Turn(value, value.grad))
        self.read.clear()  # what was read before the turn is not what is added to in it

    def end(self):
        self.now.pop()
        self.read.clear()

    def wrote(self, value, new):
        old, self.grads[value] = self.grads.get(value, 0.0), new
        turning = self.now[-1] if self.now else None
        if not self.turns or self.turns[-1].value is not turning:
            self.turns.append(Turn(turning, self.grads.get(turning, 0.0), continued=True))
        added = value in self.read and isinstance(old, Real) and isinstance(new, Real)
        self.turns[-1].writes.append(Write(value, old, new, added))
        self.read.discard(value)


def recorded(cls, recorder):
    """A subclass of cls whose values report to the recorder."""

    class Recorded(cls):
        __slots__ = ()

        def __getattribute__(self, name):
            found = super().__getattribute__(name)
            if name == "grad":
                recorder.read.add(self)
            elif name == "_local_derivatives":  # an engine without closures: the turn of self
                recorder.now.clear()
                recorder.begin(self)
            elif name == "_backward":
                return turn_of(self, found, recorder)
            return found

        def __setattr__(self, name, new):
            if name == "grad":
                recorder.wrote(self, new)
            super().__setattr__(name, new)

    return Recorded


def turn_of(value, step, recorder):
    """The step, so that it reports when it begins and when it ends."""

    @functools.wraps(step)
    def reported(*args, **options):
        recorder.begin(value)
        done = step(*args, **options)
        recorder.end()
        return done

    return reported


@contextmanager
def recording(values):
    """Record what happens to the gradients of these values, with a Recorder."""
    recorder, classes = Recorder(values), {}
    own = [type(value) for value in values]
    for cls in own:
        classes.setdefault(cls, recorded(cls, recorder))
    try:
        for value, cls in zip(values, own, strict=True):
            value.__class__ = classes[cls]
        yield recorder
    finally:
        for value, cls in zip(values, own, strict=True):
            object.__setattr__(value, "__class__", cls)
