#===- expressions.py - Expressions and conditions -----------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#

from ..scope import BOUND, REALS
from ..tree import (
    AND,
    CONDITIONAL,
    EQUALITY,
    ORDER,
    OR,
    PRODUCT,
    UNARY,
    Expression,
)
from . import production

#===----------------------------------------------------------------------===#
# Leaves
#===----------------------------------------------------------------------===#


@production("leaf", "literal")
def literal(g):
    """0.5, 0.5f, 0.5L"""
    return g.literal(g.short(-BOUND, BOUND), g.type())


@production("leaf", "read", 12)
def read(g):
    """A variable, an element, what a pointer points to"""
    return g.place()


@production("leaf", "integer-read")
def integer_read(g):
    """An integer where a real is expected"""
    found = [v for v in g.scope.choose(type="int", kind="scalar")
             if max(-v.low, v.high) <= 8]
    if not found:
        return None
    v = g.pick(found)
    read = Expression("", [v.name], "int", v.low, v.high)
    return g.multiply(g.literal(0.25, g.type()), read)


#===----------------------------------------------------------------------===#
# Arithmetic
#===----------------------------------------------------------------------===#


@production("expression", "add", 4)
def add(g, depth):
    """a + b"""
    return g.add(g.expression(depth - 1), g.expression(depth - 1))


@production("expression", "subtract", 4)
def subtract(g, depth):
    """a - b"""
    return g.subtract(g.expression(depth - 1), g.expression(depth - 1))


@production("expression", "multiply", 6)
def multiply(g, depth):
    """a * b"""
    return g.multiply(g.expression(depth - 1), g.expression(depth - 1))


@production("expression", "divide", 3)
def divide(g, depth):
    """a / b, b away from zero"""
    a = g.expression(depth - 1)
    b = g.fit(g.expression(depth - 1), 0.5, 8.0)
    return g.divide(a, b)


@production("expression", "negate", 1)
def negate(g, depth):
    """-a"""
    a = g.expression(depth - 1)
    return g.unary("-", a, -a.high, -a.low)


@production("expression", "plus", 0.3)
def plus(g, depth):
    """+a"""
    a = g.expression(depth - 1)
    return g.unary("+", a, a.low, a.high)


@production("expression", "integer-factor", 1)
def integer_factor(g, depth):
    """n * a"""
    n = g.integer_expression(0, 4)
    return g.multiply(n, g.expression(depth - 1))


@production("expression", "square", 1)
def square(g, depth):
    """x * x"""
    x = g.choose("leaf")
    made = g.multiply(x, x)
    return made


#===----------------------------------------------------------------------===#
# Casts
#===----------------------------------------------------------------------===#


@production("expression", "cast-real", 0.7)
def cast_real(g, depth):
    """(float)a, double(a), static_cast<double>(a)"""
    a = g.expression(depth - 1)
    kind = g.pick([t for t in REALS if t != "half"])
    return g.cast(a, kind) if a.type != "int" else None


@production("expression", "cast-integer", 0.4)
def cast_integer(g, depth):
    """a * (int)b: the derivative by b is cut"""
    b = g.cast(g.fit(g.expression(depth - 1), -3.9, 3.9), "int")
    return g.multiply(g.expression(depth - 1), b)


@production("expression", "cast-bool", 0.3)
def cast_bool(g, depth):
    """(a < b) * c"""
    made = g.parenthesized(g.condition())
    return g.multiply(made, g.expression(depth - 1))


#===----------------------------------------------------------------------===#
# Choices
#===----------------------------------------------------------------------===#


@production("expression", "conditional", 2)
def conditional(g, depth):
    """c ? a : b"""
    condition = g.condition()
    a, b = g.expression(depth - 1), g.expression(depth - 1)
    kind = g.type()
    a, b = g.cast(a, kind), g.cast(b, kind)
    parts = [condition, " ? ", a, " : ", b]
    return Expression("", parts, kind, min(a.low, b.low), max(a.high, b.high),
                      CONDITIONAL)


@production("expression", "conditional-zero", 0.5)
def conditional_zero(g, depth):
    """c ? a : 0"""
    condition = g.condition()
    a = g.expression(depth - 1)
    if a.type == "int":
        return None
    parts = [condition, " ? ", a, " : 0"]
    if g.chance(0.5):
        parts = [condition, " ? 0 : ", a]
    return Expression("", parts, a.type, min(a.low, 0), max(a.high, 0),
                      CONDITIONAL)


def compared(g, depth):
    a, b = g.expression(depth), g.expression(depth)
    operator = g.pick(["<", ">", "<=", ">="])
    return g.binary(a, operator, b, ORDER, 0, 1, "bool")


@production("condition", "compare", 6)
def compare(g, depth):
    """a < b, and the like"""
    return compared(g, depth)


@production("condition", "compare-integer", 3)
def compare_integer(g, depth):
    """i % 2 == 0, i < n"""
    i = g.integer_expression(0, 8)
    if g.chance(0.5):
        operator = g.pick(["<", ">", "<=", "!="])
        precedence = EQUALITY if operator == "!=" else ORDER
        return g.binary(i, operator, g.integer_expression(0, 5), precedence,
                        0, 1, "bool")
    rest = g.binary(i, "%", g.constant(g.integer(2, 3)), PRODUCT, 0, 2)
    return g.binary(rest, "==", g.constant(g.integer(0, 1)), EQUALITY, 0, 1,
                    "bool")


@production("condition", "and-or", 1.5)
def and_or(g, depth):
    """a && b, a || b"""
    a, b = g.condition(), g.condition()
    operator, precedence = g.pick([("&&", AND), ("||", OR)])
    # Compilers advise parentheses around && in ||.
    a, b = (g.parenthesized(e) if e.precedence >= AND else e for e in (a, b))
    return g.binary(a, operator, b, precedence, 0, 1, "bool")


@production("condition", "not", 0.5)
def negation(g, depth):
    """!(a < b)"""
    return g.unary("!", g.parenthesized(g.condition()), 0, 1, "bool")


@production("condition", "flag", 1)
def flag(g, depth):
    """A bool variable"""
    found = g.scope.choose(type="bool")
    if not found:
        return None
    return Expression("", [g.pick(found).name], "bool", 0, 1)


#===----------------------------------------------------------------------===#
# Switches of the generator itself
#===----------------------------------------------------------------------===#


@production("switch", "shadow")
def shadow(g):
    """A local hides an outer variable of the same name"""


@production("switch", "float")
def single(g):
    """Variables of type float"""


@production("switch", "half")
def half(g):
    """Variables of type _Float16"""


@production("switch", "extended")
def extended(g):
    """Variables of type long double"""
