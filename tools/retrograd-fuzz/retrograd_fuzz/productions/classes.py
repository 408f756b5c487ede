#===- classes.py - Member functions, base classes, templates, arrays ----===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# What structs.py says of objects holds for these, too. A class knows the names
# of its fields as seen from outside, and its member functions keep the bounds of
# whatever they write. All classes of a hierarchy have `total`, `mix` and `join`.
#
#===----------------------------------------------------------------------===#

from ..tree import Function
from . import production
from .structs import FIELDS, declare_object, new_object


def methods(fields, name, base=""):
    """Member functions over the fields (spelled from inside)."""
    first, last = fields[0], fields[-1]
    total = f"0.5 * {base}total()" if base else f"0.5 * {first}"
    lines = [
        f"double total() const {{ return {total} + "
        f"std::sin(static_cast<double>({last})); }}",
        "void mix(double x) {",
        f"  {base}mix(x);" if base else "",
        *[f"  {field} = 0.5 * {field} + 0.25 * x * "
          f"std::sin(static_cast<double>({first}));" for field in fields],
        "}",
    ]
    if not base:
        lines += [
            f"{name} &join(const {name} &o) {{",
            *[f"  {field} = 0.5 * ({field} + o.{field});" for field in fields],
            "  return *this;",
            "}",
        ]
    return [line for line in lines if line]


def define(g, name, head, fields, lines, tail=""):
    """fields: pairs of what follows the object's name, and a type."""
    g.structs[name] = fields
    text = "\n".join([head + " {", *["  " + line for line in lines],
                      "};" + tail])
    made = Function("", [text], name)
    g.definitions.append(made)
    return made


@production("class", "class-members", 2)
def class_members(g):
    """struct S { double a, b; double total() const; void mix(double); }"""
    name = f"S{len(g.structs)}"
    fields = [(field, g.type()) for field in FIELDS[:g.integer(1, 3)]]
    inner = [field for field, _ in fields]
    lines = [f"{kind} {field};" for field, kind in fields]
    g.roots[name] = name
    return define(g, name, f"struct {name}", [(f".{f}", k) for f, k in fields],
                  lines + methods(inner, name))


@production("class", "class-template", 1)
def class_template(g):
    """template <class T> struct S { T a, b; ... }"""
    name = f"S{len(g.structs)}"
    inner = FIELDS[:g.integer(1, 3)]
    kind = g.type()
    lines = [f"T {field};" for field in inner]
    g.roots[name] = name
    return define(g, name, f"template <class T> struct {name}T",
                  [(f".{f}", kind) for f in inner],
                  lines + methods(inner, name + "T"),
                  f"\nusing {name} = {name}T<{kind}>;")


@production("class", "derived-class", 2)
def derived_class(g):
    """struct S : R { double d; ... }; a field may hide one of R"""
    if not g.roots:
        class_members(g)
    base = g.pick(list(g.roots))
    name = f"S{len(g.structs)}"
    own = g.pick([["d"], ["d", "e"], ["a"], ["b", "d"]])
    own = [(field, g.type()) for field in own]
    hidden = {f".{field}" for field, _ in own}
    fields = [(f".{base}::{s[1:]}" if s in hidden else s, kind)
              for s, kind in g.structs[base]]
    # Names that are hidden twice have no short name left.
    if any(s.count("::") > 1 for s, _ in fields):
        return None
    lines = [f"{kind} {field};" for field, kind in own]
    g.roots[name] = g.roots[base]
    g.bases[name] = base
    return define(g, name, f"struct {name} : {base}",
                  fields + [(f".{f}", k) for f, k in own],
                  lines + methods([f for f, _ in own], name, base + "::"))


@production("class", "library-array", 1.5)
def library_array(g):
    """using S = std::array<double, 3>;"""
    name = f"S{len(g.structs)}"
    kind, size = g.type(), g.integer(1, 3)
    g.arrays[name] = (kind, size)
    g.structs[name] = [(f"[{i}]", kind) for i in range(size)]
    made = Function("", [f"using {name} = std::array<{kind}, {size}>;"], name)
    g.definitions.append(made)
    return made


def objects(g, known):
    return [v for v in g.scope.choose(kind="struct") if v.type in known]


@production("statement", "local-object", 2.5)
def local_object(g):
    """S s; s.a = e; s[1] = f;"""
    if g.checkpoints:
        return None
    known = [t for t in g.structs if t in g.roots or t in g.arrays]
    type = g.pick(known) if known and g.chance(0.6) else None
    if type is None:
        made = g.choose("class")
        if made is None:
            return None
        type = made.name
    values = [g.bounded(kind) for _, kind in g.structs[type]]
    name = new_object(g, type)
    lines = [g.line(f"{type} {name};")]
    for (suffix, _), value in zip(g.structs[type], values):
        lines.append(g.line(f"{name}{suffix} = ", value, ";"))
    declare_object(g, name, type)
    for _ in range(g.integer(0, 2)):
        used = g.choose("object")
        if used:
            lines.append(used)
    return g.group(*lines)


@production("statement", "use-object", 4)
def use_object(g):
    """Any of the statements about objects."""
    return g.choose("object")


@production("object", "method-change", 2)
def method_change(g):
    """s.mix(e);"""
    found = objects(g, g.roots)
    if not found:
        return None
    return g.line(f"{g.pick(found).name}.mix(", g.bounded("double"), ");")


@production("object", "method-value", 2)
def method_value(g):
    """x = s.total();"""
    found, place = objects(g, g.roots), g.place(True)
    if not found or place is None:
        return None
    return g.line(place, f" = {g.pick(found).name}.total();")


@production("object", "method-chain", 2)
def method_chain(g):
    """s.join(t).mix(e); the two may be one object"""
    found = objects(g, g.roots)
    if not found:
        return None
    s = g.pick(found)
    t = g.pick([v for v in found if g.roots[v.type] == g.roots[s.type]])
    return g.line(f"{s.name}.join({t.name}).mix(", g.bounded("double"), ");")


def new_base(g):
    """An object of a class that has a base, which that is, and the name of a new
    object of the base; None if there is no object."""
    found = objects(g, g.bases)
    if not found:
        return None
    s = g.pick(found)
    base, name = g.bases[s.type], new_object(g, s.type)
    declare_object(g, name, base)
    return s, base, name


@production("object", "base-reference", 1.5)
def base_reference(g):
    """R &r = s;"""
    found = new_base(g)
    if found is None:
        return None
    s, base, name = found
    return g.line(f"{base} &{name} = {s.name};")


@production("object", "slice", 1)
def slice_object(g):
    """R r = s; static_cast<R &>(s) = r;"""
    found = new_base(g)
    if found is None:
        return None
    s, base, name = found
    lines = [g.line(f"{base} {name} = {s.name};")]
    others = [v for v in objects(g, g.roots) if v.type == base]
    if others and g.chance(0.5):
        lines.append(g.line(
            f"static_cast<{base} &>({s.name}) = {g.pick(others).name};"))
    return g.group(*lines)


@production("object", "array-fill", 1)
def array_fill(g):
    """s.fill(e);"""
    found = objects(g, g.arrays)
    if not found:
        return None
    return g.line(f"{g.pick(found).name}.fill(", g.bounded(), ");")


@production("object", "array-range", 1.5)
def array_range(g):
    """for (double &v : s) v = 0.5 * v + e;"""
    found = objects(g, g.arrays)
    if not found:
        return None
    s = g.pick(found)
    added = g.fit(g.expression(1), -2, 2)
    return g.line(f"for ({g.arrays[s.type][0]} &each : {s.name}) "
                  "each = 0.5 * each + ", added, ";")


@production("object", "array-index", 2)
def array_index(g):
    """s[i] = e;"""
    found = objects(g, g.arrays)
    if not found:
        return None
    s = g.pick(found)
    kind, size = g.arrays[s.type]
    index = g.index(size)
    written = g.pick([f"{s.name}[", f"{s.name}.at("])
    return g.line(written, index, "] = " if written.endswith("[") else ") = ",
                  g.bounded(kind), ";")


@production("statement", "template-call", 1.5)
def template_call(g):
    """x = t<double>(e);"""
    place = g.place(True)
    if place is None:
        return None
    g.templates += 1
    name, kind = f"t{g.templates}", g.type()
    g.definitions.append(Function("", [
        f"template <class T> T {name}(T x) {{\n"
        "  T y = x * std::sin(static_cast<double>(x));\n"
        f"  for (int i = 0; i < {g.integer(0, 2)}; ++i)\n"
        "    y = 0.5 * (y + x);\n"
        "  return y;\n}"], name))
    value = g.bounded(kind)
    return g.line(place, f" = {name}<{kind}>(", value, ");")
