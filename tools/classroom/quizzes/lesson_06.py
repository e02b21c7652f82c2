"""Exit quiz for notebook 6, A neuron."""

from tools.classroom.faults import LocalAlone, OwnValue, ProductAsSum, gradients
from tools.classroom.quiz import Healthy, ask, ask_engines

NUMBERS = (3.0, -1.0, 2.0, 0.5, 2.0)
NEURON = ("A neuron has $x_1 = 3$, $x_2 = -1$, $w_1 = 2$, $w_2 = 0.5$ and $b = 2$, and computes "
          "$n = x_1 w_1 + x_2 w_2 + b$.")


def neuron(x1, x2, w1, w2, b):
    return x1 * w1 + x2 * w2 + b


def first_weight_at_zero(engine):
    x1, _, w1, _, _ = gradients(engine, neuron, (0.0, *NUMBERS[1:]))
    zero = [name for name, grad in (("`x1`", x1), ("`w1`", w1)) if grad == 0]
    return " and ".join(zero) or "neither"


x1, x2, w1, w2, b = NUMBERS
w, v, first, second = 2.0, 3.0, 1.0, 4.0  # m = v (w x + first) + second

QUESTIONS = [
    ask("6.q1", f"{NEURON} What is `n`?",
        (neuron(*NUMBERS), "6, less 0.5, plus 2."),
        (x1 * w1 + x2 * w2, "The bias is missing."),
        ((x1 + w1) + (x2 + w2) + b, "Each input is multiplied by its weight, not added."),
        ((x1 + x2) * (w1 + w2) + b, "Each input has a weight of its own.")),
    ask("6.q2", f"{NEURON} What is the gradient of `w1`, with `n` as the root?",
        (gradients(Healthy, neuron, NUMBERS)[2], "A weight's gradient is its input."),
        (gradients(OwnValue, neuron, NUMBERS)[2], OwnValue.told),
        (gradients(ProductAsSum, neuron, NUMBERS)[2], ProductAsSum.told),
        (neuron(*NUMBERS), "That is the value of `n`.")),
    ask("6.q3", "In another neuron $x_1$ is 0 and $w_1$ is 2. Which of the two has the gradient 0?",
        (first_weight_at_zero(Healthy), "A weight's gradient is its input, and that is 0."),
        (first_weight_at_zero(OwnValue), "`x1` has the value 0. Its gradient is its weight."),
        ("both", "`x1` is multiplied by 2: a push of it moves `n`."),
        (first_weight_at_zero(ProductAsSum), "A push of `w1` is multiplied by 0.")),
    ask("6.q4", "Two neurons in a row: $n = 2x + 1$ and $m = 3n + 4$. They can be replaced by one. "
        "What are its weight and its bias?",
        ((v * w, v * first + second), "Multiply it out: 3 (2 x + 1) + 4."),
        ((v + w, first + second),
         "The weights are multiplied, since one is applied after the other."),
        ((v * w, first + second), "The first bias goes through the second weight, too."),
        ((v * w, second), "The first neuron has a bias, too.")),
    ask_engines("6.q5", f"{NEURON} More follows to the right, so that `n.grad` is 0.5. What is the "
                "gradient of `w1`?", neuron, NUMBERS, 2, "Its input, 3, times the upstream 0.5.",
                LocalAlone, OwnValue, ProductAsSum, upstream=0.5),
]
