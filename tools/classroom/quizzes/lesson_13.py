"""Exit quiz for notebook 13, Training."""

from tools.classroom.quiz import ask


def hinge(label, score):
    return max(0.0, 1 - label * score)


def descent(start, rate, steps, direction=-1, renew=True, zero=True):
    """Places on the way down the parabola, with the mistakes that one can make."""
    p, gradient = start, 0.0
    for step in range(steps):
        if renew or step == 0:
            gradient = 2 * p + (0.0 if zero else gradient)
        p += direction * rate * gradient
    return p


SCORES, LABELS = (2.0, 0.5, -0.3, -1.0), (1, 1, 1, -1)
pairs = list(zip(LABELS, SCORES, strict=True))


def share(right):
    return sum(map(right, pairs)) / len(pairs)


POINTS, BATCH, PASSES = 100, 20, 3
PARABOLA = "The loss is $p^2$, whose gradient is $2p$."

QUESTIONS = [
    ask("13.q1", "A point has the label -1 and the score 0.5. The hinge loss is "
        "$\\max(0, 1 - \\text{label} \\cdot \\text{score})$. What is it here?",
        (hinge(-1, 0.5), "The score is on the wrong side, so 1 and 0.5 more."),
        (hinge(1, 0.5), "That is the loss for the label 1."),
        (0.0, "The point is on the wrong side."),
        (-1 * 0.5, "That is label times score. The loss is never below 0.")),
    ask("13.q2", f"{PARABOLA} We are at $p = 3$ and take one step of gradient descent, with the "
        "learning rate 0.25. Where does it lead?",
        (descent(3.0, 0.25, 1), "The gradient is 6, times 0.25, and down."),
        (descent(3.0, 0.25, 1, direction=1), "That is along the gradient, so uphill."),
        (descent(3.0, 1.0, 1), "The learning rate is missing."),
        (3.0 - 0.25 * 3.0, "The gradient is 2p, not p.")),
    ask("13.q3", f"{PARABOLA} Two steps from $p = 1$, with the learning rate 0.75: where are we?",
        (descent(1.0, 0.75, 2), "First to -0.5, then to 0.25: across the valley, and nearer each "
                                "time."),
        (descent(1.0, 0.75, 2, renew=False), "The gradient of the first step was used again."),
        (descent(1.0, 0.75, 2, zero=False), "The gradient of the first step was still in there: it "
                                            "was not set to 0."),
        (descent(1.0, 0.75, 1), "That is after one step.")),
    ask("13.q4", "Four points have the scores 2, 0.5, -0.3 and -1, and the labels 1, 1, 1 and -1. "
        "What share of them is on the right side?",
        (share(lambda pair: pair[0] * pair[1] > 0),
         "All but the third have the sign of their label."),
        (share(lambda pair: hinge(*pair) == 0), "Those have a loss of 0. 0.5 is on the right side, "
                                                "too."),
        (share(lambda pair: pair[0] * pair[1] <= 0), "That is the share on the wrong side."),
        (1.0, "The third has a negative score, and the label 1.")),
    ask("13.q5", f"There are {POINTS} points, in batches of {BATCH}. How many steps are taken in "
        f"{PASSES} passes over all of them?",
        (POINTS // BATCH * PASSES, "Five steps in each pass."),
        (PASSES, "That would be with all points in one batch."),
        (POINTS * PASSES, "That would be a step for each point."),
        (POINTS // BATCH, "That is in one pass.")),
]
