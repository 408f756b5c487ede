#===- bodies.py - Ten thousand function bodies ---------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Body i of a seed is the same whatever ran before it.
#
#===----------------------------------------------------------------------===#

import collections
import random
import re
import shutil
import time
from dataclasses import replace

from ..productions import Productions
from .mutate import Mutator
from .seeds import generated_seed, seeds_of_tests, tokens_of
from .shrink import ddmin
from .trial import HERE, SANITIZED, SYNTAX, Body, Trial

BATCH = 480
# Findings to shrink.
SHRUNK = 12


class Bodies:
    def __init__(self, compiler, work, seed, most, seconds, tries=60,
                 log=print):
        self.compiler = compiler
        self.work = work
        self.seed = seed
        self.most = most
        self.seconds = seconds
        self.tries = tries
        self.log = log
        self.endings = collections.Counter()
        self.messages = collections.Counter()
        self.mutations = collections.Counter()
        self.findings = []

    def prepare(self):
        """What all batches include, compiled once."""
        self.work.mkdir(parents=True, exist_ok=True)
        for name, flags in (("support", SYNTAX), ("judge", SANITIZED)):
            made = self.compiler.run(
                HERE / f"{name}.h",
                [*flags, "-x", "c++-header", "-c", "-o",
                 self.work / f"{name}.pch"], plugin=False)
            if made.kind != "ok":
                raise RuntimeError(made.output)

    def run(self):
        self.prepare()
        self.seeds = seeds_of_tests()
        start, number = time.monotonic(), 0
        while number < self.most and not (
                self.seconds and time.monotonic() - start > self.seconds):
            numbers = range(number, min(number + BATCH, self.most))
            self.batch([self.body(n) for n in numbers])
            number = numbers.stop
            if number % BATCH == 0:
                self.log(f"{number} bodies, {len(self.findings)} findings",
                         flush=True)
        return self

    def body(self, number):
        chance = random.Random(f"{self.seed}.bodies.{number}")
        seed = generated_seed(f"{self.seed}.{number}", Productions()) \
            if chance.random() < 0.1 else chance.choice(self.seeds)
        function, mutations = Mutator(chance).mutate(seed.function)
        return Body(number, seed.support, function, seed.name, mutations)

    def batch(self, bodies):
        folder = self.work / f"bodies{bodies[0].number}"
        for body in Trial(self.compiler, folder, self.work, bodies).run():
            self.count(body)
        shutil.rmtree(folder, ignore_errors=True)

    def count(self, body):
        self.endings[body.ending.lstrip("!")] += 1
        for mutation in body.mutations:
            self.mutations[f"{mutation}: {body.ending.lstrip('!')}"] += 1
        if body.ending == "error of Retrograd's":
            self.messages[re.sub(r"'[^']*'", "...", body.detail)] += 1
        if body.finding:
            self.keep(body)

    def keep(self, body):
        kind = body.ending[1:]
        if len(self.findings) < SHRUNK:
            body = self.shrink(body)
        name = f"body-{kind}-{self.seed}.{body.number}"
        self.findings.append((kind, name, body.text()))
        self.log(f"finding: {kind}, seed {self.seed}, body {body.number}:\n"
                 f"{body.text()}", flush=True)
        folder = self.work / "findings"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(body.text() + "\n" + body.detail)

    def shrink(self, body):
        last = body
        folder = self.work / f"shrink{body.number}"

        def fails(text):
            nonlocal last
            tried = replace(body, function=text, ending="", detail="")
            Trial(self.compiler, folder, self.work, [tried]).run()
            if tried.ending == body.ending:
                last = tried
                return True
            return False

        lines = ddmin(body.function.split("\n"),
                      lambda rows: fails("\n".join(rows)), self.tries)
        ddmin(tokens_of("\n".join(lines)), lambda t: fails("".join(t)),
              self.tries)
        shutil.rmtree(folder, ignore_errors=True)
        return last
