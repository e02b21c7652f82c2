"""Exit quiz for notebook 14, Arrays."""

import numpy as np

from micrograd.array import Array
from tools.classroom.quiz import ask


def numbers(array):
    return tuple(map(float, np.ravel(array)))


def shape(array):
    return f"`{array.shape}`"


a = Array([1.0, 2.0, 5.0])
(a * a).sum().backward()

bias = Array([1.0, 2.0])
(Array(np.ones((4, 2))) + bias).sum().backward()

x, w = Array([[1.0, 2.0], [3.0, 4.0]]), Array([[1.0], [1.0]])
(x @ w).sum().backward()
g = np.ones((2, 1))

large, wide = Array(np.ones((5, 3))), Array(np.ones((3, 2)))
product = large @ wide
product.sum().backward()

four = Array([1.0, 2.0, 3.0, 6.0])
(four.sum() * 0.25).backward()

QUESTIONS = [
    ask("14.q1", "`a` holds 1, 2 and 5, and the root is `(a * a).sum()`. What is in `a.grad`?",
        (numbers(a.grad), "The slope of each number's square."),
        (numbers(a.data), "Each number is used twice in its square."),
        (numbers(a.data**2), "Those are the squares. Their slopes are asked for."),
        (numbers(np.ones(3)), "That is for the sum alone.")),
    ask("14.q2", "A bias of two numbers is added to each row of a matrix with four rows, and "
        "everything is added up. What is the gradient of the bias?",
        (numbers(bias.grad), "Each number is used once in each row."),
        (numbers(np.ones(2)), "That is for one use. How many are there?"),
        (numbers(np.full(2, 8.0)), "Each number is used in its own column only."),
        (numbers(np.full(2, 0.25)), "The uses are added up, not averaged.")),
    ask("14.q3", "`X` has the shape `(5, 3)`, `W` has `(3, 2)`, and the root is `(X @ W).sum()`. "
        "Which shape has `W.grad`?",
        (shape(wide.grad), "A gradient has the shape of what it belongs to."),
        (shape(wide.grad.T), "There is one number for each number of `W`, in the same place."),
        (shape(product.data), "That is the shape of the product."),
        (shape(large.data), "That is the shape of `X`.")),
    ask("14.q4", "`X` is `[[1, 2], [3, 4]]`, `W` is `[[1], [1]]`, and the root is `(X @ W).sum()`. "
        "Which numbers are in `W.grad`?",
        (numbers(w.grad), "The first weight meets 1 and 3, the second one 2 and 4."),
        (numbers(x.data @ g), "Those are the sums of the rows: `X` has to be transposed."),
        (numbers(w.data), "A weight's gradient is made of its inputs."),
        (numbers(np.full(2, x.data.sum())), "Each weight meets its own column only.")),
    ask("14.q5", "The root is the average of four numbers. What is the gradient of each of them?",
        (float(four.grad[0]), "Push one of them, and the average moves a quarter as far."),
        (1.0, "That is for the sum."),
        (4.0, "The sum is divided by 4, not multiplied."),
        (float(four.data.mean()), "That is the average itself.")),
]
