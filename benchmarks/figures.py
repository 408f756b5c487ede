#===- figures.py - How figures are written, and of what they are ---------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A figure without the machine and the commit that it is of says nothing. Facts
# that cannot be found out are "unknown", and no error.
#
#===----------------------------------------------------------------------===#

import datetime
import json
import os
import pathlib
import platform
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def with_unit(seconds):
    if seconds is None:
        return ""
    for scale, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * scale >= 1:
            return f"{seconds * scale:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def first_line_of(command):
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return result.stdout.split("\n")[0].strip()


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def processor_flags():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("flags"):
            return set(line.split(":", 1)[1].split())
    return set()


def vector_units():
    flags = processor_flags()
    for flag, name in (("avx512vl", "AVX-512"), ("avx2", "AVX2"), ("sse2", "SSE2")):
        if flag in flags:
            return name
    return "no vector units that are known"


def compiler_of(build):
    for found in build.glob("CMakeFiles/*/CMakeCXXCompiler.cmake"):
        compiler = re.search(r'set\(CMAKE_CXX_COMPILER "(.*)"\)', found.read_text())
        if compiler:
            return first_line_of([compiler.group(1), "--version"])
    return "unknown"


def commit():
    """The commit that the folder is at, in short, and whether it was changed."""
    git = ["git", "-C", ROOT]
    name = first_line_of([*git, "rev-parse", "--short", "HEAD"])
    if name == "unknown":
        return name, False
    return name, first_line_of([*git, "status", "--porcelain"]) != ""


def facts(build):
    """Lines in Markdown."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    name, changed = commit()
    return [
        f"- Commit: {name}{', with changes' if changed else ''}",
        f"- Processor: {processor()}, {os.cpu_count()} logical cores, "
        f"{vector_units()}; {pages / 2**30:.0f} GiB of memory",
        f"- System: {platform.system()} {platform.release()}, {platform.machine()}",
        f"- Compiler: {compiler_of(build)}",
    ]


def load_lines(by_clock):
    """How busy the machine is, with a warning if it is."""
    load = os.getloadavg()[0]
    lines = [f"- Load of the machine at the start: {load:.1f}"]
    if load > 0.5:
        consequence = (
            "these figures are not worth quoting; see --cpu-time"
            if by_clock
            else "caches and memory were shared with other programs"
        )
        lines.append(f"- **The machine was not idle: {consequence}.**")
    return lines


def keep(name, text, results):
    """Writes what was measured to a file that says when, and of which commit."""
    stem = "-".join(filter(None, [f"{datetime.date.today()}", commit()[0], name]))
    folder = ROOT / "benchmarks" / "results"
    folder.mkdir(exist_ok=True)
    (folder / f"{stem}.md").write_text(text, encoding="utf-8")
    content = json.dumps(results, indent=1) + "\n"
    (folder / f"{stem}.json").write_text(content, encoding="utf-8")
