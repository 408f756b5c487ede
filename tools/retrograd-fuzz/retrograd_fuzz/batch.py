#===- batch.py - Compile and judge programs -----------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Many programs share each run of the compiler, or its start and the headers
# would take most of the time. A program that does not compile, or that stops the
# judge, is taken out of its batch and the rest goes on.
#
#===----------------------------------------------------------------------===#

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .driver import write_batch

SOURCE = Path(__file__).parents[3]
ORACLES = SOURCE / "test/Oracles"
SANITIZERS = ["-O1", "-g1", "-fsanitize=address,undefined",
              "-fno-sanitize-recover=all"]
# Small callees are differentiated in the place of their calls, unless it is said
# that they are not.
CALLS = ["-fplugin-arg-retrograd-inline-limit=0"]
FLAGS = {"O0": ["-O0"], "calls": ["-O0", *CALLS], "O2": ["-O2"],
         "sanitized": [*SANITIZERS, *CALLS], "g++": ["-O1"]}


@dataclass
class Tools:
    build: Path
    work: Path
    clang: str = "/usr/lib/llvm-22/bin/clang++"
    gxx: str = "g++"
    # Seconds for a program of a batch to run; compilers get ten times that.
    patience: int = 20
    # Of vjp and jvp those in several directions.
    directions: bool = False

    @property
    def plugin(self):
        return self.build / "lib/retrograd-22.so"

    def common(self):
        # Contracted sums are rounded in another way where they are folded.
        return ["-std=c++20", "-w", "-ffp-contract=off",
                f"-I{SOURCE / 'include'}", f"-I{ORACLES}"]

    def for_clang(self):
        # Halves would be rounded once an expression, which a derivative splits.
        return [*self.common(), "-fexcess-precision=16"]

    def prepare(self):
        """What all batches share: the judge and a precompiled header."""
        self.work.mkdir(parents=True, exist_ok=True)
        run([self.clang, *self.for_clang(), "-O1", "-c", ORACLES / "judge.cpp",
             "-o", self.work / "judge.o"], check=True)
        run([self.clang, *self.for_clang(), "-O0", "-x", "c++-header",
             ORACLES / "lifted.h", "-o", self.work / "lifted.pch"], check=True)
        run([self.clang, *self.for_clang(), "-x", "c++-header", "-O0",
             ORACLES / "program.h", "-o", self.work / "program.pch"],
            check=True)


def run(command, check=False, seconds=None):
    """(status, standard output and errors); -1 after the time limit."""
    command = [str(word) for word in command]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=seconds,
                              stdin=subprocess.DEVNULL,
                              env={**os.environ, "ASAN_OPTIONS":
                                   "detect_stack_use_after_return=1"})
    except subprocess.TimeoutExpired as late:
        return -1, (late.output or b"").decode(errors="replace")
    output = done.stdout.decode(errors="replace")
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{output}")
    return done.returncode, output


@dataclass
class Finding:
    """One program that did not pass: how, and what was printed."""

    number: int
    kind: str
    text: str


class Batch:
    def __init__(self, tools, folder, programs, configuration):
        self.tools = tools
        self.folder = folder
        self.programs = dict(programs)
        self.configuration = configuration
        self.findings = []
        # Lines of the judge, by program.
        self.passed = {}

    def run(self):
        while self.programs:
            write_batch(self.folder, self.programs, self.tools.directions)
            if self.compile_lifted() and self.compile_native():
                self.judge()
                break
        return self

    def fail(self, number, kind, text):
        self.findings.append(Finding(number, kind, text))
        self.programs.pop(number, None)

    def compile_lifted(self):
        tools = self.tools
        status, output = run(
            [tools.clang, *tools.for_clang(), "-O0", "-ferror-limit=0",
             "-include-pch", tools.work / "lifted.pch", "-c",
             self.folder / "lifted.cpp", "-o", self.folder / "lifted.o"],
            seconds=10 * tools.patience)
        return self.attribute(status, output, "not-lifted")

    def compile_native(self):
        tools = self.tools
        flags = FLAGS[self.configuration]
        target = ["-c", self.folder / "native.cpp", "-o",
                  self.folder / "native.o"]
        if self.configuration == "g++":
            status, text = run(
                [tools.build / "bin/retrograd", "-o",
                 self.folder / "derivatives.h", self.folder / "native.cpp",
                 "--", *tools.common()], seconds=10 * tools.patience)
            if not self.attribute(status, text, "refused"):
                return False
            status, output = run(
                [tools.gxx, *tools.common(), *flags, "-DRETROGRAD_TEXT",
                 *target], seconds=20 * tools.patience)
            return self.attribute(status, output, "text")
        pch = ["-include-pch", tools.work / "program.pch"] \
            if "-O0" in flags else []
        status, output = run(
            [tools.clang, f"-fplugin={tools.plugin}",
             *tools.for_clang(), *flags,
             *pch, "-ferror-limit=0", *target], seconds=10 * tools.patience)
        return self.attribute(status, output, "refused")

    def attribute(self, status, output, kind):
        """Takes out the programs that the compiler complains about."""
        if status == 0:
            return True
        guilty = {}
        for line in output.splitlines():
            found = re.search(r"\b[pd](\d+)\.h\S*?:\d+.*error:", line) or \
                re.search(r"\bp(\d+)\b.*error:", line)
            if found and int(found[1]) in self.programs:
                guilty.setdefault(int(found[1]), []).append(line)
        for number, lines in guilty.items():
            text = "\n".join(lines)
            of_text = ".retrograd.cpp" in text or "the text of" in text
            self.fail(number, "text" if of_text and kind == "refused" else kind,
                      text)
        if not guilty:
            self.bisect("compiler-hang" if status == -1 else "compiler-crash",
                        output)
        return False

    def bisect(self, kind, output):
        """Nobody is named: half of the batch must be guilty."""
        numbers = list(self.programs)
        if len(numbers) == 1:
            self.fail(numbers[0], kind, output[-2000:])
            return
        half = len(numbers) // 2
        for part in (numbers[:half], numbers[half:]):
            inner = Batch(self.tools, self.folder,
                          {n: self.programs[n] for n in part},
                          self.configuration).run()
            self.findings += inner.findings
            self.passed.update(inner.passed)
        self.programs = {}

    def judge(self):
        tools = self.tools
        judge = self.folder / "judge"
        linker = tools.clang
        flags = FLAGS[self.configuration]
        status, output = run(
            [linker, *[f for f in flags if f.startswith("-fsan")],
             self.folder / "native.o", self.folder / "lifted.o",
             tools.work / "judge.o", "-o", judge])
        if status:
            for number in list(self.programs):
                self.fail(number, "does-not-link", output)
            return
        status, output = run([judge], seconds=tools.patience * 5)
        started = self.read(output)
        if status not in (0, 1) or not started:
            # The last one that was started has stopped the others.
            guilty = started[-1] if started else next(iter(self.programs))
            self.fail(guilty, "hang" if status == -1 else "crash",
                      output[-3000:])
            for number in self.passed:
                self.programs.pop(number, None)
            for finding in self.findings:
                self.programs.pop(finding.number, None)
            if self.programs:
                write_batch(self.folder, self.programs, self.tools.directions)
                inner = Batch(self.tools, self.folder, self.programs,
                              self.configuration).run()
                self.findings += inner.findings
                self.passed.update(inner.passed)

    def read(self, output):
        """Takes in the judge's lines; the programs that it has started."""
        started, failed = [], {}
        for line in output.splitlines():
            words = line.split()
            if len(words) < 2 or not re.fullmatch(r"p\d+", words[1]):
                continue
            number = int(words[1][1:])
            if words[0] == "start":
                started.append(number)
            elif words[0] == "ok":
                self.passed[number] = line
            elif words[0] == "fail":
                failed.setdefault(number, []).append(line)
        for number, lines in failed.items():
            self.passed.pop(number, None)
            kind = re.sub(r"[\[ :].*", "", lines[0].split(" ", 3)[-1])
            self.findings.append(
                Finding(number, f"wrong {kind}", "\n".join(lines[:20])))
        return started
