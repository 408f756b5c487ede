#===- library.py - The functions of the table of rules ------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# The productions are read from lib/Rules/Rules.def, so that a new rule is tried
# from the day that it is written. A row says in which domain its function may
# be called, which arguments are integers, and by which ones no derivative is
# known.
#
#===----------------------------------------------------------------------===#

import math
import pathlib
import re

from ..scope import BOUND
from ..tree import Expression
from . import production

RULES = pathlib.Path(__file__).parents[4] / "lib/Rules/Rules.def"

# Rows in namespace retrograd that programs reach by a name of C; the other ones
# there are for partials only.
C_NAMES = {"exp10", "j0", "j1", "jn", "y0", "y1", "yn"}
# Values on a grid or a jump in every interval: the derivative is zero.
STEPS = {"floor", "ceil", "trunc", "round", "rint", "nearbyint", "logb"}
SAME_TYPE = {"min", "max", "clamp"}


def rows():
    """(name, low, high, partials) of each row."""
    text = re.sub(r"//[^\n]*", "", RULES.read_text())
    ours = set(re.findall(r"^OURS\((\w+)\)", text, re.M))
    for match in re.finditer(r"^RULE[123]\(", text, re.M):
        fields, depth, begin, at = [], 1, match.end(), match.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if depth == 0 or (text[at] == "," and depth == 1):
                fields.append(" ".join(text[begin:at].split()))
                begin = at + 1
            at += 1
        name = fields[0]
        if name not in ours or name in C_NAMES:
            yield (name, name in ours, float(fields[1]), float(fields[2]),
                   fields[3:])


def range_of(name, arity, low, high):
    """Bounds of a function on its domain, wide where they are not known."""
    function = getattr(math, name, None)
    if function is None or name in ("fma", "modf", "frexp"):
        return -1000.0, 1000.0
    grid = [low + (high - low) * i / 12 for i in range(13)]
    try:
        if arity == 1:
            values = [function(x) for x in grid]
        else:
            values = [function(x, y) for x in grid for y in grid]
    except (TypeError, ValueError):
        return -1000.0, 1000.0
    slack = 0.2 + 0.2 * (max(values) - min(values))
    return min(values) - slack, max(values) + slack


def writer(name, ours, low, high, partials):
    prefix = "" if ours else "std::"
    bounds = range_of(name, len(partials), low, high)
    # A special function costs as much as a page of arithmetic.
    weight = 0.02 if name not in vars(math) else 0.12

    @production("expression", f"{name}-{len(partials)}", weight)
    def write(g, depth):
        kind = g.pick(["double", "double", "float", "extended"])
        if kind not in g.types or ours:
            kind = "double"
        arguments = []
        for partial in partials:
            if partial == "INTEGER":
                arguments.append(g.integer_expression(1, 3))
            elif partial == "UNKNOWN":
                arguments.append(g.literal(g.short(low, high), kind))
            else:
                a = g.fit(g.expression(depth - 1), low, high)
                arguments.append(g.exactly(a, kind) if name in SAME_TYPE or ours
                                 else g.cast(a, kind))
        if name == "clamp":
            arguments[1] = g.exactly(g.literal(-1.5, kind), kind)
            arguments[2] = g.exactly(g.literal(1.25, kind), kind)
        spelled = prefix + name
        if not ours and name not in SAME_TYPE and kind == "double":
            # <math.h> spells the older ones without a namespace.
            if name in vars(math) and len(partials) < 3 and g.chance(0.2):
                spelled = name
        made = g.call(spelled, arguments, kind, *bounds)
        if name in STEPS:
            made = g.multiply(g.literal(0.5), made)
        return made

    write.__doc__ = f"{prefix}{name} of {len(partials)} arguments"


for row in rows():
    writer(*row)


@production("statement", "frexp", 0.15)
def frexp(g):
    """y = std::frexp(x, &exponent) * exponent"""
    place = g.place(True)
    if place is None:
        return None
    a = g.exactly(g.fit(g.expression(1), 1.1, 1.9), "double")
    name = g.fresh(real=False,
                   mentioned=" ".join((g.text(a), g.text(place))))
    g.declare(name, "int", low=1, high=1, reserved=True)
    return g.group(
        g.line(f"int {name} = 0;"),
        g.line(place, " = ", "std::frexp(", a, f", &{name}) * {name};"),
    )


@production("statement", "modf", 0.15)
def modf(g):
    """y = std::modf(x, &whole)"""
    place = g.place(True)
    if place is None:
        return None
    a = g.exactly(g.fit(g.expression(1), 0.1, 3.9), "double")
    name = g.fresh(mentioned=" ".join((g.text(a), g.text(place))))
    g.declare(name, "double", low=0, high=BOUND)
    return g.group(
        g.line(f"double {name} = 0.5;"),
        g.line(place, " = std::modf(", a, f", &{name});"),
    )


@production("expression", "min-list", 0.15)
def min_list(g, depth):
    """std::min({a, b, c})"""
    items = [g.exactly(g.fit(g.expression(depth - 1), -BOUND, BOUND), "double")
             for _ in range(3)]
    name = g.pick(["std::min", "std::max"])
    parts = [name, "({", items[0], ", ", items[1], ", ", items[2], "})"]
    return Expression("", parts, "double", -BOUND, BOUND)


@production("statement", "swap", 0.7)
def swap(g):
    """std::swap(x, a[i])"""
    x = g.place(True)
    y = x and g.place(True, x.type)
    if y is None:
        return None
    return g.line("std::swap(", x, ", ", y, ");")


@production("statement", "memcpy", 0.5)
def memcpy(g):
    """std::memcpy(a, b, n * sizeof(double)), of arrays that do not overlap"""
    arrays = [v for v in g.places(True) if v.kind == "array" and v.extent_known]
    if not arrays:
        return None
    to = g.pick(arrays)
    sources = [v for v in g.places(False, to.type)
               if v.extent_known and v.size >= to.size and v is not to]
    if not sources:
        return None
    n = g.integer(1, to.size)
    return g.line(f"std::memcpy({to.name}, {g.pick(sources).name}, "
                  f"{n} * sizeof({to.type}));")


@production("statement", "memset", 0.3)
def memset(g):
    """std::memset(a, 0, sizeof(double) * n)"""
    arrays = [v for v in g.places(True) if v.kind in ("array", "pointer")]
    if not arrays:
        return None
    v = g.pick(arrays)
    return g.line(f"std::memset({v.name}, 0, "
                  f"{g.integer(1, v.size)} * sizeof({v.type}));")
