#===- structs.py - Objects that hold reals ------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A field is a variable whose name has a dot in it, so that all other
# productions read it, write it and take its address. The names of objects are
# no other variable's, so that no field is hidden.
#
#===----------------------------------------------------------------------===#

from ..tree import Function
from . import production

FIELDS = ["a", "b", "c"]


def new_type(g):
    """A struct of a few numbers, defined before the function."""
    name = f"S{len(g.structs)}"
    fields = [(field, g.type()) for field in FIELDS[:g.integer(1, 3)]]
    text = " ".join(f"{kind} {field};" for field, kind in fields)
    g.structs[name] = [("." + field, kind) for field, kind in fields]
    g.definitions.append(Function("", [f"struct {name} {{ {text} }};"], name))
    return name


def new_object(g, type):
    """Its fields become variables once they have values."""
    g.objects += 1
    return f"s{g.objects}"


def declare_object(g, name, type):
    g.declare(name, type, kind="struct")
    for suffix, kind in g.structs[type]:
        g.declare(name + suffix, kind)


@production("statement", "local-struct", 1.5)
def local_struct(g):
    """S s; s.a = e; s.b = f;"""
    if g.checkpoints:
        return None
    known = list(g.structs)
    type = g.pick(known) if known and g.chance(0.6) else new_type(g)
    values = [g.bounded(kind) for _, kind in g.structs[type]]
    name = new_object(g, type)
    lines = [g.line(f"{type} {name};")]
    for (suffix, _), value in zip(g.structs[type], values):
        lines.append(g.line(f"{name}{suffix} = ", value, ";"))
    declare_object(g, name, type)
    return g.group(*lines)


@production("statement", "struct-copy", 1.5)
def struct_copy(g):
    """S t = s;"""
    found = g.scope.choose(kind="struct")
    if not found:
        return None
    source = g.pick(found)
    name = new_object(g, source.type)
    declare_object(g, name, source.type)
    return g.line(f"{source.type} {name} = {source.name};")


@production("statement", "struct-assign", 2)
def struct_assign(g):
    """s = t;"""
    found = g.scope.choose(kind="struct")
    if not found:
        return None
    target = g.pick(found)
    source = g.pick([v for v in found if v.type == target.type])
    return g.line(f"{target.name} = {source.name};")
