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

import random
import re
import shutil
from dataclasses import replace

from ..productions import Productions
from .mutate import Mutator
from .search import Search
from .seeds import generated_seed, seeds_of_tests, tokens_of
from .shrink import ddmin
from .trial import HERE, SANITIZED, SYNTAX, Body, Trial

BATCH = 480
# Findings to shrink.
SHRUNK = 12


class Bodies(Search):
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
        number = 0
        while number < self.most and self.has_time():
            numbers = range(number, min(number + BATCH, self.most))
            self.batch([self.body(n) for n in numbers])
            number = numbers.stop
            if number % BATCH == 0:
                self.progress(f"{number} bodies")
        return self

    def body(self, number):
        chance = random.Random(f"{self.seed}.bodies.{number}")
        seed = generated_seed(f"{self.seed}.{number}", Productions()) \
            if chance.random() < 0.1 else chance.choice(self.seeds)
        return Body(number, seed.support,
                    Mutator(chance).mutate(seed.function), seed.name)

    def batch(self, bodies):
        folder = self.work / f"bodies{bodies[0].number}"
        for body in Trial(self.compiler, folder, self.work, bodies).run():
            self.count(body)
        shutil.rmtree(folder, ignore_errors=True)

    def count(self, body):
        self.counts[body.ending.lstrip("!")] += 1
        if body.ending == "error of Retrograd's":
            self.messages[re.sub(r"'[^']*'", "...", body.detail)] += 1
        if body.finding:
            self.keep(body)

    def keep(self, body):
        kind = body.ending[1:]
        if len(self.findings) < SHRUNK:
            body = self.shrink(body)
        self.found(kind, f"body-{kind}-{self.seed}.{body.number}", body.text(),
                   body.detail, f"body {body.number}")

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
