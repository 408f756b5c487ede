#===- reducer.py - Shrink a program that fails --------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Works on the tree, so that each attempt is a program of the same language:
# statements, functions and branches are left out, blocks take the place of the
# statements that hold them, and expressions give way to their operands or to a
# number. An attempt is kept if it fails in the same way under the same oracles.
# Whole levels are tried at once, many attempts a compile; this is hierarchical
# delta debugging (G. Misherghi, Z. Su, ICSE 2006).
#
#===----------------------------------------------------------------------===#

import copy
import re

from .batch import Batch
from .tree import Block, Expression, Statement, text_of

# Attempts that are compiled together.
TOGETHER = 24


def edits(program):
    """Programs that are a step smaller, the largest steps first."""
    for number in range(len(program.functions) - 1):
        yield lambda p, n=number: p.functions.pop(n)
    for index, node in enumerate(nodes(program)):
        # The statements of a group go together, or with none.
        if isinstance(node, Block):
            for at in range(len(node.parts)):
                yield lambda p, i=index, a=at: nodes(p)[i].parts.pop(a)
            for at, part in enumerate(node.parts):
                for inner in range(len(blocks_in(part))):
                    yield lambda p, i=index, a=at, n=inner: unwrap(
                        nodes(p)[i], a, n)
    for index, node in enumerate(nodes(program)):
        for at, part in enumerate(node.parts):
            if isinstance(part, Expression):
                for which in range(len(smaller(part))):
                    yield lambda p, i=index, a=at, w=which: replace(
                        nodes(p)[i], a, w)


def nodes(program):
    return [n for f in program.functions for n in f.walk()]


def blocks_in(statement):
    if not isinstance(statement, Statement):
        return []
    return [p for p in statement.parts if isinstance(p, Block)]


def unwrap(block, at, number):
    """The statements of an inner block instead of the statement around it."""
    block.parts[at:at + 1] = blocks_in(block.parts[at])[number].parts


def smaller(expression):
    """What may stand in its place: operands of its type, or a number."""
    found = [
        part for part in expression.children()
        if isinstance(part, Expression) and part.type == expression.type
        and part.within(expression.low, expression.high)
    ]
    if expression.children() and expression.type == "double":
        middle = (expression.low + expression.high) / 2
        found.append(Expression("", [f"({middle:.3g})"], "double", middle,
                                middle))
    return found


def replace(node, at, which):
    node.parts[at] = smaller(node.parts[at])[which]


def returns(program):
    """Functions with a result still end by returning it: without that, the
    program is undefined, and may fail by itself. Classes are among them."""
    for function in program.functions:
        text = text_of(function).rstrip()
        last = text[:-1].rstrip().rsplit("\n", 1)[-1].strip()
        silent = re.match(r"(template <.*>\s+)?((static )?void|struct) ", text)
        if not (silent or last.startswith("return")):
            return False
    return True


def size(program):
    return sum(len(text_of(f)) for f in program.functions)


class Reducer:
    def __init__(self, tools, configuration, log=print):
        self.tools = tools
        self.configuration = configuration
        self.log = log

    def kinds(self, programs):
        """How each of the programs fails, if it does."""
        batch = Batch(self.tools, self.tools.work / "reduce",
                      dict(enumerate(programs)), self.configuration).run()
        return {f.number: f.kind for f in batch.findings}

    def reduce(self, program):
        """The smallest program found that fails like this one; None if this
        one does not fail."""
        kind = self.kinds([program]).get(0)
        if kind is None:
            return None
        # A mistake of the program's own is not what is looked for.
        self.kind = kind
        while True:
            better = self.step(program)
            if better is None:
                return program
            program = better
            self.log(f"{kind}: {size(program)} characters", flush=True)

    def step(self, program):
        attempts = []
        for edit in edits(program):
            made = copy.deepcopy(program)
            edit(made)
            if size(made) < size(program) and returns(made):
                attempts.append((made, edit))
            if len(attempts) == TOGETHER:
                better = self.best(program, attempts)
                if better is not None:
                    return better
                attempts = []
        return self.best(program, attempts) if attempts else None

    def best(self, program, attempts):
        """All edits that fail on their own are tried together first."""
        kinds = self.kinds([made for made, _ in attempts])
        kept = [made for number, (made, _) in enumerate(attempts)
                if kinds.get(number) == self.kind]
        return min(kept, key=size) if kept else None
