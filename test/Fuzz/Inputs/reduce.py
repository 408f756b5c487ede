#===- reduce.py - The reducer without a compiler -------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#

import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])

from retrograd_fuzz.driver import program_text  # noqa: E402
from retrograd_fuzz.productions import Productions  # noqa: E402
from retrograd_fuzz.programs import generate  # noqa: E402
from retrograd_fuzz.reducer import Reducer, nodes  # noqa: E402
from retrograd_fuzz.tree import Statement, text_of  # noqa: E402


def fails(program):
    return any(
        isinstance(n, Statement)
        and text_of(n).startswith("for (")
        and "std::sin" in text_of(n)
        for n in nodes(program)
    )


class Pretended(Reducer):
    def kinds(self, programs):
        return {i: "wrong" for i, p in enumerate(programs) if fails(p)}


productions = Productions()
program = next(
    p for p in (generate(f"r.{i}", productions) for i in range(1000))
    if fails(p) and len(nodes(p)) > 300
)
smallest = Pretended(None, "O0", log=lambda *a, **k: None).reduce(program)
print(program_text(smallest))
count = sum(isinstance(n, Statement) for n in nodes(smallest))
print(f"statements left: {count}")
