#===- driver.py - What calls a program and its derivatives --------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A batch is a folder of programs with two translation units around them:
# native.cpp, which the plugin compiles, calls the derivatives, and lifted.cpp
# evaluates the same texts with other kinds of numbers. Both show the judge
# (test/Oracles/program.h) all functions in one flat form.
#
#===----------------------------------------------------------------------===#

import re

from .tree import text_of

MODES = ["gradient", "vjp", "jvp"]
# With --directions, the judge sees one of three; the others must not matter.
DIRECTIONS = 3
JUDGED = {"vjp": 2, "jvp": 0, "gradient_jvp": 1}


class Slots:
    """Where each argument's numbers are in the flat vectors."""

    def __init__(self, program):
        self.arguments = program.arguments
        self.first = {}
        self.inputs = self.integers = 0
        for number, a in enumerate(program.arguments):
            a.local = f"v{number}"
            if a.type in ("int", "bool"):
                self.first[a.name] = self.integers
                self.integers += 1
            elif a.reals:
                self.first[a.name] = self.inputs
                self.inputs += a.reals

    def active(self):
        """In the order of wrt."""
        return [a for a in self.arguments if a.reals or a.alias_of]

    def owners(self):
        return [a for a in self.arguments if a.reals]

    def of(self, a):
        return self.first[a.name]


def is_global(a):
    return a.kind.startswith("global")


def is_scalar(a):
    return a.kind in ("value", "reference", "global")


def elements(a, name):
    """(how a loop names an element, the loop's header) of an argument."""
    if is_scalar(a):
        return name, "", "0"
    if a.kind == "matrix":
        size = a.size * a.row
        return (f"{name}[j / {a.row}][j % {a.row}]",
                f"for (int j = 0; j < {size}; ++j) ", "j")
    return f"{name}[j]", f"for (int j = 0; j < {a.size}; ++j) ", "j"


def extent(a):
    if is_scalar(a):
        return ""
    return f"[{a.size}][{a.row}]" if a.kind == "matrix" else f"[{a.size}]"


def filled(a, name, source, first):
    """A local array or variable with numbers of a flat vector."""
    element, loop, j = elements(a, name)
    declaration = "" if is_global(a) and name == a.name else \
        f"{a.type} {name}{extent(a)};\n  "
    return (f"  {declaration}{loop}{element} = "
            f"static_cast<{a.type}>({source}[{first} + {j}]);\n")


def arguments_of(slots):
    """The lines that make the arguments, and the arguments."""
    lines, passed = [], []
    for a in slots.arguments:
        if is_global(a):
            lines.append(filled(a, a.name, "x", slots.of(a)))
            continue
        if a.alias_of is not None:
            passed.append(f"{a.alias_of.local} + {a.offset}")
            continue
        passed.append(a.local)
        if a.type in ("int", "bool"):
            lines.append(f"  {a.type} {a.local} = static_cast<{a.type}>"
                         f"(k[{slots.of(a)}]);\n")
        elif not a.active:
            values = "0.75" if is_scalar(a) else "{0.5, -1.25}"
            const = "" if is_scalar(a) else "const "
            lines.append(f"  {const}{a.type} {a.local}{extent(a)} = "
                         f"{values};\n")
        else:
            lines.append(filled(a, a.local, "x", slots.of(a)))
    return "".join(lines), passed


def left(slots):
    """The lines that tell what memory holds after the call."""
    lines = []
    for a in slots.arguments:
        if a.type in ("int", "bool"):
            if a.kind == "reference":
                lines.append(f"  k[{slots.of(a)}] = {a.local};\n")
        elif a.reals:
            name = a.name if is_global(a) else a.local
            element, loop, j = elements(a, name)
            at = slots.of(a)
            if a.kind == "value":
                element = f"x[{at}]"
            lines.append(f"  {loop}y[{1 + at} + {j}] = "
                         f"static_cast<number>({element});\n")
    return "".join(lines)


def back(slots, letter, to, all_kinds=True):
    """The lines that copy adjoints or tangents back to a flat vector."""
    lines = []
    for a in slots.owners():
        if not all_kinds and (a.kind == "value" or is_global(a)):
            continue
        element, loop, j = elements(a, letter + a.local)
        lines.append(f"  {loop}{to}[{slots.of(a)} + {j}] = {element};\n")
    return "".join(lines)


def wide_element(a, name):
    """Direction k of what elements() names."""
    if is_scalar(a):
        return f"{name}[k]"
    if a.kind == "matrix":
        return elements(a, name)[0] + "[k]"
    return f"{name}[j * {DIRECTIONS} + k]"


def wide_filled(a, name, source, first, judged):
    """An array of numbers in several directions, of which one counts."""
    _, loop, j = elements(a, name)
    rows = f"[{a.size}][{a.row}][{DIRECTIONS}]" if a.kind == "matrix" else \
        f"[{1 if is_scalar(a) else a.size} * {DIRECTIONS}]"
    return (f"  {a.type} {name}{rows};\n"
            f"  {loop}for (int k = 0; k < {DIRECTIONS}; ++k) "
            f"{wide_element(a, name)} = static_cast<{a.type}>("
            f"(k == {judged} ? 1 : 2 * k - 3) * {source}[{first} + {j}]);\n")


def wide_back(slots, letter, to, judged, all_kinds=True):
    lines = []
    for a in slots.owners():
        if not all_kinds and (a.kind == "value" or is_global(a)):
            continue
        _, loop, j = elements(a, "")
        lines.append(f"  {loop}{{ const int k = {judged}; {to}[{slots.of(a)} "
                     f"+ {j}] = {wide_element(a, letter + a.local)}; }}\n")
    return "".join(lines)


def wide_arguments(slots, letter):
    passed = []
    for a in slots.active():
        if a.alias_of is not None:
            passed.append(f"{letter}{a.alias_of.local} + "
                          f"{a.offset} * {DIRECTIONS}")
        else:
            passed.append(letter + a.local)
    return passed


def wide_shadows(slots, letter, source, judged):
    return "".join(wide_filled(a, letter + a.local, source, slots.of(a), judged)
                   for a in slots.owners())


def shadows(slots, letter, source):
    return "".join(filled(a, letter + a.local, source, slots.of(a))
                   for a in slots.owners())


def shadow_arguments(slots, letter, tangent):
    passed = []
    for a in slots.active():
        if a.alias_of is not None:
            passed.append(f"{letter}{a.alias_of.local} + {a.offset}")
        elif not is_scalar(a) or (tangent and a.kind == "value"):
            passed.append(letter + a.local)
        else:
            passed.append("&" + letter + a.local)
    return passed


def call(name, *lists):
    return f"{name}({', '.join(sum(lists, []))})"


def wrt(slots):
    entries = []
    for a in slots.active():
        entry = a.name
        if a.kind in ("pointer", "array", "matrix"):
            entry += f"[{a.size}]"
        entries.append(entry)
    return f"wrt({', '.join(entries)})"


def modes(program):
    """A gradient needs a result, and writes to rows are left to vjp."""
    rows = any(a.kind == "matrix" for a in program.arguments)
    return MODES[rows or program.result == "void":]


# Derivatives of these have arguments by which no derivative is known.
FIRST_ORDER = {"comp_ellint_1-1", "comp_ellint_2-1", "ellint_1-2",
               "ellint_2-2", "ellint_3-3"}


def has_hessian(program):
    """A wrt clause must be able to name the gradient's parameters."""
    names = {a.name for a in program.arguments}
    return ("gradient" in modes(program)
            and not any(n.startswith("d_") for n in names)
            and not program.constructs() & FIRST_ORDER)


def second_order(program):
    """The request for the derivative of the gradient."""
    names = [a.name for a in Slots(program).active()]
    names += ["d_" + name for name in names]
    return f"#pragma retrograd jvp(f_grad) wrt({', '.join(names)})"


def program_text(program, directions=False):
    slots = Slots(program)
    out = [text_of(g) + "\n" for g in program.globals]
    for function in program.functions[:-1]:
        out.append(text_of(function) + "\n")
    clause = wrt(slots)
    value = " value" if program.value else ""
    several = f" directions({DIRECTIONS})" if directions else ""
    for mode in modes(program):
        out.append(f"#pragma retrograd {mode} {clause}{value}"
                   f"{several if mode != 'gradient' else ''}\n")
    out.append(text_of(program.functions[-1]) + "\n")
    if has_hessian(program):
        out.append(second_order(program) + several + "\n")
    lines, passed = arguments_of(slots)
    result = call("f", passed)
    first = "0" if program.result == "void" else f"static_cast<number>({result})"
    out.append(
        "static void call(const number *x, number *y, long long *k) {\n"
        "  (void)k;\n"
        + lines
        + (f"  {result};\n" if program.result == "void" else "")
        + f"  y[0] = {first};\n"
        + left(slots)
        + "}\n"
    )
    return "".join(out)


def derivative(program, slots, mode, parameters, before, result, after):
    lines, _ = arguments_of(slots)
    return (
        f"static void {mode}(const number *x, {parameters} number *y, "
        "long long *k) {\n  (void)k;\n"
        + lines + before + f"  {result}\n" + left(slots) + after + "}\n"
    )


def wide_native(program):
    """vjp, jvp and the tangent of the gradient, in several directions."""
    slots = Slots(program)
    _, passed = arguments_of(slots)
    real = program.result
    lost = "y[0] = NAN;\n  "
    at = JUDGED["vjp"]
    seed = [] if real == "void" else ["seeds"]
    seeds = "  (void)seed;\n" if real == "void" else (
        f"  {real} seeds[{DIRECTIONS}];\n"
        f"  for (int k = 0; k < {DIRECTIONS}; ++k) seeds[k] = static_cast<"
        f"{real}>((k == {at} ? 1 : 2 * k - 3) * seed);\n")
    value = program.value and real != "void"
    returned = "y[0] = " if value else lost
    out = [derivative(
        program, slots, "vjp", "number seed, number *d,",
        wide_shadows(slots, "d", "d", at) + seeds,
        returned + call("f_vjps", passed, seed, wide_arguments(slots, "d")) +
        ";", wide_back(slots, "d", "d", at))]
    at = JUDGED["jvp"]
    results = [] if real == "void" else ["results"]
    declared = "*s = 0;\n  " if real == "void" else \
        f"{real} results[{DIRECTIONS}];\n  "
    out.append(derivative(
        program, slots, "jvp", "number *t, number *s,",
        wide_shadows(slots, "t", "t", at),
        declared + returned +
        call("f_jvps", passed, wide_arguments(slots, "t"), results) + ";" +
        ("" if real == "void" else f"\n  *s = results[{at}];"),
        wide_back(slots, "t", "t", at, False)))
    if has_hessian(program):
        at = JUDGED["gradient_jvp"]
        adjoints = shadow_arguments(slots, "d", False)
        second = call("f_grad_jvps", passed, adjoints,
                      wide_arguments(slots, "t"), wide_arguments(slots, "s"),
                      results if value else [])
        out.append(derivative(
            program, slots, "gradient_jvp",
            "const number *t, number *d, number *s,",
            shadows(slots, "d", "d") + wide_shadows(slots, "t", "t", at) +
            wide_shadows(slots, "s", "s", at),
            (declared if value else "") + f"{lost}{second};",
            back(slots, "d", "d") + wide_back(slots, "s", "s", at)))
    return out


def native_text(program, directions=False):
    """The derivatives of a program in their flat form."""
    slots = Slots(program)
    _, passed = arguments_of(slots)
    value = "y[0] = "
    nothing = f"y[0] = NAN;\n  "
    returned = value if program.value and program.result != "void" else nothing
    adjoints = shadow_arguments(slots, "d", False)
    tangents = shadow_arguments(slots, "t", True)
    seed = [] if program.result == "void" else \
        [f"static_cast<{program.result}>(seed)"]
    out = []
    d = shadows(slots, "d", "d")
    t = shadows(slots, "t", "t")
    if "gradient" in modes(program):
        out.append(derivative(
            program, slots, "gradient", "number *d,", d,
            f"{returned}{call('f_grad', passed, adjoints)};",
            back(slots, "d", "d")))
    if directions:
        return "".join(out + wide_native(program)) + points_text(program)
    out.append(derivative(
        program, slots, "vjp", "number seed, number *d,", d + "  (void)seed;\n",
        f"{returned}{call('f_vjp', passed, seed, adjoints)};",
        back(slots, "d", "d")))
    tangent = call("f_jvp", passed, tangents)
    if program.result == "void":
        tangent = f"*s = 0;\n  y[0] = NAN;\n  {tangent};"
    elif program.value:
        tangent = (f"auto both = {tangent};\n  y[0] = both.value;\n"
                   "  *s = both.tangent;")
    else:
        tangent = f"y[0] = NAN;\n  *s = {tangent};"
    out.append(derivative(
        program, slots, "jvp", "number *t, number *s,", t, tangent,
        back(slots, "t", "t", False)))
    if has_hessian(program):
        again = shadow_arguments(slots, "s", False)
        second = call("f_grad_jvp", passed, adjoints, tangents, again)
        out.append(derivative(
            program, slots, "gradient_jvp",
            "const number *t, number *d, number *s,",
            d + t + shadows(slots, "s", "s"),
            f"y[0] = NAN;\n  {second};",
            back(slots, "d", "d") + back(slots, "s", "s")))
    return "".join(out) + points_text(program)


def points_text(program):
    """Where a program is evaluated."""
    reals = [repr(x) + "L" for xs, _ in program.points for x in xs]
    integers = [str(k) for _, ks in program.points for k in ks] or ["0"]
    return (f"static const number x[] = {{{', '.join(reals)}}};\n"
            f"static const long long k[] = {{{', '.join(integers)}}};\n")


def epsilon(text):
    for word, value in (("half", "0x1p-10L"), ("float", "0x1p-23L"),
                        ("double", "0x1p-52L")):
        if re.search(rf"\b{word}\b", text):
            return value
    return "0x1p-63L"


def native_row(program, number, text):
    slots = Slots(program)
    space = f"p{number}::"
    gradient = "gradient" in modes(program)
    fields = [
        f'"p{number}"', str(slots.inputs), str(slots.integers),
        "false" if program.result == "void" else "true", epsilon(text),
        str(len(program.points)), space + "x", space + "k", space + "call",
        space + "gradient" if gradient else "nullptr",
        space + "vjp", space + "jvp",
        space + "gradient_jvp" if has_hessian(program) else "nullptr",
    ]
    return "{" + ", ".join(fields) + "},\n"


PROGRAMS = """\
#include "program.h"
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <algorithm>
#include <retrograd/retrograd.h>
using number = long double;
using extended = long double;
using half = _Float16;
"""

# g++ compiles the text that the command has written.
NATIVE = """\
#include "programs.h"
#ifdef RETROGRAD_TEXT
#include "derivatives.h"
#endif
"""


def write_batch(folder, programs, directions=False):
    """Writes the folder; `programs` maps numbers to programs."""
    folder.mkdir(parents=True, exist_ok=True)
    included, native, rows = [PROGRAMS], [NATIVE], []
    for number, program in programs.items():
        text = program_text(program, directions)
        (folder / f"p{number}.h").write_text(text)
        included.append(f'namespace p{number} {{\n#include "p{number}.h"\n}}\n')
        (folder / f"d{number}.h").write_text(native_text(program, directions))
        native.append(f'namespace p{number} {{\n#include "d{number}.h"\n}}\n')
        rows.append(native_row(program, number, text))
    native += ["const oracle::program oracle::programs[] = {\n", *rows,
               "};\nconst std::size_t oracle::program_count = "
               f"{len(programs)};\n"]
    (folder / "programs.h").write_text("".join(included))
    (folder / "native.cpp").write_text("".join(native))
    (folder / "lifted.cpp").write_text(lifted_text(programs))


def lifted_text(programs):
    """The texts once for each kind of number."""
    out, rows = ['#include "lifted.h"\n'], []
    for kind in ("jets", "wide", "complex"):
        out.append(f'#include "begin_{kind}.h"\n')
        for number, program in programs.items():
            if kind != "complex" or program.analytic:
                out.append(f"namespace p{number} {{\nnamespace {kind} {{\n"
                           f'#include "p{number}.h"\n}}\n}}\n')
        out.append('#include "end.h"\n')
    for number, program in programs.items():
        last = f"p{number}::complex::call" if program.analytic else "nullptr"
        rows.append(f'{{"p{number}", p{number}::jets::call, '
                    f"p{number}::wide::call, {last}}},\n")
    return "".join([*out, "const oracle::lifted oracle::lifteds[] = {\n",
                    *rows, "};\n"])
