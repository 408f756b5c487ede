#===- shrink.py - Shrinks whatever fails ---------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Delta debugging (Zeller and Hildebrandt 2002) over a list of lines, tokens or
# characters; what must stay is whatever the predicate asks for.
#
#===----------------------------------------------------------------------===#


def ddmin(items, fails, tries=400):
    """A small part of items that still fails, after at most so many tries."""
    items = list(items)
    size = max(1, len(items) // 2)
    while tries > 0:
        start, shrunk = 0, False
        while start < len(items) and tries > 0:
            rest = items[:start] + items[start + size:]
            tries -= 1
            if rest and fails(rest):
                items, shrunk = rest, True
            else:
                start += size
        if size == 1 and not shrunk:
            break
        if not shrunk or size > len(items):
            size = max(1, size // 2)
    return items
