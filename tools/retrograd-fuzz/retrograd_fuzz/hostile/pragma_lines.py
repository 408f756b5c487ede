#===- pragma_lines.py - Pragmas that are nearly right --------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# A line is derived from the grammar of docs/pragmas.md, with names that the
# prelude declares and others, and is then spoilt at tokens and at bytes.
#
#===----------------------------------------------------------------------===#

import re

# What the pragmas may name. The functions are small, since thousands of them
# are differentiated in each run of the compiler.
PRELUDE = """\
#include <retrograd/retrograd.h>
#include <cmath>
#include <cstdio>
#define EMPTY
#define FOUR 4
#define MACRO f
#define CALL(x) x
#define OPEN (
#define CLOSE )
#define SELF SELF
#define OTHER ANOTHER
#define ANOTHER OTHER
#define NUMBER n + n
#define PRAGMA(x) _Pragma(#x)
#define BODY { return x * x; }
double w = 1, weights[4];
const double constant = 2;
const int N = 3;
enum color { red, green };
double f(double x, double y, int n) { return x * y + n; }
double g(double x) { return x * x; }
float g(float x) { return x * x; }
double g(double x, double *p) { *p = x; return x; }
void v(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) y[i] = x[i] * x[i];
}
double m(double (*a)[2], double (&r)[3], double q) { return a[0][1] * r[2] * q; }
long double l(long double x) { return x; }
int integer(int n) { return n; }
double nothing() { return 1; }
double bodyless(double x);
double variadic(double x, ...) { return x; }
template <class T> T generic(T x) { return x; }
template <> double generic(double x) { return x + 1; }
struct S {
  double s;
  double method(double x) { return x * s; }
  static double fixed(double x) { return x; }
  friend double found(S, double x) { return x; }
};
double of_object(S s, double x) { return s.s * x; }
double operator+(S s, double x) { return x; }
double (*pointer)(double) = g;
auto lambda = [](double x) { return x; };
using alias = double;
constexpr double folded(double x) { return x; }
consteval double immediate(double x) { return x; }
static double internal(double x) { return x; }
double deleted(double x) = delete;
double reads(double x) { return w * x; }
double outer(double x) { return bodyless(x); }
double g_rule(double x, double seed, double *d_x) { *d_x += seed; return 0; }
void bodyless_rule(double x, double seed, double *d_x) { *d_x += seed; }
extern "C" double c_function(double x) { return x; }
namespace ns {
double h(double x) { return x; }
double width;
namespace inner { double k(double x) { return x; } }
inline namespace v1 { double versioned(double x) { return x; } }
}
namespace { double anonymous(double x) { return x; } }
"""

FUNCTIONS = """f g v m l integer nothing bodyless variadic generic S::method
S::fixed found of_object operator+ pointer lambda alias folded immediate internal
deleted reads outer g_rule bodyless_rule c_function ns::h ns::inner::k ::f ::ns::h
ns::v1::versioned ns::versioned anonymous std::sin sin ::sin printf malloc main S
color red w f_grad std::pow fabs ns:: ::  undeclared generic<double> ~S MACRO
CALL(f) __builtin_sin ns::inner std""".split()
NAMES = """x y n p a r q s i w weights constant N red ns::width ::w ::ns::width
x_ int double f this EMPTY FOUR SELF OTHER NUMBER MACRO S::s std::cout nullptr d_x
seed t_x tape retrograd _ __x X""".split()
TYPES = ["double", "float", "double *", "const double *", "int", "void", "S",
         "double (*)(double)", "long double", "...", "std::vector<double>",
         "double &&", "auto", "decltype(w)", "typename", "double (&)[3]",
         "unsigned long long", "struct S", "const", "int, double>", "<", "a<b>"]
MODES = ["gradient"] * 5 + ["vjp"] * 4 + ["jvp"] * 4 + \
    ["inactive", "rule", "rule"]
WRONG = ["gradeint", "Gradient", "GRADIENT", "hessian", "checkpoint", "grad",
         "jpv", "declare", "wrt", "", "resume", "resume 0", "resume 99999",
         "resume -1", "once", "push", "pop", "gradient gradient", "42", "\"x\"",
         "value", "if", "::"]
PIECES = FUNCTIONS + NAMES + TYPES + MODES + WRONG + """( ) [ ] { } < > , ; : ::
. -> ... = == + - * / % << >> & && | || ! ~ ? ^ # ## @ $ \\ ` ' " "" '' 'a' "str"
L"w" u8"x" R"(raw)" 0 1 2 -1 0x7fffffffffffffff 18446744073709551616 1e400 1e-3f
1.5 0x1p3 0b101 1'000 0'' 08 1u 1ll 1_km //c /*c*/ /* */ <: :> <% %> %: and or
wrt wrt( wrt(x) name name( name(z) value writes writes(x) declare rule(g)
__FILE__ __LINE__ __COUNTER__ __VA_ARGS__ __VA_OPT__ defined __has_include
_Pragma("once") sizeof new co_await é λ ∂x \\u00e9 ￿ 🙂 \x01 \x00 \x7f \xff
\x1a""".split()


class Lines:
    def __init__(self, random):
        self.random = random
        self.fresh = 0

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, *lists):
        return self.random.choice(self.random.choice(lists))

    def name(self):
        return self.pick(NAMES)

    def entry(self):
        text = self.pick(NAMES, ["x", "y", "p", "a", "r"])
        return text + (f"[{self.extent()}]" if self.chance(0.3) else "")

    def extent(self, depth=0):
        if self.chance(0.01):
            return self.long()
        if depth > 3 or self.chance(0.6):
            return self.pick(["n", "3", "2 * n", "N"], NAMES, ["0", "-1", "",
                             "99999999999999999999", "n[", "n]", "n()", "(n"])
        a, b = self.extent(depth + 1), self.extent(depth + 1)
        operator = self.pick(["+", "-", "*", "/", "%", "<<", ">>"],
                             [",", "?", "&&", "=", "+=", "::", ".", "("])
        return self.pick([f"{a} {operator} {b}", f"({a})", f"[{a}]",
                          f"{a}{operator}{b}"])

    def long(self):
        """Something of a size that nobody expects."""
        n = self.pick([50, 300, 2000])
        return self.pick([
            "(" * n, "(" * n + "n" + ")" * n, "[" * n, "x[" * n + "n" + "]" * n,
            ", ".join(f"x{i}" for i in range(n)), "::" * n,
            "::".join(["ns"] * n), "x" * 10 * n, "9" * n, " " * n,
            " + ".join(["n"] * n), "f(" * n + ")" * n, "<" * n, "\"" + "a" * n,
            "double, " * n, "/**/" * n, "?" * n, "\\" * n, "é" * n])

    def entries(self):
        count = self.random.choices([1, 2, 3, 0], [6, 3, 1, 0.3])[0]
        return ", ".join(self.entry() for _ in range(count))

    def function(self):
        text = self.pick(FUNCTIONS, FUNCTIONS[:8])
        if self.chance(0.2):
            types = [self.pick(TYPES, TYPES[:4])
                     for _ in range(self.random.randint(0, 3))]
            text += f"({', '.join(types)})"
        return text

    def fresh_name(self):
        self.fresh += 1
        return f"made_{self.fresh}"

    def clause(self):
        kind = self.random.randrange(10)
        if kind < 4:
            return f"wrt({self.entries()})"
        if kind < 7:
            return f"name({self.fresh_name()})"
        if kind < 9:
            return self.pick(["value"], ["value", "value()", "value(x)"])
        return self.pick([f"name({self.pick(NAMES, PIECES)})", "writes(x[n])",
                          f"wrt {self.name()}", "name()", "wrt()",
                          f"wrt({self.long()})" if self.chance(0.1) else ""])

    def line(self, named=None):
        """A pragma, without '#pragma retrograd'. Named: with a function."""
        words = ["declare"] if self.chance(0.05) else []
        mode = self.pick(MODES) if self.chance(0.96) else self.pick(WRONG)
        if mode == "inactive":
            words.append(mode + (f"({self.entries()})" if self.chance(0.4)
                                 else ""))
        elif mode == "rule":
            words.append(f"rule({self.function()})")
            if self.chance(0.4):
                words.append(self.pick(["vjp", "jvp", "gradient"]))
            if self.chance(0.4):
                words.append(f"writes({self.entries()})")
        else:
            if named if named is not None else self.chance(0.8):
                mode += f"({self.function()})"
            words.append(mode)
        if mode not in ("inactive", "rule") or self.chance(0.1):
            for _ in range(self.random.choices([0, 1, 2, 3, 8],
                                               [4, 6, 4, 2, 0.2])[0]):
                words.append(self.clause())
            # Most are to be accepted, which needs a name of their own.
            if self.chance(0.5) and "name(" not in " ".join(words):
                words.append(f"name({self.fresh_name()})")
        return " ".join(words)

    def spoil_tokens(self, line):
        tokens = re.findall(r"\w+|::|\s+|.", line)
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(tokens) + 1)
            match self.random.randrange(6):
                case 0:
                    del tokens[at:at + self.random.randint(1, 4)]
                case 1:
                    tokens.insert(at, self.pick(PIECES))
                case 2:
                    tokens[at:at + 1] = [self.pick(PIECES)]
                case 3:
                    tokens[at:at] = tokens[at:at + 3]
                case 4:
                    to = self.random.randrange(len(tokens) + 1)
                    tokens[at:at + 1], tokens[to:to + 1] = \
                        tokens[to:to + 1], tokens[at:at + 1]
                case 5:
                    tokens.insert(at, " " + self.pick(PIECES) + " ")
        return "".join(tokens)

    def spoil_bytes(self, line):
        """On latin-1, so that a character is a byte of the file."""
        text = list(line.encode().decode("latin-1"))
        for _ in range(self.random.randint(1, 4)):
            at = self.random.randrange(len(text) + 1)
            match self.random.randrange(4):
                case 0:
                    del text[at:at + 1]
                case 1:
                    text.insert(at, chr(self.random.randrange(256)))
                case 2:
                    text[at:at + 1] = [chr(self.random.randrange(256))]
                case 3:
                    text.insert(at, self.pick("\0\n\r\t\f\v\\\"'()[]#/*?"))
        return "".join(text)

    def spliced(self, line):
        at = self.random.randrange(len(line) + 1)
        return line[:at] + "\\\n" + line[at:]
