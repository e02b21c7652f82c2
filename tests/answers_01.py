"""Right, wrong and open answers to the exercises of notebook 01."""


def secant(f, x, h):
    rise = f(x + h) - f(x)
    return rise / h


def divides_the_function(f, x, h):
    def rise(f, x, h):
        return f(x + h) - f(x)
    return rise / h


def secant_of_two_points(f, x, h):
    (x1, y1), (x2, y2) = (x, f(x)), (x + h, f(x + h))
    return (y2 - y1) / (x2 - x1)


def slope_by_nudging(x, h=1e-5):
    def g(x):
        return 3 * x**2 - 4 * x + 5
    return (g(x + h) - g(x - h)) / (2 * h)


class Named:
    def __init__(self, name, data):
        self.name = name
        self.data = data

    def __repr__(self):
        return f"{self.name} = {self.data}"


class Joined:
    def __init__(self, *what):
        self.what = what

    def __repr__(self):
        return " = ".join(str(part) for part in self.what)


class Open:
    ...


class OnlyInit:
    def __init__(self, name, data):
        self.name = name
        self.data = data


class NumberFirst(Named):
    def __init__(self, data, name):
        super().__init__(name, data)


class TakesNothing:
    def __repr__(self):
        return "a = 2.0"


class Prints(OnlyInit):
    def __repr__(self):
        print(end="")


class NoF(OnlyInit):
    def __repr__(self):
        return "{self.name} = {self.data}"


class Fixed(OnlyInit):
    def __repr__(self):
        return "a = 2.0"


class Spaces(OnlyInit):
    def __repr__(self):
        return f"{self.name}={self.data}"


class InTheClass:
    def __init__(self, name, data):
        InTheClass.name = name
        InTheClass.data = data

    def __repr__(self):
        return f"{self.name} = {self.data}"


class Forgets:
    def __init__(self, name, data):
        pass

    def __repr__(self):
        return f"{self.name} = {self.data}"


class JoinsANumber(OnlyInit):
    def __repr__(self):
        return self.name + " = " + self.data


class SingleUnderscores:
    def _init_(self, name, data):
        self.name = name
        self.data = data

    def _repr_(self):
        return f"{self.name} = {self.data}"


class SingleUnderscoresInRepr(OnlyInit):
    def _repr_(self):
        return f"{self.name} = {self.data}"


def square(x):
    return x**2


RIGHT = {
    "1.m": [(square, 3.0, 0.001), (square, 3, 0.001), (lambda x: x**6, 1.0, 0.001),
            (lambda x: 3 * x**2, 1.0, 0.001)],
    "1.1": [(secant,), (secant_of_two_points,)],
    "1.2": [(lambda x: 6 * x - 4,), (lambda place: 2 * (3 * place - 2),)],
    "1.3": [(Named,), (Joined,)],
}
WRONG = {
    "1.m": [
        ((square, 1.0, 4.0), "the secant has slope 6, but"),
        ((square, 1.0, 0.1), "h does not bend it"),
        ((square, 6.0, 0.001), "Where is 2 * x equal to 6?"),
        ((square, -3.0, 0.001), "It falls there"),
        ((square, 2.0, 0.001), "has slope 4, not 6. The rule"),
        ((lambda x: x**3, 1.0, 0.001), "has slope 3, not 6. x stays at 1"),
        ((lambda x: 6 * x**2, 1.0, 0.001), "has slope 12, not 6. x stays at 1"),
        ((lambda x: x**3, 2.0, 0.001), "more than one number"),
        ((lambda x: "x**2", 1.0, 0.001), "could not read"),
    ],
    "1.1": [
        ((lambda f, x, h: f(x + h) - f(x),), "the rise alone"),
        ((lambda f, x, h: (f(x + h) - f(x)) * h,), "multiply by the step"),
        ((lambda f, x, h: (f(x + h) - f(x)) / x,), "where the step begins"),
        ((lambda f, x, h: (f(x + h) - f(x)) / (x + h),), "where the step ends"),
        ((lambda f, x, h: h / (f(x + h) - f(x)),), "upside down"),
        ((lambda f, x, h: (f(x) - f(x + h)) / h,), "wrong way round"),
        ((lambda f, x, h: f(x + h) / h,), "away from f at its end"),
        ((lambda f, x, h: ((x + h) ** 2 - x**2) / h,), "right for x**2 only"),
        ((lambda f, x, h: abs((f(x + h) - f(x)) / h),), "may be negative"),
        ((lambda f, x, h: (f(x + 0.001) - f(x)) / 0.001,), "Use the h"),
        ((lambda f, x, h: f(x + h) - f(x) / h,), "parentheses around the difference"),
        ((2.0,), "expected a function"),
        ((lambda x: x,), "TypeError"),
        ((lambda f, x, h: "steep",), "That is a text"),
        ((lambda f, x, h: h,), "Divide how far f moves"),
        ((divides_the_function,), "`rise` is the function. Call it"),
    ],
    "1.2": [
        ((lambda x: 3 * x**2 - 4 * x + 5,), "value of g"),
        ((lambda x: 6 * x - 4 + 5,), "lifts the whole curve"),
        ((lambda x: 3 * x - 4,), "factor 2"),
        ((lambda x: 2 * x - 4,), "factor 3"),
        ((lambda x: 6 * x - 4 * x,), "no x is left"),
        ((lambda x: 6 * x + 4,), "sign of the 4"),
        ((lambda x: 6 * x,), "has a slope as well"),
        ((lambda x: 6 * x**2 - 4,), "the power goes down"),
        ((lambda x: 6 * x - 4 + 0.003,), "slope of a secant"),
        ((lambda x: 1.0,), "each part"),
        ((slope_by_nudging,), "as a nudge comes"),
        ((lambda x: "6*x - 4",), "Leave out the quotation marks"),
    ],
    "1.3": [
        ((OnlyInit,), "no `__repr__` yet"),
        ((TakesNothing,), "takes self, a name and a number"),
        ((Prints,), "Printing it is not enough"),
        ((NoF,), "before its first quote"),
        ((Fixed,), "the same text"),
        ((Spaces,), "Only the spaces"),
        ((NumberFirst,), "the name first, then the number"),
        ((InTheClass,), "made later"),
        ((Forgets,), "must be kept in self"),
        ((JoinsANumber,), "make one of the number with `str(...)`"),
        ((SingleUnderscores,), "does not know `_init_`. It calls `__init__`"),
        ((SingleUnderscoresInRepr,), "does not know `_repr_`. It calls `__repr__`"),
        ((Named("a", 2.0),), "the class itself"),
    ],
}
OPEN = {"1.m": (square, 1.0, 0.001),
        "1.1": (lambda f, x, h: ...,), "1.2": (lambda x: ...,), "1.3": (Open,)}
