#===- tree.py - Programs as trees of text --------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A node is a piece of C++ with holes that other nodes fill. That is all that
# printing, counting constructs and shrinking a program need to know, so a new
# construct adds a production and nothing else.
#
#===----------------------------------------------------------------------===#

import re
from dataclasses import dataclass, field

# Productions of functions that test/Oracles/complex_step.h continues.
ANALYTIC = {f"{name}-1" for name in (
    "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 "
    "expm1 log log2 log10 log1p sqrt").split()} | {"pow-2"}

# How tightly an expression binds, from a primary expression to a comma.
PRIMARY, UNARY, PRODUCT, ADDITIVE, SHIFT, ORDER, EQUALITY, BITS, AND, OR = range(10)
CONDITIONAL, ASSIGNMENT, COMMA = 10, 11, 12


@dataclass
class Node:
    """Text and nodes, in their order in the program, and the production that
    wrote them ("" for glue that no construct stands for)."""

    production: str
    parts: list

    def children(self):
        return [part for part in self.parts if isinstance(part, Node)]

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass
class Expression(Node):
    """Its values are in [low, high] whatever the variables in it hold."""

    type: str
    low: float
    high: float
    precedence: int = PRIMARY

    def within(self, low, high):
        return low <= self.low and self.high <= high


@dataclass
class Statement(Node):
    """Removing one from its block leaves a program that is well-defined, if it
    still compiles."""


@dataclass
class Group(Statement):
    """Statements that are only well-defined together. The parts are
    statements only."""


@dataclass
class Block(Node):
    """Statements in braces. The parts are statements only."""


@dataclass
class Function(Node):
    name: str = ""


@dataclass
class Program:
    """What one seed stands for. The last function is the annotated one."""

    seed: str
    globals: list
    functions: list
    arguments: list
    result: str
    # The argument sets: active numbers and integers of each.
    points: list = field(default_factory=list)
    # Whether its derivatives return the value, too.
    value: bool = False

    @property
    def analytic(self):
        """Whether the complex-step method applies: no kinks, no functions that
        have no continuation into the complex plane."""
        rules = {c for c in self.constructs() if re.search(r"-[123]$", c)}
        return rules <= ANALYTIC and not self.constructs() & {"modf", "frexp"}

    def constructs(self):
        """The productions that wrote the program."""
        found = set()
        for function in self.functions:
            found.update(node.production for node in function.walk())
        for argument in self.arguments:
            found.add(argument.production)
        found.discard("")
        return found


def text_of(node, depth=0):
    """The C++ of a node; blocks and their statements are indented."""
    out = []
    for part in node.parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Block):
            out.append(_braced(part, depth))
        else:
            out.append(text_of(part, depth))
    return "".join(out)


def _braced(block, depth):
    return "{\n" + _lines(block, depth + 1) + "  " * depth + "}"


def _lines(node, depth):
    """The statements of a block or group, each on lines of its own."""
    out = []
    for statement in node.parts:
        if isinstance(statement, Group):
            out.append(_lines(statement, depth))
        else:
            out.append("  " * depth + text_of(statement, depth) + "\n")
    return "".join(out)
