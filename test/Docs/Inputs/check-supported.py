#===- check-supported.py - The table of supported C++ has its tests ------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: check-supported.py <source folder>
#
# Each row of docs/supported-cpp.md names tests in its last column, as
# "[link](test): function, function". They must exist, and each test of
# test/Integration must be named: a construct with a test deserves a row.
#
#===----------------------------------------------------------------------===#

import pathlib
import re
import sys

# A test of the tests.
NO_CONSTRUCT = {"oracle-can-fail.cpp"}
TEST = re.compile(r"\[[^\]]+\]\(([^)]+)\)(?::((?:\s*[a-z]\w*,?)+))?")


def main():
    source = pathlib.Path(sys.argv[1])
    page = source / "docs" / "supported-cpp.md"
    errors, linked = [], set()
    for line in page.read_text(encoding="utf-8").splitlines():
        for link, _ in TEST.findall(line):
            linked.add((page.parent / link).resolve())
        if not line.startswith("|") or re.match(r"\|( construct |---)", line):
            continue
        tests = TEST.findall(line.rsplit(" | ", 1)[-1])
        if not tests:
            errors.append(f"no test: {line}")
        for link, names in tests:
            test = page.parent / link
            text = test.read_text(encoding="utf-8") if test.exists() else ""
            if not text or "RUN:" not in text:
                errors.append(f"{link} is no test: {line}")
            for name in re.findall(r"\w+", names):
                if not re.search(rf"\b{name}\b", text):
                    errors.append(f"{link} has no {name}")
    for test in sorted((source / "test" / "Integration").glob("*.cpp")):
        if test.resolve() not in linked and test.name not in NO_CONSTRUCT:
            errors.append(f"{test.name} is not in {page.name}")
    sys.exit("\n".join(errors) or 0)


if __name__ == "__main__":
    main()
