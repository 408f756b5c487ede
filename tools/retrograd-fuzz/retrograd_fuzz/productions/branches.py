#===- branches.py - Branches --------------------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#

from ..tree import Block
from . import production


@production("statement", "if", 4)
def plain_if(g):
    """if (c) { ... }"""
    if not g.deeper():
        return None
    return g.line("if (", g.condition(), ") ", g.block())


@production("statement", "if-else", 3)
def if_else(g):
    """if (c) { ... } else { ... }"""
    if not g.deeper():
        return None
    return g.line("if (", g.condition(), ") ", g.block(), " else ", g.block())


@production("statement", "else-if", 1)
def else_if(g):
    """if (c) { ... } else if (d) { ... } else { ... }"""
    if not g.deeper():
        return None
    return g.line("if (", g.condition(), ") ", g.block(2), " else if (",
                  g.condition(), ") ", g.block(2), " else ", g.block(2))


@production("statement", "if-initialiser", 0.7)
def if_initialiser(g):
    """if (double t = e; t < w) { ... }"""
    if not g.deeper():
        return None
    value = g.bounded()
    kind = g.type()

    def write():
        name = g.fresh(mentioned=g.text(value))
        g.declare(name, kind)
        return g.line(f"if ({kind} {name} = ", value, f"; {name} < ",
                      g.literal(g.short(-1, 1), kind), ") ", g.block(),
                      " else ", g.block(2))

    return g.in_scope(write)


@production("statement", "if-declaration", 0.4)
def if_declaration(g):
    """if (int k = i % 2) { ... }"""
    if not g.deeper():
        return None
    value = g.integer_expression(0, 3)

    def write():
        name = g.fresh(False, g.text(value))
        g.declare(name, "int", low=0, high=3, reserved=True)
        return g.line(f"if (int {name} = ", value, ") ", g.block())

    return g.in_scope(write)


def switch_of(g, fall_through):
    if not g.deeper():
        return None
    value = g.integer_expression(0, 3)
    cases = g.random.sample(range(4), g.integer(2, 3))
    parts = []
    for case in cases:
        stop = not fall_through or g.chance(0.4)
        body = g.block(3, breakable=True)
        if stop:
            body.parts.append(g.line("break;"))
        parts.append(g.line(f"case {case}: ", body,
                            "" if stop else " [[fallthrough]];"))
    parts.append(g.line("default: ", g.block(2, breakable=True)))
    return g.line("switch (", value, ") ", Block("", parts))


@production("statement", "switch", 1.2)
def switch(g):
    """switch with a break after each case"""
    return switch_of(g, False)


@production("statement", "switch-fall-through", 1.2)
def switch_fall_through(g):
    """switch whose cases run into each other"""
    return switch_of(g, True)


@production("statement", "block", 0.5)
def block(g):
    """{ ... }"""
    return g.line(g.block()) if g.deeper() else None


@production("statement", "return", 0.6)
def early_return(g):
    """if (c) return e"""
    if not g.scope.returnable or (g.depth == 0 and g.chance(0.6)):
        return None
    return g.line("if (", g.condition(), ") ", Block("", [g.return_line()]))


@production("statement", "break", 1)
def early_break(g):
    """if (c) break"""
    if not g.scope.breakable:
        return None
    return g.line("if (", g.condition(), ") ", Block("", [g.line("break;")]))


@production("statement", "continue", 1)
def early_continue(g):
    """if (c) continue"""
    if not g.scope.continuable:
        return None
    return g.line("if (", g.condition(), ") ",
                  Block("", [g.line("continue;")]))
