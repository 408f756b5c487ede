# ===- in-directions.py - A test of one direction, asked for several ------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===----------------------------------------------------------------------===#
#
# usage: in-directions.py <test of Integration> <output>
#
# Beside each derivative of one direction that the test asks for there is one of
# three, and the checks compare the two instead of judging the first.
#
# ===----------------------------------------------------------------------===#

import re
import sys

PRAGMA = re.compile(r"#pragma retrograd (gradient|vjp|jvp)\b(\(\w+\))?(.*)$")
CHECKS = {
    "CHECK_GRADIENT": "CHECK_DIRECTIONS",
    "CHECK_VJP": "CHECK_DIRECTIONS",
    "CHECK_HESSIAN": "CHECK_HESSIAN_DIRECTIONS",
}


def asks_for_vjp(lines, i):
    """Whether a pragma of the same function, above or below, asks for it."""
    while i and PRAGMA.match(lines[i - 1]):
        i -= 1
    while PRAGMA.match(lines[i]):
        if lines[i].startswith("#pragma retrograd vjp"):
            return True
        i += 1
    return False


def rewritten(lines):
    asked = set()
    for i, line in enumerate(lines):
        yield line
        found = PRAGMA.match(line)
        if not found:
            asked = set()
            continue
        mode, function, rest = found.groups("")
        if "name(" in rest:
            continue
        other = "vjp" if mode == "gradient" else mode
        if (function, other) in asked:
            continue
        asked.add((function, other))
        pragma = f"#pragma retrograd {other}{function}{rest}"
        if other != mode and not asks_for_vjp(lines, i):
            yield pragma
        yield pragma + " directions(3)"


def main():
    source, output = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        lines = file.read().split("\n")
    text = "\n".join(rewritten(lines))
    for check, other in CHECKS.items():
        text = re.sub(rf"\b{check}\b", other, text)
    text = text.replace('#include "oracle.h"', '#include "oracle.h"\n#include "directions.h"')
    with open(output, "w", encoding="utf-8") as file:
        file.write(text)


main()
