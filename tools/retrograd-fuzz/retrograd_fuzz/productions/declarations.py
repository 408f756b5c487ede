#===- declarations.py - Variables and memory ----------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#

import re

from ..scope import BOUND
from ..tree import UNARY, Expression
from . import production


@production("statement", "local", 4)
def local(g):
    """double x = e;"""
    kind = g.type()
    value = g.bounded(kind)
    name = g.fresh(mentioned=g.text(value))
    g.declare(name, kind)
    return g.line(f"{kind} {name} = ", value, ";")


@production("statement", "local-const", 1)
def local_const(g):
    """const double x = e;"""
    kind = g.type()
    value = g.bounded(kind)
    name = g.fresh(mentioned=g.text(value))
    g.declare(name, kind, constant=True)
    return g.line(f"const {kind} {name} = ", value, ";")


@production("statement", "local-auto", 0.5)
def local_auto(g):
    """auto x = e;"""
    kind = g.type()
    value = g.cast(g.bounded(), kind)
    if not surely_real(g, g.text(value)):
        value = g.exactly(value, kind)
    name = g.fresh(mentioned=g.text(value))
    g.declare(name, kind)
    return g.line(f"auto {name} = ", value, ";")


def surely_real(g, text):
    """Whether an oracle that evaluates the text with other numbers in its real
    variables gets such a number, too. `0.25 * n` stays a double for it, and so
    may be what a call returns or an arm of a conditional is."""
    if re.search(r"\?|\w\(", text):
        return False
    words = set(re.findall(r"[A-Za-z_]\w*", text))
    return any(v.name in words and v.type not in ("int", "bool")
               for v in g.scope.visible())


@production("statement", "local-later", 0.7)
def local_later(g):
    """double x; if (c) x = e; else x = f;"""
    kind = g.type()
    condition, a, b = g.condition(), g.bounded(kind), g.bounded(kind)
    name = g.fresh(mentioned=" ".join(map(g.text, (condition, a, b))))
    g.declare(name, kind)
    return g.group(
        g.line(f"{kind} {name};"),
        g.line("if (", condition, ")"),
        g.line(f"  {name} = ", a, ";"),
        g.line("else"),
        g.line(f"  {name} = ", b, ";"),
    )


@production("statement", "local-integer", 1)
def local_integer(g):
    """int k = i;"""
    high = g.integer(1, 5)
    value = g.integer_expression(0, high)
    name = g.fresh(False, g.text(value))
    g.declare(name, "int", low=0, high=high)
    return g.line(f"int {name} = ", value, ";")


@production("statement", "local-bool", 0.7)
def local_bool(g):
    """bool b = x < y;"""
    value = g.condition()
    name = g.fresh(False, g.text(value))
    g.declare(name, "bool")
    return g.line(f"const bool {name} = ", value, ";")


@production("statement", "array", 4)
def array(g):
    """double a[3] = {e, f};"""
    kind, size = g.type(), g.integer(1, 4)
    values = [g.cast(g.bounded(), kind)
              for _ in range(g.integer(0, size))]
    parts = [", "] * (2 * len(values) - 1)
    parts[::2] = values
    name = g.fresh(mentioned=" ".join(g.text(v) for v in values))
    g.declare(name, kind, kind="array", size=size, extent_known=True)
    return g.line(f"{kind} {name}[{size}] = {{", *parts, "};")


@production("statement", "matrix", 1)
def matrix(g):
    """double m[2][3] = {{e, f, h}};"""
    kind, size, row = g.type(), g.integer(2, 3), g.integer(2, 3)
    values = [g.cast(g.bounded(), kind) for _ in range(row)]
    parts = [", "] * (2 * row - 1)
    parts[::2] = values
    name = g.fresh(mentioned=" ".join(g.text(v) for v in values))
    g.declare(name, kind, kind="matrix", size=size, row=row)
    return g.line(f"{kind} {name}[{size}][{row}] = {{{{", *parts, "}};")


@production("statement", "table", 0.6)
def table(g):
    """static const double t[3] = {1, 2, 3};"""
    kind, size = g.type(), g.integer(2, 4)
    name = g.fresh()
    values = ", ".join(g.text(g.literal(g.short(-BOUND, BOUND), kind))
                       for _ in range(size))
    g.declare(name, kind, kind="array", size=size, constant=True,
              extent_known=True)
    return g.line(f"static const {kind} {name}[{size}] = {{{values}}};")


def filled(g, name, kind, size):
    """A loop that gives all elements their first values."""
    i = g.fresh(False, name) + "0"
    value = g.bounded(kind)
    return g.line(f"for (int {i} = 0; {i} < {size}; ++{i}) {name}[{i}] = ",
                  value, ";")


@production("statement", "array-vla", 0.6)
def variable_length(g):
    """double a[n];"""
    found = [v for v in g.scope.choose(type="int", kind="scalar")
             if v.constant and v.low >= 1]
    if not found:
        return None
    n = g.pick(found)
    kind = g.type()
    name = g.fresh(mentioned=n.name) + "n"
    fill = filled(g, name, kind, n.name)
    g.declare(name, kind, kind="array", size=int(n.low))
    return g.group(g.line(f"{kind} {name}[{n.name}];"), fill)


def allocated(g, expression, release):
    """Memory that lives for the rest of a block that control leaves at its
    end only."""
    if not g.deeper():
        return None
    kind, size = g.type(), g.integer(1, 4)

    def write():
        name = g.fresh() + "h"
        fill = filled(g, name, kind, size)
        g.scope.breakable = g.scope.continuable = g.scope.returnable = False
        g.declare(name, kind, kind="pointer", size=size)
        body = g.block(3)
        start = expression.format(type=kind, n=size)
        return g.group(
            g.line(f"{kind} *{name} = {start};"),
            fill,
            *body.parts,
            g.line(release.format(name=name)),
        )

    return g.line(g.braced(g.in_scope(write)))


@production("statement", "new-array", 0.5)
def new_array(g):
    """new double[n], delete[]"""
    return allocated(g, "new {type}[{n}]", "delete[] {name};")


@production("statement", "new-array-zero", 0.3)
def new_array_zero(g):
    """new double[n](), delete[]"""
    return allocated(g, "new {type}[{n}]()", "delete[] {name};")


@production("statement", "malloc", 0.4)
def malloc(g):
    """malloc, free"""
    return allocated(
        g, "static_cast<{type} *>(std::malloc({n} * sizeof({type})))",
        "std::free({name});")


@production("statement", "calloc", 0.3)
def calloc(g):
    """calloc, free"""
    return allocated(
        g, "static_cast<{type} *>(std::calloc({n}, sizeof({type})))",
        "std::free({name});")


@production("statement", "pointer", 2)
def pointer(g):
    """double *p = a + 1;"""
    return pointer_to(g, False)


@production("statement", "pointer-const", 0.7)
def pointer_const(g):
    """const double *p = a;"""
    return pointer_to(g, True)


def pointer_to(g, constant):
    kind, size = g.type(), g.integer(1, 3)
    value = g.address(kind, size, constant)
    if value is None:
        return None
    name = g.fresh(mentioned=g.text(value))
    g.declare(name, kind, kind="pointer", size=size, constant=constant,
              movable=True)
    return g.line("const " if constant else "", f"{kind} *{name} = ", value,
                  ";")


@production("statement", "pointer-to-pointer", 0.5)
def pointer_to_pointer(g):
    """double **pp = &p; **pp = e;"""
    found = [v for v in g.places(True) if v.movable]
    if not found:
        return None
    p = g.pick(found)
    value = g.bounded(p.type)
    g.pointers += 1
    name = g.fresh(mentioned=f"{p.name} {g.text(value)}") + f"p{g.pointers}"
    return g.group(
        g.line(f"{p.type} **{name} = &{p.name};"),
        g.line(f"**{name} = ", value, ";"),
    )


@production("statement", "array-of-pointers", 0.7)
def array_of_pointers(g):
    """double *rows[2] = {a, b}; rows[i][j] = e;"""
    kind, size = g.type(), g.integer(1, 3)
    rows = [g.address(kind, size, False) for _ in range(2)]
    if rows[0] is None:
        return None
    value = g.bounded(kind)
    i, j, k = g.index(2), g.index(size), g.index(2)
    mentioned = " ".join(g.text(e) for e in (*rows, value, i, j, k))
    name = g.fresh(mentioned=mentioned)
    second = g.fresh(mentioned=mentioned + " " + name)
    use = g.line(f"{name}[", i, "][", j, "] = ", value, ";")
    g.declare(name, "pointers")
    g.declare(second, kind, kind="pointer", size=size, movable=True)
    return g.group(
        g.line(f"{kind} *{name}[2] = {{", rows[0], ", ", rows[1], "};"),
        use,
        g.line(f"{kind} *{second} = {name}[", k, "];"),
    )


@production("statement", "reference", 1)
def reference(g):
    """double &r = a[i];"""
    place = g.place(True)
    if place is None or (place.low, place.high) != (-BOUND, BOUND):
        return None
    name = g.fresh(mentioned=g.text(place))
    g.declare(name, place.type)
    return g.line(f"{place.type} &{name} = ", place, ";")


@production("statement", "structured-binding", 0.5)
def structured_binding(g):
    """auto &[x, y] = a;"""
    found = [v for v in g.places(True) if v.kind == "array"
             and v.extent_known and v.size <= 3]
    if not found:
        return None
    a = g.pick(found)
    reference = g.chance(0.5)
    names = []
    for _ in range(a.size):
        names.append(g.fresh(mentioned=a.name))
        g.declare(names[-1], a.type)
    head = "auto &" if reference else "auto "
    return g.line(f"{head}[{', '.join(names)}] = {a.name};")


@production("statement", "declarators", 0.5)
def declarators(g):
    """double x = e, y = f;"""
    kind = g.type()
    a, b = g.bounded(kind), g.bounded(kind)
    x = g.fresh(mentioned=" ".join((g.text(a), g.text(b))))
    y = g.fresh(mentioned=" ".join((g.text(a), g.text(b), x)))
    g.declare(x, kind)
    g.declare(y, kind)
    return g.line(f"{kind} {x} = ", a, f", {y} = ", b, ";")


@production("leaf", "sizeof", 0.1)
def size_of(g):
    """sizeof of an array as a number"""
    found = [v for v in g.scope.visible() if v.extent_known]
    if not found:
        return None
    v = g.pick(found)
    size = Expression("", [f"static_cast<int>(sizeof({v.name}) / "
                           f"sizeof({v.name}[0]))"], "int", v.size, v.size)
    size.precedence = UNARY
    return size
