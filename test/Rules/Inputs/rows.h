//===- rows.h - The rows of the rule table as C++ -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiles each row as it stands: sin1<T> and atan22<T> hold the function and
// its partials in type T.
//
//===----------------------------------------------------------------------===//

#ifndef RULES_ROWS_H
#define RULES_ROWS_H

#include <algorithm>
#include <cmath>
#include <retrograd/math.h>
#include <retrograd/special.h>
#include <string_view>

// In namespace retrograd, so that a name means our function if there is one,
// and the standard library's if there is none: as the spelling of a rule does.
namespace retrograd::partials {

using namespace std;

/// The type of an argument, told by the partial's text.
constexpr bool says(string_view text, string_view word) { return text == word; }
template <class T, bool Integer>
using argument = conditional_t<Integer, int, T>;

/// float must not be computed in double only because of a literal; a fraction
/// is written in the type of the arguments by the compiler, but not here.
template <class Partial, class T> constexpr bool keeps_type(string_view text) {
  return is_integral_v<Partial> || is_same_v<Partial, T> ||
         text.find('.') != text.npos;
}

#define PARTIAL(FUNCTION, TEXT)                                                \
  static auto FUNCTION([[maybe_unused]] X x, [[maybe_unused]] Y y,             \
                       [[maybe_unused]] Z z, [[maybe_unused]] T r) {           \
    [[maybe_unused]] constexpr T ln2 = constants::ln2<T>;                      \
    [[maybe_unused]] constexpr T ln10 = constants::ln10<T>;                    \
    [[maybe_unused]] constexpr T two_over_sqrt_pi =                            \
        constants::two_over_sqrt_pi<T>;                                        \
    [[maybe_unused]] constexpr int ZERO = 0, INTEGER = 0, UNKNOWN = 0;         \
    static_assert(keeps_type<decltype(TEXT), T>(#TEXT), #TEXT);                \
    return TEXT;                                                               \
  }

#define ROW(NAME, ARITY, CALL, LOW, HIGH, DX, DY, DZ)                          \
  template <class T> struct NAME##ARITY {                                      \
    using X = argument<T, says(#DX, "INTEGER")>;                               \
    using Y = argument<T, says(#DY, "INTEGER")>;                               \
    using Z = argument<T, says(#DZ, "INTEGER")>;                               \
    static constexpr const char *name = #NAME;                                 \
    static constexpr double low = LOW, high = HIGH;                            \
    static constexpr string_view texts[] = {#DX, #DY, #DZ};                    \
    static T value(X x, [[maybe_unused]] Y y, [[maybe_unused]] Z z) {          \
      return CALL;                                                             \
    }                                                                          \
    PARTIAL(dx, DX)                                                            \
    PARTIAL(dy, DY)                                                            \
    PARTIAL(dz, DZ)                                                            \
  };

#define RULE1(NAME, LOW, HIGH, DX)                                             \
  ROW(NAME, 1, NAME(x), LOW, HIGH, DX, INTEGER, INTEGER)
#define RULE2(NAME, LOW, HIGH, DX, DY)                                         \
  ROW(NAME, 2, NAME(x, y), LOW, HIGH, DX, DY, INTEGER)
#define RULE3(NAME, LOW, HIGH, DX, DY, DZ)                                     \
  ROW(NAME, 3, NAME(x, y, z), LOW, HIGH, DX, DY, DZ)
#include "Rules/Rules.def"

} // namespace retrograd::partials

#endif // RULES_ROWS_H
