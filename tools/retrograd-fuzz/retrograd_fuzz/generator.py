#===- generator.py - What all productions build on -----------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Chooses productions at random and hands them expressions, places and blocks.
# What it guarantees makes every program well-defined: indices are in range,
# arguments are in the domain of their function, places keep their bounds, and
# loops and calls end. A production that cannot hold to that in the present
# scope returns None, and another one is chosen.
#
#===----------------------------------------------------------------------===#

import random
import re

from .scope import BOUND, Scope, Variable, wider
from .tree import (
    ADDITIVE,
    PRIMARY,
    PRODUCT,
    UNARY,
    Block,
    Expression,
    Group,
    Statement,
    text_of,
)

DEEPEST_BLOCK = 4
# No value on the way to a place is larger, so that all types hold it well.
LARGEST = 100.0

NAMES = ("a b c e g h p q r s t u v w x y z left right top sum mean rate old "
         "seed tape result value state total d_x t_x taken trips done").split()
INTEGER_NAMES = "i j k m n count steps limit index next".split()


class Generator:
    def __init__(self, seed, productions):
        self.random = random.Random(seed)
        self.productions = productions
        self.scope = Scope()
        self.functions = []
        # What follows the name of an object to name a field, and its type, for
        # each struct; the number of objects.
        self.structs = {}
        # Classes with member functions, and the root of their hierarchy; those
        # with a base; arrays of the library. The number of templates.
        self.roots, self.bases, self.arrays = {}, {}, {}
        self.templates = 0
        self.definitions = []
        self.checkpoints = False
        self.objects = 0
        self.globals = []
        # Of the function under construction.
        self.result = None
        self.types = ["double"]
        # Trips of the loops around this place, and how many there may be.
        self.work = 1
        self.most_work = 130
        self.cost = 0
        self.left = 0
        self.depth = 0
        # Whether no call may stand here: what is run again has no effects, and
        # of a function whose body is not looked into nobody knows.
        self.pure = False
        # Names of pointers to pointers, which no scope holds, are numbered.
        self.pointers = 0

    #===--------------------------------------------------------------------===#
    # Chance
    #===--------------------------------------------------------------------===#

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, candidates):
        return self.random.choice(candidates)

    def integer(self, low, high):
        return self.random.randint(low, high)

    def type(self):
        return self.pick(self.types)

    def choose(self, kind, *arguments):
        """Runs productions of this kind until one can be used here."""
        candidates = list(self.productions[kind])
        while candidates:
            chosen = self.random.choices(
                candidates, [c.weight for c in candidates]
            )[0]
            result = chosen.write(self, *arguments)
            if result is not None:
                result.production = result.production or chosen.name
                return result
            candidates.remove(chosen)
        return None

    def fresh(self, real=True, mentioned=""):
        """A new name. It may hide an outer one that `mentioned`, the text that
        follows before the name can be left out, does not use."""
        pool = NAMES if real else INTEGER_NAMES
        taken = set(self.scope.names)
        if self.scope.outer and self.scope.outer.header:
            taken.update(self.scope.outer.names)
        if not (self.productions.enabled("shadow") and self.chance(0.15)):
            taken.update(v.name for v in self.scope.visible())
        taken.update(re.findall(r"\w+", mentioned))
        free = [name for name in pool if name not in taken]
        if free:
            return self.pick(free)
        number = 1
        while f"{pool[0]}{number}" in taken:
            number += 1
        return f"{pool[0]}{number}"

    #===--------------------------------------------------------------------===#
    # Expressions
    #===--------------------------------------------------------------------===#

    def expression(self, depth=None):
        """A real expression without side effects."""
        if depth is None:
            depth = self.integer(0, 3)
        made = None
        if depth > 0:
            made = self.choose("expression", depth)
        if made is None:
            made = self.choose("leaf")
        if not made.within(-LARGEST, LARGEST):
            made = self.fit(made, -BOUND, BOUND)
        return made

    def literal(self, value, type="double"):
        suffix = {"float": "f", "extended": "L"}.get(type, "")
        text = f"{value:.6g}"
        if not re.search(r"[.e]", text):
            text += ".0"
        value = float(text)
        precedence = UNARY if value < 0 else PRIMARY
        if type == "half":
            text, precedence = f"static_cast<half>({text})", PRIMARY
        return Expression("", [text + suffix], type, value, value, precedence)

    def constant(self, value):
        precedence = UNARY if value < 0 else PRIMARY
        return Expression("", [str(value)], "int", value, value, precedence)

    def short(self, low, high):
        """A number in [low, high] of few digits."""
        return round(self.random.uniform(low, high) * 64) / 64

    def call(self, name, arguments, type, low, high):
        parts = [name, "("]
        for i, argument in enumerate(arguments):
            parts += [", "] * (i > 0) + [argument]
        return Expression("", parts + [")"], type, low, high)

    def unary(self, operator, a, low, high, type=None):
        # - -x is not --x.
        inner = a if a.precedence < UNARY else self.parenthesized(a)
        return Expression(
            "", [operator, inner], type or a.type, low, high, UNARY
        )

    def parenthesized(self, a):
        return Expression("", ["(", a, ")"], a.type, a.low, a.high)

    def binary(self, a, operator, b, precedence, low, high, type=None):
        if a.precedence > precedence:
            a = self.parenthesized(a)
        if b.precedence >= precedence:
            b = self.parenthesized(b)
        return Expression(
            "",
            [a, f" {operator} ", b],
            type or wider(a.type, b.type),
            low,
            high,
            precedence,
        )

    def add(self, a, b):
        return self.binary(a, "+", b, ADDITIVE, a.low + b.low, a.high + b.high)

    def subtract(self, a, b):
        return self.binary(a, "-", b, ADDITIVE, a.low - b.high, a.high - b.low)

    def multiply(self, a, b):
        corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
        return self.binary(a, "*", b, PRODUCT, min(corners), max(corners))

    def divide(self, a, b):
        """The denominator keeps away from zero."""
        corners = [x / y for x in (a.low, a.high) for y in (b.low, b.high)]
        return self.binary(a, "/", b, PRODUCT, min(corners), max(corners))

    def cast(self, a, type):
        """To exactly this type; a value that is cut to an integer keeps its
        bounds rounded towards zero."""
        if a.type == type:
            return a
        style = self.integer(0, 2)
        if style == 0:
            parts = [f"static_cast<{type}>(", a, ")"]
        elif style == 1:
            parts = [f"{type}(", a, ")"]
        else:
            inner = a if a.precedence <= UNARY else self.parenthesized(a)
            parts = [f"({type})", inner]
        low, high = a.low, a.high
        if type == "int":
            low, high = int(low), int(high)
        precedence = UNARY if style == 2 else PRIMARY
        return Expression("", parts, type, low, high, precedence)

    def exactly(self, a, type):
        """A cast even of a number that has the type, so that a template
        deduces one type whatever stands for `double`."""
        parts = [f"static_cast<{type}>(", a, ")"]
        return Expression("", parts, type, a.low, a.high)

    def fit(self, a, low, high):
        """An expression with values in [low, high] that depends on a."""
        if a.type in ("int", "bool"):
            a = self.cast(a, "double")
        if a.within(low, high):
            return a
        middle, half = (low + high) / 2, 0.98 * (high - low) / 2
        options = ["sin", "cos", "tanh", "rational"]
        if 0.01 < a.high - a.low < 40 and max(-a.low, a.high) < 40:
            options += ["scale"] * 3
        if not a.within(-LARGEST, LARGEST):
            options = ["tanh", "rational"]
        way = self.pick(options)
        if way == "scale":
            factor = min(half / ((a.high - a.low) / 2), 8)
            factor = float(f"{0.95 * factor:.2g}")
            middle -= factor * (a.low + a.high) / 2
            part = self.multiply(self.literal(factor, a.type), a)
        elif way == "rational":
            # |x / (1 + x^2)| <= 1/2; a is evaluated twice, so it is short.
            whole = self.tamed(a)
            one = self.literal(1, a.type)
            below = self.add(one, self.multiply(whole, whole))
            part = self.binary(whole, "/", below, PRODUCT, -0.5, 0.5)
            part = self.multiply(self.literal(2 * half, a.type), part)
        else:
            argument = a if a.type != "half" else self.cast(a, "float")
            if way == "tanh" and max(-a.low, a.high) > 3:
                scale = self.literal(float(f"{2 / max(-a.low, a.high):.2g}"))
                argument = self.multiply(self.cast(scale, argument.type),
                                         argument)
            part = self.call(f"std::{way}", [argument], argument.type, -1, 1)
            part = self.multiply(self.literal(half, part.type), part)
        if abs(middle) < 1e-6:
            made = part
        else:
            shift = self.literal(middle, part.type)
            made = self.add(shift, part)
        made.low, made.high = max(made.low, low), min(made.high, high)
        made.production = "fit"
        return made

    def tamed(self, a):
        """A leaf that stands for a where a would be written twice."""
        leaf = self.choose("leaf")
        return self.cast(leaf, a.type) if leaf.type != a.type else leaf

    def bounded(self, type=None, depth=None):
        """An expression that any place of the type can take."""
        made = self.fit(self.expression(depth), -BOUND, BOUND)
        return self.cast(made, type) if type and self.chance(0.3) else made

    #===--------------------------------------------------------------------===#
    # Places
    #===--------------------------------------------------------------------===#

    def places(self, write, type=None):
        """The variables that hold or reach reals."""
        return [
            v
            for v in self.scope.visible()
            if v.real
            and (type is None or v.type == type)
            and not (write and (v.constant or v.reserved))
        ]

    def place(self, write=False, type=None, shared=True):
        """A place that holds a real number, to read or to write."""
        candidates = [v for v in self.places(write, type)
                      if shared or not v.shared]
        if not candidates:
            return None
        return self.place_in(self.pick(candidates))

    def steady_place(self):
        """A place to write to that is the same one before and after: what its
        index is cut from may be written there."""
        place = self.place(True)
        if place and re.search(r"\bint\b", self.text(place)):
            return None
        return place

    def place_in(self, v):
        def spelled(parts, precedence=PRIMARY):
            return Expression("", parts, v.type, v.low, v.high, precedence)

        if v.kind == "scalar":
            return spelled([v.name])
        if v.kind == "matrix":
            return spelled(
                [v.name, "[", self.index(v.size), "][", self.index(v.row), "]"]
            )
        way = 9 if v.shared else self.integer(0, 9)
        if way == 0:
            return spelled(["*" + v.name], UNARY)
        if way == 1:
            offset = self.index(v.size)
            if offset.precedence >= ADDITIVE:
                offset = self.parenthesized(offset)
            return spelled([f"*({v.name} + ", offset, ")"], UNARY)
        return spelled([v.name, "[", self.index(v.size), "]"])

    def scalar(self, write=False):
        """A variable that is one real number."""
        found = [v for v in self.places(write) if v.kind == "scalar"
                 and (v.low, v.high) == (-BOUND, BOUND)]
        return self.pick(found) if found else None

    def address_for(self, p):
        """An address that the pointer p can take."""
        return self.address(p.type, p.size, p.constant, p.level)

    def address(self, type, size, constant, level=None):
        """The address of `size` reals in memory that lives as long as what
        stands at this level, constant or not as wanted."""
        found = [
            v
            for v in self.places(not constant, type)
            if (level is None or v.level <= level)
            and not v.shared
            and v.size >= size
            and (v.kind in ("array", "pointer")
                 or (v.kind == "matrix" and v.row >= size)
                 or (v.kind == "scalar" and size == 1))
        ]
        if not found:
            return None
        v = self.pick(found)

        def spelled(*parts, precedence=PRIMARY):
            return Expression("", list(parts), type + "*", 0, 0, precedence)

        if v.kind == "scalar":
            return spelled("&" + v.name, precedence=UNARY)
        if v.kind == "matrix":
            return spelled(v.name, "[", self.index(v.size), "]")
        offset = self.integer(0, v.size - size)
        if offset == 0 and self.chance(0.7):
            return spelled(v.name)
        if self.chance(0.5):
            return spelled(f"{v.name} + {offset}", precedence=ADDITIVE)
        return spelled(f"&{v.name}[{offset}]", precedence=UNARY)

    def index(self, size):
        """An integer expression in [0, size)."""
        if size == 1 and self.chance(0.8):
            return self.constant(0)
        found = [
            v
            for v in self.scope.choose(type="int", kind="scalar")
            if v.low >= 0
        ]
        inside = [v for v in found if v.high < size]
        way = self.integer(0, 9)
        if inside and way < 5:
            v = self.pick(inside)
            return Expression("", [v.name], "int", v.low, v.high)
        if found and way < 8:
            v = self.pick(found)
            read = Expression("", [v.name], "int", v.low, v.high)
            if self.chance(0.5):
                one = self.constant(self.integer(1, 3))
                read = self.parenthesized(self.add(read, one))
            return Expression(
                "", [read, f" % {size}"], "int", 0, size - 1, PRODUCT
            )
        if way == 8:
            a = self.fit(self.choose("leaf"), 0.01, size - 0.01)
            return self.cast(a, "int")
        return self.constant(self.integer(0, size - 1))

    def integer_expression(self, low, high):
        """An integer expression in [low, high]."""
        inside = [
            v
            for v in self.scope.choose(type="int", kind="scalar")
            if low <= v.low and v.high <= high
        ]
        if inside and self.chance(0.6):
            v = self.pick(inside)
            return Expression("", [v.name], "int", v.low, v.high)
        if high > low and self.chance(0.3):
            offset = self.index(high - low + 1)
            if low == 0:
                return offset
            return self.add(self.constant(low), offset)
        return self.constant(self.integer(low, high))

    def condition(self, depth=1):
        return self.choose("condition", depth)

    #===--------------------------------------------------------------------===#
    # Statements
    #===--------------------------------------------------------------------===#

    def statement(self):
        self.left -= 1
        self.cost += self.work
        return self.choose("statement")

    def block(self, most=4, first=(), last=(), trips=1, loop=False,
              breakable=None):
        """Statements in a scope of their own; `first` and `last` make
        statements in it, too."""
        outer = self.scope
        self.scope = Scope(outer)
        if loop:
            self.scope.breakable = self.scope.continuable = True
        if breakable is not None:
            self.scope.breakable = breakable
        self.work *= trips
        self.depth += 1
        statements = [make() for make in first]
        for _ in range(self.integer(1, most)):
            if self.left <= 0 and statements:
                break
            statements.append(self.statement())
        statements += [make() for make in last]
        self.depth -= 1
        self.work //= trips
        self.scope = outer
        return Block("", [s for s in statements if s is not None])

    def in_scope(self, write):
        """Runs a production whose names belong to the block that follows."""
        outer = self.scope
        self.scope = Scope(outer, header=True)
        try:
            return write()
        finally:
            self.scope = outer

    def deeper(self):
        """Whether there is room for another block here."""
        return self.depth < DEEPEST_BLOCK and self.left > 0

    def declare(self, name, type, **attributes):
        return self.scope.add(Variable(name, type, **attributes))

    def line(self, *parts):
        return Statement("", list(parts))

    def group(self, *statements):
        return Group("", list(statements))

    def braced(self, *statements):
        return Block("", list(statements))

    def inner(self, a):
        """As a factor."""
        return a if a.precedence < PRODUCT else self.parenthesized(a)

    def text(self, node):
        return text_of(node)

    def return_line(self, depth=None):
        if self.result == "void":
            return self.line("return;")
        return self.line("return ", self.bounded(self.result, depth), ";")

    def assign(self, place, value):
        return self.line(place, " = ", value, ";")
