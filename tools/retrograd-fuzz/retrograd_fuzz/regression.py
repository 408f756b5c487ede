#===- regression.py - A lit test from a shrunk program --------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A folder that stays as it is, whatever becomes of the generator: the files of
# a batch of one program, and a test that builds and judges them.
#
#===----------------------------------------------------------------------===#

from .driver import write_batch

TEST = """\
RUN: %rgcxx -w %oracles -O0 -c %S/native.cpp -o %t.0.o
RUN: %rgcxx -w %oracles -O2 -c %S/native.cpp -o %t.2.o
RUN: %rgcxx -w %oracles -O0 -fplugin-arg-retrograd-inline-limit=0 \\
RUN:   -c %S/native.cpp -o %t.calls.o
RUN: %clangxx -std=c++20 -w -I%include %oracles -c %S/lifted.cpp -o %t.lifted.o
RUN: %clangxx -std=c++20 -w -I%include %oracles -O1 -c \\
RUN:   %source/test/Oracles/judge.cpp -o %t.judge.o
RUN: %clangxx %t.0.o %t.lifted.o %t.judge.o -o %t.0 && %t.0
RUN: %clangxx %t.2.o %t.lifted.o %t.judge.o -o %t.2 && %t.2
RUN: %clangxx %t.calls.o %t.lifted.o %t.judge.o -o %t.calls && %t.calls
"""


def write_regression(folder, program, seed):
    """Makes the folder, which should be in test/Regression, a lit test."""
    write_batch(folder, {0: program})
    (folder / "judge.test").write_text(
        f"# Found by retrograd-fuzz as program {seed}, and shrunk.\n\n" + TEST)
