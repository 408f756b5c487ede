#===- compiler.py - One run of the compiler, and how it ended ------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# The compiler may refuse anything, but it must end by itself and say why. What
# else it does is a defect: a signal, a stack dump, a failed assertion, a run past
# the time limit, a derivative whose text does not compile.
#
#===----------------------------------------------------------------------===#

import re
import resource
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).parents[4]
# A busy machine makes nothing hang, but what sleeps takes no time of a CPU.
WAITING = 10

CRASH = re.compile(
    r"PLEASE submit a bug report|Stack dump:|Assertion .* failed|"
    r"UNREACHABLE executed|LLVM ERROR|terminate called|"
    r"unable to execute command|AddressSanitizer|runtime error:")
DEFECT = re.compile(r"this is a defect of Retrograd|\.retrograd\.cpp:\d+:\d+: "
                    r"(?:fatal )?error:")
ERROR = re.compile(r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):(?:\d+:)? "
                   r"(?P<fatal>fatal )?error: (?P<text>.*)")


@dataclass
class Outcome:
    """The kind is "ok", "errors", "crash", "hang" or "text"."""

    kind: str
    output: str
    # (name of the file, line, message) of each error.
    errors: list = field(default_factory=list)

    @property
    def failed(self):
        return self.kind in ("crash", "hang", "text")

    @property
    def fatal(self):
        return " fatal error: " in self.output


def limited(seconds):
    """Options of subprocess.run for so many seconds of a CPU."""
    seconds = max(1, round(seconds))
    return {"timeout": WAITING * seconds,
            "preexec_fn": lambda: resource.setrlimit(
                resource.RLIMIT_CPU, (seconds, seconds + 5))}


def ran_too_long(status):
    return status in (-signal.SIGXCPU, 128 + signal.SIGXCPU)


@dataclass
class Compiler:
    clang: str
    plugin: Path
    # Seconds of a CPU for one run.
    patience: float = 60

    def flags(self):
        return ["-std=c++20", f"-I{SOURCE / 'include'}", "-w",
                "-ferror-limit=0", "-fno-crash-diagnostics",
                "-fno-diagnostics-color", "-ftemplate-backtrace-limit=1"]

    def run(self, source, extra=(), plugin=True, seconds=None):
        command = [self.clang, *self.flags(), *map(str, extra)]
        if plugin:
            command.append(f"-fplugin={self.plugin}")
        if not any(word in extra for word in ("-c", "-S", "-E")):
            command.append("-fsyntax-only")
        command.append(str(source))
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE,
                                  **limited(seconds or self.patience))
        except subprocess.TimeoutExpired as late:
            return Outcome("hang",
                           (late.stderr or b"").decode(errors="replace"))
        return outcome(done.returncode, done.stderr.decode(errors="replace"))

    def clang_alone(self, source, extra=(), seconds=None):
        """Whether it fails without the plugin as well."""
        extra = [word for word in extra if "retrograd" not in str(word)]
        return self.run(source, extra, plugin=False, seconds=seconds).failed


def outcome(status, output):
    errors = []
    for line in output.splitlines():
        if found := ERROR.match(line):
            errors.append((found["file"], int(found["line"]), found["text"]))
    kind = "ok" if status == 0 else "errors"
    if ran_too_long(status):
        kind = "hang"
    elif status not in (0, 1) or CRASH.search(output):
        kind = "crash"
    elif status == 1 and not re.search(r"(?m)(^|: )(fatal )?error: ", output):
        # Neither a derivative nor a word about it.
        kind = "crash"
    elif DEFECT.search(output):
        kind = "text"
    return Outcome(kind, output, errors)
