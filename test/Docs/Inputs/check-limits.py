#===- check-limits.py - The page of limits has every message -------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: check-limits.py <source folder>
#
# docs/limits.md lists the messages of lowering, the analyses and the
# transforms, in the first column of its tables, with "..." for what varies.
# Each must be in the sources or in the expectation of a test, and each message
# of these steps must be listed.
#
#===----------------------------------------------------------------------===#

import importlib.util
import pathlib
import re
import sys


def load_messages(source):
    """The messages of a file, as scripts/check-diagnostics.py finds them."""
    sys.dont_write_bytecode = True
    path = source / "scripts" / "check-diagnostics.py"
    spec = importlib.util.spec_from_file_location("check_diagnostics", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.messages


def main():
    source = pathlib.Path(sys.argv[1])
    messages = load_messages(source)
    page = (source / "docs" / "limits.md").read_text(encoding="utf-8")
    listed = re.sub(r"``? *|\.\.\.", "", page)
    known = "\n".join(
        path.read_text(encoding="utf-8")
        for folder, suffix in (("lib", "cpp"), ("test", "cpp"), ("test", "cu"))
        for path in (source / folder).rglob("*." + suffix)
    )
    known = re.sub(r'"\s*\n\s*"', "", known)
    errors = []
    for line in page.splitlines():
        if not line.startswith("| `"):
            continue
        for message in re.findall(r"`([^`]+)`", line.split(" | ")[0]):
            for piece in re.split(r"\.\.\.", message):
                if piece.strip(" :,") not in known:
                    errors.append(f"no step reports '{piece}' of: {message}")
    files = [*(source / "lib").glob("Frontend/Lower*.cpp")]
    files += [*(source / "lib" / "Analysis").glob("*.cpp")]
    files += [*(source / "lib" / "Transform").glob("*.cpp")]
    for path in sorted(files):
        for line, message in messages(path):
            if message.strip("' ;,:") not in listed:
                errors.append(f"{path.name}:{line} is not listed: {message}")
    sys.exit("\n".join(errors) or 0)


if __name__ == "__main__":
    main()
