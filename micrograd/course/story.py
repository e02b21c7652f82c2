"""A recorded backward pass, told page by page: in a sentence, and in marks on a drawing."""

from dataclasses import dataclass, field

from micrograd.course.flipbook import flipbook
from micrograd.course.replay import CannotReplay, nudged_gradient
from micrograd.course.words import capital, listed, names, near, short
from micrograd.graph import Marks, drawings, trace

MOST_DRAWN = 60    # values of a graph that is drawn; a larger one is told in words alone
MOST_BOXES = 3000  # values on all pages together, for the same reason
MOST_NUDGED = 300  # values of a graph whose leaves are nudged one by one
TOLERANCE = 1e-5   # how far from the nudge a gradient may be, as a fraction of it (of 1, if less)
SAID = {"turn": ", whose turn it is", "changed": ", just changed", "newest": ", just computed"}


@dataclass
class Page:
    """A sentence, and what its drawing shows: texts by value and by edge, and roles by value."""

    sentence: str
    grads: dict
    data: dict = field(default_factory=dict)
    roles: dict = field(default_factory=dict)
    edges: dict = field(default_factory=dict)  # (result, position of the operand): text
    lit: list = field(default_factory=list)    # results whose arrow to their operation stands out


class Story:
    """Tells a recorded pass page by page.

    grads: the gradient of every value as it stands on the page that is being told. known: the
    values that have got one in this pass. sent: what each edge has sent last. passed: what each
    value passed on, turn by turn. overwritten: the values that were overwritten since their turn.
    lost: what each has lost.
    """

    def __init__(self, root, ask):
        self.root, self.ask = root, ask
        self.values, edges = trace(root)
        self.names = names(self.values)
        if not getattr(root, "label", ""):
            self.names[root] = "the root"
        self.users = {value: [] for value in self.values}
        for operand, result in edges:
            self.users[operand].append(result)
        self.grads = {value: getattr(value, "grad", 0.0) for value in self.values}
        self.known, self.sent, self.passed, self.overwritten, self.lost = set(), {}, {}, set(), {}
        self.pages, self.drawn = [], True

    # The pages

    def forward(self):
        """A page for each operation, in the order of the values."""
        hidden = {value: "?" for value in self.values if value._prev}
        for value in self.values:
            if value._prev:
                hidden.pop(value)
                operands = listed(f"{self.names[each]} = {short(each.data)}"
                                  for each in value._prev)
                self.page(f"Forwards: {operands} give {self.names[value]} = {short(value.data)}.",
                          data=dict(hidden), roles={value: "newest"}, lit=[value],
                          edges={(value, i): "" for i in range(len(value._prev))})

    def backward(self, recorder):
        self.last = {turn.value: i for i, turn in enumerate(recorder.turns)}
        self.last_sent = {(turn.value, write.value): i for i, turn in enumerate(recorder.turns)
                          for write in turn.writes}
        turns = sum(turn.value is not None for turn in recorder.turns)
        count = len(self.values)
        if count > MOST_DRAWN or (turns + len(self.pages)) * count > MOST_BOXES:
            self.drawn = False
            self.page(f"{turns} turns of {count} values, told in words: they are too many to be "
                      f"drawn.")
        self.left = {value for value in self.values if recorder.before[value] != 0}
        if self.left:
            self.page(f"An earlier pass has left gradients: {self.told(self.leftovers())}.")
        seeded = False
        for i, turn in enumerate(recorder.turns):
            if turn.value is None:
                self.between_turns(turn)
                seeded = seeded or self.root in self.known
                continue
            if not seeded:
                self.page(f"The pass starts, and nothing sets the gradient of "
                          f"{self.names[self.root]} to 1: it is {short(self.grads[self.root])}.")
                seeded = True
            self.turn(turn, i)

    def between_turns(self, turn):
        """What the walk itself writes: what it sets back, the start, and all else as it comes."""
        back = [write for write in turn.writes if write.new == 0 != write.old]
        said = [f"Set back to 0: {listed(map(self.was, back))}."] if back else []
        for write in turn.writes:
            self.note(write, known=write.new != 0)
            if write.new != 0:
                said.append(self.start(write) or self.sentence_of(write, None, None))
                self.page(" ".join(said), roles={write.value: "changed"})
                said.clear()
        if said:
            self.page(said[0])

    def start(self, write):
        name = self.names[write.value]
        slope = f": d{name}/d{name} = 1." if " " not in name else "."
        if write.value is self.root and write.new == 1:
            return f"The pass starts at {name}, whose gradient is set to 1{slope}"
        return None

    def was(self, write):
        return f"{self.names[write.value]} (was {short(write.old)})"

    def turn(self, turn, i):
        value = turn.value
        if not value._prev and not turn.writes:
            return  # the turn of a leaf: there is nothing to be done
        begins = " ".join(self.beginning(turn, i))
        came = {edge: short(share) for edge, share in self.shares(value).items()}
        if self.ask and turn.writes:
            self.question(turn, begins, came)
        lost = {write.value: short(write.old) for write in reversed(turn.writes) if write.lost}
        roles = {write.value: "lost" if write.value in lost else "changed" for write in turn.writes}
        edges = {}
        said = [each for write in turn.writes for each in self.received(turn, i, write, edges)]
        if not turn.continued:
            self.passed.setdefault(value, []).append(turn.upstream)
        self.overwritten.discard(value)
        self.page(" ".join([begins, *(said or ["It passes nothing on."])]),
                  roles={value: "turn"} | roles, edges=came | edges, lit=[value], lost=lost)

    def shares(self, value):
        """What has come in by each edge, if by more than one."""
        came = {(user, at): sent for (user, at), sent in self.sent.items()
                if at is not None and user._prev[at] is value}
        return came if len(came) > 1 else {}

    def question(self, turn, begins, came):
        """The page before a turn is shown."""
        asked = listed(dict.fromkeys(self.names[write.value] for write in turn.writes))
        edges = {(turn.value, at): "?" for at in range(len(turn.value._prev))}
        self.page(f"{begins} What does it pass on to {asked}?", roles={turn.value: "turn"},
                  edges=came | edges, lit=[turn.value])

    def received(self, turn, i, write, edges):
        """What an operand receives in turn i, in sentences, and on its edge, in edges."""
        edge = self.edge_of(turn.value, write.value, edges)
        local = self.local(turn, write, edge)
        edges[edge] = "" if local is None else f"×{short(local)}"
        self.sent[edge] = write.contribution
        if write.lost:
            self.lost.setdefault(write.value, []).append(write.old)
        self.note(write)
        said = [self.sentence_of(write, local, turn.upstream)]
        if write.value in self.passed and self.last[write.value] < i:
            said.append(f"{capital(self.names[write.value])} has had its turn: it will not pass "
                        f"this on.")
        return said

    def compare(self):
        """The last page: the gradients of the leaves beside what the nudge says."""
        leaves = [value for value in self.values if not value._prev]
        self.known.update(leaves)
        right, wrong, unknown = self.judged(leaves)
        said = ["The pass is over, and wrong:" if wrong else "The pass is over."]
        said += [f"{'; '.join(wrong.values())}." if wrong else ""]
        said += [f"The nudge agrees: {self.told(right)}." if right else ""]
        said += [f"Not nudged: {listed(names)}, because {reason}."
                 for reason, names in unknown.items()]
        said += self.causes() if wrong else []
        self.page(" ".join(filter(None, said)), roles={leaf: "lost" for leaf in wrong})

    def causes(self):
        """What went wrong on the way: all that was lost, and all that was not passed on once."""
        if self.left:
            names = listed(self.names[value] for value in self.leftovers())
            yield f"What an earlier pass left is still in {names}."
        for value, lost in self.lost.items():
            yield f"{capital(self.names[value])} has lost {listed(map(short, lost))}."
        for value, passed in self.passed.items():
            if abs(sum(passed) - self.grads[value]) > TOLERANCE * max(1.0, abs(sum(passed))):
                total = f" = {short(sum(passed))}" if len(passed) > 1 else ""
                yield (f"{capital(self.names[value])} has passed on "
                       f"{' + '.join(map(short, passed))}{total}, and its gradient is "
                       f"{short(self.grads[value])}.")

    def judged(self, leaves):
        """The leaves with right gradients, what is wrong with others, what could not be nudged."""
        right, wrong, unknown = [], {}, {}
        for leaf in leaves:
            name, grad = self.names[leaf], self.grads[leaf]
            try:
                nudge = self.nudged(leaf)
            except CannotReplay as reason:
                unknown.setdefault(str(reason), []).append(name)
                continue
            if abs(grad - nudge) <= TOLERANCE * max(1.0, abs(nudge)):
                right.append(leaf)
            else:
                wrong[leaf] = f"{name} has {short(grad)}, where the nudge says {near(nudge)}"
        return right, wrong, unknown

    def nudged(self, leaf):
        if len(self.values) > MOST_NUDGED:
            raise CannotReplay(f"a graph of {len(self.values)} values takes too long")
        return nudged_gradient(self.root, leaf)

    def stopped(self, error):
        said = f"{type(error).__name__}: {error}".removesuffix(": ")
        self.page(f"Here the pass stopped: {said}")

    # What they say

    def beginning(self, turn, i):
        """Whose turn it is, and what is odd about its turn just now, in sentences."""
        value, name = turn.value, self.names[turn.value]
        does = "goes on with" if turn.continued else "takes"
        shares = list(self.shares(value).values())
        total = shares and abs(sum(shares) - turn.upstream) <= 1e-12 * abs(turn.upstream)
        parts = f"{' + '.join(map(short, shares))} = " if total else ""
        yield f"{capital(name)} {does} its turn, with the gradient {parts}{short(turn.upstream)}."
        if turn.continued:
            return
        before = self.passed.get(value)
        if before and before[-1] and value not in self.overwritten:
            yield (f"It has had a turn before and passed on {short(before[-1])}; that is still in "
                   f"it and goes out once more.")
        elif before:
            yield "It has had a turn before."
        coming = {user: None for user in self.users[value]
                  if self.last_sent.get((user, value), -1) > i}
        if coming:
            yield (f"This is early: {listed(self.names[user] for user in coming)} will still send "
                   f"{name} {'its part' if len(coming) == 1 else 'their parts'}.")

    def sentence_of(self, write, local, upstream):
        name, had, new = capital(self.names[write.value]), short(write.old), short(write.new)
        part = short(write.contribution)
        product = part if local is None else f"{short(upstream)} × {short(local)} = {part}"
        if write.lost:
            return f"{name} gets {product} in place of the {had} it had, which is lost."
        if write.old == 0:
            return f"{name} gets {product}."
        return f"{name} gets {product} more: {had} + {part} = {new}."

    def edge_of(self, result, operand, taken):
        """The edge that a write came by: the first to this operand that has not been taken."""
        places = [i for i, each in enumerate(result._prev) if each is operand]
        free = [i for i in places if (result, i) not in taken] or places or [None]
        return result, free[0]

    def local(self, turn, write, edge):
        """The local derivative that the engine used, or None where it cannot be told."""
        known = getattr(turn.value, "_local_derivatives", None)
        if known and edge[1] is not None:
            return known[edge[1]]
        return write.contribution / turn.upstream if turn.upstream else None

    def leftovers(self):
        """The values that still have what an earlier pass left in them, in order."""
        return [value for value in self.values if value in self.left]

    def told(self, values):
        return listed(f"{self.names[value]} has {short(self.grads[value])}" for value in values)

    def note(self, write, known=True):
        self.grads[write.value] = write.new
        if known:
            self.known.add(write.value)
        if not write.added:
            self.overwritten.add(write.value)
            self.left.discard(write.value)

    def page(self, sentence, lost=(), **shown):
        grads = {} if not self.drawn else {
            value: short(grad) if value in self.known or grad != 0 else "?"
            for value, grad in self.grads.items()}
        for value, old in dict(lost).items():
            if self.drawn:
                grads[value] += f" ({old} lost)"
        self.pages.append(Page(sentence, grads, **shown))

    # Their drawings

    def flipbook(self):
        sentences = [page.sentence for page in self.pages]
        if not self.drawn:
            return flipbook([(None, sentence) for sentence in sentences])
        pictures = drawings(self.root, [self.marks(page) for page in self.pages])
        for picture, page in zip(pictures, self.pages, strict=True):
            picture.description = self.in_words(page)
        return flipbook(zip(pictures, sentences, strict=True))

    def in_words(self, page):
        """What the drawing of a page shows, for readers who cannot see it."""
        said = []
        for value in self.values:
            data = page.data.get(value, short(value.data))
            role = SAID.get(page.roles.get(value), "")
            said.append(f"{self.names[value]} {data}, gradient {page.grads[value]}{role}")
        return f"{'; '.join(said)}."

    def marks(self, page):
        number = {value: i for i, value in enumerate(self.values)}
        arrows = [(value, i) for value in self.values for i in range(len(value._prev))]
        arrow = {edge: f"e{i}" for i, edge in enumerate(arrows)}
        data = {value: short(value.data) for value in self.values} | page.data
        texts = {arrow[edge]: text for edge, text in page.edges.items() if edge in arrow}
        named = lambda texts: {f"v{number[value]}": text for value, text in texts.items()}
        return Marks(data=named(data), grads=named(page.grads), roles=named(page.roles),
                     edges={name: text for name, text in texts.items() if text},
                     lit=frozenset([*texts, *(f"r{number[v]}" for v in page.lit)]))
