#===- digits_network.py - What a peer trains on the digits ---------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# The data and the first weights of ../digits.cpp, the same numbers.
#
#===----------------------------------------------------------------------===#

import numpy

RATE = 0.1


def read_images(path):
    """Pixels, from 0 to 1, and digits."""
    table = numpy.loadtxt(path, delimiter=",", dtype=numpy.float32)
    pixels = numpy.ascontiguousarray(table[:, :64] / numpy.float32(16))
    return pixels, table[:, 64].astype(numpy.int32)


def numbers(count):
    """The first ones of benchmark::numbers in ../contestant.h."""
    z = numpy.arange(1, count + 1, dtype=numpy.uint64)
    z = numpy.uint64(1) + z * numpy.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    z = (z ^ (z >> numpy.uint64(31))) >> numpy.uint64(40)
    return z.astype(numpy.float32) * numpy.float32(2**-23) - numpy.float32(1)


def first_weights():
    """w1 of 32 x 64, with a row for each unit; b1; w2 of 32 x 10, too; b2."""
    flat = numpy.float32(0.125) * numbers(2048 + 32 + 320 + 10)
    w1, b1, w2, b2 = numpy.split(flat, numpy.cumsum([2048, 32, 320]))
    return w1.reshape(32, 64), b1, w2.reshape(32, 10), b2
