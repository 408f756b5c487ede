#===- fenced-blocks.py - The code blocks of a Markdown page --------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: fenced-blocks.py <page.md> <folder>
#
# Writes the code blocks of a page into files 1, 2, ... of the folder, so that a
# test can run what a reader sees. Fails if the page links to a file that there
# is not.
#
#===----------------------------------------------------------------------===#

import pathlib
import re
import sys

page = pathlib.Path(sys.argv[1])
folder = pathlib.Path(sys.argv[2])
text = page.read_text(encoding="utf-8")

blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
for number, block in enumerate(blocks, 1):
    (folder / str(number)).write_text(block, encoding="utf-8")

links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
missing = [link for link in links if not (page.parent / link).exists()]
if missing:
    sys.exit(f"{page}: links to what is not there: {', '.join(missing)}")
