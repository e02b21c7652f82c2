"""What the notebooks' predictions ask for, and what is said to the answers that are expected.

From each prediction's name to its question. Of the replies, the first belongs to the right answer;
the others answer what learners say instead.
"""

from micrograd.course.guesses import Labels, Number, Numbers, Options

PREDICTIONS = {
    "1.secant": Number({
        3: "f goes from 1 to 4, and the step is 1.",
        2: "That is the slope at the point 1. Between 1 and 2 the curve gets steeper.",
        4: "That is f(2). How far has f moved, if it began at f(1)?",
    }),
    "1.limit": Number({
        2: "The rise shrinks, but so does the step it is divided by.",
        0: "The rise goes to 0, and so does the step. Their ratio does not.",
        2.001: "That is the last one. With a smaller step still, what is left of the .001?",
        1: "1 is f(1), the height of the curve there and not its slope.",
    }),
    "1.print": Options("B", (
        "yes", "The number is in there, but nobody has told Python that it is what matters."), (
        "no", "Python shows the name of the class and a place in memory: all it knows of it.")),
    "1.old-object": Options("B", (
        "the text", "The class was not changed. A second one was made under the same name, and "
                    "`first` knows only the one before."), (
        "the place in memory", "`first` still belongs to the class that it was made from.")),

    "2.attached": Number({
        -1: "Python looks a method up in the class each time, and it is there by now.",
        "error": "In notebook 1 there was a second class. Here the one class that `a` belongs to "
                 "has got a method.",
        1: "Look at the sign of `b`.",
        5: "Look at the sign of `b`.",
    }, error=True),
    "2.plus-one": Number({
        "error": "`__add__` asks `other` for its `data`, and the number 1 has none.",
        3: "Nobody has told Python to make a value of the 1.",
    }, error=True),
    "2.order": Number({
        -28: "Python multiplies first, for values as for numbers.",
        -10: "That goes from left to right. The language itself puts `*` before `+`.",
    }),
    "2.unchanged": Number({
        2: "`a + b` makes another value. It only reads `a`.",
        -1: "That reads `a + b` as a command to change `a`. It makes a new value.",
    }),

    "3.operands": Number({
        2: "An operation knows its own two operands: the product, and `c`.",
        3: "Three values went into the formula, but only two into its last operation.",
        5: "That counts the whole graph. `_prev` holds one step back.",
    }),
    "3.shapes": Number({
        7: "Four leaves and three results. An ellipse only shows what is in `_op`.",
        10: "The ellipses are no values: they have no data of their own.",
        4: "Those are the leaves. Each result is a value, too.",
        3: "Those are the results. The leaves are values, too.",
    }),
    "3.visit": Labels({
        ("a", "b", "e", "c", "d", "f", "L"): "Each value is written down after its operands.",
        ("a", "b", "c", "f", "e", "d", "L"): "That reads the picture by columns. `visit` writes "
            "down `e` as soon as its operands are, before it looks at `c`.",
        ("L", "d", "e", "a", "b", "c", "f"): "That is the order of visiting. `visit` writes a "
            "value down only after its operands.",
    }, count=7),
    "3.twice": Numbers({
        (2, 2): "One `a` and the sum, and an edge for each use of `a`.",
        (3, 2): "There is only one `a`, however often it is used.",
        (2, 1): "One value, but two uses: an edge stands for a use.",
        (3, 1): "There is only one `a`, but it is used twice, and an edge stands for a use.",
    }, count=2),

    "4.nudge-f": Number({
        4: "`f` is multiplied by 4, so each push comes out four times as large.",
        -4: "`f` is negative, but what counts is what it is multiplied by, and that is 4.",
        0.004: "That is the movement. Divide it by h.",
        -8: "That is the value of L. How far does it move?",
        -2: "That is the value of `f`. How far does L move when it is pushed?",
    }),
    "4.root": Number({
        1: "Push L by h, and it moves by h.",
        0: "Push L up by 1: by how much has L gone up?",
        -8: "That is its value. Push L up by 1: by how much has it gone up?",
    }),
    "4.nudge-d": Number({
        -2: "`d` is multiplied by `f`, so its slope is the value of `f`.",
        4: "That is the value of `d`. Its slope is what it is multiplied by.",
        2: "The size is right. `f` is negative: when `d` goes up, L goes down.",
        -8: "That is the value of L. How far does it move, for each unit of `d`?",
    }),
    "4.tiny-step": Number({
        0: "The step is lost: a float has too few digits to tell the sum from 3.",
        27: "As in school, a smaller step should be better. But this one is lost in rounding.",
        27.009: "That came out at 0.001. What is left of this step in the sum?",
        27.000001: "The error should shrink with the step, as in school. But of this step nothing "
                   "is left in the sum.",
    }),

    "5.nudge-c": Number({
        -2: "`c` moves `d` by as much, and `d` moves L by -2 times as much.",
        1: "That is how `c` acts on `d`, its neighbour. Asked was how it acts on L.",
        2: "The size is right. `f` is negative: when `c` goes up, L goes down.",
    }),
    "5.curved": Number({
        32: "y is 4 there, and at 4 the square has slope 8. Times the 4 of the first gear.",
        8: "One of two things is missing: the slope of the square is taken at y, which is 4, and "
           "the first gear turns four times as fast as x.",
        16: "That is the value of z. Its speed is asked for.",
        12: "The speeds of two gears are multiplied, not added.",
    }),
    "5.product": Numbers({
        (6, -4): "Upstream gradient times the value of the other operand.",
        (-3, 2): "Those are the local derivatives alone. Each is multiplied by `e.grad`.",
        (-4, 6): "Each got its own value in place of the other operand's.",
        (2, -3): "Those are the values themselves. How fast does L move with each?",
        (6, 4): "The sizes are right, and the first sign. For b it is -2 times 2.",
        (-6, -4): "The sizes are right, and the second sign. For a it is -2 times -3.",
        (-6, 4): "The sizes are right. Mind the signs: -2 times -3, and -2 times 2.",
        (-2, -2): "That would be right for a sum. In a product each moves by the other's value.",
    }, count=2),
    "5.moved": Number({
        -8: "A value is computed once, when it is made. No spreadsheet here.",
        -7.2865: "That is L computed anew. Nobody has asked for it yet.",
    }),

    "6.still-zero": Labels({
        ("w2",): "A weight's gradient is its input, and x2 is 0.",
        (): "A 0.0 can be the right answer: push w2, and x2 times the push is nothing.",
        ("x2",): "The value of x2 is 0, and that is the slope of w2, its partner.",
        ("x2", "w2"): "w2, yes. But x2 is multiplied by the weight 1.",
        ("w2", "x2"): "w2, yes. But x2 is multiplied by the weight 1.",
    }),
    "6.slope": Numbers({
        (-15, -15): "5 times -3, wherever you stand: two straight lines make a straight line.",
        (-15, 0): "Near 0, yes. Far out it goes on in the same way: nothing here bends.",
        (2, 2): "Slopes in a row multiply: 5 times -3.",
        (-3, -3): "That is the first neuron alone. The second multiplies what it gets by 5.",
        (15, 15): "The size is right, but a step of x pushes the result down.",
        (19.5, -1480.5): "Those are the results themselves, at 1 and at 101. How far do they move?",
    }, count=2),
    "6.one-neuron": Numbers({
        (-15, 34.5): "Multiply it out: 5 (-3 x + 6.7) + 1.",
        (): "Multiply it out: 5 (-3 x + 6.7) + 1 is a weight times x, and a bias.",
        (-15, 33.5): "The weight is right. The second neuron has a bias, too.",
        (-15, 7.7): "The weight is right. The first bias goes through the second weight, too.",
    }),

    "7.far-out": Options("C", (
        "exactly 1", "That is right for the curve, but the formula needs e to the power of 710 "
                     "first."), (
        "a number a little below 1", "The formula does not get so far: it needs e to the power of "
                                     "710 first."), (
        "an error", "e to the power of 710 is larger than any float.")),
    "7.input-or-output": Options("B", (
        "the input n", "Far out 1 - n**2 would be a large negative number, and the curve is flat "
                       "there."), (
        "the output o", "Far out o is nearly 1 or -1, and 1 - o**2 is nearly 0: the curve is "
                        "flat there.")),
    "7.behind-tanh": Number({
        -1.5: "On its way back the gradient passes through tanh, whose slope is 0.5 here.",
        -3: "That would be right without tanh. A gradient depends on all that comes after.",
        -6: "Multiply by the slope of tanh, 0.5: you divided by it.",
        1.5: "The size is right. Mind the sign of the weight, -3.",
        0.5: "That is what reaches the product. It is still multiplied by the weight, -3.",
        0: "tanh is not flat here: its slope is 0.5, and the weight is -3.",
    }),
    "7.saturated": Options("C", (
        "much larger", "A gradient is a slope, not a measure of how much is wrong. The curve is "
                       "flat out there."), (
        "about the same", "The slope 1 - o**2 has changed with o."), (
        "almost 0", "The curve is flat out there, so a small push of any weight does nearly "
                    "nothing.")),

    "8.first-step": Number({
        0: "The step multiplies by `o.grad`, and nobody has set that yet.",
        0.5: "That is the slope of tanh. The step multiplies it by `o.grad`, which is still 0.",
        1: "That is what `o.grad` should be. Nobody has set it yet.",
    }),
    "8.left-to-right": Number({
        0: "Each step passed its gradient on before it had one.",
        -1.5: "Each step is called once, but it reads the gradient of its result, and on this way "
              "that is still 0.",
        -3: "Each step reads the gradient of its result, and on this way that is still 0.",
    }),
    "8.steps": Options("C", (
        "11", "That is one for each value. But a value takes a step for each path that leads to "
              "it."), (
        "between 12 and 100", "With each doubling there are twice as many: 1, then 2, then 4."), (
        "more than 1,000", "A value takes a step for each path that leads to it, and each doubling "
                           "doubles the paths.")),
    "8.line-up": Labels({
        ("a", "b", "d", "e", "f"): "Operands first, each value once.",
        ("f", "d", "a", "b", "e"): "That is the order of visiting. A value is appended after its "
            "operands.",
        ("a", "b", "e", "d", "f"): "That is a topological order, too. But the first operand of "
            "`f` is `d`, so `visit` goes there first.",
        ("b", "a", "d", "e", "f"): "That is a topological order, too. But the first operand of "
            "`d` is `a`, so `visit` goes there first.",
        ("f", "e", "d", "b", "a"): "That is the way in which the backward pass walks the list.",
    }, count=5),
    "8.stale": Options("B", (
        "-1.5", "A closure does not keep the number. It reads `w1.data` when it is called."), (
        "2.5", "The slope of tanh is the old one, 0.5, and the weight is the new one, 5."), (
        "almost 0", "It would be for a neuron built anew. `backward` computes no value again.")),

    "9.twice": Number({
        1: "Both assignments write 1, and the second replaces the first.",
        2: "It should be 2. But the second assignment replaces the first, and adds nothing.",
        6: "That is the value of `b`. Its slope is asked for.",
        0: "Something does arrive: each of the two assignments writes 1.",
    }),
    "9.factors": Number({
        -6: "The sum writes last, and hands on its own gradient: the value of the product.",
        3: "The algebra is the same, but with `=` it counts who writes last, and now that is the "
           "sum.",
        -3: "That is the right gradient, the sum of both. With `=` only one of them is kept.",
    }),
    "9.two-products": Number({
        3: "The product that writes last is x * y, and its share is y.",
        7: "By algebra, yes. But both shares are written by products, and those still have `=`.",
        4: "One of the two is lost, but the other one: x * y writes last.",
    }),
    "9.naive": Options("C", (
        "right", "Nothing is lost any more, but something is counted twice: what `c` passes on "
                 "the second time contains the first."), (
        "too small", "Nothing is lost any more. What does `c` pass on the second time?"), (
        "too large", "What a value passes on the second time contains what it passed on the "
                     "first.")),
    "9.swapped": Number({
        0: "`v` took its only step after `v * z`, with 0, and before `v * c` had sent its 10.",
        -30: "Nothing is lost here and nothing is counted twice. But `v` took its only step after "
             "`v * z`, which comes first now.",
        -60: "Each value takes only one step, so nothing is counted twice.",
    }),
    "9.again": Number({
        3: "1 is left from the first pass. `b` holds 1 from it, collects another, and passes on 2.",
        2: "`a` does keep its 1. But `b` keeps its own as well, and passes on 2.",
        1: "Nothing sets the old gradients back to 0.",
    }),

    "10.sum": Options("B", (
        "a value of 6", "It would be, if `sum` began with the first value. It begins with the "
                        "number 0."), (
        "an error", "`sum` begins with the number 0, and `0 + a` asks the number to add a value.")),
    "10.exp-slope": Number({
        1: "The slope of the exponential function is its own value, and that is 1 at 0.",
        0: "The rule for powers is for x**n, where x is below. Here x is the exponent.",
        2.718281828: "That is the slope at 1.",
    }),
    "10.swapped": Number({
        1: "It takes 1 away from `a`: `self` is the value, which stands on the right.",
        -1: "So it should be. But `self` is the value on the right, and the line begins with it.",
        -3: "Only one of the two gets a minus: the 1, which is `other`.",
        3: "That adds the two.",
    }),
    "10.pieces": Number({
        6: "A product, exp, two sums, a power and a product: the division is made of the last two.",
        5: "That is one for each sign and one for exp. But the division is made of two.",
        4: "exp is an operation, and the division is made of two.",
    }),
    "10.same": Options("A", (
        "the same", "The chain rule puts the derivative of tanh together from the pieces."), (
        "close, but wrong from the third decimal on", "Each step is exact but for rounding, in "
                                                      "the sixteenth place."), (
        "all 0", "Nobody has to give the derivative of tanh: the pieces have theirs.")),

    "11.stack": Options("B", (
        "25, which is right", "Whether calls or a stack say who is next: `c` takes two turns, and "
                              "passes on all that it holds each time."), (
        "29, as by recursion", "The walk is the same, path by path. Only a topological order lets "
                               "each value wait for all that it gets."), (
        "we never learn it, because the stack never gets empty",
        "Each path ends at a leaf, and a leaf puts nothing onto the stack.")),
    "11.two-passes": Number({
        2: "A leaf adds up from pass to pass. The values in between start afresh.",
        1: "If it were set back, how would one add up the gradients of several examples?",
        3: "That was step 10. Here the values in between start afresh in each pass.",
    }),
    "11.freed": Options("B", (
        "step 10", "There, a result refers to its closure, and the closure refers to the result."),
        ("the finished engine", "A value refers to its operands, and nothing refers back."),
        ("both", "In step 10, a result refers to its closure, and the closure refers to the "
                 "result."),
        ("neither", "In the finished engine a value refers to its operands, and nothing refers "
                    "back.")),
    "11.texts": Options("B", (
        "7", "Nobody has made numbers of the texts: \"3\" + \"4\" is \"34\" in Python."), (
        "34", "Python glues texts together, and step 10 looks at nothing."), (
        "an error", "Step 10 does not look at what it gets, and Python can add two texts.")),
    "11.operations": Number({
        32: "Sixteen products, fifteen sums to join them, and one more for the bias.",
        31: "Sixteen products and fifteen sums: and the bias has to be added, too.",
        17: "A sum of many terms takes one operation for each `+`.",
    }),
    "11.runs": Number({
        337: "A run carries the slope for one input, so it takes one for each.",
        1: "A dual number carries one slope, so a run answers for one input.",
        338: "The nudge takes one more, for the number without a nudge. A dual number has both.",
        674: "Two for each input is the central nudge. A dual number has its number and its slope.",
    }),

    "12.parameters": Number({
        9: "Two weights and a bias, three times.",
        6: "Those are the weights. Each neuron has a bias as well.",
        7: "Each neuron has a bias of its own, not the layer.",
    }),
    "12.equal": Options("A", (
        "the same", "Both see the same inputs, hold the same weights and are used alike."), (
        "different ones", "Two neurons, yes, but what tells them apart? Both see the same inputs, "
                          "hold the same weights and are used alike.")),
    "12.hundred": Options("B", (
        "about 400", "The parameters are shared, but the rest is made anew for each example."), (
        "about 7,000", "The parameters are shared. Only the rest is there a hundred times."), (
        "about 40,000", "Most of the 404 are parameters, and those are there only once.")),

    "13.losses": Numbers({
        (0, 0.5, 2): "1 less the score, and never below 0.",
        (0, 0, 2): "0.5 is on the right side, but short of 1.",
        (-1, 0.5, 2): "The loss is never below 0: there is a max in it.",
        (-1, 0, 2): "The loss is never below 0, and 0.5 falls short of 1.",
        (0, 0, 1): "The loss measures how far the score falls short of 1, not of 0.",
        (0, 0.5, 0): "The last score is on the wrong side, and falls short of 1 by 2.",
        (0, 0.5, 1): "From -1 to 1 it is 2.",
        (0, 0.5, -1): "1 - (-1) is 2, and a loss is never below 0.",
        (1, 0.5, 0): "A loss is what is missing to 1: nothing with a score of 2, 2 with -1.",
        (1, 0.5, 2): "The first is 1 - 2, which is below 0, and max makes it 0.",
        (2, 0.5, -1): "Those are the scores. The loss is what each of them lacks to reach 1.",
    }, count=3),
    "13.after-backward": Options("C", (
        "up", "`backward` computes gradients, and moves no number of the network."), (
        "down", "Going down is the step, and that is a line of our own. `backward` computes "
                "gradients."), (
        "it stays the same", "`backward` computes gradients, and moves no number of the network.")),
    "13.zero-grad": Options("A", (
        "yes", "The values in between are new ones, and begin at 0."), (
        "no", "Where were the values in between when `zero_grad` ran? They are made anew, and "
              "begin at 0.")),
    "13.halves": Options("B", (
        "zero before each half", "That throws away what the first half has found."), (
        "zero once, before the first half", "Gradients add up, and the two halves make the "
                                            "whole.")),
    "13.rate": Options("A", (
        "up", "The step is 3 long, and from 1 it leads to -2: across the valley and up again."), (
        "down", "The direction is right. But where is p, if it goes from 1 to the left by 1.5 "
                "times 2?"), (
        "it stays the same", "That would be a step of length 2, to -1. This one goes further.")),
    "13.stuck": Options("C", (
        "nearly all", "A gradient says how fast the loss moves, not how far there is to go."), (
        "about half", "A gradient says how fast the loss moves, and here nothing gets through."), (
        "hardly any", "Nothing gets through. A gradient of 0 does not mean that the work is "
                      "done.")),
    "13.batches": Options("A", (
        "lower", "A hundred steps that are roughly right lead further than ten that are exact."), (
        "higher", "Each step is a little wrong, but roughly right, and there are ten times as "
                  "many.")),
    "13.by-heart": Options("B", (
        "it falls too", "It did so for the first steps. After that the network learns what is "
                        "true of these twenty points only."), (
        "it rises", "What is still to be learnt from the twenty points is chance, and the others "
                    "have another chance."), (
        "it hardly changes", "The boundary that bends around single points cuts off others on "
                             "its way.")),

    "14.gradient": Numbers({
        (2, 4, 6): "One number for each number of `a`: the slope of its square.",
        (1, 2, 3): "Each number is used twice in its square.",
        (12,): "`c` is one number, but it responds to each number of `a` in another way.",
        (1, 1, 1): "That is for the sum alone. Before it each number was squared.",
        (1, 4, 9): "Those are the squares. Their slopes are asked for.",
    }),
    "14.bias": Numbers({
        (3, 3): "Each number of the bias is used once in each of the three rows.",
        (1, 1): "The rule of `+` hands the gradient on, once for each use: how many are there?",
        (6, 6): "Each number of the bias is used in its own column only, three times.",
        ((1, 1), (1, 1), (1, 1)): "That is the upstream gradient. The bias has one row only: the "
                                  "three rows are three uses, and add up.",
        ((3, 3),): "The numbers are right. But the bias is one row, and so is its gradient.",
        (9, 12): "That adds up the numbers of `small`. Add up what comes back for each use, a 1.",
    }),
    "14.forgotten": Options("B", (
        "NumPy raises an error", "NumPy broadcasts in the step as well, and hides the mistake."), (
        "no error, and the bias has three rows from now on",
        "NumPy broadcasts in the step as well: the row becomes a matrix, silently.")),
    "14.apart": Options("A", (
        "less than 1e-12", "Twenty errors of 1e-16 add up to about 2e-15."), (
        "more than that, but less than 0.01", "Twenty errors of 1e-16 add up to about 2e-15."), (
        "more than 0.01", "Twenty errors of 1e-16 add up to about 2e-15.")),

    "15.moved": Number({
        -4: "`e`, `d` and L were computed from the old number, and so were the local derivatives.",
        -2: "That would be right at the new place. But the local derivatives were computed at the "
            "old one.",
    }),
    "15.terms": Number({
        2: "One share for each use, and `a` is used in the product and in the sum.",
        1: "It is one line, but with a share for each use of `a`.",
    }),
    "15.if": Number({
        -6: "The `if` was decided when the graph was built. The program has only one branch.",
        6: "That needs the other branch, and the program has never seen it.",
    }),

    "16.flat": Number({
        0: "To its left the slope grows, to its right it falls. Right there it does neither.",
        1: "That is the slope. It is at its largest, so how fast does it change there?",
        -1: "It does fall to the right. But to the left it grows, and in between?",
    }),
    "16.newton": Number({
        3: "14 / 2 is 7, and 7 to the left of 10 is the bottom.",
        7: "That is how long the step is. It starts from 10.",
        -4: "That takes away the whole slope. Newton's method divides it by the curvature first.",
        -18: "You multiply by the curvature. The more a curve bends, the shorter the step.",
        17: "That goes uphill. The step is taken away from 10.",
    }),
    "16.hill": Options("A", (
        "up", "Where the curvature is negative, the place with the slope 0 is a top."), (
        "down", "Gradient descent would go down. Here the slope is divided by a curvature below "
                "0, and that turns the step round."), (
        "it stays the same", "That would need a slope of 0, and 0.3 is not at the top.")),
    "16.row": Numbers({
        (0, -2, 0, -3): "In f times b, each responds by the other, and a and c do not come in.",
        (6, -4, -2, 4): "Those are the gradients of L. How does one of them respond?",
        (0, -3, 0, -2): "The other way round: if b moves, the gradient f times b responds by f.",
        (6, -2, 0, -3): "a does not come into f times b, so nothing responds to it.",
        (0, -2, 0, 3): "The last sign: if f moves, f times b responds by b, which is -3.",
        (0, 2, 0, -3): "One sign: if b moves, f times b responds by f, which is -2.",
        (0, 2, 0, 3): "The right places. But f is -2 and b is -3: mind their signs.",
    }, count=4),
    "16.order": Options("A", (
        "always", "Both come from the same four values of the function."), (
        "only where both play the same part", "That is how it looks in L. But both come from the "
                                              "same four values of any function."), (
        "only for some numbers", "Both come from the same four values of the function, whatever "
                                 "the numbers are.")),
    "16.walks": Number({
        337: "A pass begins at one gradient, and each parameter has one.",
        1: "One pass finds how *one* value responds to all leaves. Here there are 337 gradients.",
        338: "The first pass is the program's own, and makes all gradients at once. `backward` "
             "is called for each of them.",
        113569: "That is how many numbers the table has. Each pass finds a row of them.",
    }),
}
