"""Checks of notebook 01: slopes, and an object that shows itself."""

from random import Random

from micrograd.course.exercises import (
    NotAttempted,
    Wrong,
    ask,
    ask_with_hints,
    compare,
    exercise,
    nearly,
    shown,
)

SEED = 1


class Curve:
    """A function of x that shows its formula, so that a message can name it."""

    def __init__(self, formula, function):
        self.formula = formula
        self.function = function

    def __call__(self, x):
        return self.function(x)

    def __repr__(self):
        return self.formula


CURVES = (Curve("x**2", lambda x: x**2), Curve("x**3 - 2*x", lambda x: x**3 - 2 * x),
          Curve("5 - 3*x", lambda x: 5 - 3 * x))


@exercise("1.m")
def steeper(f, x, h):
    """f, x, h: x**2, 1.0 and 0.001, of which one is changed so that f has slope 6 at x."""
    numbers = [ask(f, float(n)) for n in (1, 2, 3)]
    changed = [numbers != [1, 4, 9], x != 1, h != 0.001]
    if not any(changed):
        raise NotAttempted
    if sum(changed) > 1:
        raise Wrong("more than one number is changed. Set the others back.")
    if changed[2]:
        raise Wrong(f"with h = {shown(h)} the secant has slope {shown(rise(f, x, h) / h)}, but the "
                    "curve at x is as steep as before: h does not bend it.")
    slope = rise(f, x - 1e-5, 2e-5) / 2e-5
    if not nearly(slope, 6.0):
        why = "The rule from school says where it is 6."
        if changed[0]:
            why = "x stays at 1: what is the slope there, by the rule from school?"
        elif nearly(slope, -6.0):
            why = "It falls there: look at the sign."
        elif nearly(slope, 12.0):
            why = "6 is the slope, not the place. Where is 2 * x equal to 6?"
        raise Wrong(f"at x = {shown(x)} the curve has slope {shown(round(slope, 4))}, not 6. {why}")


@exercise("1.1")
def secant(answer):
    """answer: a function of a function f, a place x and a step h. Returns the secant's slope."""
    rng = Random(SEED)
    inputs = [(f, x, round(rng.uniform(0.1, 0.9), 2)) for f in CURVES for x in (1.5, -2.0)]
    ask_with_hints(answer, inputs[0], {
        "'function'": "`rise` is the function. Call it: rise(f, x, h)."})
    compare(answer, lambda f, x, h: rise(f, x, h) / h, inputs, [
        (rise, "That is the rise alone. A slope is the rise for each unit of the step."),
        (lambda f, x, h: rise(f, x, h) * h,
         "You multiply by the step. A slope is the rise divided by it."),
        (lambda f, x, h: h / rise(f, x, h),
         "That is upside down: the rise is divided by the step."),
        (lambda f, x, h: rise(f, x, h) / x,
         "You divide by x, the place where the step begins. How long is the step itself?"),
        (lambda f, x, h: rise(f, x, h) / (x + h),
         "You divide by x + h, the place where the step ends. How long is the step itself?"),
        (lambda f, x, h: f(x + h) / h, "Take f at the start of the step away from f at its end."),
        (lambda f, x, h: -rise(f, x, h) / h, "The sign is the wrong way round: end minus start."),
        (lambda f, x, h: abs(rise(f, x, h)) / h,
         "A slope may be negative: it is where f falls. Leave out `abs`."),
        (lambda f, x, h: f(x + h) - f(x) / h,
         "Only f(x) is divided by h. Put parentheses around the difference."),
        (lambda f, x, h: 2 * x + h,
         "That is right for x**2 only. Use the f that is handed in."),
        (lambda f, x, h: answer(f, x, 2 * h),
         "It does not change with the step. Use the h that is handed in."),
    ], "Divide how far f moves by how far x moves.")


def rise(f, x, h):
    return f(x + h) - f(x)


@exercise("1.2")
def slope_of_g(answer):
    """answer: a function of x. Returns the derivative of 3*x**2 - 4*x + 5 at x."""
    rng = Random(SEED)
    places = [(round(rng.uniform(lo, lo + 1), 2),) for lo in (-4, -1.5, 1.5, 4)]
    compare(answer, lambda x: 6 * x - 4, places, [
        (g, "That is the value of g, not its slope."),
        (lambda x: 6 * x + 1,
         "The 5 is still there. It lifts the whole curve and leaves its slope as it is."),
        (lambda x: 3 * x - 4, "The rule for x**2 brings a factor 2 down: its slope is 2*x."),
        (lambda x: 2 * x - 4, "The factor 3 in front of x**2 is lost. It multiplies the slope."),
        (lambda x: 6 * x - 4 * x, "The slope of 4*x is 4 wherever you are: no x is left in it."),
        (lambda x: 6 * x + 4, "Look at the sign of the 4: the curve has - 4*x."),
        (lambda x: 6 * x, "The part with 4*x has a slope as well."),
        (lambda x: 3 * x**2 - 4, "In the first part the power goes down by one."),
        (lambda x: 6 * x**2 - 4, "In the first part the power goes down by one."),
        *((lambda x, h=h: 6 * x - 4 + 3 * h,
           "That is very near: the slope of a secant. What is left when the step becomes 0?")
          for h in (0.1, 0.01, 0.001, 1e-4)),
    ], "Take the derivative of each part by the rule from school, and add the parts.")


def g(x):
    return 3 * x**2 - 4 * x + 5


@exercise("1.3")
def named(answer):
    """answer: a class. An object made with ("a", 2.0) shows itself as `a = 2.0`."""
    if not isinstance(answer, type):
        raise Wrong(f"expected the class itself, got {type(answer).__name__}. "
                    "Give its name, without calling it.")
    for name in ("init", "repr"):
        single = {f"_{name}_", f"_{name}", f"__{name}", name} & set(vars(answer))
        if single:
            raise Wrong(f"Python does not know `{single.pop()}`. It calls `__{name}__`, with two "
                        "underscores on either side.")
    if not {"__init__", "__repr__"} & set(vars(answer)) and answer.__bases__ == (object,):
        raise NotAttempted
    rng = Random(SEED)
    given = [(name, rng.randrange(-40, 40) / 4) for name in ("width", "x1")]
    made = [ask_with_hints(answer, pair, {"": "`__init__` takes self, a name and a number."})
            for pair in given]
    texts = [shown_by(one, pair) for one, pair in zip(made, given, strict=True)]
    for pair, text in zip(given, texts, strict=True):
        if text != "{} = {}".format(*pair):
            raise Wrong(f"for {pair} got {text[:60]!r}, expected {'{} = {}'.format(*pair)!r}. "
                        f"{why(text, texts, given)}")


def shown_by(made, pair):
    if type(made).__repr__ is object.__repr__:
        raise Wrong(f"for {pair} the object still shows itself as Python does by default. "
                    "The class has no `__repr__` yet.")
    try:
        return repr(made)
    except Exception as error:
        hint = ("`__repr__` has to return the text. Printing it is not enough."
                if "returned non-string (type NoneType)" in str(error) else
                "`__repr__` has to return one text, such as an f-string."
                if "returned non-string" in str(error) else
                "Text can only be joined to text: make one of the number with `str(...)`, or use "
                "an f-string."
                if "concatenate" in str(error) or "expected str" in str(error)
                or "unsupported operand" in str(error) else
                "What `__repr__` uses must be kept in self by `__init__`.")
        raise Wrong(f"showing the object for {pair} stopped with {type(error).__name__}: {error}. "
                    f"{hint}") from None


def why(text, texts, given):
    if "{" in text:
        return "The text has braces in it: the letter f before its first quote is missing."
    if text == "{} = {}".format(*given[-1]):
        return "That belongs to an object made later. Keep name and number in self."
    if texts[0] == texts[1]:
        return "Every object shows the same text. Take name and number from self."
    if text.replace(" ", "") == "{}={}".format(*given[texts.index(text)]):
        return "Only the spaces differ."
    if text == "{1} = {0}".format(*given[texts.index(text)]):
        return "Named takes the name first, then the number, and shows them in this order."
    if text == repr("{} = {}".format(*given[texts.index(text)])):
        return "There are quotes in the text itself."
    return "The text is the name, then ` = `, then the number."
