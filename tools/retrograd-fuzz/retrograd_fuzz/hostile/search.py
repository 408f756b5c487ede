#===- search.py - What both searches for mistakes share ------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A search tries numbered inputs until it has enough of them or no more time, and
# writes what it finds into a folder.
#
#===----------------------------------------------------------------------===#

import collections
import time


class Search:
    def __init__(self, compiler, work, seed, most, seconds, tries=60,
                 log=print):
        self.compiler = compiler
        self.work = work
        self.seed = seed
        self.most = most
        self.seconds = seconds
        self.tries = tries
        self.log = log
        self.start = time.monotonic()
        # How inputs ended, and what Retrograd said about them.
        self.counts = collections.Counter()
        self.messages = collections.Counter()
        self.findings = []

    def has_time(self):
        return not self.seconds or time.monotonic() - self.start < self.seconds

    def progress(self, what):
        self.log(f"{what}, {len(self.findings)} findings", flush=True)

    def found(self, kind, name, text, detail, where):
        """Reports a finding; its file has the details, too."""
        self.findings.append((kind, name, text))
        self.log(f"finding: {kind}, seed {self.seed}, {where}:\n{text}\n",
                 flush=True)
        folder = self.work / "findings"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(text + "\n\n" + detail)
