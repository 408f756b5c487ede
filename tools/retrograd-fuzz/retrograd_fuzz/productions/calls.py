#===- calls.py - Called functions ---------------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A function production writes a helper that later functions may call; a call
# production calls one.
#
#===----------------------------------------------------------------------===#

from dataclasses import dataclass, field

from ..scope import BOUND, Scope
from ..tree import Expression, Function
from . import production


@dataclass
class Helper(Function):
    result: str = "double"
    parameters: list = field(default_factory=list)
    # Roughly how many statements a call runs.
    cost: int = 1
    # Integers that the caller has to choose, by parameter: (low, high).
    recursive: bool = False
    writes: bool = False


def helper(g, name, result, statements, recursive=False, prefix=()):
    """A function of random parameters and statements."""
    outer = (g.scope, g.result, g.cost, g.left, g.most_work, g.depth)
    g.scope = Scope(header=True)
    g.result, g.cost, g.left, g.most_work, g.depth = result, 0, statements, 8, 1
    # Globals in wrt are an error here.
    parameters = [g.choose("parameter") for _ in range(g.integer(1, 3))]
    if all(not p.active for p in parameters):
        parameters.append(g.choose("parameter"))
    made = Helper("", [], name=name, result=result, parameters=parameters,
                  recursive=recursive)
    made.writes = any(p.kind != "value" and not p.constant
                      for p in parameters)
    parts = [p.declaration() for p in parameters]
    if recursive:
        parts.append("int depth")
    first = []
    if recursive:
        first.append(lambda: g.line("if (depth <= 0) ",
                                    g.braced(g.return_line())))
        first.append(lambda: g.statement())
        first.append(lambda: call_line(g, made, "depth - 1"))
    # The parameters' scope is the body's: a local cannot have their names.
    body = g.block(statements, first=first, last=[g.return_line])
    made.cost = max(g.cost, 1) * (5 if recursive else 1)
    head = f"static {result} {name}({', '.join(parts)}) "
    made.parts = [head, body]
    g.scope, g.result, g.cost, g.left, g.most_work, g.depth = outer
    return made


@production("function", "function", 4)
def function(g):
    """static double h(double x, double *a)"""
    name = f"helper{len(g.functions)}"
    return helper(g, name, g.type(), g.integer(1, 5))


@production("function", "function-void", 2)
def function_void(g):
    """static void h(double &x)"""
    name = f"helper{len(g.functions)}"
    return helper(g, name, "void", g.integer(1, 4))


@production("function", "recursion", 1.5)
def recursion(g):
    """A function that calls itself"""
    name = f"helper{len(g.functions)}"
    return helper(g, name, g.pick(["void", "double"]), g.integer(1, 4), True)


@production("function", "inactive-function", 0.7)
def inactive_function(g):
    """#pragma retrograd inactive"""
    name = f"helper{len(g.functions)}"
    parameter = g.choose("parameter")
    while parameter.kind != "value" or not parameter.active:
        parameter = g.choose("parameter")
    made = Helper("", [], name=name, result="int", parameters=[parameter])
    made.parts = [
        "#pragma retrograd inactive\n"
        f"static int {name}({parameter.declaration()}) {{\n"
        f"  return {parameter.name} > {g.short(-2, 2)} ? 2 : 1;\n}}"
    ]
    return made


def argument(g, p):
    """What a call passes for this parameter."""
    if p.type == "int" and p.kind == "value":
        return g.integer_expression(p.low, p.high)
    if p.type == "bool":
        return g.condition()
    if p.type == "int":
        found = [v for v in g.scope.choose(type="int", kind="scalar")
                 if not v.constant and not v.reserved
                 and p.low <= v.low and v.high >= p.high]
        found = [v for v in found if v.low == p.low and v.high == p.high]
        return Expression("", [g.pick(found).name], "int", 0, 0) \
            if found else None
    if p.kind == "value" or (p.kind == "reference" and p.constant
                             and g.chance(0.3)):
        return g.bounded(p.type)
    if p.kind == "reference":
        place = g.place(not p.constant, p.type)
        if place and not place.within(-BOUND, BOUND):
            return None
        return place
    if p.kind == "matrix":
        found = [v for v in g.places(not p.constant, p.type)
                 if v.kind == "matrix" and v.size >= p.size and v.row == p.row]
        return Expression("", [g.pick(found).name], p.type, 0, 0) \
            if found else None
    return g.address(p.type, p.size, p.constant)


def call_of(g, h, depth=None):
    """h(...), or None where an argument is missing or the cost too high."""
    if h.cost * g.work > 800:
        return None
    arguments = [argument(g, p) for p in h.parameters]
    if any(a is None for a in arguments):
        return None
    if h.recursive:
        arguments.append(Expression("", [depth or str(g.integer(0, 3))], "int",
                                    0, 3))
    g.cost += h.cost * g.work
    return g.call(h.name, arguments, h.result, -BOUND, BOUND)


def call_line(g, h, depth=None):
    """A statement that calls h and does something with its result."""
    made = call_of(g, h, depth)
    if made is None:
        return None
    if h.result == "void" or g.chance(0.15):
        return g.line(made, ";")
    place = g.steady_place()
    if place is None or h.result == "int":
        return g.line(made, ";")
    # The place is determined after the call; g++ 12 reads an index in it before.
    return g.assign(place, made)


@production("statement", "call", 4)
def call(g):
    """y = h(x, a + 1); h(x, x);"""
    return call_line(g, g.pick(g.functions)) if g.functions else None


@production("statement", "call-in-expression", 1.5)
def call_in_expression(g):
    """y = sin(h(x)) * 2"""
    found = [h for h in g.functions if h.result not in ("void", "int")]
    place = g.steady_place()
    if not found or place is None:
        return None
    made = call_of(g, g.pick(found))
    if made is None:
        return None
    return g.assign(place, g.fit(g.multiply(g.literal(1.5), made),
                                 -BOUND, BOUND))


@production("statement", "call-nested", 1)
def call_nested(g):
    """y = h(h(x))"""
    found = [h for h in g.functions if h.result not in ("void", "int")
             and not h.writes and h.parameters[0].kind == "value"
             and h.parameters[0].active]
    place = g.steady_place()
    if not found or place is None:
        return None
    inner, outer = call_of(g, g.pick(found)), call_of(g, g.pick(found))
    if inner is None or outer is None:
        return None
    outer.parts[2] = inner
    return g.assign(place, outer)


@production("statement", "call-in-condition", 0.7)
def call_in_condition(g):
    """if (h(x) < 1) { ... }"""
    found = [h for h in g.functions if h.result != "void"]
    if not found or not g.deeper():
        return None
    made = call_of(g, g.pick(found))
    if made is None:
        return None
    return g.line("if (", made, f" < {g.short(-1, 1)}) ", g.block())


@production("expression", "call-inactive", 0.5)
def call_inactive(g, depth):
    """a * bucket(x)"""
    found = [h for h in g.functions if h.result == "int"]
    if not found or g.pure:
        return None
    made = call_of(g, g.pick(found))
    if made is None:
        return None
    made.low, made.high, made.type = 1, 2, "int"
    return g.multiply(made, g.expression(depth - 1))
