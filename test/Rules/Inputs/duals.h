//===- duals.h - Numbers that carry a derivative through the table --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A dual number, and for each row the function over dual numbers that the row
// says it is. A partial computed with them is derived by the table once more.
//
//===----------------------------------------------------------------------===//

#ifndef RULES_DUALS_H
#define RULES_DUALS_H

#include "rows.h"

namespace retrograd::duals {

struct dual {
  long double value = 0, derivative = 0;

  constexpr dual() = default;
  constexpr dual(long double value, long double derivative = 0)
      : value(value), derivative(derivative) {}

  friend dual operator-(dual a) { return {-a.value, -a.derivative}; }
  friend dual operator+(dual a, dual b) {
    return {a.value + b.value, a.derivative + b.derivative};
  }
  friend dual operator-(dual a, dual b) { return a + -b; }
  friend dual operator*(dual a, dual b) {
    return {a.value * b.value, a.derivative * b.value + a.value * b.derivative};
  }
  friend dual operator/(dual a, dual b) {
    const long double quotient = a.value / b.value;
    return {quotient, (a.derivative - quotient * b.derivative) / b.value};
  }
  friend bool operator==(dual a, dual b) { return a.value == b.value; }
  friend bool operator<(dual a, dual b) { return a.value < b.value; }
  friend bool operator>(dual a, dual b) { return a.value > b.value; }
  friend bool operator>=(dual a, dual b) { return a.value >= b.value; }
};

inline long double value_of(dual x) { return x.value; }
inline int value_of(int x) { return x; }

/// Set when a derivative was asked for that the table says is unknown.
inline bool met_unknown = false;

/// A partial times the argument's derivative.
template <class Partial>
long double chain(std::string_view text, dual argument, Partial partial) {
  if (argument.derivative == 0)
    return 0;
  if (text == "UNKNOWN")
    met_unknown = true;
  return argument.derivative * partial();
}

template <template <class> class Row, class X, class Y, class Z>
dual apply(X x, Y y, Z z) {
  using R = Row<long double>;
  const auto a = value_of(x);
  const auto b = value_of(y);
  const auto c = value_of(z);
  const long double r = R::value(a, b, c);
  return {r, chain(R::texts[0], x, [&] { return R::dx(a, b, c, r); }) +
                 chain(R::texts[1], y, [&] { return R::dy(a, b, c, r); }) +
                 chain(R::texts[2], z, [&] { return R::dz(a, b, c, r); })};
}

#define RULE1(NAME, LOW, HIGH, DX)                                             \
  inline dual NAME(partials::NAME##1 < dual > ::X x) {                         \
    return apply<partials::NAME##1>(x, 0, 0);                                  \
  }
#define RULE2(NAME, LOW, HIGH, DX, DY)                                         \
  inline dual NAME(partials::NAME##2 < dual > ::X x,                           \
                   partials::NAME##2 < dual > ::Y y) {                         \
    return apply<partials::NAME##2>(x, y, 0);                                  \
  }
#define RULE3(NAME, LOW, HIGH, DX, DY, DZ)                                     \
  inline dual NAME(partials::NAME##3 < dual > ::X x,                           \
                   partials::NAME##3 < dual > ::Y y,                           \
                   partials::NAME##3 < dual > ::Z z) {                         \
    return apply<partials::NAME##3>(x, y, z);                                  \
  }
#include "Rules/Rules.def"

} // namespace retrograd::duals

#endif // RULES_DUALS_H
