#!/usr/bin/env python3
"""usage: contestant.py <seconds of a unit> [<what the work comes to>]

A contestant that does nothing, and says how long that took."""

import sys

print("ready", *sys.argv[2:], flush=True)
for line in sys.stdin:
    print(int(line) * float(sys.argv[1]), flush=True)
