#===- seeds.py - Functions to start from ---------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# The annotated functions of the lit inputs and of generated programs, each with
# the declarations that it mentions. Texts are cut by tokens, since what a mutation
# makes of them is often no C++.
#
#===----------------------------------------------------------------------===#

import re
from dataclasses import dataclass

from ..driver import text_of
from ..programs import generate
from .compiler import SOURCE

FOLDERS = ["Integration", "Transform", "Frontend", "Regression", "Emit", "IR",
           "Analysis", "Tools", "Rules"]
TOKEN = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/|R"\(.*?\)"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'
    |\#[^\n]*(?:\\\n[^\n]*)*|[A-Za-z_]\w*|\.?\d(?:[eEpP][-+]|[\w.']|)*
    |<<=|>>=|<=>|\.\.\.|->\*|::|->|\+\+|--|&&|\|\||[-+*/%&|^=!<>]=|<<|.""",
    re.S | re.X)
DERIVATIVE = re.compile(
    r"#\s*pragma\s+retrograd\s+(declare\s+)?(gradient|vjp|jvp)")


@dataclass
class Seed:
    name: str
    # What stands before the function, and the function.
    support: str
    function: str


def tokens_of(text):
    """Tokens without comments; white space is a token."""
    return [t for t in TOKEN.findall(text) if t[:2] not in ("//", "/*")]


def declarations_of(text):
    """Splits a file where braces, brackets and declarations are closed."""
    made, now, depth = [], [], 0
    for token in tokens_of(text):
        if token.startswith("#"):
            now.append(token + "\n")
            if depth == 0 and not token.startswith("#pragma"):
                made.append("".join(now))
                now = []
            continue
        depth += token in "([{" if token.strip() else 0
        depth -= token in ")]}" if token.strip() else 0
        now.append(token)
        ends = token == ";" or token == "}" and is_definition("".join(now))
        if depth == 0 and ends:
            made.append("".join(now).strip() + "\n")
            now = []
    return made


def is_definition(text):
    """A brace closes a function or a namespace, but neither a class nor a
    list of values."""
    head = re.sub(r"#[^\n]*\n", "", text).split("{")[0]
    return ")" in head.split("=")[0] or re.match(
        r'\s*(inline\s+)?namespace|\s*extern\s*"', head) is not None


def named_by(declaration):
    """The name that it declares, or nothing."""
    text = re.sub(r"#[^\n]*\n", "", declaration)
    head = re.split(r"[({=;\[]", text, maxsplit=1)[0]
    words = re.findall(r"[A-Za-z_]\w*", head)
    return words[-1] if words else None


def is_function(declaration):
    text = re.sub(r"#[^\n]*\n", "", declaration).strip()
    return bool(re.match(r"[\w\s:*&<>\[\]\"]+\([^;{]*\)[^;{]*\{", text)) and \
        text.endswith("}") and not text.startswith(("template", "namespace",
                                                    "struct", "extern"))


def without_requests(text):
    return "\n".join(line for line in text.split("\n")
                     if not DERIVATIVE.match(line.strip()))


def closure(wanted, declarations, position):
    """What a declaration mentions, in the order of the file."""
    names = {}
    for i, declaration in enumerate(declarations[:position]):
        if name := named_by(declaration):
            names.setdefault(name, []).append(i)
        if declaration.lstrip().startswith(("namespace", "#define", "using",
                                            "extern", "enum", "template")):
            names.setdefault("", []).append(i)
    chosen, work = set(names.get("", [])), [wanted]
    work += [declarations[i] for i in chosen]
    while work:
        for word in set(re.findall(r"[A-Za-z_]\w*", work.pop())):
            for i in names.get(word, []):
                if i not in chosen:
                    chosen.add(i)
                    work.append(declarations[i])
    return [declarations[i] for i in sorted(chosen)]


def seeds_of(path):
    declarations = [d for d in declarations_of(path.read_text())
                    if not d.lstrip().startswith("#include")]
    for position, declaration in enumerate(declarations):
        name = named_by(declaration)
        if not is_function(declaration) or name in (None, "main") or \
                not re.search(r"double|float", declaration):
            continue
        if "pragma" not in declaration:
            continue
        support = "".join(without_requests(d) + "\n"
                          for d in closure(declaration, declarations, position))
        yield Seed(name, support, re.sub(r"#[^\n]*\n", "", declaration))


def seeds_of_tests():
    made = []
    for folder in FOLDERS:
        for path in sorted((SOURCE / "test" / folder).glob("*.cpp")):
            made += seeds_of(path)
    return made


def generated_seed(seed, productions):
    program = generate(seed, productions)
    support = "".join(text_of(g) + "\n" for g in program.globals) + \
        "".join(text_of(f) + "\n" for f in program.functions[:-1])
    return Seed("f", support, text_of(program.functions[-1]))
