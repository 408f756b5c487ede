#!/usr/bin/env python3
#===- count-results.py - One line for the results of lit -----------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Reads what `lit --output` wrote and prints "<n> passed, <n> failed[, <n>
# skipped]". A run without a passed test is a failure too.
#
#===----------------------------------------------------------------------===#

import json
import sys

PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}

with open(sys.argv[1], encoding="utf-8") as file:
    codes = [test["code"] for test in json.load(file)["tests"]]

passed = sum(code in PASSED for code in codes)
skipped = sum(code in SKIPPED for code in codes)
failed = len(codes) - passed - skipped
line = f"{passed} passed, {failed} failed"
if skipped:
    line += f", {skipped} skipped"
print(line)
sys.exit(failed != 0 or passed == 0)
