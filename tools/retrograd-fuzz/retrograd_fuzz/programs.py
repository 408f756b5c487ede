#===- programs.py - From a seed to a program ----------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#

import random

from .generator import Generator
from .scope import BOUND, Scope
from .tree import Function, Program

POINTS = 2

# Most programs are all double: mixing costs the oracles precision.
PALETTES = [
    (10, ["double"]),
    (3, ["double", "double", "float"]),
    (1, ["float"]),
    (1, ["double", "extended"]),
    (1, ["float", "extended", "double"]),
    (0.5, ["double", "half", "float"]),
]


def generate(seed, productions, size=14):
    """The program of this seed, of roughly `size` statements."""
    g = Generator(seed, productions)
    weights, palettes = zip(*PALETTES)
    g.types = g.random.choices(palettes, weights)[0]
    g.types = [t for t in g.types
               if t == "double" or productions.enabled(t)] or ["double"]

    arguments = []
    if productions["global"] and g.chance(0.2):
        arguments += [g.choose("global", n) for n in range(g.integer(1, 2))]
    for _ in range(g.random.choices([0, 1, 2, 3], [5, 4, 2, 1])[0]):
        made = g.choose("function") if productions["function"] else None
        if made:
            g.functions.append(made)

    g.scope = Scope()
    for v in g.globals:
        g.scope.add(v)
    g.scope = Scope(g.scope, header=True)
    g.result = g.random.choices(["double", g.type(), "void"], [4, 3, 1])[0]
    for _ in range(g.integer(1, 4)):
        arguments.append(g.choose("argument", arguments))
    while not any(a.reals for a in arguments):
        arguments.append(g.choose("argument", arguments))
    if g.result == "void" and not any(
        a.reals and not a.constant and a.kind != "value" for a in arguments
    ):
        g.result = "double"

    g.left, g.depth = size, 0
    # The result depends on much of what was computed.
    body = g.block(size, last=[lambda: g.return_line(3)])
    parameters = [a for a in arguments if not a.kind.startswith("global")]
    head = ", ".join(a.declaration() for a in parameters)
    main = Function("", [f"{g.result} f({head}) ", body], name="f")
    return Program(
        seed,
        [a for a in arguments if a.kind.startswith("global")],
        [*g.definitions, *g.functions, main],
        arguments,
        g.result,
        points(g.random, arguments),
        g.result != "void" and g.chance(0.3),
    )


def points(chance: random.Random, arguments):
    """Argument sets: reals of few digits, which every type holds exactly, and
    integers in their ranges."""
    sets = []
    limit = int(64 * BOUND * 0.95)
    for _ in range(POINTS):
        reals = [
            chance.randint(-limit, limit) / 64
            for a in arguments
            for _ in range(a.reals)
        ]
        integers = [
            chance.randint(a.low, a.high)
            for a in arguments
            if a.type in ("int", "bool")
        ]
        sets.append((reals, integers))
    return sets
