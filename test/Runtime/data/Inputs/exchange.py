#===- exchange.py - Files from C++, and for it ---------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# The other side is exchange.cpp.
#
#===----------------------------------------------------------------------===#

import numpy

x = numpy.array([[0.1, -2], [1e300, 4], [5, 6]])
y = numpy.array([-128, 127], dtype=numpy.int8)


def check(actual, expected):
    assert actual.dtype == expected.dtype and actual.shape == expected.shape
    assert (actual == expected).all(), actual


check(numpy.load("x.npy"), x)
check(numpy.load("x.npy", mmap_mode="r"), x)
check(numpy.load("y.npy"), y)
archive = numpy.load("z.npz")
assert sorted(archive.files) == ["x", "y"]
check(archive["x"], x.ravel())
check(archive["y"], y)

numpy.save("x2.npy", x)
with open("x3.npy", "wb") as file:
    numpy.lib.format.write_array(file, x, version=(3, 0))
numpy.savez("z2.npz", x=x, y=y)
numpy.savez_compressed("z3.npz", x=x, y=y)
