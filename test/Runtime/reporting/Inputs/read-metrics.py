#===- read-metrics.py - Reads metrics as users do ------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: read-metrics.py FILE.csv FILE.jsonl
#
# The ordinary readers of both formats get the same numbers, to the last bit,
# and so does who writes them again.
#
#===----------------------------------------------------------------------===#

import csv
import json
import math
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    from_csv = list(csv.DictReader(file))
with open(sys.argv[2], encoding="utf-8") as file:
    from_json = [json.loads(line, parse_constant=None) for line in file]

assert len(from_csv) == len(from_json) == 1000
for row, record in zip(from_csv, from_json):
    assert row["kind"] == record["kind"] == "epoch"
    assert int(row["epoch"]) == record["epoch"]
    assert row["validation_loss"] == "" and "validation_loss" not in record
    for name in ("train_loss", "gradient_norm"):
        value = float(row[name])
        if math.isfinite(value):
            assert value == record[name], (row, record)
            # No number has more digits than it needs.
            assert len(repr(value)) >= len(row[name].replace("+", "")) - 2
        else:
            assert record[name] is None
            assert record["non_finite"][name] == row[name]
losses = {row["train_loss"] for row in from_csv}
assert len(losses) > 800, "the numbers are not what the test means"
