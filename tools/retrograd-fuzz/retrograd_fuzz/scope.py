#===- scope.py - The variables that a piece of a program can use ---------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Every place that holds a real number keeps it in [-BOUND, BOUND] after each
# statement, whoever else reaches that place through a pointer or a reference.
# So aliasing, loops and calls need no analysis of values: what holds for one
# statement holds for all.
#
#===----------------------------------------------------------------------===#

from dataclasses import dataclass

BOUND = 4.0

# From the least precise to the most precise.
REALS = ["half", "float", "double", "extended"]


def wider(a, b):
    """The type of an arithmetic operation; int and bool give way to reals."""
    order = ["bool", "int"] + REALS
    wide = max(a, b, key=order.index)
    return "int" if wide == "bool" else wide


@dataclass
class Variable:
    """A name. An array or a pointer reaches `size` elements, or rows of
    `row` elements; an integer is in [low, high]."""

    name: str
    type: str
    kind: str = "scalar"  # scalar, array, pointer, matrix
    size: int = 1
    row: int = 0
    low: float = -BOUND
    high: float = BOUND
    constant: bool = False
    # Whether the name itself may be made to point elsewhere.
    movable: bool = False
    # Writes to it are somebody else's business: a loop's counter, a depth.
    reserved: bool = False
    # An array whose type has its extent: no parameter, no allocation.
    extent_known: bool = False
    # No pointer or reference to it: a global, or a constant for derivatives.
    shared: bool = False
    # The depth of the block that it lives in. A pointer must not outlive what
    # it points to.
    level: int = 0

    @property
    def real(self):
        return self.type in REALS


class Scope:
    """A chain of blocks; inner names hide outer ones."""

    def __init__(self, outer=None, header=False):
        self.outer = outer
        # A loop's or function's header: the block after it cannot use its
        # names again.
        self.header = header
        self.names = {}
        self.level = outer.level + 1 if outer else 0
        # Whether a statement may jump from here.
        self.breakable = outer.breakable if outer else False
        self.continuable = outer.continuable if outer else False
        self.returnable = outer.returnable if outer else True

    def add(self, variable):
        variable.level = self.level
        self.names[variable.name] = variable
        return variable

    def visible(self):
        found = {}
        scope = self
        while scope:
            for name, variable in scope.names.items():
                found.setdefault(name, variable)
            scope = scope.outer
        return list(found.values())

    def choose(self, **wanted):
        """The visible variables with these attributes."""
        return [
            variable
            for variable in self.visible()
            if all(getattr(variable, k) == v for k, v in wanted.items())
        ]
