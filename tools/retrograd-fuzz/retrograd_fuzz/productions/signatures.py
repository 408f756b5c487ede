#===- signatures.py - Parameters and globals ----------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A parameter production adds a parameter to the function under construction.
#
#===----------------------------------------------------------------------===#

from dataclasses import dataclass

from ..tree import Node
from . import production


@dataclass
class Parameter(Node):
    """`reals` of its numbers are seen by derivatives; 0 for integers and for
    what is constant."""

    name: str = ""
    type: str = "double"
    kind: str = "value"
    size: int = 1
    row: int = 0
    active: bool = True
    constant: bool = False
    # The parameter whose memory this one points into, and where.
    alias_of: object = None
    offset: int = 0
    low: int = 0
    high: int = 0

    @property
    def reals(self):
        if not self.active or self.alias_of is not None:
            return 0
        return self.size * max(self.row, 1)

    def declaration(self):
        const = "const " if self.constant else ""
        head = f"{const}{self.type} "
        if self.kind == "reference":
            return f"{head}&{self.name}"
        if self.kind == "pointer":
            return f"{head}*{self.name}"
        if self.kind == "array":
            return f"{head}{self.name}[{self.size}]"
        if self.kind == "matrix":
            return f"{head}{self.name}[{self.size}][{self.row}]"
        return head + self.name


def parameter(g, kind, real=True, **attributes):
    made = Parameter("", [], name=g.fresh(real), kind=kind, **attributes)
    if real:
        made.type = g.type()
    made.parts = [made.declaration()]
    shapes = {"array": "pointer", "reference": "scalar", "value": "scalar"}
    if real:
        g.declare(made.name, made.type, kind=shapes.get(kind, kind),
                  size=made.size, row=made.row, constant=made.constant,
                  movable=kind == "pointer")
    elif made.type == "bool":
        g.declare(made.name, "bool")
    else:
        g.declare(made.name, "int", low=made.low, high=made.high,
                  constant=made.constant)
    return made


@production("parameter", "by-value", 4)
def by_value(g):
    """double x"""
    return parameter(g, "value")


@production("parameter", "by-value-const", 0.5)
def by_value_const(g):
    """const double x"""
    return parameter(g, "value", constant=True)


@production("parameter", "by-reference", 1.5)
def by_reference(g):
    """double &x"""
    return parameter(g, "reference")


@production("parameter", "by-reference-const", 0.7)
def by_reference_const(g):
    """const double &x"""
    return parameter(g, "reference", constant=True)


@production("parameter", "by-pointer", 3)
def by_pointer(g):
    """double *x"""
    return parameter(g, "pointer", size=g.integer(1, 4))


@production("parameter", "by-pointer-const", 2)
def by_pointer_const(g):
    """const double *x"""
    return parameter(g, "pointer", size=g.integer(1, 4), constant=True)


@production("parameter", "by-array", 0.7)
def by_array(g):
    """double x[3]"""
    return parameter(g, "array", size=g.integer(1, 3))


@production("parameter", "by-matrix", 0.5)
def by_matrix(g):
    """double m[2][3]"""
    return parameter(g, "matrix", size=2, row=g.integer(2, 3))


@production("parameter", "integer-parameter", 2)
def integer_parameter(g):
    """int n"""
    return parameter(g, "value", False, type="int", active=False, high=4)


@production("parameter", "integer-parameter-const", 0.7)
def integer_parameter_const(g):
    """const int n"""
    return parameter(g, "value", False, type="int", active=False, low=1,
                     high=4, constant=True)


@production("parameter", "integer-reference", 0.7)
def integer_reference(g):
    """int &count"""
    return parameter(g, "reference", False, type="int", active=False, high=4)


@production("parameter", "flag-parameter", 0.7)
def flag_parameter(g):
    """bool b"""
    return parameter(g, "value", False, type="bool", active=False, high=1)


#===----------------------------------------------------------------------===#
# Of the annotated function only: its caller is the driver
#===----------------------------------------------------------------------===#


@production("argument", "argument", 9)
def argument(g, others):
    """Any parameter that helpers have, too"""
    return g.choose("parameter")


@production("argument", "argument-overlaps", 1.5)
def argument_overlaps(g, others):
    """f(a, a + 1): two parameters that are the same memory"""
    found = [p for p in others if p.kind == "pointer" and p.active
             and p.alias_of is None]
    if not found:
        return None
    of = g.pick(found)
    made = Parameter("", [], name=g.fresh(), type=of.type, kind="pointer",
                     alias_of=of, offset=g.integer(0, of.size - 1))
    made.size = g.integer(1, of.size - made.offset)
    # What reaches the memory through a pointer to const is active as well.
    made.constant = g.chance(0.3)
    g.declare(made.name, made.type, kind="pointer", size=made.size,
              constant=made.constant, movable=True)
    made.parts = [made.declaration()]
    return made


@production("argument", "argument-constant", 1)
def argument_constant(g, others):
    """A parameter that wrt leaves out"""
    made = parameter(g, g.pick(["value", "pointer", "reference"]),
                     constant=True)
    made.active = False
    # No pointer or reference reaches active memory here and constant there.
    g.scope.names[made.name].shared = True
    g.scope.names[made.name].movable = False
    if made.kind == "pointer":
        made.size = 2
        g.scope.names[made.name].size = 2
    return made


@production("global", "global", 1)
def global_variable(g, number):
    """A global in wrt"""
    made = Parameter("", [], name=f"weight{number}", kind="global",
                     type=g.type(), constant=True)
    g.globals.append(g.declare(made.name, made.type, constant=True,
                               shared=True))
    made.parts = [f"static {made.type} {made.name};"]
    return made


@production("global", "global-array", 1)
def global_array(g, number):
    """A global array in wrt"""
    made = Parameter("", [], name=f"weights{number}", kind="global-array",
                     type=g.type(), constant=True, size=g.integer(2, 3))
    g.globals.append(g.declare(made.name, made.type, kind="array",
                               size=made.size, constant=True,
                               shared=True))
    made.parts = [f"static {made.type} {made.name}[{made.size}];"]
    return made
