"""Exit quiz for notebook 4, Gradients by hand."""

from tools.classroom.faults import OwnValue, ProductAsSum, Unseeded, gradients
from tools.classroom.quiz import Healthy, ask

D, F, H = 5.0, 4.0, 0.01
ROOT = "$L = d \\cdot f$, with `d` at 5 and `f` at 4, so $L$ is 20."


def product(d, f):
    return d * f


def found(engine, place):
    return gradients(engine, product, (D, F))[place]


def grad_of_root(engine):
    root = product(engine(D), engine(F))
    root.backward()
    return root.grad


VALUE = "That is the value of $L$. How fast does it move?"
QUESTIONS = [
    ask("4.q1", f"{ROOT} What is the gradient of `f`?",
        (found(Healthy, 1),
         "`f` is multiplied by 5, so a push of `f` comes out five times as large."),
        (found(OwnValue, 1), "That is the value of `f`. Its gradient is what it is multiplied by."),
        (found(ProductAsSum, 1), ProductAsSum.told),
        (product(D, F), VALUE)),
    ask("4.q2", f"{ROOT} What is the gradient of $L$ itself?",
        (grad_of_root(Healthy), "Push $L$ by h, and it moves by h."),
        (grad_of_root(Unseeded), "Push $L$ up by 1: by how much has it gone up?"),
        (product(D, F), VALUE),
        (found(Healthy, 1), "That is the gradient of `f`.")),
    ask("4.q3", f"{ROOT} We push `f` up by 0.01. How far does $L$ move?",
        (round(product(D, F + H) - product(D, F), 6), "The gradient, 5, times the push."),
        (found(Healthy, 1), "That is how fast it moves. Multiply by the push."),
        (round(found(OwnValue, 1) * H, 6), "That would be for a push of `d`."),
        (H, "A push of `f` is multiplied by `d`.")),
    ask("4.q4", f"{ROOT} With `d` at 5.001, $L$ is 20.004. What slope does the nudge find?",
        (round((product(D + 0.001, F) - product(D, F)) / 0.001, 6), "0.004 divided by 0.001."),
        (0.004, "That is the movement. Divide it by the step."),
        (found(OwnValue, 0), "That is the value of `d`. It moves by what it is multiplied by."),
        (20.004, "That is the new value of $L$. How far has it moved?")),
    ask("4.q5", "$L = d \\cdot f$ again, but now `d` is 5 and `f` is -4. Which way does $L$ go "
        "when `d` is pushed up?",
        ("down" if gradients(Healthy, product, (D, -F))[0] < 0 else "up",
         "The gradient of `d` is -4: $L$ goes down four times as fast."),
        ("up" if gradients(OwnValue, product, (D, -F))[0] > 0 else "down",
         "`d` is positive. But what counts is what it is multiplied by."),
        ("it stays the same", "That would take an `f` of 0.")),
]
