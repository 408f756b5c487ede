#===- trial.py - One batch of mutated functions --------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# First Clang alone says which functions are no C++. Then the plugin refuses them
# or writes their derivatives. Those that it accepts are compiled under the
# sanitizers and judged by the program of judge.h.
#
# One function must not disturb another: each stands in a file and a namespace of
# its own, and those whose braces do not match, or that stop Clang for good, stand
# alone. What is not judged has a reason that is counted.
#
#===----------------------------------------------------------------------===#

import os
import re
import subprocess
from dataclasses import dataclass

from .compiler import SOURCE, limited, ran_too_long
from .seeds import tokens_of

HERE = SOURCE / "tools/retrograd-fuzz/retrograd_fuzz/hostile"
SANITIZED = ["-O0", "-g1", "-fsanitize=address,undefined",
             "-fno-sanitize-recover=all", "-D_GLIBCXX_ASSERTIONS",
             f"-fsanitize-ignorelist={HERE / 'not-sanitized.txt'}"]
MEMORY = ["-O0", "-g1", "-fsanitize=memory"]
# Coroutines, OpenMP and complex numbers are on.
SYNTAX = ["-fopenmp", f"-I{HERE}"]
ENVIRONMENT = {"ASAN_OPTIONS": "detect_leaks=0:hard_rss_limit_mb=2000:"
               "allocator_may_return_null=1:max_allocation_size_mb=512:"
               "detect_stack_use_after_return=1"}
# Seconds of a CPU for one function to be judged.
PATIENCE = 10


@dataclass
class Body:
    number: int
    support: str
    function: str
    name: str
    ending: str = ""
    detail: str = ""

    @property
    def finding(self):
        return self.ending.startswith("!")

    def text(self):
        return (f"namespace b{self.number} {{\n{self.support}\n"
                f"#pragma retrograd vjp\n#pragma retrograd jvp\n"
                f"{self.function}\n}}\n")

    def tolerance(self):
        """Differences cannot know what is rounded inside of the function: to a
        half, even steps of a hundredth are, and steep functions make much of
        what a cast to float drops. Then only NaN and memory count."""
        if re.search(r"_Float16|\bhalf\b|fp16|F16|<float>\(|\(float\)|"
                     r"\bfloat\(", self.text()):
            return 1e9
        return 0.1 if re.search(r"[Ff]loat|\df\b|\.f\b", self.text()) else 0

    def balanced(self):
        depth = 0
        for token in tokens_of(self.function):
            depth += (token == "{") - (token == "}")
            if depth < 0:
                return False
        return depth == 0 and not re.search(
            r"#\s*(if|else|endif|include)|R\"|/\*", self.function)

    def has_inactive(self):
        """Then the derivative may leave out what differences see."""
        return re.search(r"retrograd\s+inactive\b", self.text()) is not None

    def end(self, ending, detail=""):
        if not self.ending:
            self.ending, self.detail = ending, detail[-6000:]


class Trial:
    def __init__(self, compiler, folder, headers, bodies):
        self.compiler = compiler
        self.folder = folder
        self.headers = headers
        self.bodies = bodies

    def run(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        for body in self.bodies:
            (self.folder / f"b{body.number}.h").write_text(body.text())
        together = [b for b in self.bodies if b.balanced()]
        self.examine(together)
        for body in self.bodies:
            if not body.ending and body not in together:
                self.examine([body])
        self.judge([b for b in self.bodies if not b.ending])
        return self.bodies

    # Without running anything.

    def write(self, bodies, name="unit.cpp", header="support.h", tail=""):
        path = self.folder / name
        path.write_text(f'#include "{header}"\n' + "".join(
            f'#include "b{b.number}.h"\n;\n' for b in bodies) + tail)
        return path

    def examine(self, bodies):
        """Ends those that are refused; the others are accepted."""
        if not bodies:
            return
        unit = self.write(bodies)
        flags = [*SYNTAX, "-include-pch", self.headers / "support.pch"]
        alone = self.compiler.run(unit, flags, plugin=False)
        ours = self.compiler.run(unit, flags)
        if len(bodies) > 1 and (alone.failed or ours.failed or alone.fatal or
                                ours.fatal):
            half = len(bodies) // 2
            self.examine(bodies[:half])
            self.examine(bodies[half:])
            return
        broken, refused = self.guilty(alone), self.guilty(ours)
        for body in bodies:
            if len(bodies) == 1 and alone.kind == "errors":
                broken.setdefault(body.number, "")
            if alone.failed:
                body.end("clang fails by itself", alone.output)
            elif ours.failed and not (ours.kind == "text" and
                                      body.number in broken):
                body.end("!" + ours.kind, ours.output)
            elif body.number in broken or alone.fatal:
                body.end("error of Clang's", broken.get(body.number, ""))
            elif body.number in refused or ours.fatal:
                body.end("error of Retrograd's", refused.get(body.number, ""))

    def guilty(self, outcome):
        """The first message about each body."""
        found = {}
        for file, _, text in outcome.errors:
            if number := re.search(r"\bb(\d+)\.h", file):
                found.setdefault(int(number[1]), text)
        return found

    # The accepted ones.

    def judge(self, bodies):
        program = self.folder / "judge"
        while bodies and not self.build(bodies, program):
            bodies = [b for b in bodies if not b.ending]
        for body in bodies:
            if not body.ending:
                self.judge_one(program, body)

    def build(self, bodies, program):
        for body in bodies:
            space = f"b{body.number}::{body.name}"
            (self.folder / f"j{body.number}.h").write_text(
                f"static void judge_{body.number}(bool primal) {{\n"
                f"  hostile::judge({body.number}, primal, {body.tolerance()}, "
                f"{space}, {space}_vjp, {space}_jvp);\n}}\n")
        tail = "".join(f'#include "j{b.number}.h"\n' for b in bodies)
        tail += ("int main(int count, char **words) {\n"
                 "  switch (std::atoi(words[1])) {\n" + "".join(
                     f"  case {b.number}: judge_{b.number}(count > 2); break;\n"
                     for b in bodies) + "  }\n}\n")
        unit = self.write(bodies, "judge.cpp", "judge.h", tail)
        done = self.compiler.run(
            unit, [f"-I{HERE}", *SANITIZED, "-include-pch",
                   self.headers / "judge.pch", "-ftemplate-backtrace-limit=0",
                   "-c", "-o", str(program) + ".o"], seconds=300)
        if done.kind == "ok":
            self.link(program, SANITIZED)
            return True
        if len(bodies) == 1:
            bodies[0].end("!" + done.kind if done.failed else
                          "not checkable: types", done.output)
            return False
        if not self.blame(done, bodies):
            half = len(bodies) // 2
            self.judge(bodies[:half])
            self.judge(bodies[half:])
        return False

    def blame(self, done, bodies):
        """Ends those that the judge cannot call."""
        if done.failed:
            return False
        numbers = {b.number: b for b in bodies}
        found = False
        for part in re.split(r"(?m)^(?=\S+: (?:fatal )?error: )", done.output)[1:]:
            for number in re.findall(r"\b[bj](\d+)\.h:\d+", part)[:1]:
                if body := numbers.get(int(number)):
                    body.end("not checkable: types", part)
                    found = True
        return found

    def link(self, program, flags):
        """Functions that bodies declare and nobody defines abort. The linker
        could leave them out, but what it writes then does not always start."""
        command = [self.compiler.clang, *flags, str(program) + ".o", "-o",
                   program]
        done = subprocess.run([*command, "-Wl,--no-demangle"],
                              stderr=subprocess.PIPE)
        missing = set(re.findall(r"undefined reference to `([^']+)'",
                                 done.stderr.decode(errors="replace")))
        if missing:
            stubs = [f"-Wl,--defsym={name}=abort" for name in sorted(missing)]
            subprocess.run([*command, *stubs], stderr=subprocess.DEVNULL)

    def call(self, program, body, *words):
        try:
            done = subprocess.run(
                [program, str(body.number), *words],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, env={**os.environ, **ENVIRONMENT},
                cwd=self.folder, **limited(PATIENCE))
        except subprocess.TimeoutExpired as late:
            return None, (late.output or b"").decode(errors="replace")
        except OSError:
            return 127, "it does not link"
        status = None if ran_too_long(done.returncode) else done.returncode
        return status, done.stdout.decode(errors="replace")

    def judge_one(self, program, body):
        status, output = self.call(program, body)
        words = re.findall(rf"(?m)^verdict {body.number}\.\d+ (\w+)", output)
        threw = re.search(r"the (vjp|jvp) throws", output)
        if status == 127:
            return body.end("not checkable: does not start", output)
        if "unknown types" in output:
            return body.end("not checkable: types", output)
        wrong = "differs" in words or threw
        if status == 0 and len(words) == 3 and not wrong:
            for word, ending in (("agrees", "checked, agrees"),
                                 ("inconclusive", "checked, inconclusive")):
                if word in words:
                    return body.end(ending)
            return body.end("not comparable", output)
        if status == 0 and not threw and body.has_inactive():
            return body.end("not comparable: inactive", output)
        if self.is_undefined(program, body):
            return body.end("the function itself is undefined", output)
        kind = "wrong" if wrong else "stuck" if status is None else "stopped"
        return body.end("!" + kind, output)

    def is_undefined(self, program, body):
        """The function alone does not end, ends all, or does what it must not."""
        status, output = self.call(program, body, "primal")
        if status != 0 or not re.search(r"(?m)^ran$", output):
            return True
        # Numbers that were never written are seen by another sanitizer.
        unit = self.write([body], "memory.cpp", "judge.h", (
            f'#include "j{body.number}.h"\n'
            f"int main() {{ judge_{body.number}(true); }}\n"))
        memory = self.folder / "memory"
        done = self.compiler.run(
            unit, [f"-I{HERE}", *MEMORY, "-c", "-o", str(memory) + ".o"],
            seconds=120)
        if done.kind != "ok":
            return False
        self.link(memory, MEMORY)
        status, output = self.call(memory, body)
        return status != 0 and "MemorySanitizer" in output
