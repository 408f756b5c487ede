#===- __init__.py - The constructs of the generated language ------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# One production a construct of docs/supported-cpp.md. Each has a name, by which
# it is switched on and off and counted, a kind (which hole of a program it can
# fill) and a weight.
#
#===----------------------------------------------------------------------===#

from dataclasses import dataclass
from typing import Callable

ALL = {}


@dataclass(frozen=True)
class Production:
    name: str
    kind: str
    weight: float
    write: Callable
    summary: str


def production(kind, name, weight=1.0):
    """Registers write(generator, ...), which returns a node or None."""

    def register(write):
        assert name not in ALL, name
        summary = (write.__doc__ or "").strip().split("\n")[0]
        ALL[name] = Production(name, kind, weight, write, summary)
        return write

    return register


class Productions:
    """Those that are switched on."""

    def __init__(self, without=(), only=None):
        unknown = (set(without) | set(only or ())) - set(ALL)
        if unknown:
            raise ValueError(f"no such production: {', '.join(sorted(unknown))}")
        self.names = {
            name
            for name, p in ALL.items()
            # Without leaves there is no program.
            if p.kind == "leaf"
            or (name not in without and (only is None or name in only))
        }
        self.kinds = {}
        for name, p in ALL.items():
            if name in self.names:
                self.kinds.setdefault(p.kind, []).append(p)

    def enabled(self, name):
        return name in self.names

    def __getitem__(self, kind):
        return self.kinds.get(kind, [])


# Each module registers its productions when it is imported.
from . import (  # noqa: E402,F401
    assignments,
    branches,
    calls,
    checkpoints,
    classes,
    declarations,
    expressions,
    library,
    loops,
    signatures,
    structs,
    sweeps,
)
