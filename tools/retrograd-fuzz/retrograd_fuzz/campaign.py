#===- campaign.py - Many batches, and what they found -------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Program i of a campaign has the seed "<seed>.<i>", so that one number names it
# for ever, whatever ran beside it.
#
#===----------------------------------------------------------------------===#

import collections
import json
import shutil
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from .batch import FLAGS, Batch
from .driver import program_text
from .productions import ALL
from .programs import generate

# The first configuration is the cheapest; the others take turns.
TURNS = ["O0", "calls", "O2", "O0", "sanitized", "calls", "O0", "g++"]


class Campaign:
    def __init__(self, tools, productions, seed, programs=None, seconds=None,
                 batch=40, jobs=2, configurations=None, log=print):
        self.tools = tools
        self.productions = productions
        self.seed = seed
        self.most = programs
        self.seconds = seconds
        self.size = batch
        self.jobs = jobs
        self.turns = configurations or TURNS
        self.log = log
        self.tried = self.passed = 0
        self.points = self.skipped = self.checks = 0
        self.converged = self.differences = self.complex = 0
        self.constructs = collections.Counter()
        self.configurations = collections.Counter()
        self.findings = []

    def run(self):
        self.tools.prepare()
        start = time.monotonic()
        numbers = iter(range(10**9))
        pending = set()
        with ThreadPoolExecutor(self.jobs) as pool:
            while True:
                while len(pending) < self.jobs and self.more(start):
                    number = next(numbers)
                    pending.add(pool.submit(self.batch, number))
                    self.tried += self.size
                if not pending:
                    break
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    self.collect(*future.result())
        self.elapsed = time.monotonic() - start
        return self

    def more(self, start):
        if self.most is not None and self.tried >= self.most:
            return False
        return self.seconds is None or time.monotonic() - start < self.seconds

    def program(self, number):
        return generate(f"{self.seed}.{number}", self.productions)

    def batch(self, number):
        first = number * self.size
        programs = {n: self.program(n)
                    for n in range(first, first + self.size)}
        folder = self.tools.work / f"batch{number}"
        configuration = self.turns[number % len(self.turns)]
        made = Batch(self.tools, folder, programs, configuration).run()
        shutil.rmtree(folder, ignore_errors=True)
        return programs, made

    def collect(self, programs, batch):
        self.configurations[batch.configuration] += len(programs)
        for program in programs.values():
            self.constructs.update(program.constructs())
        self.passed += len(batch.passed)
        for line in batch.passed.values():
            self.count(line)
        for finding in batch.findings:
            self.keep(finding, programs[finding.number], batch.configuration)
        if self.passed % (10 * self.size) < self.size:
            self.log(f"{self.passed} passed, {len(self.findings)} findings",
                     flush=True)

    def count(self, line):
        fields = dict(word.split("=", 1) for word in line.split()[2:]
                      if "=" in word)
        self.points += int(fields.get("points", 0))
        self.skipped += int(fields.get("skipped", "0").split("(")[0])
        self.checks += int(fields.get("checks", 0))
        converged, _, tried = fields.get("differences", "0/0").partition("/")
        self.converged += int(converged)
        self.differences += int(tried)
        self.complex += int(fields.get("complex", 0))

    def keep(self, finding, program, configuration):
        self.findings.append((finding, configuration))
        self.log(f"{finding.kind}: seed {program.seed} at {configuration}",
                 flush=True)
        folder = self.tools.work / "findings"
        folder.mkdir(exist_ok=True)
        (folder / f"{program.seed}.txt").write_text(
            f"{finding.kind} at {configuration}\n{finding.text}\n\n"
            + program_text(program))

    def summary(self):
        kinds = collections.Counter(f.kind for f, _ in self.findings)
        rate = self.passed / max(self.elapsed, 1e-9)
        lines = [
            f"seed {self.seed}: {self.tried} programs, {self.passed} passed, "
            f"{len(self.findings)} findings, {rate:.1f} a second",
            f"{self.points} points, {self.skipped} skipped; "
            f"{self.checks} checks; differences of {self.converged} of "
            f"{self.differences} entries converged; complex step: "
            f"{self.complex} entries",
            "configurations: " + ", ".join(
                f"{n} {c}" for c, n in self.configurations.most_common()),
        ]
        lines += [f"{n} {kind}" for kind, n in kinds.most_common()]
        absent = [name for name, p in ALL.items()
                  if self.productions.enabled(name)
                  # A switch is no text, and an argument is one of the others.
                  and p.kind != "switch" and name != "argument"
                  and not self.constructs[name]]
        if absent:
            lines.append("never used: " + ", ".join(absent))
        return "\n".join(lines)

    def report(self, path):
        path.write_text(json.dumps({
            "seed": self.seed, "tried": self.tried, "passed": self.passed,
            "seconds": self.elapsed, "points": self.points,
            "skipped": self.skipped, "checks": self.checks,
            "differences": [self.converged, self.differences],
            "complex": self.complex,
            "configurations": self.configurations,
            "constructs": dict(sorted(self.constructs.items())),
            "findings": [[f.number, f.kind, c] for f, c in self.findings],
        }, indent=1))


assert set(TURNS) <= set(FLAGS)
