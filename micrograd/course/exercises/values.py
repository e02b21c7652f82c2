"""Asking a learner's function of Values: for the graph it builds, its value and its gradients.

`inputs` are what the function is called with, once each number has become a leaf: a tuple of
numbers, or of tuples of numbers, which become lists of leaves. The first `fixed` of them stay as
they are.
"""

from contextlib import contextmanager
from random import Random

from micrograd.course.exercises import (
    Wrong,
    ask,
    compare,
    listed,
    require_function,
    shown,
)
from micrograd.engine import Value, operation, result

# What Python says inside `operation`, and what to say to that.
NOT_FOR_OPERATION = {
    "'Value' has no len()": "The operands must be a tuple. With one operand it needs a comma: "
                            "(x,).",
    "has no len()": "The local derivatives must be a tuple. With one number it needs a comma: "
                    "(number,).",
    "not list": "Among the operands or the local derivatives there is a list. Each is one flat "
                "tuple: (*a, *b).",
    "not Value": "The local derivatives must be plain numbers, and one of them is a Value. Compute "
                 "them from the `data` of the operands.",
}


def two_places(seed):
    """A function that draws a number between two others, of two decimal places."""
    source = Random(seed)
    return lambda low, high: round(source.uniform(low, high), 2)


@contextmanager
def noting_passes(note):
    """The list of note(root) for each root.backward() that runs inside."""
    noted, backward = [], Value.backward

    def noting_backward(self):
        noted.append(note(self))
        backward(self)
    Value.backward = noting_backward
    try:
        yield noted
    finally:
        Value.backward = backward


def build(function, inputs, fixed=0):
    """What the learner's function makes of fresh leaves: the root, a Value, and the leaves.

    Raises NotAttempted and Wrong as `ask` does, and Wrong if the answer is not a Value.
    """
    require_function(function)
    arguments = [[Value(x) for x in group] if isinstance(group, tuple) else Value(group)
                 for group in inputs[fixed:]]
    try:
        root = ask(lambda *_: function(*inputs[:fixed], *arguments), *inputs)
    except Wrong as wrong:
        if stopped_in(wrong.__context__, result) and "not Value" in str(wrong):
            raise Wrong("the result handed to `operation` is a Value, and must be a plain "
                        "number. Compute it from the `data` of the operands.") from None
        if stopped_in(wrong.__context__, operation):
            hints = [hint for piece, hint in NOT_FOR_OPERATION.items() if piece in str(wrong)]
            raise Wrong(" ".join([str(wrong), *hints[:1]])) from None
        if "not Value" in str(wrong):
            raise Wrong(f"{wrong} The functions of `math` want a number. Inside a new operation "
                        f"that is x.data; elsewhere a Value has methods of its own.") from None
        if "list index" in str(wrong):
            raise Wrong(f"{wrong} A list may be of any length: walk through it.") from None
        raise
    if not isinstance(root, Value):
        raise Wrong(f"for {listed(inputs)} got {shown(root)}, expected a Value. A plain number "
                    f"does not remember where it came from, so no gradient can come back.")
    leaves = []
    for argument in arguments:
        leaves += argument if isinstance(argument, list) else [argument]
    return root, leaves


def stopped_in(error, function):
    """Whether this function itself raised the error, and not what called it."""
    last = error and error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    return last and last.tb_frame.f_code is function.__code__


def value_and_gradients(function, inputs, fixed=0):
    """The value of what the function builds, and the list of its gradients, one for each leaf."""
    root, leaves = build(function, inputs, fixed)
    try:
        root.backward()
    except Exception as error:
        raise Wrong(f"for {listed(inputs)} backward() stopped with {type(error).__name__}: "
                    f"{error}.") from None
    return root.data, [leaf.grad for leaf in leaves]


def compare_values_and_gradients(function, value, gradients, cases, *, value_mistakes=(),
                                 mistakes=(), value_hint="", hint="", fixed=0):
    """Compare first the values, then the gradients, with the expected functions of numbers.

    cases: a list of inputs. The rest is as for `compare`.
    """
    answers = {inputs: value_and_gradients(function, inputs, fixed) for inputs in cases}
    compare(lambda *x: answers[x][0], value, cases, value_mistakes, value_hint)
    try:
        compare(lambda *x: one(answers[x][1]), lambda *x: one(gradients(*x)), cases,
                [(lambda *x, f=f: one(f(*x)), why) for f, why in mistakes], hint)
    except Wrong as wrong:
        raise Wrong(f"the values are right, but not the gradients: {wrong}") from None


def one(gradients):
    """The gradient itself where there is only one, which reads better in a message."""
    return gradients[0] if len(gradients) == 1 else list(gradients)


def one_operation(function, inputs):
    """Raise Wrong unless the function makes one operation of its leaves, well formed."""
    root, leaves = build(function, inputs)
    if root in leaves or set(root._prev) != set(leaves):
        raise Wrong("the result must be one operation, with what the function was given as its "
                    "operands. Compute a plain number first, and call `operation` once.")
