#===- checkpoints.py - Loops and calls that are run again ---------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# What such a loop changes must be known by name, and nothing in it may have an
# effect, so its body is no block of any statements: it writes to variables that
# are declared with it, and reads whatever there is.
#
#===----------------------------------------------------------------------===#

from . import production

MOST_TRIPS = 6


def bound(g):
    return g.pick(["", f" snapshots({g.integer(1, 4)})", " memory(1000)"])


def pragma(g):
    return g.line(f"#pragma retrograd checkpoint{bound(g)}")


def write_one(g, state):
    """An assignment to an element of the state."""
    name, kind, size = g.pick(state)
    if size == 1:
        place = [name]
    else:
        place = [f"{name}[", g.index(size), "]"]
    value = g.bounded(kind)
    return g.line(*place, " = ", value, ";")


def body(g, state, depth=0):
    """Statements that write to the state only."""
    lines = []
    for _ in range(g.integer(1, 3)):
        way = g.integer(0, 9)
        if way < 6 or depth > 1:
            lines.append(write_one(g, state))
        elif way == 6:
            lines.append(g.line("if (", g.condition(), ") ",
                                g.braced(*body(g, state, depth + 1))))
        elif way == 7:
            lines.append(g.line("if (", g.condition(), ") ",
                                g.braced(g.line(g.pick(["break;",
                                                        "continue;"])))))
        else:
            lines.append(inner_loop(g, state, depth + 1))
    return lines


def inner_loop(g, state, depth):
    def write():
        i = g.fresh(False)
        g.declare(i, "int", low=0, high=2, reserved=True)
        loop = g.line(f"for (int {i} = 0; {i} < 3; ++{i}) ",
                      g.braced(*body(g, state, depth)))
        return g.group(pragma(g), loop) if g.chance(0.4) else loop

    return g.in_scope(write)


def loop(g, state):
    def write():
        n = g.integer(0, MOST_TRIPS)
        i = g.fresh(False)
        g.declare(i, "int", low=0, high=MOST_TRIPS, reserved=True)
        header = g.pick([
            f"for (int {i} = 0; {i} < {n}; ++{i}) ",
            f"for (int {i} = {n}; {i}-- > 0;) ",
            f"for (int {i} = {n}; {i} > 0; {i} -= 2) ",
        ])
        return g.group(pragma(g), g.line(header, g.braced(*body(g, state))))

    return g.in_scope(write)


def new_state(g, mentioned):
    """A variable or array of its own, declared and registered."""
    kind, size = g.type(), g.pick([1, 1, 2, 3])
    values = [g.cast(g.bounded(), kind) for _ in range(size)]
    text = " ".join(g.text(value) for value in values)
    name = g.fresh(mentioned=mentioned + " " + text)
    if size == 1:
        g.declare(name, kind)
        return (name, kind, 1), g.line(f"{kind} {name} = ", values[0], ";")
    parts = [", "] * (2 * size - 1)
    parts[::2] = values
    g.declare(name, kind, kind="array", size=size, extent_known=True)
    return (name, kind, size), g.line(f"{kind} {name}[{size}] = {{", *parts,
                                      "};")


@production("statement", "checkpoint", 3)
def checkpoint(g):
    """#pragma retrograd checkpoint, before a loop over variables of its own"""
    # Objects that hold reals are not stored.
    if g.structs or not g.deeper() or g.work * MOST_TRIPS * 3 > g.most_work:
        return None
    g.checkpoints = True
    target = g.scalar(True)
    if target is None:
        return None

    def write():
        made = [new_state(g, target.name) for _ in range(g.integer(1, 3))]
        state = [what for what, _ in made]
        g.work *= MOST_TRIPS
        g.pure = True
        looping = loop(g, state)
        g.pure = False
        g.work //= MOST_TRIPS
        name, _, size = state[-1]
        last = name if size == 1 else f"{name}[{size - 1}]"
        return g.group(*[line for _, line in made], looping, g.line(
            f"{target.name} = 0.5 * {target.name} + 0.25 * {last};"))

    return g.line(g.braced(g.in_scope(write)))
