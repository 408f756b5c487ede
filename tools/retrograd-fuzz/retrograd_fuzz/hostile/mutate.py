#===- mutate.py - Functions that went wrong ------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Mutations on tokens, with as much knowledge of scopes as makes a good part of
# the results compile: statements are inserted between statements, and what they
# mention are names that are declared further up.
#
#===----------------------------------------------------------------------===#

import re

from .constructs import (EXPRESSIONS, PARAMETERS, SIGNATURES, STATEMENTS, TOKENS,
                         WRAPPERS)
from .seeds import tokens_of

REAL = re.compile(r"\b(?:double|float|extended|half)\s*(&{0,2})\s*([a-z_]\w*)"
                  r"(?=\s*(?:[=,;){]))")
POINTER = re.compile(r"\b(?:double|float)\s*\*\s*([a-z_]\w*)|"
                     r"\b(?:double|float)\s+([a-z_]\w*)\s*\[")
INTEGER = re.compile(r"\b(?:int|unsigned|long|bool)\s+([a-z_]\w*)"
                     r"(?=\s*(?:[=,;)]))")


class Mutator:
    def __init__(self, random):
        self.random = random
        self.fresh = 0

    def mutate(self, function):
        """The text of the function after a few mutations."""
        kinds = self.random.choices(
            [self.statement, self.expression, self.wrap, self.token,
             self.signature, self.parameter, self.borrowed],
            [10, 8, 6, 4, 1, 1, 3],
            k=self.random.choices([1, 2, 3, 5], [6, 4, 2, 1])[0])
        for kind in kinds:
            tokens = tokens_of(function)
            function = "".join(kind(tokens))
        return function

    # What is declared before a token.

    def names(self, tokens, at):
        before = "".join(tokens[:at])
        reals = [name for _, name in REAL.findall(before)]
        pointers = [a or b for a, b in POINTER.findall(before)]
        return (reals or ["x"], INTEGER.findall(before) or ["2"],
                pointers or [f"(&{self.random.choice(reals or ['x'])})"])

    def filled(self, text, tokens, at, wrapped=""):
        reals, integers, pointers = self.names(tokens, at)
        pick = self.random.choice
        self.fresh += 1
        r = pick(reals)

        def expression():
            return pick([pick(reals), pick(reals), f"({pick(reals)} + 0.5)",
                         f"0.5 * {pick(reals)}", "1.25",
                         f"{pick(pointers)}[0]"])

        i = pick([*integers, *integers, "1"])
        text = re.sub(r"\$(t|i)_", lambda m: f"{m[1]}{self.fresh}_", text)
        text = text.replace("\\n", "\n")
        for mark, value in (("$r", lambda: r), ("$e", expression),
                            ("$i", lambda: i), ("$p", lambda: pick(pointers)),
                            ("$t", lambda: f"t{self.fresh}"),
                            ("$s", lambda: wrapped)):
            while mark in text:
                text = text.replace(mark, value(), 1)
        return text

    # Places.

    def body(self, tokens):
        """The first token in the braces of the function."""
        return tokens.index("{") + 1 if "{" in tokens else len(tokens)

    def gaps(self, tokens):
        """Where statements begin."""
        found, depth = [], 0
        for i in range(self.body(tokens), len(tokens)):
            previous = "".join(tokens[:i]).rstrip()[-1:] if not found else last
            if depth == 0 and previous in ("{", ";", "}") and \
                    tokens[i].strip():
                found.append(i)
            depth += (tokens[i] == "(") - (tokens[i] == ")")
            if tokens[i].strip():
                last = tokens[i]
            elif not found:
                last = previous
        return found

    # Mutations: from tokens to tokens.

    def statement(self, tokens):
        gaps = self.gaps(tokens)
        if not gaps:
            return tokens
        at = self.random.choice(gaps)
        text = self.filled(self.random.choice(STATEMENTS), tokens, at)
        return tokens[:at] + [text + "\n"] + tokens[at:]

    def expression(self, tokens):
        start = self.body(tokens)
        reals, _, _ = self.names(tokens, len(tokens))
        at = [i for i in range(start, len(tokens))
              if (tokens[i] in reals or re.fullmatch(r"\d+\.\d+", tokens[i]))
              and not re.search(r"(double|float|int|auto|[&*.])\s*$",
                                "".join(tokens[:i]))]
        if not at:
            return tokens
        i = self.random.choice(at)
        text = self.filled(self.random.choice(EXPRESSIONS), tokens, i)
        if self.random.random() < 0.5 and tokens[i] in reals:
            text = text.replace(self.random.choice(reals), tokens[i], 1)
        return tokens[:i] + [f"({text})"] + tokens[i + 1:]

    def wrap(self, tokens):
        gaps = self.gaps(tokens)
        if not gaps:
            return tokens
        start = self.random.choice(gaps)
        end, depth = start, 0
        while end < len(tokens):
            depth += (tokens[end] in "({") - (tokens[end] in ")}") \
                if tokens[end].strip() else 0
            if depth < 0:
                return tokens
            end += 1
            if depth == 0 and tokens[end - 1] in (";", "}"):
                break
        text = self.filled(self.random.choice(WRAPPERS), tokens, start,
                           "".join(tokens[start:end]))
        return tokens[:start] + [text] + tokens[end:]

    def token(self, tokens):
        real = [i for i, token in enumerate(tokens) if token.strip()]
        if len(real) < 3:
            return tokens
        tokens, r = list(tokens), self.random
        i, j = r.choice(real), r.choice(real)
        match r.randrange(6):
            case 0:
                del tokens[i]
            case 1:
                tokens.insert(i, tokens[i] + " ")
            case 2:
                tokens[i], tokens[j] = tokens[j], tokens[i]
            case 3:
                tokens[i] = r.choice(TOKENS)
            case 4:
                tokens.insert(i, f" {r.choice(TOKENS)} ")
            case 5:
                # One of the same class, so that more of them compile.
                same = [t for t in tokens if re.match(r"\w", t) ==
                        re.match(r"\w", tokens[i]) or
                        t.isidentifier() and tokens[i].isidentifier()]
                tokens[i] = r.choice(same or [tokens[j]])
        return tokens

    def signature(self, tokens):
        text = "".join(tokens)
        return [re.sub(r"\bf\b", lambda _: text,
                       self.random.choice(SIGNATURES), count=1) + "\n"]

    def parameter(self, tokens):
        if ")" not in tokens:
            return tokens
        at = tokens.index(")")
        return tokens[:at] + [self.random.choice(PARAMETERS)] + tokens[at:]

    def borrowed(self, tokens):
        """A statement of the function, somewhere else."""
        gaps = self.gaps(tokens)
        if len(gaps) < 2:
            return tokens
        start, to = self.random.choice(gaps[:-1]), self.random.choice(gaps)
        text = "".join(tokens[start:])
        text = text[:text.index(";") + 1] if ";" in text else ""
        if text.count("{") != text.count("}"):
            return tokens
        return tokens[:to] + [text + "\n"] + tokens[to:]
