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


def rewritten(lines):
    asked = set()
    for line in lines:
        yield line
        found = PRAGMA.match(line)
        if not found:
            asked = set()
            continue
        mode, function, rest = found.groups("")
        if "name(" in rest:
            continue
        rest = re.sub(r" value\b", "", rest)
        other = "vjp" if mode == "gradient" else mode
        if (function, other) in asked:
            continue
        asked.add((function, other))
        pragma = f"#pragma retrograd {other}{function}{rest}"
        if other != mode:
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
