"""Answers to the exercises of notebook 09: right, wrong, and not begun."""

from micrograd.graph import trace


def two_paths(a, b, c):
    through_the_product = b * 1.0 * a
    straight = a * b + c
    return [through_the_product, straight]


def three_paths(a, b):
    v = a * b
    s = v + a
    return [b * 1.0 * v, 1.0 * v, b * s]


def shared_product(a, b):
    v = a * b
    return v + v


def square_of_a_sum(a, b):
    v = a + b
    return v * v


def tanh_twice(a, b):
    v = a.tanh()
    return v * (v + b)


def constant_difference(a, b):
    u = a * b
    return u.tanh() + b


def count_paths(value, root):
    if root is value:
        return 1
    return sum(count_paths(value, operand) for operand in root._prev)


def count_upwards(value, root):
    values, edges = trace(root)
    paths = {v: int(v is value) for v in values}
    for operand, result in edges:
        if result is not value:
            paths[result] += paths[operand]
    return paths.get(root, 0)


def no_start(value, root):
    return sum(no_start(value, operand) for operand in root._prev)


def every_leaf_arrives(value, root):
    if root is value or not root._prev:
        return 1
    return sum(every_leaf_arrives(value, operand) for operand in root._prev)


def compares_numbers(value, root):
    if root.data == value.data:
        return 1
    return sum(compares_numbers(value, operand) for operand in root._prev)


def with_a_set(value, root):
    return 1 if root is value else sum(with_a_set(value, v) for v in set(root._prev))


def from_all_leaves(value, root):
    return sum(from_all_leaves(value, v) for v in root._prev) if root._prev else 1


def with_a_seen_set(value, root):
    seen = set()

    def walk(v):
        if v is value:
            return 1
        if v in seen:
            return 0
        seen.add(v)
        return sum(map(walk, v._prev))

    return walk(root)


def at_least_one_arrow(value, root):
    return sum((v is value) + at_least_one_arrow(value, v) for v in root._prev)


def any_path(value, root):
    return root is value or any(any_path(value, operand) for operand in root._prev)


def two_operands(value, root):
    if root is value or not root._prev:
        return int(root is value)
    return two_operands(value, root._prev[0]) + two_operands(value, root._prev[1])


def without_end(value, root):
    return without_end(value, root)


def takes_one(a):
    return a


def reads_the_number(a, b):
    return (a * b).data


def without_b(a, b):
    t = a.tanh()
    return t + t


def with_a_third_leaf(a, b):
    v = a * b
    return v * v + type(a)(2.0)


RIGHT = {
    "9.m": [(-2.0, 4.0), (-1.5, 3), (-2, 4)],
    "9.1": [(two_paths,), (lambda x, y, z: (z + y * x, x * y),)],
    "9.2": [(three_paths,), (lambda a, b: (a * b, a * b**2 + a * b, a * b**2),)],
    "9.3": [(shared_product,), (square_of_a_sum,), (tanh_twice,)],
    "9.4": [(count_paths,), (count_upwards,)],
}

WRONG = {
    "9.m": [
        ((-2.0, 2.0), "through d contributes 0, the one through e -4"),
        ((2.0, 3.0), "so the gradient of a is 21"),
        ((-2.0, 0.0), "neither path contributes anything"),
        ((-1.0, 2.0), "both numbers are changed"),
        (("-2", 4.0), "expected a number"),
    ],
    "9.1": [
        ((lambda a, b, c: [b * a, a * b],), "left out c"),
        ((lambda a, b, c: [b * a, a],), "not the own one"),
        ((lambda a, b, c: [b * a, 1.0],),
         "got [7.67, 1], expected [7.67, 11.97]. A product passes"),
        ((lambda a, b, c: [b * a, (a * b + c) * a],), "That is L itself"),
        ((lambda a, b, c: 2 * a * b + c,), "got one number"),
        ((lambda a, b, c: [b * a, c],), "along each path"),
        ((lambda a, b, c: ["b", a],), "plain numbers"),
        ((takes_one,), "TypeError"),
        ((3.0,), "expected a function"),
    ],
    "9.2": [
        ((lambda a, b: [b * a * b, b * (a * b + a)],), "a is also an operand of the sum"),
        ((lambda a, b: [b * a * b, a * b],), "operand of the last product"),
        ((lambda a, b: [a * b, b * (a * b + a)],), "v is also an operand of the sum"),
        ((lambda a, b: [a * b, a * b, a * b + a],), "dv/da"),
        ((lambda a, b: [a * b**2 + a * b, b * (a * b + a)],), "each of the three its own"),
        ((lambda a, b: [b * (a * b + a), b * (a * b + a), a * b + a],), "v to the sum"),
        ((lambda a, b: [b * a * b, 1.0, b * (a * b + a)],), "contributes a factor, v"),
        ((lambda a, b: [b * a * b, a * b + a, b * (a * b + a)],), "not v + a itself"),
        ((lambda a, b: [b * a * b, a, b * (a * b + a)],), "contributes 1, not a"),
        ((lambda a, b: [b * a * b, a * a * b, b * (a * b + a)],), "as for every sum"),
        ((lambda a, b: [b, a * b, b * (a * b + a)],), "whose factor is v"),
        ((lambda a, b: [b * (a * b + a), a * b, b * (a * b + a)],), "not with the sum itself"),
        ((lambda a, b: [a * b, a * b, b * (a * b + a)],), "begins with one more"),
        ((lambda a, b: [a * a * b, a * b, b * (a * b + a)],), "begins with dv/da, and"),
        ((lambda a, b: [b * a * b, a * b, b],), "factor there is the sum"),
        ((lambda a, b: [b * a * b, a * b, b * a * b],), "not with v."),
        ((lambda a, b: [b * a * b, a * b, a * b + a],), "begins with dv/da, which is b"),
        ((lambda a, b: [b * a * b, a * b, a * (a * b + a)],), "begins with dv/da: that"),
        ((lambda a, b: [b, 1.0, b * (a * b + a)],), "Both paths through the sum"),
        ((lambda a, b: [2 * b * a * b, a * b],), "you took them for equal"),
        ((lambda a, b: [b * a * b, a * b, b * a * b, b * a],), "split in two"),
        ((lambda a, b: [2 * a * b**2 + 2 * a * b],), "the sum of all the paths"),
        ((lambda a, b: [1.0, 2.0, 3.0],), "Follow each arrow"),
        ((lambda a, b: 2 * a * b**2 + 2 * a * b,), "got one number"),
        ((lambda a, b: "three",), "a list of numbers"),
    ],
    "9.3": [
        ((lambda a, b: a * b,), "nothing to write over"),
        ((lambda a, b: a + a,), "a is used 2 times"),
        ((without_b,), "for example with `+ b`"),
        ((lambda a, b: b,), "for example with `+ a`"),
        ((with_a_third_leaf,), "another leaf"),
        ((reads_the_number,), "expected a value"),
        ((lambda a, b: a - b,), "TypeError"),
        ((constant_difference,), "b is used 2 times"),
        (("v + v",), "expected a function"),
    ],
    "9.4": [
        ((with_a_seen_set,), "Count on from every use"),
        ((at_least_one_arrow,), "a got 0, expected 1. From a value to itself there is one path"),
        ((with_a_set,), "without a set"),
        ((from_all_leaves,), "from all leaves"),
        ((every_leaf_arrives,), "A leaf other than `value`"),
        ((compares_numbers,), "Compare with `is`"),
        ((no_start,), "to itself?"),
        ((any_path,), "Add up"),
        ((without_end,), "without end"),
        ((two_operands,), "an operation such as tanh has one"),
        ((lambda root: 1,), "TypeError"),
    ],
}


def open_two_paths(a, b, c):
    through_the_product = b * 1.0 * a
    straight = ...
    return [through_the_product, straight]


def open_three_paths(a, b):
    return ...


def open_only_inside(a, b):
    return ...


def open_count_paths(value, root):
    return ...


OPEN = {
    "9.m": (-2.0, 3.0),
    "9.1": (open_two_paths,),
    "9.2": (open_three_paths,),
    "9.3": (open_only_inside,),
    "9.4": (open_count_paths,),
}
