#===- gradients.py - Measures derivatives, and makes their tables --------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A part of benchmarks/run. The program `gradients` (derivatives/main.cpp), or
# `adbench` for the problems of ADBench, measures all contestants of a workload in
# one run, in rounds whose order is random, by the time of the processor. What a
# gradient costs is a ratio: the median time of value and gradient over the median
# time of the primal. What it could cost, the adjoint by hand tells; so ours over
# that is the figure that targets are about.
#
# A [[derivative]] of benchmarks.toml names a workload, says what it is and which
# program has it, if that is not `gradients`, and its targets:
#
#   at_most_by_hand   ours over the adjoint by hand
#   at_most           ours over the primal
#   memory_by_hand    the memory of ours over that of the adjoint by hand
#
#===----------------------------------------------------------------------===#

import json
import os
import statistics
import subprocess
import sys
import tempfile

import figures

OURS, HAND, PRIMAL = "Retrograd", "by hand", "primal"


def program_of(options, entry):
    return options.build / "benchmarks" / entry.get("program", "gradients")


def run_program(options, entry):
    """The output of Google Benchmark for one workload."""
    workload, program = entry["name"], program_of(options, entry)
    command = [
        program,
        workload,
        "--benchmark_format=json",
        "--benchmark_enable_random_interleaving=true",
        f"--benchmark_repetitions={options.rounds}",
        f"--benchmark_min_time={options.seconds}",
    ]
    if options.data:
        command.append(f"--data={options.data.resolve()}")
    # Some peers write their recordings to the folder that they are started in.
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            cwd=folder,
            check=False,
            preexec_fn=lambda: os.sched_setaffinity(0, {options.core}),
        )
    if done.returncode != 0:
        raise RuntimeError(f"{program.name} {workload}: ended with {done.returncode}")
    return json.loads(done.stdout)


UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}


def contestants_of(output, workload):
    """By name: the times of all rounds in seconds, memory and tape in bytes."""
    prefix = workload + "/"
    found = {}
    for each in output["benchmarks"]:
        if each["run_type"] != "iteration" or not each["name"].startswith(prefix):
            continue
        name = each["name"].removeprefix(prefix)
        one = found.setdefault(name, {"seconds": []})
        one["seconds"].append(each["cpu_time"] * UNITS[each["time_unit"]])
        for key in ("memory", "tape"):
            if key in each:
                one[key] = each[key]
    for key, text in output["context"].items():
        if key.startswith("dropped: " + prefix):
            found[key.removeprefix("dropped: " + prefix)] = {"dropped": text}
        elif key.startswith("once: " + prefix):
            seconds, memory, tape = map(float, text.split())
            found[key.removeprefix("once: " + prefix)] = {
                "seconds": [seconds],
                "memory": memory,
                "tape": tape,
                "once": True,
            }
    return found


def spread(seconds):
    """The distance of the quartiles, as a part of the median."""
    if len(seconds) < 2:
        return 0.0
    low, middle, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return (high - low) / middle


def result_of(entry, output):
    """What a workload comes to, as values for JSON."""
    contestants = contestants_of(output, entry["name"])
    for name in (PRIMAL, OURS, HAND):
        if "seconds" not in contestants.get(name, {}):
            why = contestants.get(name, {}).get("dropped", "it does not take part")
            raise RuntimeError(f"{entry['name']}: {name}: {why}")
    primal = statistics.median(contestants[PRIMAL]["seconds"])
    for each in contestants.values():
        if "seconds" in each:
            each["ratio"] = statistics.median(each["seconds"]) / primal
    ours, hand = contestants[OURS], contestants[HAND]
    figure = {
        "at_most_by_hand": ours["ratio"] / hand["ratio"],
        "at_most": ours["ratio"],
        "memory_by_hand": ours["memory"] / max(hand["memory"], 1),
    }
    return {
        "name": entry["name"],
        "what": entry["what"],
        "primal": primal,
        "over_by_hand": figure["at_most_by_hand"],
        "spread": max(spread(contestants[n]["seconds"]) for n in (PRIMAL, OURS, HAND)),
        "contestants": contestants,
        "targets": [
            {"target": key, "limit": entry[key], "met": value <= entry[key]}
            for key, value in figure.items()
            if key in entry
        ],
    }


def missed(result):
    return any(not each["met"] for each in result["targets"])


def target_text(result):
    about = {
        "at_most_by_hand": "≤ {} × by hand",
        "at_most": "≤ {}",
        "memory_by_hand": "memory ≤ {} × by hand",
    }
    return "; ".join(about[t["target"]].format(t["limit"]) for t in result["targets"])


def met_text(result):
    if not result["targets"]:
        return ""
    return "**no**" if missed(result) else "yes"


def peers_of(results):
    names = {name for result in results for name in result["contestants"]}
    return sorted(names - {PRIMAL, OURS, HAND}, key=str.lower)


def ratio_text(contestant):
    if contestant is None:
        return "–"
    if "dropped" in contestant:
        return "dropped"
    once = "*" if contestant.get("once") else ""
    return f"{contestant['ratio']:.3g}{once}"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def ratio_table(results):
    peers = peers_of(results)
    names = ["workload", "primal", OURS, HAND, "ours / by hand", "target", "met"]
    lines = [row([*names, "spread", *peers])]
    lines.append("|---|" + 4 * "--:|" + "---|---|--:|" + len(peers) * "--:|")
    for result in results:
        everyone = result["contestants"]
        cells = [result["what"], figures.with_unit(result["primal"])]
        cells += [ratio_text(everyone[OURS]), ratio_text(everyone[HAND])]
        cells += [f"{result['over_by_hand']:.2f}", target_text(result)]
        cells += [met_text(result), f"{100 * result['spread']:.0f} %"]
        cells += [ratio_text(everyone.get(peer)) for peer in peers]
        lines.append(row(cells))
    return "\n".join(lines)


def bytes_text(count):
    if count == 0:
        return "0"
    for scale, unit in ((2**30, "GiB"), (2**20, "MiB")):
        if count >= scale:
            return f"{count / scale:.3g} {unit}"
    return f"{count / 1024:.3g} KiB"


def memory_table(results):
    peers = peers_of(results)
    lines = [row(["workload", "tape", OURS, HAND, *peers])]
    lines.append("|---|" + (3 + len(peers)) * "--:|")
    for result in results:
        everyone = result["contestants"]
        cells = [result["what"], bytes_text(everyone[OURS]["tape"])]
        for name in (OURS, HAND, *peers):
            known = "memory" in everyone.get(name, {})
            cells.append(bytes_text(everyone[name]["memory"]) if known else "–")
        lines.append(row(cells))
    return "\n".join(lines)


def notes(results, absent, options):
    lines = [
        "- Ratios: value and gradient over the primal, medians of "
        f"{options.rounds} rounds of at least {options.seconds} s in random order, "
        "on one core, in time of the processor; the spread is the distance of the "
        "quartiles, the largest of primal, ours and by hand",
        "- Memory: by how much one call raises the peak of the process; the tape in "
        "whole chunks",
    ]
    everyone = [
        (result["name"], name, each)
        for result in results
        for name, each in result["contestants"].items()
    ]
    if any(each.get("once") for _, _, each in everyone):
        lines.append("- \\*: one call, which took too long to be repeated")
    lines += [
        f"- Dropped: {workload}, {name}: {each['dropped']}"
        for workload, name, each in everyone
        if "dropped" in each
    ]
    if absent:
        lines.append(f"- Not here: {', '.join(sorted(absent))}")
    return "\n".join(lines)


def measure(options):
    """The tables, as parts of a text, and the figures."""
    if not all(program_of(options, each).exists() for each in options.derivatives):
        return [
            "Derivatives are skipped: their programs were not built. They need Google "
            "Benchmark (libbenchmark-dev)."
        ], []
    results, absent = [], set()
    for entry in options.derivatives:
        print(f"{entry['name']} ...", file=sys.stderr, flush=True)
        output = run_program(options, entry)
        absent |= set(filter(None, output["context"].get("absent", "").split(", ")))
        results.append(result_of(entry, output))
    parts = [ratio_table(results), memory_table(results)]
    return [*parts, notes(results, absent, options)], results


def list_workloads(options):
    for entry in options.derivatives:
        print(f"{entry['name']}: {entry['what']}")
        if not program_of(options, entry).exists():
            program = program_of(options, entry).name
            print(f"  skipped: the program {program} is not built")
