#===- loops.py - Loops --------------------------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Each ends after a few trips, whatever its body does.
#
#===----------------------------------------------------------------------===#

from . import production

MOST_TRIPS = 5


def counted(g, header, high, low=0, trips=None, first=()):
    """A loop over an integer in [low, high]; `header` has {i} for its name."""
    if not g.deeper() or g.work * MOST_TRIPS > g.most_work:
        return None

    def write():
        i = g.fresh(False, header)
        g.declare(i, "int", low=low, high=high, reserved=True)
        return g.line(header.format(i=i) + " ",
                      g.block(trips=trips or MOST_TRIPS, loop=True))

    return g.in_scope(write)


@production("statement", "for-up", 4)
def up(g):
    """for (int i = 0; i < 4; ++i)"""
    n = g.integer(1, 4)
    return counted(g, f"for (int {{i}} = 0; {{i}} < {n}; ++{{i}})", n - 1)


@production("statement", "for-parameter", 3)
def by_parameter(g):
    """for (int i = 0; i < n; ++i), zero trips too"""
    found = [v for v in g.scope.choose(type="int", kind="scalar")
             if 0 <= v.low and v.high <= MOST_TRIPS]
    if not found:
        return None
    n = g.pick(found)
    if not n.reserved and not n.constant:
        # The body may change it, but not beyond its bounds.
        return counted(g, f"for (int {{i}} = 0; {{i}} < {n.name}; ++{{i}})",
                       MOST_TRIPS - 1)
    return counted(g, f"for (int {{i}} = 0; {{i}} < {n.name}; {{i}}++)",
                   MOST_TRIPS - 1)


@production("statement", "for-down", 1.5)
def down(g):
    """for (int i = n - 1; i >= 0; --i)"""
    n = g.integer(1, 4)
    header = g.pick([
        f"for (int {{i}} = {n - 1}; {{i}} >= 0; --{{i}})",
        f"for (int {{i}} = {n}; {{i}}-- > 0;)",
    ])
    return counted(g, header, n - 1)


@production("statement", "for-steps", 1)
def steps(g):
    """for (int i = 1; i < 8; i += 2)"""
    step = g.integer(2, 3)
    return counted(
        g, f"for (int {{i}} = 1; {{i}} <= 7; {{i}} += {step})", 7, 1)


@production("statement", "for-not-equal", 0.7)
def not_equal(g):
    """for (int i = 0; i != 3; i++)"""
    n = g.integer(0, 4)
    return counted(g, f"for (int {{i}} = 0; {{i}} != {n}; {{i}}++)",
                   max(n - 1, 0))


@production("statement", "for-triangular", 1)
def triangular(g):
    """for (int j = 0; j <= i; ++j), i of an outer loop"""
    found = [v for v in g.scope.choose(type="int", kind="scalar",
                                       reserved=True)
             if 0 <= v.low and v.high < MOST_TRIPS]
    if not found:
        return None
    i = g.pick(found)
    return counted(g, f"for (int {{i}} = 0; {{i}} <= {i.name}; ++{{i}})",
                   int(i.high))


@production("statement", "for-two-counters", 0.6)
def two_counters(g):
    """for (int i = 0, j = 3; i < j; ++i, --j)"""
    j = g.fresh(False) + "2"
    return counted(
        g, f"for (int {{i}} = 0, {j} = 4; {{i}} < {j}; ++{{i}}, --{j})", 2)


@production("statement", "for-counter-changed", 0.7)
def counter_changed(g):
    """The body moves the counter on"""
    if not g.deeper() or g.work * MOST_TRIPS > g.most_work:
        return None

    def write():
        i = g.fresh(False)
        g.declare(i, "int", low=0, high=5, reserved=True)
        condition = g.condition()
        body = g.block(trips=MOST_TRIPS, loop=True, first=[
            lambda: g.line("if (", condition, f" && {i} < 4) ++{i};")])
        return g.line(f"for (int {i} = 0; {i} < 4; ++{i}) ", body)

    return g.in_scope(write)


@production("statement", "while", 2)
def while_fuel(g):
    """while (x < y && n++ < 4)"""
    if not g.deeper() or g.work * MOST_TRIPS > g.most_work:
        return None
    condition = g.condition()
    n = g.fresh(False, mentioned=g.text(condition))
    g.declare(n, "int", low=0, high=5, reserved=True)
    if condition.precedence:
        condition = g.parenthesized(condition)
    return g.group(
        g.line(f"int {n} = 0;"),
        g.line("while (", condition, f" && {n}++ < {g.integer(2, 4)}) ",
               g.block(trips=4, loop=True)),
    )


@production("statement", "while-data", 1)
def while_data(g):
    """while (x > 0.5) { t = e; x *= 0.6; }"""
    x = g.scalar(True)
    if x is None or g.work * 6 > g.most_work:
        return None
    # Nothing in the body but the last statement may write x by any name.
    kind = g.type()
    value = g.bounded(kind)
    t = g.fresh(mentioned=x.name + " " + g.text(value))
    level = g.short(0.3, 0.9)
    limit, factor = g.literal(level), g.literal(g.short(0.3, 0.65))
    start = g.line(f"{kind} {t} = ", value, ";")
    g.declare(t, kind)
    body = [g.line(f"{t} = 0.5 * {t} + ", g.fit(g.expression(2), -2, 2), ";"),
            g.line(f"{x.name} *= ", factor, ";")]
    if g.chance(0.5):
        body.reverse()
    loop = g.line(f"while ({x.name} > ", limit, ") ", g.braced(*body))
    return g.group(start, loop)


@production("statement", "do", 1)
def do_while(g):
    """do { ... } while (++n < 3 && x < y)"""
    if not g.deeper() or g.work * MOST_TRIPS > g.most_work:
        return None
    n = g.fresh(False)
    g.declare(n, "int", low=0, high=4, reserved=True)
    body = g.block(trips=4, loop=True)
    return g.group(
        g.line(f"int {n} = 0;"),
        g.line("do ", body, f" while (++{n} < {g.integer(1, 4)} && (",
               g.condition(), "));"),
    )


@production("statement", "for-ever", 0.6)
def for_ever(g):
    """for (;;) { if (n++ == 3) break; ... }"""
    if not g.deeper() or g.work * MOST_TRIPS > g.most_work:
        return None
    n = g.fresh(False)
    g.declare(n, "int", low=0, high=5, reserved=True)
    trips = g.integer(0, 4)
    body = g.block(trips=4, loop=True, first=[
        lambda: g.line(f"if ({n}++ == {trips})"),
        lambda: g.line("  break;")])
    body.parts[:2] = [g.group(*body.parts[:2])]
    head = g.pick(["for (;;) ", "while (true) "])
    return g.group(g.line(f"int {n} = 0;"), g.line(head, body))


def arrays(g, write):
    return [v for v in g.places(write) if v.kind == "array" and v.extent_known]


@production("statement", "range-for", 1)
def range_for(g):
    """for (double x : a)"""
    found = arrays(g, False)
    if not found or not g.deeper() or g.work * MOST_TRIPS > g.most_work:
        return None
    a = g.pick(found)

    def write():
        name = g.fresh(mentioned=a.name)
        g.declare(name, a.type)
        return g.line(f"for ({a.type} {name} : {a.name}) ",
                      g.block(trips=a.size, loop=True))

    return g.in_scope(write)


@production("statement", "range-for-reference", 1)
def range_for_reference(g):
    """for (double &x : a)"""
    found = arrays(g, True)
    if not found or not g.deeper() or g.work * MOST_TRIPS > g.most_work:
        return None
    a = g.pick(found)

    def write():
        name = g.fresh(mentioned=a.name)
        g.declare(name, a.type)
        return g.line(f"for ({a.type} &{name} : {a.name}) ",
                      g.block(trips=a.size, loop=True))

    return g.in_scope(write)


@production("statement", "pointer-walk", 1.5)
def pointer_walk(g):
    """for (double *p = a; p != a + n; ++p)"""
    found = [v for v in g.places(True) if v.kind in ("array", "pointer")
             and not v.movable]
    if not found or not g.deeper() or g.work * MOST_TRIPS > g.most_work:
        return None
    a = g.pick(found)
    n = g.integer(1, a.size)

    def write():
        p = g.fresh(mentioned=a.name)
        g.declare(p, a.type, kind="pointer", size=1)
        condition = g.pick([f"{p} != {a.name} + {n}", f"{p} < {a.name} + {n}"])
        body = g.block(trips=n, loop=True)
        return g.line(f"for ({a.type} *{p} = {a.name}; {condition}; ++{p}) ",
                      body)

    return g.in_scope(write)


@production("statement", "pointer-postfix", 0.8)
def pointer_postfix(g):
    """s = s * 0.5 + *p++"""
    found = [v for v in g.places(False) if v.kind in ("array", "pointer")
             and v.size > 1]
    x = g.scalar(True)
    if not found or x is None or not g.deeper():
        return None
    a = g.pick(found)
    n = g.integer(2, a.size)

    def write():
        p = g.fresh(mentioned=a.name + " " + x.name)
        i = g.fresh(False)
        const = "const " if a.constant else g.pick(["", "const "])
        return g.group(
            g.line(f"const {a.type} *{p} = {a.name};" if const
                   else f"{a.type} *{p} = {a.name};"),
            g.line(f"for (int {i} = 0; {i} < {n}; ++{i})"),
            g.line(f"  {x.name} = 0.5 * {x.name} + 0.5 * *{p}++;"),
        )

    return g.line(g.braced(g.in_scope(write)))
