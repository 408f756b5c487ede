#===- pragmas.py - A million pragma lines --------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Thousands of lines share a run of the compiler. They stand in many small files,
# since a comment that a line opens ends with its file, and behind each file
# stands a sentinel: a pragma that must be answered, or else the lines of that
# file do not count, as nobody knows whether they were read. What a line leaves
# open, the braces behind its file close.
#
# A derivative that is accepted must exist: in files of plain lines, there must be
# as many derivatives as lines without an error.
#
#===----------------------------------------------------------------------===#

import collections
import random
import re
import shutil
import time

from .pragma_lines import PRELUDE, Lines
from .pragma_places import BEFORE_FUNCTIONS, ODD, PLAIN
from .shrink import ddmin

LINES_A_FILE = 24
FILES = 100
# They take turns; the first is the cheapest.
OPTIONS = [[], [], [], ["-std=c++26"], ["-fplugin-arg-retrograd-verify=2"],
           ["-std=c++17", "-fopenmp", "-fmodules"], [],
           ["-fplugin-arg-retrograd-print-after=all"], ["-std=c++23"],
           ["-fplugin-arg-retrograd-print-derivatives", "-fms-extensions"],
           ["-fno-exceptions", "-fno-rtti", "-trigraphs"], ["-g", "-c"]]
EMITTED = re.compile(r"^// \S+ after emit$")
# What these may hide, a count of lines cannot know.
OPAQUE = re.compile(r"declare|inactive|rule|[\"'\\#\n\r\0/*]|resume")


def file_of(lines, number):
    """The text of one file, its number of lines, and whether it is plain."""
    r = lines.random
    kind = r.choices(["plain", "before", "odd"], [6, 3, 2])[0]
    texts, count = [], 0
    while count < LINES_A_FILE:
        place = PLAIN if kind == "plain" else \
            r.choice(BEFORE_FUNCTIONS if kind == "before" else ODD)
        made = []
        for _ in range(r.choice([1, 1, 2, 3]) if kind != "plain" else 8):
            made.append(pragma(lines, kind))
        count += len(made) * place.count("@\n") or len(made)
        block = "".join(made).replace("@", "\x01")
        texts.append(numbered(place, f"{number}_{count}")
                     .replace("@", "\n" + block))
    text = "".join(texts)
    # At the end of a file without a line's end.
    return (text.rstrip("\n") if r.random() < 0.2 else text), count, \
        kind == "plain" and not any(map(OPAQUE.search, pragmas_of(text)))


def numbered(place, number):
    """With names of its own; the # of a directive stays."""
    return re.sub(r"(?m)(?<!^)#", number, place)


def pragmas_of(text):
    return [line.replace("#pragma retrograd", "", 1)
            for line in text.split("\n") if line.strip()]


def pragma(lines, kind):
    r = lines.random
    line = lines.line(named=True if kind == "plain" else None)
    if r.random() < 0.45:
        line = lines.spoil_tokens(line)
    if r.random() < 0.1:
        line = lines.spoil_bytes(line)
    form = r.randrange(40)
    if form == 0:
        quoted = line.replace("\\", "\\\\").replace('"', '\\"')
        return f'_Pragma("retrograd {quoted}")\n'
    if form == 1 and closes(line):
        return f"PRAGMA(retrograd {line})\n"
    if form == 2:
        return lines.spliced(f"#pragma retrograd {line}") + "\n"
    if form == 3:
        return f"  %: pragma /* c */ retrograd\t{line} // end\n"
    if form == 4:
        return lines.spoil_tokens(f"#pragma retrograd {line}") + "\n"
    return f"#pragma retrograd {line}\n"


def closes(line):
    """Whether it can be a macro's argument that ends where the line does."""
    depth = 0
    for c in line:
        depth += (c == "(") - (c == ")")
        if depth < 0 or c in "\"'\\\n\r/":
            return False
    return depth == 0


class Pragmas:
    def __init__(self, compiler, work, seed, most, seconds, log=print):
        self.compiler = compiler
        self.work = work
        self.seed = seed
        self.most = most
        self.seconds = seconds
        self.log = log
        self.counts = collections.Counter()
        self.messages = collections.Counter()
        self.findings = []

    def run(self):
        start, number = time.monotonic(), 0
        while self.counts["lines"] < self.most and not (
                self.seconds and time.monotonic() - start > self.seconds):
            self.unit(number)
            number += 1
            if number % 20 == 0:
                self.log(f"{self.counts['lines']} pragma lines, "
                         f"{len(self.findings)} findings", flush=True)
        return self

    def unit(self, number):
        lines = Lines(random.Random(f"{self.seed}.pragmas.{number}"))
        left = self.most - self.counts["lines"]
        files = [file_of(lines, n)
                 for n in range(min(FILES, 1 + left // LINES_A_FILE))]
        options = OPTIONS[number % len(OPTIONS)]
        counted = not any("print-after" in o for o in options)
        if counted:
            options = [*options, "-fplugin-arg-retrograd-print-after=emit"]
        folder = self.work / f"pragmas{number}"
        texts = [text for text, _, _ in files]
        outcome = self.compile(folder, texts, options)
        if outcome.failed:
            self.keep(folder, texts, options, outcome, number)
        elif counted:
            self.count(files, outcome, number)
        else:
            self.count_lines(files, outcome)
        shutil.rmtree(folder, ignore_errors=True)

    def compile(self, folder, texts, options):
        folder.mkdir(parents=True, exist_ok=True)
        unit = [PRELUDE]
        for n, text in enumerate(texts):
            (folder / f"p{n}.h").write_bytes(
                text.encode("latin-1", errors="replace"))
            unit.append(f'#include "p{n}.h"\n'
                        f"#pragma retrograd sentinel_{n}\n;}}}}}}\n")
        (folder / "unit.cpp").write_text("".join(unit))
        extra = [*options, "-o", "/dev/null"] if "-c" in options else options
        return self.compiler.run(folder / "unit.cpp", extra)

    def count_lines(self, files, outcome):
        seen = {int(n) for n in re.findall(r"unknown mode 'sentinel_(\d+)'",
                                           outcome.output)}
        self.counts["units"] += 1
        for n, (_, count, _) in enumerate(files):
            self.counts["lines" if n in seen else "unread"] += count
        for file, _, text in outcome.errors:
            if file.endswith(".h"):
                self.counts["errors"] += 1
                self.messages[re.sub(r"'[^']*'|\d+", "...", text)[:60]] += 1
        return seen

    def count(self, files, outcome, number):
        seen = self.count_lines(files, outcome)
        emitted, refused, now = collections.Counter(), {}, 0
        for line in outcome.output.splitlines():
            if EMITTED.match(line):
                emitted[now] += 1
            elif found := re.search(r"unknown mode 'sentinel_(\d+)'", line):
                now = int(found[1]) + 1
            elif found := re.match(r".*\bp(\d+)\.h:(\d+):.*error: ", line):
                refused.setdefault(int(found[1]), set()).add(int(found[2]))
        self.counts["derivatives"] += sum(emitted.values())
        for n, (text, _, plain) in enumerate(files):
            if not plain or n not in seen:
                continue
            lines = [i for i, line in enumerate(text.split("\n"), 1)
                     if line.startswith("#pragma retrograd")]
            silent = [i for i in lines if i not in refused.get(n, ())]
            self.counts["accepted lines compared"] += len(silent)
            if len(silent) > emitted[n]:
                self.report("silent", text, "", number)

    def keep(self, folder, texts, options, outcome, number):
        if self.compiler.clang_alone(folder / "unit.cpp", options):
            self.counts["clang's own crashes"] += 1
            return

        def fails(parts):
            return self.compile(folder, parts, options).kind == outcome.kind

        smallest = ddmin(texts, fails, 60)
        one = "".join(smallest)
        if len(smallest) == 1 or fails([one]):
            rows = ddmin(one.split("\n"), lambda r: fails(["\n".join(r)]), 150)
            smallest = ["\n".join(rows)]
        last = self.compile(folder, smallest, options)
        self.report(outcome.kind, "\n----\n".join(smallest),
                    " ".join(options) + "\n" + last.output[:4000], number)
        # The other lines are tried without those that fail.
        rest = [t for t in texts if not any(row in t for row in smallest[0]
                                            .split("\n") if row.strip())]
        again = self.compile(folder, rest, options)
        if not again.failed:
            self.count_lines([(t, t.count("pragma"), False) for t in rest],
                             again)

    def report(self, kind, text, output, number):
        name = f"pragma-{kind}-{self.seed}.{number}"
        self.findings.append((kind, name, text))
        self.log(f"finding: {kind}, seed {self.seed}, unit {number}:\n{text}\n",
                 flush=True)
        folder = self.work / "findings"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(text + "\n\n" + output)
