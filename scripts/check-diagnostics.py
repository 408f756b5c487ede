#!/usr/bin/env python3
#===- check-diagnostics.py - Every diagnostic has a test -----------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Reads the messages that the compiler can report out of its sources and lists
# those that no test expects. A message is an expression of string literals and
# values; its longest literal is its fingerprint, and a test covers it if the
# fingerprint occurs in an expectation. The same holds for remarks and the
# reasons that they give. Exits with 1 if any is left.
#
#   check-diagnostics.py SOURCE_DIRECTORY
#
#===----------------------------------------------------------------------===#

import pathlib
import re
import sys

# A call that reports; its second argument is the message.
CALLS = re.compile(r"\b(error|reject|report)\(")
# The same of remarks; which argument is the message.
REMARKS = {
    re.compile(r"\b(passed|missed|analysed)\("): 1,
    re.compile(r"\b(because|blame)\("): 0,
}
# Refusals that no known program reaches, kept so that an expression Clang adds
# one day is refused rather than misread.
DEFENSIVE = {
    "writing to this is not supported",
    "assigning objects of class type is not supported yet",
    "making a pointer from an integer is not supported",
    "'co_await' is not supported",
    "'<=>' is not supported",
    "members of the object itself are not supported yet",
    "this expression is not supported",
    "' is not declared where 'checkpoint' needs it",
    "' cannot be named in 'state'",
}
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


def arguments(text, start):
    """The arguments of the call whose parenthesis opened just before start."""
    parts, depth, begin, at = [], 1, start, start
    while depth:
        literal = LITERAL.match(text, at)
        if literal:
            at = literal.end()
            continue
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(
            text[at], 0
        )
        if depth == 0 or (text[at] == "," and depth == 1):
            parts.append(text[begin:at])
            begin = at + 1
        at += 1
    return parts


def alternatives(message):
    """The literals of a message, neighbours joined, one list a branch of ?:."""
    branches, adjacent = [[]], False
    for token in re.finditer(LITERAL.pattern + r"|::|[?:]|[^\s\"?:]+", message):
        if token.group(1) is None:
            adjacent = False
            if token.group() in "?:":
                branches.append([])
            continue
        text = token.group(1).replace('\\"', '"')
        if adjacent:
            branches[-1][-1] += text
        else:
            branches[-1].append(text)
        adjacent = True
    return branches


def fingerprints(path, calls, argument):
    text = re.sub(r"//[^\n]*", "", path.read_text())
    for call in calls.finditer(text):
        parts = arguments(text, call.end())
        if len(parts) <= argument:
            continue
        line = text.count("\n", 0, call.start()) + 1
        for literals in alternatives(parts[argument]):
            fingerprint = max(literals, key=len, default="").strip()
            if len(fingerprint) > 3:
                yield line, fingerprint


def messages(path):
    return fingerprints(path, CALLS, 1)


def remarks(path):
    for calls, argument in REMARKS.items():
        yield from fingerprints(path, calls, argument)


def main():
    root = pathlib.Path(sys.argv[1])
    tests = "\n".join(
        path.read_text(errors="replace")
        for path in (root / "test").rglob("*")
        if path.suffix in (".cpp", ".cu", ".c", ".h", ".test")
    )
    missing = 0
    for path in sorted((root / "lib").rglob("*.cpp")):
        for line, fingerprint in [*messages(path), *remarks(path)]:
            if fingerprint not in tests and fingerprint not in DEFENSIVE:
                missing += 1
                print(f"{path.relative_to(root)}:{line}: no test expects: "
                      f"{fingerprint}")
    return missing != 0


if __name__ == "__main__":
    sys.exit(main())
