#!/usr/bin/env python3
"""usage: gradients.py <workload> --benchmark_...

Answers as the program `gradients` does, with figures that are known: the primal
takes a microsecond, and what a workload is called says what is wrong with it."""

import json
import sys

workload, *flags = sys.argv[1:]
if workload == "crashing":
    sys.exit(3)
rounds = next(int(f.split("=")[1]) for f in flags if "repetitions" in f)


def figure(name, nanoseconds, memory=0, tape=0):
    # The clock, which does not count, says something else.
    common = {"time_unit": "ns", "memory": memory, "tape": tape, "real_time": 7}
    iterations = [
        {"cpu_time": nanoseconds * (1 + 0.01 * (i - rounds // 2)), **common}
        for i in range(rounds)
    ]
    both = [{"name": f"{workload}/{name}", "run_type": "iteration"}]
    aggregate = {"name": f"{workload}/{name}_median", "run_type": "aggregate"}
    return [both[0] | each for each in iterations] + [aggregate | {"cpu_time": 1}]


context = {
    "absent": "Clad: no CLAD_PLUGIN",
    f"dropped: {workload}/CppAD": "wrong: a relative error of 0.5",
    f"once: {workload}/ADOL-C": "2.5e-04 3145728 0",
    "dropped: other/Adept": "crashed",
}
benchmarks = figure("primal", 1000) + figure("by hand", 2000, 1024)
benchmarks += figure("Adept", 20000, 2 << 30)
if workload == "mistaken":
    context["dropped: mistaken/Retrograd"] = "wrong: a relative error of 1"
else:
    benchmarks += figure("Retrograd", 2400, 4096, 65536)
json.dump({"context": context, "benchmarks": benchmarks}, sys.stdout)
