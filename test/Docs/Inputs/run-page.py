#===- run-page.py - The programs of a page of the manual -----------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A page shows programs and what the tools make of them, and a reader shall be
# able to rely on both. So the first line of a block of C++ may say what it is:
#
#   // name.cpp                    a file; with `int main` a program, which is
#                                  compiled, linked, run and must exit with 0
#   // folder/name.cpp             a file of a program of several files
#   // name.cpp, without the plugin    a file that is compiled without it
#   // retrograd [flags] name.cpp --   a part of what this command prints
#
# Blocks without such a line are fragments. Each link must lead to a file, and to
# a heading in it if it names one.
#
#===----------------------------------------------------------------------===#

import argparse
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

BLOCK = re.compile(r"^```cpp\n// ([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"([\w/-]+\.(?:cpp|h))(, without the plugin)?")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]*))?\)")


def fail(message):
    sys.exit("error: " + message)


def run(command, folder):
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        fail(f"{shlex.join(command)}\n{result.stdout}{result.stderr}")
    return result.stdout


def check_links(page, text):
    # A lambda in C++ looks like a link.
    for link, anchor in LINK.findall(FENCED.sub("", text)):
        target = page.parent / link if link else page
        if not target.exists():
            fail(f"{page} links to {link}, which is not there")
        if not anchor:
            continue
        headings = re.findall(
            r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE
        )
        slugs = [re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings]
        if anchor not in slugs:
            fail(f"{page} links to {link}#{anchor}, which is not there")


def write_files(text, folder):
    """The files of the page, and which of them need the plugin."""
    with_plugin = {}
    for header, body in BLOCK.findall(text):
        named = FILE.fullmatch(header)
        if not named:
            continue
        path = folder / named.group(1)
        if path in with_plugin:
            fail(f"two blocks are called {named.group(1)}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"// {header}\n{body}", encoding="utf-8")
        with_plugin[path] = named.group(2) is None
    return with_plugin


def run_program(sources, with_plugin, options, folder):
    objects = []
    for source in sources:
        compiler = options.plugin if with_plugin[source] else options.plain
        objects.append(str(source.with_suffix(".o")))
        run(shlex.split(compiler) + ["-c", str(source), "-o", objects[-1]], folder)
    program = str(sources[0].with_suffix(""))
    libraries = shlex.split(options.libraries)
    run(shlex.split(options.plain) + objects + ["-o", program] + libraries, folder)
    run([program], folder)


def check_excerpts(text, options, folder):
    for header, body in BLOCK.findall(text):
        if not header.startswith("retrograd "):
            continue
        command = [options.tool] + header.split()[1:] + ["-std=c++20"]
        if body.strip("\n") not in run(command, folder):
            fail(f"'{header}' does not print this any more:\n{body}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path)
    for name in ("plugin", "plain", "tool", "folder"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--libraries", default="", help="what programs link")
    options = parser.parse_args()
    text = options.page.read_text(encoding="utf-8")
    check_links(options.page, text)
    folder = pathlib.Path(options.folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with_plugin = write_files(text, folder)
    programs = [p for p in with_plugin if re.search(r"\bint main\(", p.read_text())]
    for program in programs:
        others = []
        if program.parent != folder:
            others = [
                p
                for p in with_plugin
                if p.parent == program.parent and p.suffix == ".cpp" and p != program
            ]
        run_program([program] + others, with_plugin, options, folder)
    check_excerpts(text, options, folder)


if __name__ == "__main__":
    main()
