#===- pragma_places.py - Where a pragma may stand, and where not ---------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# In each text, `@` is where pragmas stand, and `#` a number that makes names
# unique. A text closes what it opens.
#
#===----------------------------------------------------------------------===#

PLAIN = "@\n"

# Directly before a function, which they annotate.
BEFORE_FUNCTIONS = """\
@
double f#(double x, double *p, int n) { return x * p[n]; }
====
@
static double f#(double x) { if (x > 0) { return x; } return -x; }
====
@
void f#(const double *x, double *y, int n) { y[n] = x[n]; }
====
@
inline double f#(const double (&x)[3], double y = 1) noexcept { return x[0] * y; }
====
@
[[nodiscard]] constexpr double f#(double x) { return x; }
====
@
__attribute__((noinline)) double f#(double x) { return x; }
====
@
extern "C" double f#(double x) { return x; }
====
@
auto f#(double x) -> double { return x; }
====
@
double f#(double x) try { return x; } catch (...) { return 0; }
====
@
double f#(double x) BODY
====
#define WHOLE# double f#(double x) { return x; }
@
WHOLE#
====
@
double f#(double x);
double f#(double x) { return x; }
====
double f#(double x)
@
{ return x; }
====
double f#(double x) { return x; } @
====
double
@
f#(double x) { return x; }
====
double f#(double x) @ ; double after#(double x) { return x; }
====
@
double f#(double x) { struct L { double m(double y) { return y; } }; return x; }
====
@
double f#(double x) { auto l = [=](double y) { return x * y; }; return l(x); }
====
@
double f#(double x) <% return x; %>
====
@
double f#(double, double = 1, ...) { return 0; }
====
@
double f#(double x) { return x; };
====
@
double f#(x) double x; { return x; }
====
@
double f#(double x) { return undeclared#; }
====
@
double f#(undeclared# x) { return x; }
====
@
double f#(double x) { return x; 
}
@
""".split("====\n")

ODD = """\
@
====
double in#(double x) {
@
  return x; }
====
double in#(double x) { double y = x
@
  ; return y; }
====
double in#(double x) { for (;;) {
@
  } }
====
struct In# {
@
  double m(double x) { return x; }
@
  double y;
};
====
template <class T> struct In# {
@
  T m(T x) { return x; }
};
template struct In#<double>;
====
template <class T>
@
T in#(T x) { return x; }
====
@
template <class T> T in#(T x) { return x; }
====
@
template <> double generic<double>(double x);
====
enum In# { a#,
@
  b# };
====
double in#(double x,
@
  double y) { return x * y; }
====
double in#[] = { 1,
@
  2 };
====
namespace in# {
@
double f(double x) { return x; }
@
}
====
namespace {
@
}
====
inline namespace in# { namespace inner {
@
double f(double x) { return x; }
} }
====
extern "C" {
@
double in#(double x) { return x; }
@
}
====
@
extern "C" { double in#(double x) { return x; } }
====
@
extern "C++" {
@
}
====
@
namespace in# { double f(double x) { return x; } }
====
@
using namespace ns;
====
@
using in# = double;
====
@
typedef double in#(double);
====
@
static_assert(true);
====
@
asm("");
====
@
auto in# = [](double x) { return x; };
====
auto in# = [](double x) {
@
  return x; };
====
@
double in#;
====
@
double in# = [](double x) { return x; }(1);
====
@
struct In# { double m(double x) { return x; } };
====
@
struct In#;
====
@
class In# { In#(); ~In#(); operator double(); friend double of#(double x) { return x; } };
====
@
union In# { double a; long b; };
====
@
concept;
====
@
template <class T> concept In# = requires(T t) { t; };
====
@
;
====
;
@
;
@
====
@
}
@
====
{
@
}
====
@
double in#(double x) = delete;
====
struct In# { In#(double x); double y; };
@
In#::In#(double x) : y{x} { y += x; }
====
struct In# { double m(double x); };
@
double In#::m(double x) { return x; }
====
#if 0
@
#endif
====
#if 1
@
#else
@
#endif
double in#(double x) { return x; }
====
CALL(
@
)
====
@
CALL(double in#(double x) { return x; })
====
@
#define LATER# 1
double in#(double x) { return x; }
====
@
#include "/dev/null"
double in#(double x) { return x; }
====
@
#line 1000000
double in#(double x) { return x; }
====
@
#line 7 "other \\"name\\".cpp"
double in#(double x) { return x; }
====
@
export double in#(double x) { return x; }
====
@
int main() {}
====
@
consteval double in#(double x) { return x; }
====
@
auto in#(auto x) { return x; }
====
@
double operator""_in#(long double x) { return x; }
====
@
[[noreturn]]
@
double in#(double x) { return x; }
====
@
#pragma once
@
#pragma GCC diagnostic push
double in#(double x) { return x; }
====
@
#pragma omp parallel for
@
====
@
#pragma pack(push, 1)
@
double in#(double x) { return x; }
#pragma pack(pop)
====
using in# = decltype([] {
@
});
====
int in# = sizeof(struct { int a;
@
});
====
double in#(double x) { return ({
@
  x; }); }
====
double in#(double x) requires true
@
{ return x; }
====
RETROGRAD_GRADIENT(f)
@
RETROGRAD_VJP(in#)
====
double in#(double x);
RETROGRAD_GRADIENT(in#)
@
double in#(double x) { return x; }
====
double in#(double x);
#pragma retrograd declare gradient(in#)
struct In# { void m() {
@
double in#(double x) { return x; }
} };
====
RETROGRAD_GRADIENT(
@
f)
====
try {
@
} catch (...) {}
""".split("====\n")
