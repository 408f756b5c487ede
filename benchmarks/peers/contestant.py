#===- contestant.py - A program that is measured -------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# What ../contestant.h is for C++. A peer that waits in another clock than that
# of the CPU (a device, a promise) has to wait for it within the unit.
#
#===----------------------------------------------------------------------===#

import gc
import sys
import time


def take_turns(unit, result=None):
    """Answers each number of units with the seconds that they take, by the clock
    and of the processor.

    `result` is what the work came to, if that is a number."""
    gc.collect()
    gc.freeze()
    print("ready" if result is None else f"ready {result:.9e}", flush=True)
    for line in sys.stdin:
        units = int(line)
        processor, begin = time.process_time(), time.perf_counter()
        for _ in range(units):
            unit()
        taken = time.perf_counter() - begin
        print(f"{taken:.9e} {time.process_time() - processor:.9e}", flush=True)
