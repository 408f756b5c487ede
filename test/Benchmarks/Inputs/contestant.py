#!/usr/bin/env python3
"""usage: contestant.py <seconds of a unit> [<what the work comes to>]

A contestant that does nothing, and says how long that took, a fifth of it on the
processor."""

import sys

print("ready", *sys.argv[2:], flush=True)
for line in sys.stdin:
    seconds = int(line) * float(sys.argv[1])
    print(seconds, seconds / 5, flush=True)
