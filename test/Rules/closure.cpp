// Every partial can be derived again: the table is read by the compiler's own
// parser, which refuses a name without a row; and the table's answers are what
// the transforms rely on.
//
// RUN: %clangxx -std=c++17 -fno-rtti -Wall -Wextra -Werror -I%source/lib \
// RUN:   -isystem %llvm/include %s %source/lib/Rules/Rules.cpp \
// RUN:   %source/lib/Rules/PartialParser.cpp -L%llvm/lib -lLLVM -o %t
// RUN: %t | FileCheck %s

#include "Rules/PartialParser.h"
#include <cstdio>

using namespace retrograd;

static std::string print(const PartialExpr &E) {
  std::string Text = "(" + E.Text;
  switch (E.Kind) {
  case PartialExpr::Argument:
    return std::string(1, "xyz"[E.Index]);
  case PartialExpr::Result:
    return "r";
  case PartialExpr::Number:
  case PartialExpr::Constant:
    return E.Text;
  case PartialExpr::Conditional:
    Text += "?:";
    break;
  case PartialExpr::Unary:
  case PartialExpr::Binary:
  case PartialExpr::Call:
    break;
  }
  for (const PartialExpr &Operand : E.Operands)
    Text += " " + print(Operand);
  return Text + ")";
}

static void parse(const char *Text) {
  std::string Error;
  std::optional<PartialExpr> E = parsePartial(Text, 2, Error);
  std::printf("%s => %s\n", Text, E ? print(*E).c_str() : Error.c_str());
}

static void describe(const char *Name, unsigned Arity) {
  const Rule *R = findRule(Name, Arity);
  if (!R) {
    std::printf("%s/%u: none\n", Name, Arity);
    return;
  }
  std::printf("%s/%u: %s%s%s", Name, Arity, R->Spelling.c_str(),
              R->Singular ? ", singular" : "",
              R->Expensive ? ", expensive" : "");
  for (const Partial &P : R->Partials)
    std::printf(" | %s%s",
                P.Zero      ? "zero"
                : P.Unknown ? "unknown"
                            : "",
                P.Zero || P.Unknown ? "" : print(P.Expr).c_str());
  std::printf("\n");
  for (const Partial &P : R->Partials)
    std::printf("  mentions %u%s\n", P.MentionsArguments,
                P.MentionsResult ? " r" : "");
}

static void canonical(const char *Name) {
  std::printf("%s is %s\n", Name, canonicalFunctionName(Name).c_str());
}

int main() {
  // The language of partials.
  // CHECK: 1 - r * r => (- 1 (* r r))
  parse("1 - r * r");
  // CHECK: x - y - 1 => (- (- x y) 1)
  parse("x - y - 1");
  // CHECK: -x * -y => (* (- x) (- y))
  parse("-x * -y");
  // CHECK: (x + 0.5) / y / 2 => (/ (/ (+ x 0.5) y) 2)
  parse("(x + 0.5) / y / 2");
  // CHECK: x == 0 && !(y >= 0) => (&& (== x 0) (! (>= y 0)))
  parse("x == 0 && !(y >= 0)");
  // CHECK: x == 0 && y < 1 || r => (|| (&& (== x 0) (< y 1)) r)
  parse("x == 0 && y < 1 || r");
  // CHECK: x < y ? 0 : x == y ? 0.5 : 1 => (?: (< x y) 0 (?: (== x y) 0.5 1))
  parse("x < y ? 0 : x == y ? 0.5 : 1");
  // CHECK: r * ln2 * pow(x, y - 1) => (* (* r ln2) (pow x (- y 1)))
  parse("r * ln2 * pow(x, y - 1)");

  // What it refuses.
  // CHECK: 1 / 2 => quotient of integers
  parse("1 / 2");
  // CHECK: x * (1 + 1) / (2 * 3) => (/ (* x (+ 1 1)) (* 2 3))
  parse("x * (1 + 1) / (2 * 3)");
  // CHECK: z => there is no argument 'z'
  parse("z");
  // CHECK: x y => unexpected 'y'
  parse("x y");
  // CHECK: (x => expected ')' before ''
  parse("(x");
  // CHECK: x ? y => expected ':' before ''
  parse("x ? y");
  // CHECK: x + => expected an operand before ''
  parse("x +");

  // What the transforms are told.
  // CHECK: tanh/1: std::tanh, expensive | (- 1 (* r r))
  // CHECK-NEXT: mentions 0 r
  describe("tanh", 1);
  // CHECK: sqrt/1: std::sqrt, singular, expensive | (/ 1 (* 2 r))
  describe("sqrt", 1);
  // CHECK: fabs/1: std::fabs | (sign x)
  // CHECK-NEXT: mentions 1
  describe("fabs", 1);
  // CHECK: ldexp/2: std::ldexp, expensive | (ldexp 1.0 y) | zero
  // CHECK-NEXT: mentions 2
  describe("ldexp", 2);
  // CHECK: cyl_neumann/2: std::cyl_neumann, expensive | unknown |
  describe("cyl_neumann", 2);
  // CHECK: digamma/1: retrograd::digamma, expensive | (trigamma x)
  describe("digamma", 1);
  // CHECK: hypot/2: std::hypot
  describe("hypot", 2);
  // CHECK: hypot/3: std::hypot
  describe("hypot", 3);
  // CHECK: max/3: none
  describe("max", 3);
  // CHECK: strlen/1: none
  describe("strlen", 1);
  // CHECK: retrograd::constants::ln2<float>
  std::printf("%s\n", constantSpelling("ln2", "float").c_str());

  // Names of C, for each precision.
  // CHECK: sinf is sin
  canonical("sinf");
  // CHECK: sinl is sin
  canonical("sinl");
  // CHECK: __builtin_sinf16 is sin
  canonical("__builtin_sinf16");
  // CHECK: __builtin_fabsl is fabs
  canonical("__builtin_fabsl");
  // CHECK: erf is erf
  canonical("erf");
  // CHECK: erff is erf
  canonical("erff");
  // CHECK: log1pf is log1p
  canonical("log1pf");
  // CHECK: fmal is fma
  canonical("fmal");
  // CHECK: ceil is ceil
  canonical("ceil");
  // CHECK: __builtin_frexpf is frexp
  canonical("__builtin_frexpf");
  // CHECK: modf is modf
  canonical("modf");
  // CHECK: self is self
  canonical("self");
  // CHECK: __builtin_trap is __builtin_trap
  canonical("__builtin_trap");

  return allRules().empty();
}
