# ===- in-directions.py - A test of one direction, asked for several ------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===----------------------------------------------------------------------===#
#
# usage: in-directions.py --compiler=<command> --source=<folder of the tests>
#                         --output=<folder> <name>...
#
# Beside each derivative of one direction that the test <name>.cpp asks for there
# is one of three, and the checks compare the two instead of judging the first.
# Writes such a program for each name, compiles it, and runs it.
#
# ===----------------------------------------------------------------------===#

import argparse
import pathlib
import re
import shlex
import subprocess
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


def write(source, output):
    lines = source.read_text(encoding="utf-8").split("\n")
    text = "\n".join(rewritten(lines))
    for check, other in CHECKS.items():
        text = re.sub(rf"\b{check}\b", other, text)
    oracle = '#include "oracle.h"'
    if oracle not in text or "directions(3)" not in text:
        sys.exit(f"{source.name}: nothing to compare")
    text = text.replace(oracle, oracle + '\n#include "directions.h"')
    output.write_text(text, encoding="utf-8")


def passes(compiler, text):
    program = text.with_suffix("")
    for command in ([*compiler, text, "-o", program], [program]):
        if subprocess.run(command, check=False).returncode:
            return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", type=shlex.split)
    parser.add_argument("--source", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("names", nargs="+")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    failed = []
    for name in options.names:
        text = options.output / f"{name}.cpp"
        write(options.source / f"{name}.cpp", text)
        if not passes(options.compiler, text):
            failed.append(name)
    if failed:
        sys.exit("failed: " + ", ".join(failed))


main()
