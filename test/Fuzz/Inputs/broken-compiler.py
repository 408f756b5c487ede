#!/usr/bin/env python3
#===- broken-compiler.py - A stand-in that fails ------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# The compiler that BROKEN_CLANG names, which fails where it has the plugin and
# reads "vjp(f)": BROKEN_HOW is how, by a signal, by running for ever, by saying
# that a text does not compile, or by not seeing the pragma.
#
#===----------------------------------------------------------------------===#

import os
import re
import sys
from pathlib import Path

compiler, how = os.environ["BROKEN_CLANG"], os.environ["BROKEN_HOW"]
words = sys.argv[1:]
unit = Path(words[-1])
if any(word.startswith("-fplugin=") for word in words):
    for header in unit.parent.glob("p*.h"):
        text = header.read_bytes()
        if b"retrograd vjp(f)" not in text:
            continue
        if how == "signal":
            os.abort()
        while how == "hang":
            pass
        if how == "text":
            sys.exit(f"{header}.f_vjp.retrograd.cpp:1:1: error: expected ')'")
        header.write_bytes(re.sub(rb"retrograd vjp\(f\).*", b"other", text))
os.execv(compiler, [compiler, *words])
