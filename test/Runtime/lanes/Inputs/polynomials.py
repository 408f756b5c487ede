#===- polynomials.py - Where the numbers of lanes/coefficients.h are from --===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: polynomials.py > include/retrograd/lanes/coefficients.h
#
# Each polynomial interpolates its function in Chebyshev nodes, which is within
# a factor of the logarithm of its degree of the best one (L. N. Trefethen,
# "Approximation Theory and Approximation Practice", SIAM 2013, chapter 15). It
# is computed in 60 digits, then rounded. Needs mpmath.
#
#===----------------------------------------------------------------------===#

import struct
import sys

import mpmath as mp

mp.mp.dps = 60


def interpolate(function, low, high, count):
    """Coefficients of the polynomial with so many that meets the function."""
    middle, radius = (mp.mpf(low) + high) / 2, (mp.mpf(high) - low) / 2
    nodes = [
        middle + radius * mp.cos(mp.pi * (2 * i + 1) / (2 * count))
        for i in range(count)
    ]
    rows = mp.matrix(count, count)
    values = mp.matrix(count, 1)
    for i, x in enumerate(nodes):
        values[i] = function(x)
        for j in range(count):
            rows[i, j] = x**j
    return list(mp.lu_solve(rows, values))


def trimmed(x, bits):
    """The leading bits of x."""
    mantissa, exponent = mp.frexp(x)
    return mp.ldexp(mp.floor(mantissa * 2**bits), exponent - bits)


def rounded(x, kind):
    code = "f" if kind == "float" else "d"
    return struct.unpack(code, struct.pack(code, float(x)))[0]


def written(x, kind):
    return rounded(x, kind).hex() + ("f" if kind == "float" else "")


def series(function, at_zero):
    """The function, with its limit at 0, where the formula cancels."""

    def safe(x):
        if abs(x) < mp.mpf(10) ** -15:
            return at_zero
        return function(x)

    return safe


half = mp.log(2) / 2 * mp.mpf("1.01")
exponential = series(lambda r: (mp.exp(r) - 1 - r) / r**2, mp.mpf(1) / 2)


def root(f):
    """A function of z = s^2, given in s."""
    return lambda z: f(mp.sqrt(z))


greatest_s = (mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)
logarithm = series(root(lambda s: (2 * mp.atanh(s) / s - 2) / s**2), mp.mpf(2) / 3)
logarithm_tail = series(
    root(lambda s: (mp.atanh(s) / s - 1 - s**2 / 3) / s**4), mp.mpf(1) / 5
)
sine = series(root(lambda r: (mp.sin(r) / r - 1) / r**2), -mp.mpf(1) / 6)
cosine = series(root(lambda r: (mp.cos(r) - 1 + r**2 / 2) / r**4), mp.mpf(1) / 24)
hyperbolic_sine = series(root(lambda x: (mp.sinh(x) / x - 1) / x**2), mp.mpf(1) / 6)
hyperbolic_tangent = series(
    root(lambda x: (mp.tanh(x) / x - 1) / x**2), -mp.mpf(1) / 3
)

quarter = (mp.pi / 4 * mp.mpf("1.01")) ** 2
rows = [
    # name, text, function, low, high, coefficients in float and double
    ("exponential", "(exp(r) - 1 - r) / r^2, |r| <= ln(2) / 2",
     exponential, -half, half, 5, 11),
    ("logarithm", "(log((1 + s) / (1 - s)) / s - 2) / z, z = s^2",
     logarithm, 0, greatest_s**2, 4, 7),
    ("sine", "(sin(r) / r - 1) / z, z = r^2, |r| <= pi / 4",
     sine, 0, quarter, 4, 6),
    ("cosine", "(cos(r) - 1 + z / 2) / z^2, z = r^2, |r| <= pi / 4",
     cosine, 0, quarter, 4, 6),
    ("hyperbolic_sine", "(sinh(x) / x - 1) / z, z = x^2, |x| <= 1",
     hyperbolic_sine, 0, 1, 4, 8),
    ("hyperbolic_tangent", "(tanh(x) / x - 1) / z, z = x^2, |x| <= 0.55",
     hyperbolic_tangent, 0, mp.mpf("0.3025"), 5, 11),
    ("logarithm_tail", "(atanh(s) / s - 1 - z / 3) / z^2, z = s^2",
     logarithm_tail, 0, greatest_s**2, 0, 8),
]

constants = {
    "float": {
        "ln2_high": trimmed(mp.log(2), 14),
        "ln2_low": mp.log(2) - trimmed(mp.log(2), 14),
    },
    "double": {
        "ln2_high": trimmed(mp.log(2), 41),
        "ln2_low": mp.log(2) - trimmed(mp.log(2), 41),
        "third_high": trimmed(mp.mpf(1) / 3, 26),
        "third_low": mp.mpf(1) / 3 - trimmed(mp.mpf(1) / 3, 26),
    },
}
first = trimmed(mp.pi / 2, 39)
second = trimmed(mp.pi / 2 - first, 39)
constants["double"]["half_pi_1"] = first
constants["double"]["half_pi_2"] = second
constants["double"]["half_pi_3"] = mp.pi / 2 - first - second
both = {
    "log2_e": 1 / mp.log(2),
    "ln2": mp.log(2),
    "log10_e": 1 / mp.log(10),
    "log10_2_high": None,
    "log10_2_low": None,
    "two_over_pi": 2 / mp.pi,
}

out = sys.stdout
out.write("""\
//===- coefficients.h - Numbers of the vector mathematics -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written by test/Runtime/lanes/Inputs/polynomials.py, which says how they are
// computed. The coefficients of a polynomial begin with the constant one.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_COEFFICIENTS_H
#define RETROGRAD_LANES_COEFFICIENTS_H

// clang-format off

namespace retrograd::detail {

template <class T> struct coefficients;
""")
for kind in ("float", "double"):
    bits = 12 if kind == "float" else 40
    own = dict(constants[kind])
    for name, value in both.items():
        if name == "log10_2_high":
            value = trimmed(mp.log10(2), bits)
        elif name == "log10_2_low":
            value = mp.log10(2) - trimmed(mp.log10(2), bits)
        own[name] = value
        if name in ("log2_e", "log10_e"):
            own[name + "_low"] = value - mp.mpf(rounded(value, kind))
    out.write(f"\ntemplate <> struct coefficients<{kind}> {{\n")
    for name, value in own.items():
        out.write(f"  static constexpr {kind} {name} = {written(value, kind)};\n")
    for name, text, function, low, high, few, many in rows:
        count = few if kind == "float" else many
        if count == 0:
            continue
        out.write(f"  /// {text}\n")
        out.write(f"  static constexpr {kind} {name}[] = {{\n")
        for c in interpolate(function, low, high, count):
            out.write(f"      {written(c, kind)},\n")
        out.write("  };\n")
    out.write("};\n")
out.write("""
} // namespace retrograd::detail

// clang-format on

#endif // RETROGRAD_LANES_COEFFICIENTS_H
""")
