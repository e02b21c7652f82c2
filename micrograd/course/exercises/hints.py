"""Three hints for each exercise: a nudge, the way, and nearly there. None is the solution."""

HINTS = {
    "1.m": ("There are three numbers: the power, x and h. Which of them change the curve, or where "
            "on it you are?",
            "The rule from school says that x**2 has slope 2 * x.",
            "Where on the curve is 2 * x equal to 6? Or stay where you are and make the power "
            "larger: at 1, the slope of x**n is n."),
    "1.1": ("Mark the two points of the curve on paper. How far apart are they, across and up?",
            "`rise` gives you how far up. A slope says how far up for each unit across.",
            "Call `rise` with the three things that you are given, and divide by how far x has "
            "moved."),
    "1.2": ("Each of the three parts has a slope of its own, and the slopes add up.",
            "The slope of x**2 is 2*x. What does a number in front do to it? And what is the "
            "slope of a number that stands alone?",
            "The first part gives twice 3 times x, the second only its factor, the last nothing."),
    "1.3": ("Look at the class `Value` of this notebook. Here an object keeps two things in place "
            "of one.",
            "`__init__` takes self, a name and a number, and keeps both in self. `__repr__` "
            "returns a text.",
            "The text is an f-string with two pairs of braces, one for what you have kept of "
            "each, and ` = ` between them."),

    "2.m": ("In a * (b + c), which of the two operations is done first?",
            "The sum is done first, and it is what `__mul__` gets: it belongs between the "
            "parentheses of `__mul__`.",
            "Take the parenthesis that closes behind b, and close it at the very end."),
    "2.1": ("Which operation does Python do last? Its call is the outermost one.",
            "The last one is the sum. On its left stands the product of a and b: it is the "
            "`__add__` of that product which is called.",
            "Begin with the call for a * b. Put `.__add__( )` behind it, and between the "
            "parentheses the call for c * d."),
    "2.2": ("Write `__add__` again, and see what has to be another sign.",
            "Take the numbers out of both values, subtract them, and put the result into a new "
            "value.",
            "It is one line: `Value( )` around a difference of two `.data`."),
    "2.3": ("Do it on paper for lists of two: two products and a sum.",
            "`zip(xs, ws)` gives the pairs. Let `total` begin with the first product, not with a "
            "number.",
            "Then go through the pairs from the second on, `xs[1:]` and `ws[1:]`, and make "
            "`total` the sum of itself and the product of the pair."),

    "3.m": ("What makes two operands one leaf?",
            "A value that is used twice is still one leaf.",
            "Write one of the letters in the place of another one: then one of the four is "
            "used twice, and one not at all."),
    "3.1": ("What is special about a leaf: what does its `_prev` hold?",
            "`trace` gives two lists, the values and the edges. Only the first is needed here, "
            "and each value stands in it once.",
            "Go through the values and keep those whose `_prev` is empty. An empty tuple counts "
            "as False, so `not` helps."),
    "3.2": ("Draw it for n = 1: which boxes, and how many arrows?",
            "Draw it for n = 2. How many boxes have been added by the second run, and how many "
            "arrows?",
            "There is one box to begin with. Each run adds one box and two arrows."),
    "3.3": ("What is the text for a leaf? That is the easy case, and it comes first.",
            "For a result, take the two operands from `_prev`. Each of them has a text as well, "
            "and the function you are writing can give it.",
            "Call the function for the left and for the right operand, and join the two texts "
            "with `_op`, in an f-string with parentheses."),

    "4.m": ("The gradient of `d` is the value of one leaf. Which one?",
            "The gradient of `d` is the value of `f`, and that of `f` is the value of `d`.",
            "Compare the sizes of `f` and `d`. A larger `f` would do, and so would a leaf that "
            "brings `d` close to 0."),
    "4.1": ("How fast does P move when P itself is pushed?",
            "P is a product of s and t. In a product, the gradient of a factor is the other one.",
            "So dP/ds is the value of t, and dP/dt that of s. Write both with a, b and c."),
    "4.2": ("Multiply (x + h + b) by (x + h), and take (x + b) times x away.",
            "What is left has an h in each term. Divide by it, then let h become 0.",
            "For x, two shares are left: one for each place where x stands, and it is the value "
            "of the other factor. For b there is one share only."),
    "4.3": ("Nudge x both ways. How far apart are the two places?",
            "Take the value of f at the right place and at the left one, and subtract.",
            "The two places are 2 * h apart. Mind the parentheses below the line."),
    "4.4": ("Measure the slope first, as in 4.3, with a small step.",
            "Subtract the claim from what you have measured. The difference may be negative, so "
            "take its size.",
            "`abs( )` of the difference is compared with the tolerance, and the comparison is "
            "True or False already: return it."),

    "5.m": ("Write the four gradients as products of values, as the text above does.",
            "The gradient of `b` is `f` times `a`, that of `a` is `f` times `b`. Which number "
            "makes the first larger and leaves the second?",
            "It is `a`: above 3, or below -3, `b` overtakes it. Work out `d`, the gradient of "
            "`f`, for both: it has to stay smaller than that of `b`."),
    "5.1": ("Take the second step alone: how steep is the square, and at which place?",
            "What comes into the square is y, so that is where its slope is taken.",
            "The slope of y**2 is twice y. Two gears in a row multiply."),
    "5.2": ("Go from right to left. Which operation uses b, and what is its gradient?",
            "A plus hands the gradient on as it is. A product multiplies it by the value of the "
            "other operand.",
            "b and e get what f has. c gets that times the value of d, and d gets it times the "
            "value of c."),
    "5.3": ("Give every value in between a name: the product, the two sums, and L.",
            "Set `L.grad` to 1 first. Then each result hands its gradient on to its operands: "
            "unchanged through a sum, times the other operand's `.data` through a product.",
            "Seven lines follow the root's: the two sums, then d and f from the one, a and the "
            "product from the other, then b and c."),

    "6.m": ("The gradient of `w2` is one of the other four numbers. Which?",
            "A weight's gradient is what comes from upstream, times its input.",
            "So it is x2 that has to grow, until it is larger than the gradients of all others: "
            "the largest of them is -3."),
    "6.1": ("Multiply each input by its own weight. How many products are there, and how many "
            "sums?",
            "Use the values themselves, with `*` and `+`, and add the bias at the end.",
            "Before you return it, set its `label`, which is a text in quotation marks."),
    "6.2": ("With n as the root you know all five. What changes if n has a gradient of its own?",
            "Each local derivative is multiplied by the upstream gradient, `n_grad`.",
            "A weight gets `n_grad` times its input, an input `n_grad` times its weight. And the "
            "bias stands in a sum."),
    "6.3": ("Begin at the root: its gradient is 1. Which leaf stands next to it?",
            "c and v first. Then find the gradient of n, and go on from there as in 6.2.",
            "v gets the value of n, which is not x. n gets v, and b, w and x get that times 1, "
            "the input and the weight."),

    "7.m": ("Where is the curve of tanh steep, and where is n now?",
            "The steep part is around n = 0. Here n is 10: which numbers bring it down?",
            "Take b, for instance: x1 times w1 is -6, so which b makes n equal to 0?"),
    "7.1": ("There are two steps: from n to 3 n, and tanh. Each has a slope.",
            "The slope of tanh is made of its output, and the output is `o` here.",
            "Take 1 less the square of `o`, in parentheses, and multiply by the slope of the "
            "first step."),
    "7.2": ("s is 1 over (1 + u). What is its derivative with respect to u?",
            "That is -1 over (1 + u)**2, and the derivative of u is -u. Multiply the two.",
            "You have u / (1 + u)**2, and that is a product of two fractions: one is s itself, "
            "the other what is missing from s to 1."),
    "7.3": ("Begin as in `tanh`: compute a number, then make a `Value` that remembers `(self,)`.",
            "exp(1000) is too large, and exp(-1000) is 0. For a negative n one has to use exp(n), "
            "for a positive one exp(-n).",
            "Or let tanh do it, which knows no such limits: the sigmoid of n is half of the sum "
            "of 1 and the tanh of half of n."),
    "7.4": ("Find do/dn first. From there on it is the neuron of notebook 6.",
            "For a positive n use the quotient rule on n / (1 + n), for a negative one on n / (1 "
            "- n). Both have the same form in the end.",
            "The slope is 1 over the square of (1 + the size of n). Each input and weight gets it "
            "times its partner."),

    "8.m": ("Which numbers do the closures read, and when were those computed?",
            "The slope of tanh is made of `out.data`, and that is computed by the line `o = ...`.",
            "The weight has to be changed before `o` is built."),
    "8.1": ("Every value has to stand to the right of its operands. Nothing else is asked.",
            "`z` is a leaf, so it may come first. Which values does `q` have to wait for?",
            "`q` needs `z` and `v`, and `v` needs `a` and `b`. So `c` and `p` can wait until "
            "after `q`."),
    "8.2": ("Push `self` up by a little: which way does the difference move, and how far? And "
            "when you push `other`?",
            "The local derivatives are 1 and -1, whatever the numbers are.",
            "Each is multiplied by the upstream gradient, which is `out.grad`."),
    "8.3": ("Take `tanh` of this notebook and change two lines.",
            "The forward pass computes s from `self.data`. The closure sets `self.grad`: "
            "`out.grad` times the local derivative.",
            "The local derivative is s times what is missing from s to 1. Do not forget to put "
            "the closure into `out._backward`, without calling it, and to return `out`."),
    "8.4": ("Two steps: a sum of squares, and a root. What are the slopes of both?",
            "The root has slope 1 / (2 r), and the sum of squares moves by 2 a for a. The 2 "
            "cancels.",
            "Each operand gets its own `.data`, divided by the length, times `out.grad`."),

    "9.m": ("What does each of the two paths contribute? Write both with `a` and `b`.",
            "The path through `d` contributes b times e, the path through `e` contributes d. "
            "When is the one the negative of the other?",
            "Divide the sum of both by b: what is left is 2 a + b, and that has to be 0."),
    "9.1": ("The last product has two operands: the sum, and `a`. This path takes the second way.",
            "In a product, the local derivative is the value of the other operand.",
            "The other operand is everything in the brackets of L."),
    "9.2": ("There are three paths. One of them goes by the sum and not by v.",
            "Each path ends in the last product. Who came by the sum gets the factor v there, who "
            "came by v gets the factor of the sum.",
            "And a path through v begins with dv/da, which is b. So there are: b times v, v "
            "alone, and b times the sum."),
    "9.3": ("The bug shows where a value is used more than once. It need not be a leaf.",
            "Make a value of `a` and `b` first, and give it a name.",
            "Then use that value twice in one expression. `(v + a) * v` uses `a` again, which is "
            "not allowed: use only v."),
    "9.4": ("What is the answer if `root` is `value` itself? And if `root` is another leaf?",
            "A path to the root comes in through one of its operands. So ask each operand how "
            "many paths lead to it.",
            "Add up the answers for all that are in `root._prev`, with a function that calls "
            "itself. A sum over an empty tuple is 0, which is right for other leaves."),

    "10.m": ("How large is u = exp(2 n) where n is far below 0, and where it is far above?",
             "On the right u is large, and the fraction is close to 1 whatever is subtracted or "
             "added. So look at the left, where u is close to 0.",
             "There the fraction is -1 / 1. Its numerator should be 0 instead, so change what is "
             "subtracted from u."),
    "10.1": ("What is the derivative of the sine?",
             "It is the cosine. At which place: at the input or at the output?",
             "It is taken at the input, and that is a number: `self.data`. `math` has the "
             "function you need."),
    "10.2": ("Write it like `exp`. Only the result and the local derivative are others.",
             "From e**(log x) = x: x times the derivative of log x is 1.",
             "So the derivative is 1 over the input. The local derivatives are a tuple, and one "
             "with a single entry needs a comma."),
    "10.3": ("Let the experiment use many things at once: each fault shows somewhere else.",
             "A value used twice, an inner value used twice, several kinds of operations, and a "
             "second pass over the same graph.",
             "Build one long sum of such terms: with a power, `exp` and `tanh` of the leaves, and "
             "a product v of both that stands in it twice. Call `backward()` twice, and give back "
             "the leaves' gradients."),
    "10.4": ("Begin with A: `a + a` is wrong with it. Who else gets that wrong?",
             "D leaves out the seed. If you set the root's `grad` to 1 by hand before the pass, D "
             "keeps quiet, and the others show their own faults.",
             "For B run two passes over a graph that uses nothing twice. For C try one operation "
             "after the other. For E use an inner value twice, so that one of the uses "
             "contributes 0, and A does not notice."),

    "11.m": ("What gets through is the upstream gradient times the local derivative. Where is "
             "that set?",
             "It is called `slope`. One of its two numbers is for a negative x.",
             "That number is 0.0, and a tenth is wanted."),
    "11.1": ("The square root is x to the power of 1/2. Which rule do you know for powers?",
             "The exponent comes down as a factor, and goes down by 1: to -1/2.",
             "So it is one over twice something, and that something is `result`."),
    "11.2": ("Two steps: what is inside the logarithm, and the logarithm. What are their slopes?",
             "The logarithm has 1 over the inside. The inside, 1 + e**x, has e**x.",
             "Multiply the two: e**x over (1 + e**x), a function that you know. Write it with "
             "`math` and `x.data`, and call `operation` once, with tuples."),
    "11.3": ("The operands are all the values of both lists. How many are there?",
             "Each a gets twice the difference, each b the negative of that.",
             "The operands are `(*a, *b)`. In the same order stand the local derivatives: first "
             "those of all a, then those of all b, in one flat tuple."),

    "12.m": ("What does a neuron of the first layer get from above, when `backward()` comes to it?",
             "Its output is used once, by the last neuron, and is multiplied by a weight there.",
             "The third row begins with the two weights of the last neuron, one for each neuron "
             "of the first layer."),
    "12.1": ("How many parameters has one neuron with `nin` inputs?",
             "A neuron has a weight for each input, and one bias. Each layer has `neurons` of "
             "them.",
             "Add that to the `total` so far. The line after it sees to the inputs of the next "
             "layer."),
    "12.2": ("The first neuron is right where x1 is the larger one. What should the second one "
             "see to?",
             "The second neuron does the same with x1 and x2 exchanged.",
             "The last one adds up what the two give: both of its weights are the same. No bias "
             "is needed."),
    "12.3": ("Call the layer on x: you get a list as long as x.",
             "Pair the numbers of x with those of the layer's list by `zip`, and add the two of "
             "each pair.",
             "And write a second method, `parameters(self)`, which hands on what the layer's own "
             "`parameters()` gives."),

    "13.m": ("How long is the first step from 1, and how long should it be?",
             "The gradient at 1 is 2, and the way to the bottom is 1.",
             "So the learning rate has to make the step half as long as the gradient."),
    "13.1": ("Which way does the loss go down: along the gradient, or against it?",
             "The new number is the old one, less the learning rate times the gradient.",
             "And a gradient is added to the old one in each pass: set it to 0 before "
             "`loss.backward()`."),
    "13.2": ("Use the methods that a value has: `exp()` and `log()`.",
             "Begin inside: minus the label, times the score. That is a value already.",
             "Then its `exp()`, plus 1, in parentheses, and the `log()` of all that."),
    "13.3": ("When should the gradients be zeroed: before each part, or once?",
             "A part's average has to count by its share of all the pairs.",
             "Zero once. Then for each part multiply its average loss by its length, divide by "
             "the number of all pairs, and call `backward()` on that."),
    "13.4": ("The loss is the logarithm of the sum of all powers, less the score of the right one. "
             "Check that on paper.",
             "Which number can be subtracted from all scores, so that no power overflows, and not "
             "all of them become 0?",
             "Subtract the largest of the scores, of their `data`, from each. Then sum up the "
             "powers, take the `log()`, and take away the right one of the *new* scores."),

    "14.m": ("The gradient counts here how often a number is used. How often is each number of the "
             "bias used now, and how often should it be?",
             "Twice can mean two rows. It can also mean two columns.",
             "Either leave out a row of the matrix, or make the bias a column: one number for each "
             "row, each in brackets of its own."),
    "14.1": ("Number i of the column was used in every place of row i. How often is that?",
             "Contributions of several uses add up: sum along the other axis than for a row.",
             "The gradient has to be a column, too. `sum` can keep the axis that it sums over: "
             "look for `keepdims`."),
    "14.2": ("In a product, the local derivative is the other operand. Broadcasting does the rest "
             "for `a`.",
             "For `s`: multiply first, number by number. Each number of `s` was used in every "
             "row.",
             "So the products of `g` and `a` are summed over the rows, which is axis 0."),
    "14.3": ("`np.maximum` compares two arrays place by place. That is the result.",
             "Where `a` is the larger one it gets the upstream gradient, elsewhere 0. `a > b` is "
             "an array of True and False, which count as 1 and 0.",
             "A rule is a function of the upstream gradient, such as `lambda g: ...`. Multiply "
             "`g` by the comparison, the other way round for `b`."),

    "15.m": ("The line has a term for each use. How often is `y` used now?",
             "Put `y` in a place where `x` is.",
             "Either in the product or in the sum, but not in both, or there would be four terms."),
    "15.1": ("The share is the upstream gradient times the local derivative.",
             "The local derivative is that of exercise 11.1: one over twice the result.",
             "Write it as a text, with {g} above the line and twice {out} below it. Mind the "
             "parentheses."),
    "15.2": ("Draw `relu(x)` and the curve you want. Up to where do they agree?",
             "From 1 on the first goes on rising. Something that begins to rise there has to be "
             "taken away.",
             "A relu with its corner at 1 is one of x less 1. Take it away from the relu of x."),
    "15.3": ("Two lines for the values: first h, then out. The gradients come in the reverse "
             "order.",
             "Begin with what goes into the outer tanh: its gradient is 1 less the square of out. "
             "That is the gradient of x2 already.",
             "Going back through w * h, w gets a share and so does h. From h on go through the "
             "inner tanh: there w gets its second share, and the two are added."),

    "16.m": ("Take the slope on paper, and then the slope of that. Where is it 0?",
             "The curvature of $x^3$ is $6x$. That of the other part is a constant.",
             "At 2 the first is 12. The constant that is taken away is twice the number in front, "
             "and has to be 12, too."),
    "16.1": ("Begin with the two gradients. Each of them makes a row.",
             "The gradient of `a` is b squared. Does `a` come into it?",
             "The gradient of `b` is twice a times b. Its derivatives are twice the other one, so "
             "the last place holds 2 times a."),
    "16.2": ("Where the curvature is positive, Newton's own step will do.",
             "Where it is negative, the step has the right length and the wrong direction.",
             "Divide by the size of the curvature, without its sign. Python has `abs`."),
    "16.3": ("Times its number in `direction`, each gradient stays a Value. Add them up: that is a "
             "Value, too.",
             "It has a `backward()`. Afterwards each leaf holds what you look for, if it held "
             "0 before.",
             "Set each leaf's `grad` to 0. Make the sum with `zip(gradients, direction)`, walk "
             "back from it once, and list the leaves' grads."),
}
