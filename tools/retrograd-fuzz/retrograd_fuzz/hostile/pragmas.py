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
# A derivative that is accepted must exist: in files of clean lines, there must be
# as many derivatives as lines without an error.
#
#===----------------------------------------------------------------------===#

import collections
import random
import re
import shutil

from .pragma_lines import PRELUDE, Lines
from .pragma_places import BEFORE_FUNCTIONS, ODD, PLAIN
from .search import Search
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
# What is in a function is refused once, and not for each derivative of it.
# A pragma that names no function is answered where the next one begins.
OPAQUE = re.compile(r"declare|inactive|rule|[\"'\\#\n\r\0\x1a/*]|resume|"
                    r"of_object|outer|f_grad|red\b|"
                    r"^\s*(gradient|vjp|jvp)\b(?!\s*\()")


def file_of(lines, number):
    """The text of one file, its number of lines, and whether it is clean."""
    r = lines.random
    kind = r.choices(["clean", "plain", "before", "odd"], [3, 3, 3, 2])[0]
    texts, count = [], 0
    while count < LINES_A_FILE:
        places = {"before": BEFORE_FUNCTIONS, "odd": ODD}.get(kind, [PLAIN])
        place = r.choice(places)
        made = [clean_pragma(lines) if kind == "clean" else pragma(lines, kind)
                for _ in range(8 if place == PLAIN else r.choice([1, 1, 2, 3]))]
        count += len(made) * place.count("@\n") or len(made)
        block = "".join(made).replace("@", "\x01")
        texts.append(numbered(place, f"{number}_{count}")
                     .replace("@", "\n" + block))
    text = "".join(texts)
    # At the end of a file without a line's end.
    return (text.rstrip("\n") if r.random() < 0.2 else text), count, \
        kind == "clean"


def numbered(place, number):
    """With names of its own; the # of a directive stays."""
    return re.sub(r"(?m)(?<!^)#", number, place)


def clean_pragma(lines):
    """One that asks for a derivative and hides no other."""
    while True:
        line = lines.line(named=True)
        if lines.chance(0.4):
            line = lines.spoil_tokens(line)
        if not OPAQUE.search(line):
            return f"#pragma retrograd {line}\n"


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


def section(output, number):
    """What was said between the sentinels around a file."""
    end = output.find(f"'sentinel_{number}'")
    return output[output.find(f"'sentinel_{number - 1}'") + 1:end]


class Pragmas(Search):
    def run(self):
        number = 0
        # Should nothing be read at all, it ends nevertheless.
        while self.counts["lines"] < self.most > number and self.has_time():
            self.unit(number)
            number += 1
            if number % 20 == 0:
                self.progress(f"{self.counts['lines']} pragma lines")
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
        while (outcome := self.compile(folder, texts, options)).failed:
            if outcome.kind == "text":
                self.keep_texts(folder, texts, options, outcome, number)
                break
            guilty = self.keep(folder, texts, options, outcome, number)
            if not guilty:
                break
            # The other files are tried without those that fail.
            files = [file for file in files if file[0] not in guilty]
            texts = [text for text, _, _ in files]
            counted = False
        if counted:
            self.count(files, outcome, number)
        else:
            self.count_lines(files, outcome)
        shutil.rmtree(folder, ignore_errors=True)

    def compile(self, folder, texts, options):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("p*.h"):
            old.unlink()
        unit = [PRELUDE]
        for n, text in enumerate(texts):
            (folder / f"p{n}.h").write_bytes(
                text.encode("latin-1", errors="replace"))
            unit.append(f'#include "p{n}.h"\n'
                        f"#pragma retrograd sentinel_{n}\n;}}}}}}\n"
                        f"int behind_{n};\n")
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
        emitted, elsewhere = collections.Counter(), collections.Counter()
        refused, now = {}, 0
        for line in outcome.output.splitlines():
            if EMITTED.match(line):
                emitted[now] += 1
            elif found := re.search(r"unknown mode 'sentinel_(\d+)'", line):
                now = int(found[1]) + 1
            elif found := re.match(r".*\bp(\d+)\.h:(\d+):.*error: ", line):
                refused.setdefault(int(found[1]), set()).add(int(found[2]))
            elif " error: " in line and not line.endswith("brace ('}')"):
                # In a function: of the prelude, or of one that was derived.
                elsewhere[now] += 1
        self.counts["derivatives"] += sum(emitted.values())
        for n, (text, _, clean) in enumerate(files):
            if not clean or n not in seen:
                continue
            lines = [i for i, line in enumerate(text.split("\n"), 1)
                     if line.startswith("#pragma retrograd")]
            silent = [i for i in lines if i not in refused.get(n, ())]
            self.counts["accepted lines compared"] += len(silent)
            if len(silent) > emitted[n] + elsewhere[n]:
                rows = text.split("\n")
                self.report("silent", text, "without an error:\n" + "\n".join(
                    rows[i - 1] for i in silent) + "\n" + section(
                        outcome.output, n), number)

    def keep(self, folder, texts, options, outcome, number):
        """Reports what is smallest; the files that it takes, None for all."""
        if self.compiler.clang_alone(folder / "unit.cpp", options):
            self.counts["clang's own crashes"] += 1
            return None

        def fails(parts):
            return self.compile(folder, parts, options).kind == outcome.kind

        # It is the file behind the last sentinel that was answered, mostly.
        seen = [int(n) for n in re.findall(r"unknown mode 'sentinel_(\d+)'",
                                           outcome.output)]
        last = texts[len(seen):len(seen) + 1]
        guilty = last if last and fails(last) else \
            ddmin(texts, fails, self.tries)
        rows = guilty
        if len(guilty) == 1:
            lines = ddmin(guilty[0].split("\n"),
                          lambda r: fails(["\n".join(r)]), self.tries)
            rows = ["\n".join(lines)]
        last = self.compile(folder, rows, options)
        self.report(outcome.kind, "\n----\n".join(rows),
                    " ".join(options) + "\n" + last.output[:4000], number)
        return guilty

    def keep_texts(self, folder, texts, options, outcome, number):
        """Those files that fail among those in which Clang alone sees no error;
        where it has lost its way, nothing can be read."""
        guilty = {int(n) for n in re.findall(
            r"\bp(\d+)\.h\S*\.retrograd\.cpp:\d+:\d+: error: ",
            outcome.output)}
        alone = self.compiler.run(folder / "unit.cpp", [
            o for o in options if "retrograd" not in o], plugin=False)
        broken = {file.rsplit("/", 1)[-1] for file, _, _ in alone.errors}
        for n in sorted(guilty):
            sound = [text for m, text in enumerate(texts)
                     if f"p{m}.h" not in broken]
            if f"p{n}.h" in broken or \
                    self.compile(folder / "sound", sound, options).kind != "text":
                self.counts["texts behind an error of Clang's"] += 1
                continue

            def fails(rows):
                made = self.compile(folder / "one", ["\n".join(rows)], options)
                return made.kind == "text"

            rows = texts[n].split("\n")
            if fails(rows):
                rows = ddmin(rows, fails, self.tries)
            last = self.compile(folder / "one", ["\n".join(rows)], options)
            self.report("text", "\n".join(rows), " ".join(options) + "\n" +
                        (last if last.failed else outcome).output[:4000], number)

    def report(self, kind, text, output, number):
        self.found(kind, f"pragma-{kind}-{self.seed}.{number}", text, output,
                   f"unit {number}")
