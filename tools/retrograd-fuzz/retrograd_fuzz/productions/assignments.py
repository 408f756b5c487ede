#===- assignments.py - Statements that change a place -------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#

from ..scope import BOUND
from ..tree import CONDITIONAL, Expression
from . import production


@production("statement", "assign", 10)
def assign(g):
    """x = e, a[i] = e, *p = e"""
    place = g.place(True)
    return place and g.assign(place, g.bounded(place.type))


@production("statement", "self-update", 3)
def self_update(g):
    """x = f(x)"""
    place = g.place(True)
    if place is None:
        return None
    mixed = g.add(g.multiply(place, g.fit(g.expression(1), -1, 1)),
                  g.expression(1))
    return g.assign(place, g.fit(mixed, -BOUND, BOUND))


@production("statement", "add-to", 5)
def add_to(g):
    """x += e; x *= 0.5"""
    place = g.steady_place()
    if place is None or (place.low, place.high) != (-BOUND, BOUND):
        return None
    operator = g.pick(["+=", "-="])
    return g.group(
        g.line(place, f" {operator} ", g.bounded(place.type), ";"),
        g.line(place, " *= ", g.literal(0.5), ";"),
    )


@production("statement", "scale", 2)
def scale(g):
    """x *= e, |e| <= 1"""
    place = g.place(True)
    return place and g.line(place, " *= ", g.fit(g.expression(), -1, 1), ";")


@production("statement", "divide-by", 1)
def divide_by(g):
    """x /= e, e >= 1"""
    place = g.place(True)
    return place and g.line(place, " /= ", g.fit(g.expression(), 1, 6), ";")


@production("statement", "increment", 0.7)
def increment(g):
    """++x; x *= 0.75"""
    place = g.steady_place()
    if place is None:
        return None
    step = g.pick(["++", "--"])
    parts = [step, place, ";"] if g.chance(0.5) else [place, step, ";"]
    if place.precedence:
        parts = [step, "(", place, ");"]
    return g.group(g.line(*parts),
                   g.line(place, " *= ", g.literal(0.75), ";"))


@production("statement", "chain", 1)
def chain(g):
    """x = y = e"""
    x = g.place(True)
    y = x and g.place(True)
    return y and g.line(x, " = ", y, " = ", g.bounded(), ";")


@production("statement", "nested-assignment", 0.8)
def nested_assignment(g):
    """x = (y = e) * w"""
    v = g.scalar(True)
    if v is None:
        return None
    x = g.scalar(True)
    # Anything that is read beside the assignment may be y by another name.
    w = g.literal(g.short(0.1, 1))
    value = g.bounded(v.type)
    return g.line(x.name, f" = ({v.name} = ", value, ") * ", w, ";")


@production("statement", "comma", 0.5)
def comma(g):
    """z = (x = e, x * w)"""
    x, z = g.scalar(True), g.scalar(True)
    if x is None:
        return None
    w = g.fit(g.expression(1), -1, 1)
    value = g.bounded(x.type)
    return g.line(z.name, f" = ({x.name} = ", value, f", {x.name} * ",
                  g.inner(w), ");")


@production("statement", "conditional-place", 0.6)
def conditional_place(g):
    """(c ? x : a[i]) = e"""
    x = g.place(True)
    y = x and g.place(True, x.type)
    if y is None:
        return None
    return g.line("(", g.condition(), " ? ", x, " : ", y, ") = ",
                  g.bounded(x.type), ";")


@production("statement", "effect-in-condition", 0.6)
def effect_in_condition(g):
    """c && (x = e) < w"""
    x, z = g.scalar(True), g.scalar(True)
    if x is None or x is z:
        return None
    condition = g.condition()
    value = g.bounded(x.type)
    operator = g.pick(["&&", "||"])
    limit = g.short(-1, 1)
    return g.group(
        g.line("if (", g.parenthesized(condition), f" {operator} ({x.name} = ",
               value, f") < {limit})"),
        g.line(f"  {z.name} = ", g.bounded(z.type), ";"),
    )


@production("statement", "effect-in-arms", 0.5)
def effect_in_arms(g):
    """c ? (x = e) : (y = f)"""
    x, y, z = g.scalar(True), g.scalar(True), g.scalar(True)
    if x is None or x.type != y.type:
        return None
    return g.line(f"{z.name} = ", g.condition(), f" ? ({x.name} = ",
                  g.bounded(x.type), f") : ({y.name} = ", g.bounded(y.type),
                  ");")


@production("statement", "index-changes", 0.5)
def index_changes(g):
    """a[k++] = e; a[--k] += f"""
    arrays = [v for v in g.places(True) if v.kind in ("array", "pointer")
              and v.size > 1]
    if not arrays:
        return None
    v = g.pick(arrays)
    value = g.bounded(v.type)
    k = g.fresh(real=False, mentioned=g.text(value))
    g.declare(k, "int", low=1, high=1, reserved=True)
    return g.group(
        g.line(f"int {k} = 0;"),
        g.line(f"{v.name}[{k}++] = ", value, ";"),
        g.line(f"{v.name}[{k}] = 0.5 * {v.name}[{k}] + ",
               g.fit(g.expression(1), -2, 2), ";"),
    )


@production("statement", "integer-change", 1)
def integer_change(g):
    """k = (k + i) % 5"""
    found = [v for v in g.scope.choose(type="int", kind="scalar")
             if not v.reserved and not v.constant and v.low >= 0]
    if not found:
        return None
    v = g.pick(found)
    size = int(v.high - v.low) + 1
    value = g.index(size)
    if v.low:
        value = g.add(g.constant(int(v.low)), value)
    return g.line(f"{v.name} = ", value, ";")


@production("statement", "integer-from-real", 0.5)
def integer_from_real(g):
    """k = (int)x"""
    found = [v for v in g.scope.choose(type="int", kind="scalar")
             if not v.reserved and not v.constant and v.low >= 0]
    if not found:
        return None
    v = g.pick(found)
    value = g.fit(g.expression(), v.low + 0.01, v.high + 0.99)
    return g.line(f"{v.name} = ", g.cast(value, "int"), ";")


@production("statement", "pointer-change", 1)
def pointer_change(g):
    """p = c ? a : b + 1"""
    found = [v for v in g.places(False) if v.movable]
    if not found:
        return None
    p = g.pick(found)
    a, b = g.address_for(p), g.address_for(p)
    if a is None:
        return None
    if g.chance(0.5):
        return g.line(f"{p.name} = ", a, ";")
    return g.line(f"{p.name} = ", g.condition(), " ? ", a, " : ", b, ";")


@production("statement", "pointer-swap", 0.6)
def pointer_swap(g):
    """std::swap(p, q)"""
    found = [v for v in g.places(False) if v.movable]
    pairs = [(p, q) for p in found for q in found
             if p is not q and p.type == q.type and p.size == q.size
             and p.constant == q.constant and p.level == q.level]
    if not pairs:
        return None
    p, q = g.pick(pairs)
    return g.line(f"std::swap({p.name}, {q.name});")


@production("statement", "conditional-reference", 0.4)
def conditional_reference(g):
    """const double &r = c ? x : y"""
    x = g.place(shared=False)
    y = x and g.place(type=x.type, shared=False)
    if y is None:
        return None
    condition = g.condition()
    parts = [condition, " ? ", x, " : ", y]
    value = Expression("", parts, x.type, -BOUND, BOUND, CONDITIONAL)
    name = g.fresh(mentioned=g.text(value))
    g.declare(name, x.type, low=min(x.low, y.low), high=max(x.high, y.high),
              constant=True)
    return g.line(f"const {x.type} &{name} = ", value, ";")
