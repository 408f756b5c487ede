#===- lit.cfg.py - How the tests are found and run -----------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A test names its tools by the substitutions below. Several tests share a file
# only through a folder called Inputs.
#
#===----------------------------------------------------------------------===#

import os
import platform
import shlex
import sys

import lit.formats

config.name = "Retrograd"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".test", ".cu"]
config.excludes = ["Inputs", "judge.cpp"]

source = config.retrograd_source_dir
build = config.retrograd_build_dir
config.test_source_root = os.path.join(source, "test")
config.test_exec_root = os.path.join(build, "test")


def quoted(*words):
    return " ".join(shlex.quote(word) for word in words)


include = os.path.join(source, "include")
strict = ["-std=c++20", "-Wall", "-Wextra", "-Werror"]

# A test of numbers holds without optimization, with it, and under the sanitizers;
# `lit --param numeric=0` asks for one of them only: 0, 2 or san.
only = lit_config.params.get("numeric")
sanitized = " ".join(
    [
        "-O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all",
        quoted(
            "-fsanitize-ignorelist="
            + os.path.join(source, "test/Integration/Inputs/sanitizers.txt")
        ),
    ]
)
numeric = " && ".join(
    "%rgcxx {} %s -o %t.{} && %t.{}".format(flags, suffix, suffix)
    for flags, suffix in [("-O0", "0"), ("-O2", "2"), (sanitized, "san")]
    if only in (None, suffix)
)

# Functions that are called become two halves, though they are small.
halves = (
    "%rgcxx -fplugin-arg-retrograd-inline-limit=0 {} %s -o %t.h && %t.h"
).format(sanitized)

# Longer names first: lit replaces the first substitution that matches.
config.substitutions += [
    (r"%\{numeric\}", numeric),
    (r"%\{halves\}", halves),
    (
        "%retrograd-clangxx",
        quoted(os.path.join(build, "bin", "retrograd-clang++")),
    ),
    ("%retrograd", quoted(os.path.join(build, "bin", "retrograd"))),
    (
        "%rgcxx",
        quoted(
            config.clangxx,
            "-fplugin=" + config.retrograd_plugin,
            "-I" + include,
            *strict,
        ),
    ),
    ("%clangxx", quoted(config.clangxx)),
    ("%gxx", quoted(config.gxx, "-I" + include, "-std=c++20")),
    ("%nvcc", quoted(config.nvcc)),
    ("%cmake", quoted(config.cmake)),
    ("%include", quoted(include)),
    ("%llvm", quoted(os.path.dirname(config.llvm_tools_dir))),
    ("%plugin", quoted(config.retrograd_plugin)),
    (
        "%oracles",
        quoted(
            "-I" + os.path.join(source, "test", "Oracles"),
            "-ffp-contract=off",
            "-fexcess-precision=16",
        ),
    ),
    ("%oracle", quoted("-I" + os.path.join(source, "test", "Integration"))),
    (
        "%fuzz",
        quoted(os.path.join(source, "tools/retrograd-fuzz/retrograd-fuzz")),
    ),
    (
        "%runtime",
        quoted(
            "-pthread",
            os.path.join(build, "lib", "libretrograd-runtime.a"),
            "-lcsv",
            "-lzip",
            "-lz",
        ),
    ),
    ("%python", quoted(sys.executable)),
    ("%source", quoted(source)),
    ("%build", quoted(build)),
]

# FileCheck and not, of the LLVM that the compiler is built on.
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools_dir, os.environ.get("PATH", "")]
)
config.environment["FILECHECK_OPTS"] = "--dump-input=fail"
for variable in ("CUDA_PATH", "HOME", "CCACHE_DIR", "LANG"):
    if variable in os.environ:
        config.environment[variable] = os.environ[variable]

if platform.machine() in ("x86_64", "AMD64"):
    config.available_features.add("x86")
if config.gxx and not config.gxx.endswith("-NOTFOUND"):
    config.available_features.add("gxx")
if config.nvcc and not config.nvcc.endswith("-NOTFOUND"):
    config.available_features.add("cuda")
