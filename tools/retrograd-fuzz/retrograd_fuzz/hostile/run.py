#===- run.py - The subcommand hostile ------------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Pragma lines first, then bodies, side by side in as many processes as there are
# jobs. The compiler can be replaced, to see that a crash would be found.
#
#===----------------------------------------------------------------------===#

import collections
import json
import secrets
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .bodies import Bodies
from .compiler import Compiler
from .pragmas import Pragmas


def add_arguments(command, build):
    command.add_argument("--seed", help="default: a random one, printed")
    command.add_argument("--pragmas", type=int, default=20000, metavar="N",
                         help="how many pragma lines")
    command.add_argument("--bodies", type=int, default=200, metavar="N",
                         help="how many function bodies")
    command.add_argument("--seconds", type=float,
                         help="stop either of the two after so long")
    command.add_argument("--jobs", type=int, default=1)
    command.add_argument("--build", type=Path, default=build,
                         help="build folder of Retrograd")
    command.add_argument("--work", type=Path,
                         help="folder for what is compiled, and findings")
    command.add_argument("--clang", default="/usr/lib/llvm-22/bin/clang++")
    command.add_argument("--patience", type=float, default=60,
                         help="seconds of a CPU for one run of the compiler")
    command.add_argument("--tries", type=int, default=60, metavar="N",
                         help="runs of the compiler to shrink a finding")
    command.add_argument("--report", type=Path, help="figures as JSON")


def work(kind, compiler, folder, seed, most, seconds, tries):
    """One process; returns its counts, messages and findings."""
    made = kind(compiler, folder, seed, most, seconds, tries).run()
    return made.counts, made.messages, made.findings


def hostile(options, work_folder):
    compiler = Compiler(options.clang, options.build / "lib/retrograd-22.so",
                        options.patience)
    if not compiler.plugin.exists():
        raise ValueError(f"no plugin in '{options.build}': build Retrograd, or "
                         "name its folder by --build")
    seed = options.seed or secrets.token_hex(4)
    print(f"seed {seed}", flush=True)
    tasks = []
    for job in range(options.jobs):
        # The first job's seed is the user's, so that it can be given again.
        its = seed if job == 0 else f"{seed}-{job}"
        folder = work_folder / f"hostile{job}"
        for kind, most in ((Pragmas, options.pragmas), (Bodies, options.bodies)):
            share = most // options.jobs + (job < most % options.jobs)
            if share:
                tasks.append((kind, compiler, folder, its, share,
                              options.seconds, options.tries))
    lines, bodies, messages, findings = (
        collections.Counter(), collections.Counter(), collections.Counter(), [])
    with ProcessPoolExecutor(options.jobs) as pool:
        futures = [(task[0], pool.submit(work, *task)) for task in tasks]
        for kind, future in futures:
            counts, said, found = future.result()
            (lines if kind is Pragmas else bodies).update(counts)
            messages.update(said)
            findings += found
    print(summary(lines, bodies, messages, findings))
    if options.report:
        options.report.write_text(json.dumps({
            "seed": seed, "pragmas": lines, "bodies": bodies,
            "messages": dict(messages.most_common()),
            "findings": findings}, indent=1))
    return 1 if findings else 0


def summary(lines, bodies, messages, findings):
    rows = [f"{lines['lines']} pragma lines, {lines['errors']} errors, "
            f"{lines['derivatives']} derivatives",
            f"{sum(bodies.values())} bodies, {len(messages)} messages"]
    rows += [f"  {count} {ending}" for ending, count in bodies.most_common()]
    rows += [f"  {lines[key]} {key}" for key in sorted(lines)
             if key not in ("lines", "errors", "derivatives")]
    kinds = collections.Counter(kind for kind, _, _ in findings)
    rows.append(f"{len(findings)} findings" + "".join(
        f", {n} {kind}" for kind, n in kinds.most_common()))
    return "\n".join(rows)
