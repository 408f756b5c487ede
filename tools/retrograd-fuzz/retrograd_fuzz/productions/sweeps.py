#===- sweeps.py - Loops over arrays, as numerical code has them ----------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A random body seldom has what the analyses of loops look for: subscripts that
# are affine in the counters, neighbours, sums, iterations that share nothing.
# These bodies have little else. Sums start at zero and have small terms, so that
# places keep their bounds.
#
#===----------------------------------------------------------------------===#

from dataclasses import dataclass

from ..scope import BOUND
from ..tree import Expression
from . import production

# More trips than elements would make the programs slow.
MOST_TRIPS = 6


@dataclass
class Counter:
    """A counter with values in [low, high]. Where its loop runs from 0 to an
    end that is known at run time only, `end` is the text of that."""

    name: str
    low: int
    high: int
    end: str = ""


#===----------------------------------------------------------------------===#
# Arrays, subscripts, values
#===----------------------------------------------------------------------===#


def arrays(g, write, least=2):
    return [v for v in g.places(write) if v.kind in ("array", "pointer")
            and v.size >= least and not v.shared]


def new_name(g, real=True):
    """A name that hides none, since anything may be mentioned later."""
    return g.fresh(real, " ".join(v.name for v in g.scope.visible()))


def new_array(g, kind, size):
    """Its variable and its declaration, with a few values or none."""
    values = [g.cast(g.bounded(), kind) for _ in range(g.integer(0, 3))]
    values = values[:size]
    parts = [", "] * (2 * len(values) - 1)
    parts[::2] = values
    name = new_name(g)
    variable = g.declare(name, kind, kind="array", size=size,
                         extent_known=True)
    return variable, g.line(f"{kind} {name}[{size}] = {{", *parts, "};")


def subscript(g, counter, size):
    """An affine subscript in [0, size)."""
    i, low, high = counter.name, counter.low, counter.high
    found = [str(g.integer(0, size - 1))]
    for step in range(-2, size):
        if 0 <= low + step and high + step < size:
            found += [i if step == 0 else
                      f"{i} {'+' if step > 0 else '-'} {abs(step)}"] * 6
    for last in range(size):
        if last - high >= 0 and last - low < size:
            found += [f"{last} - {i}"] * 2
    if 2 * high < size and low >= 0:
        found += [f"2 * {i}"] * 2
    if 2 * high + 1 < size and low >= 0:
        found.append(f"2 * {i} + 1")
    if counter.end and high < size:
        found += [f"{counter.end} - 1 - {i}"] * 2
    return g.pick(found)


def element(array, index):
    return Expression("", [f"{array.name}[{index}]"], array.type, array.low,
                      array.high)


def value(g, arrays_read, counter, low, high):
    """What a loop computes from elements and from anything else."""
    def read():
        a = g.pick(arrays_read)
        return element(a, subscript(g, counter, a.size))

    made = read()
    for _ in range(g.integer(0, 3)):
        way = g.integer(0, 9)
        other = read() if way < 7 else g.expression(1)
        combine = g.pick([g.add, g.subtract, g.multiply, g.multiply])
        made = combine(made, other)
        if not made.within(-100, 100):
            made = g.fit(made, -BOUND, BOUND)
    if g.chance(0.2):
        made = g.call("std::sin", [g.cast(made, "double")], "double", -1, 1)
    return g.fit(made, low, high)


#===----------------------------------------------------------------------===#
# Loops
#===----------------------------------------------------------------------===#


def bound_of(g, most):
    """A number of trips: its text, its smallest and its largest value."""
    found = [v for v in g.scope.choose(type="int", kind="scalar")
             if 0 <= v.low and v.high <= most]
    if found and g.chance(0.6):
        v = g.pick(found)
        return v.name, int(v.high)
    n = g.integer(min(2, most), most)
    return str(n), n


def header(g, most, first=0):
    """A counter in [first, most) and the loop's head; or its declaration, its
    head and its step, for a counter that is changed in the body."""
    i = new_name(g, False)
    end, high = bound_of(g, most)
    if high <= first:
        end, high = str(most), most
    counter = Counter(i, first, high - 1,
                      end if first == 0 and not end.isdigit() else "")
    g.declare(i, "int", low=first, high=most, reserved=True)
    way = g.integer(0, 9)
    if way < 5:
        return counter, None, f"for (int {i} = {first}; {i} < {end}; ++{i}) ", \
            None
    if way == 5:
        return counter, None, \
            f"for (int {i} = {end} - 1; {i} >= {first}; --{i}) ", None
    if way == 6 and first == 0:
        return counter, None, f"for (int {i} = {end}; {i}-- > 0;) ", None
    if way == 7:
        return counter, None, \
            f"for (int {i} = {first}; {i} < {end}; {i} += 2) ", None
    if way == 8:
        return counter, f"int {i} = {first};", f"while ({i} < {end}) ", \
            f"++{i};"
    return counter, None, f"for (int {i} = {first}; {i} <= {end} - 1; {i}++) ", \
        None


def loop(g, made, body):
    """The loop of a header around these statements."""
    counter, before, head, step = made
    line = g.line(head, g.braced(*body, *([g.line(step)] if step else [])))
    if before:
        return g.group(g.line(before), line)
    # Its counter has gone with it.
    del g.scope.names[counter.name]
    return line


def affordable(g, trips):
    return g.deeper() and g.work * trips <= g.most_work


def swept(g, trips, write):
    """Statements in braces whose names are their own, and the work counted."""
    def scoped():
        g.work *= trips
        try:
            return write()
        finally:
            g.work //= trips

    made = g.in_scope(scoped)
    return made and g.line(g.braced(made))


def outcome(g, place, array):
    """Something that depends on what a loop has left behind."""
    at = element(array, str(g.integer(0, array.size - 1)))
    return g.line(place, " = 0.5 * ", place, " + 0.25 * ", at, ";")


def operands(g, size):
    """An array to write to, and arrays to read from; some of them new."""
    written, lines = arrays(g, True, size), []
    if not written or g.chance(0.6):
        kind = g.type()
        target, line = new_array(g, kind, g.integer(size, 6))
        lines.append(line)
    else:
        target = g.pick(written)
    sources = arrays(g, False, size)
    if g.chance(0.4):
        made, line = new_array(g, g.type(), g.integer(size, 6))
        sources.append(made)
        lines.append(line)
    sources = [g.pick(sources) for _ in range(g.integer(1, 2))]
    return target, sources, lines


@production("statement", "sweep", 5)
def sweep(g):
    """for (...) { const double t = ...; a[i + 1] = f(t, b[i], a[i - 1]); }"""
    target_place = g.scalar(True)
    if target_place is None or not affordable(g, MOST_TRIPS):
        return None

    def write():
        target, sources, lines = operands(g, 3)
        if g.chance(0.4):
            sources.append(target)
        first = g.integer(0, 1)
        made = header(g, target.size - g.integer(0, 1), first)
        counter, body = made[0], []
        if g.chance(0.3):
            name = new_name(g)
            body.append(g.line(f"const {target.type} {name} = ",
                               value(g, sources, counter, -BOUND, BOUND), ";"))
            g.declare(name, target.type, constant=True)
        for _ in range(g.integer(1, 2)):
            place = element(target, subscript(g, counter, target.size))
            body.append(store(g, place, sources, counter))
        looping = loop(g, made, body)
        return g.group(*lines, looping,
                       outcome(g, target_place.name, target))

    return swept(g, MOST_TRIPS, write)


def store(g, place, sources, counter):
    way = g.integer(0, 9)
    if way < 5:
        return g.line(place, " = ",
                      value(g, sources, counter, -BOUND, BOUND), ";")
    if way < 8:
        return g.line(place, " = 0.5 * ", place, " + ",
                      value(g, sources, counter, -2, 2), ";")
    return g.line(place, " *= ", value(g, sources, counter, -1, 1), ";")


@production("statement", "recurrence", 2)
def recurrence(g):
    """for (int i = 1; i < n; ++i) a[i] = f(a[i - 1], a[i])"""
    found = arrays(g, True)
    if not found or not affordable(g, MOST_TRIPS):
        return None
    a = g.pick(found)

    def write():
        i = new_name(g, False)
        g.declare(i, "int", low=0, high=a.size, reserved=True)
        far = g.integer(1, min(2, a.size - 1))
        up = g.chance(0.6)
        head = f"for (int {i} = {far}; {i} < {a.size}; ++{i}) " if up else \
            f"for (int {i} = {a.size - 1 - far}; {i} >= 0; --{i}) "
        other = f"{i} - {far}" if up else f"{i} + {far}"
        before, here = element(a, other), element(a, i)
        step = g.pick([
            g.add(g.multiply(g.literal(0.5), before),
                  g.multiply(here, g.fit(g.expression(1), -0.5, 0.5))),
            g.multiply(before, here),
            g.add(before, g.expression(1)),
            g.subtract(here, before)])
        return g.line(head, g.braced(
            g.line(here, " = ", g.fit(step, -BOUND, BOUND), ";")))

    return swept(g, MOST_TRIPS, write)


@production("statement", "reduction", 3)
def reduction(g):
    """double s = 0; for (...) s += f(a[i], a[i + 1]);"""
    place = g.scalar(True)
    found = arrays(g, False)
    if place is None or not found or not affordable(g, MOST_TRIPS):
        return None

    def write():
        sources = [g.pick(found) for _ in range(g.integer(1, 2))]
        s = new_name(g)
        kind = g.type()
        g.declare(s, kind)
        # The sum grows, whoever else may write to it.
        g.scope.names[s].reserved = True
        least = min(v.size for v in sources)
        made = header(g, min(least, MOST_TRIPS), g.integer(0, 1)
                      if least > 1 else 0)
        term = value(g, sources, made[0], -0.6, 0.6)
        looping = loop(g, made, [
            g.line(f"{s} {g.pick(['+=', '-='])} ", term, ";")])
        total = Expression("", [s], kind, -BOUND, BOUND)
        after = g.fit(g.multiply(total, g.expression(1)), -2, 2) \
            if g.chance(0.3) else g.multiply(g.literal(0.5, kind), total)
        return g.group(g.line(f"{kind} {s} = 0;"), looping,
                       g.line(f"{place.name} = 0.5 * {place.name} + ", after,
                              ";"))

    return swept(g, MOST_TRIPS, write)


#===----------------------------------------------------------------------===#
# Two loops
#===----------------------------------------------------------------------===#


def nested(g, rows, columns):
    """Two counters, the inner one free or triangular, with their heads."""
    i, j = new_name(g, False), None
    g.declare(i, "int", low=0, high=rows, reserved=True)
    j = new_name(g, False)
    g.declare(j, "int", low=0, high=columns, reserved=True)
    outer = g.pick([f"for (int {i} = 0; {i} < {rows}; ++{i}) ",
                    f"for (int {i} = {rows - 1}; {i} >= 0; --{i}) "])
    heads = [f"for (int {j} = 0; {j} < {columns}; ++{j}) "] * 3
    if rows == columns:
        heads += [f"for (int {j} = 0; {j} <= {i}; ++{j}) ",
                  f"for (int {j} = {i} + 1; {j} < {columns}; ++{j}) ",
                  f"for (int {j} = {i}; {j} < {columns}; ++{j}) ",
                  f"for (int {j} = {i}; {j}-- > 0;) "]
    return i, j, outer, g.pick(heads)


@production("statement", "accumulate", 3)
def accumulate(g):
    """c[i] = 0; for (int j...) c[i] += m[i * 3 + j] * b[j];"""
    place = g.scalar(True)
    if place is None or not affordable(g, 9):
        return None

    def write():
        rows = g.integer(2, 3)
        columns = rows if g.chance(0.5) else g.integer(2, 3)
        kind = g.type()
        m, of_m = new_array(g, kind, rows * columns)
        b, of_b = new_array(g, kind, max(rows, columns))
        c, of_c = new_array(g, kind, max(rows, columns))
        c.reserved = True
        i, j, outer, inner = nested(g, rows, columns)
        at = g.pick([f"{i} * {columns} + {j}", f"{j} * {rows} + {i}"])
        by_row = g.chance(0.6)
        to, by = (i, j) if by_row else (j, i)
        factors = [element(m, at), element(b, by)]
        if g.chance(0.3):
            factors.append(element(b, to))
        if g.chance(0.3):
            factors.append(g.expression(1))
        term = factors[0]
        for factor in factors[1:]:
            if not term.within(-20, 20):
                term = g.fit(term, -BOUND, BOUND)
            term = g.multiply(term, factor)
        add = g.line(f"{c.name}[{to}] += ", g.fit(term, -1.2, 1.2), ";")
        if by_row and g.chance(0.6):
            zero = g.line(f"{c.name}[{i}] = 0;")
            work = g.line(outer, g.braced(g.group(
                zero, g.line(inner, g.braced(add)))))
        else:
            k = new_name(g, False)
            work = g.group(
                g.line(f"for (int {k} = 0; {k} < {c.size}; ++{k}) "
                       f"{c.name}[{k}] = 0;"),
                g.line(outer, g.braced(g.line(inner, g.braced(add)))))
        c.reserved = False
        return g.group(of_m, of_b, of_c, work, outcome(g, place.name, c))

    return swept(g, 9, write)


@production("statement", "flattened", 2)
def flattened(g):
    """m[i * n + j] = f(m[j * n + i], m[i * n + j - 1])"""
    place = g.scalar(True)
    if place is None or not affordable(g, 9):
        return None

    def write():
        n = g.integer(2, 3)
        kind = g.type()
        m, of_m = new_array(g, kind, n * n)
        r, of_r = new_array(g, kind, n * n)
        i, j, outer, inner = nested(g, n, n)
        near = [f"{i} * {n} + {j}", f"{j} * {n} + {i}",
                f"{i} * {n} + ({j} + 1) % {n}", f"{n * n - 1} - {i} * {n} - {j}",
                f"{i} * {n} + {i}", f"{n} * {j} + {j}"]
        reads = [element(g.pick([m, m, r]), g.pick(near))
                 for _ in range(g.integer(1, 3))]
        made = reads[0]
        for read in reads[1:]:
            made = g.pick([g.add, g.subtract, g.multiply])(made, read)
        if g.chance(0.4):
            made = g.multiply(g.fit(made, -BOUND, BOUND), g.expression(1))
        target = g.pick([m, r])
        to = element(target, g.pick(near[:2]))
        if g.chance(0.5):
            line = g.line(to, " = ", g.fit(made, -BOUND, BOUND), ";")
        else:
            line = g.line(to, " = 0.5 * ", to, " + ", g.fit(made, -2, 2), ";")
        return g.group(of_m, of_r,
                       g.line(outer, g.braced(g.line(inner, g.braced(line)))),
                       outcome(g, place.name, g.pick([m, r])))

    return swept(g, 9, write)


@production("statement", "ping-pong", 1.5)
def ping_pong(g):
    """for (...) { for (...) q[i] = f(p[i - 1], p[i + 1]); std::swap(p, q); }"""
    place = g.scalar(True)
    if place is None or not affordable(g, 12):
        return None

    def write():
        size, kind = g.integer(3, 5), g.type()
        a, of_a = new_array(g, kind, size)
        b, of_b = new_array(g, kind, size)
        names = []
        for of in (a, b):
            names.append(new_name(g))
            g.declare(names[-1], kind, kind="pointer", size=size)
        p, q = names
        source = g.scope.names[p]
        t = new_name(g, False)
        g.declare(t, "int", low=0, high=3, reserved=True)
        made = header(g, size - 1, 1)
        lines = [store(g, element(g.scope.names[q], made[0].name), [source],
                       made[0])]
        swap = g.pick([
            [f"std::swap({p}, {q});"],
            [f"{kind} *{p}_ = {p};", f"{p} = {q};", f"{q} = {p}_;"]])
        steps = [loop(g, made, lines),
                 g.group(*[g.line(line) for line in swap])]
        return g.group(
            of_a, of_b, g.line(f"{kind} *{p} = {a.name}, *{q} = {b.name};"),
            g.line(f"for (int {t} = 0; {t} < {g.integer(1, 3)}; ++{t}) ",
                   g.braced(*steps)),
            outcome(g, place.name, source))

    return swept(g, 12, write)


@production("statement", "while-outer-counter", 1.5)
def while_outer_counter(g):
    """int k = 0; while (k < n) { a[k] = e; ++k; } while (k-- > 0) ..."""
    found = arrays(g, True)
    if not found or not affordable(g, MOST_TRIPS):
        return None
    a = g.pick(found)

    def write():
        k = new_name(g, False)
        end, high = bound_of(g, a.size)
        g.declare(k, "int", low=0, high=a.size, reserved=True)
        counter = Counter(k, 0, min(high, a.size) - 1)
        if counter.high < 0:
            end, counter.high = str(a.size), a.size - 1
        step = g.pick(["++{};", "{} += 1;", "{} += 2;"]).format(k)
        lines = [store(g, element(a, k), [g.pick(arrays(g, False))], counter)]
        up = g.line(f"while ({k} < {end}) ", g.braced(*lines, g.line(step)))
        # A step of two may have left k behind the last element.
        parts = [g.line(f"int {k} = 0;"), up]
        if g.chance(0.5) and "2" not in step:
            down = [store(g, element(a, k), [g.pick(arrays(g, False))],
                          counter)]
            parts.append(g.line(f"while ({k}-- > 0) ", g.braced(*down)))
        return g.group(*parts)

    return swept(g, MOST_TRIPS, write)


@production("statement", "strides", 2)
def strides(g):
    """for (half = 1; 2 * half <= n; half *= 2) for (j < half) a[j + half] = ..."""
    found = arrays(g, True)
    if not found or not affordable(g, 8):
        return None
    a = g.pick(found)

    def write():
        half = new_name(g, False)
        g.declare(half, "int", low=0, high=2 * a.size, reserved=True)
        j = new_name(g, False)
        g.declare(j, "int", low=0, high=a.size, reserved=True)
        step = g.pick([f"{half} *= 2;", f"{half} += {half};", f"++{half};"])
        first = [g.line(step)]
        if "++" not in step and g.chance(0.5):
            # What was computed before the step is another number than after it.
            base = new_name(g, False)
            g.declare(base, "int", low=0, high=a.size, reserved=True)
            places = [j, f"{j} + {base}", f"{half} - {base} + {j}",
                      f"{half} - 1 - {j}"]
            before, after, trips = \
                [g.line(f"const int {base} = {half};"), *first], [], base
        else:
            places = [j, f"{j} + {half}", f"{half} - 1 - {j}",
                      f"2 * {half} - 1 - {j}"]
            before, after, trips = [], first, half

        def place():
            return element(a, g.pick(places))

        def statement():
            made = g.multiply(place(), place()) if g.chance(0.5) else \
                g.add(place(), g.expression(1))
            return g.line(place(), " = ", g.fit(made, -BOUND, BOUND), ";")

        inner = g.line(g.pick([
            f"for (int {j} = 0; {j} < {trips}; ++{j}) ",
            f"for (int {j} = {trips} - 1; {j} >= 0; --{j}) "]),
            g.braced(*[statement() for _ in range(g.integer(1, 3))]))
        return g.group(
            g.line(f"int {half} = 1;"),
            g.line(f"while (2 * {half} <= {a.size}) ",
                   g.braced(*before, inner, *after)))

    return swept(g, 8, write)


@production("statement", "independent", 2)
def independent(g):
    """for (...) b[i] = f(a[i]); for (...) s += b[i] * a[i];"""
    found = arrays(g, False)
    place = g.scalar(True)
    if place is None or not found or not affordable(g, MOST_TRIPS):
        return None
    a = g.pick(found)

    def write():
        kind = g.type()
        b, of_b = new_array(g, kind, a.size)
        first = header(g, a.size)
        make = loop(g, first, [
            g.line(f"{b.name}[{first[0].name}] = ",
                   value(g, [a], first[0], -BOUND, BOUND), ";")])
        second = header(g, a.size)
        j = second[0].name
        read = g.multiply(element(b, j), element(a, subscript(
            g, second[0], a.size)))
        use = loop(g, second, [
            g.line(f"{place.name} = 0.5 * {place.name} + ",
                   g.fit(read, -2, 2), ";")])
        return g.group(of_b, make, use)

    return swept(g, MOST_TRIPS, write)


@production("statement", "call-same-array", 1.5)
def call_same_array(g):
    """h(a, a)"""
    from .calls import call_of

    found = []
    for h in g.functions:
        kinds = {}
        for at, p in enumerate(h.parameters):
            if p.kind in ("pointer", "array"):
                kinds.setdefault(p.type, []).append(at)
        found += [(h, at) for at in kinds.values() if len(at) > 1]
    if not found:
        return None
    h, at = g.pick(found)
    of = [h.parameters[i] for i in at]
    address = g.address(of[0].type, max(p.size for p in of),
                        all(p.constant for p in of))
    made = address and call_of(g, h)
    if not made:
        return None
    for i in at:
        made.parts[2 + 2 * i] = address
    if h.result in ("void", "int"):
        return g.line(made, ";")
    place = g.steady_place()
    return g.assign(place, made) if place else g.line(made, ";")
