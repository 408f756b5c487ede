//===- check_result.h - What a check can be told and what it tells --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Options of a check, and its result as values and as text. There are three
// verdicts, since a function may be such that differences say nothing: at a
// kink, beside a pole, in noise. A check that could not compare something has
// not succeeded.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_CHECK_RESULT_H
#define RETROGRAD_CHECK_RESULT_H

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace retrograd {

struct check_options {
  /// What messages call the function.
  std::string name = "the function";
  /// The names of its parameters for messages, as in "x, y"; those that are
  /// missing are called p1, p2, ...
  std::string parameters;
  /// A derivative d agrees with a difference D, whose error is at most e, if
  ///
  ///   |d - D| <= e + absolute_tolerance + relative_tolerance * max(|d|, |D|).
  ///
  /// Both tolerances are finite and not negative. A relative tolerance of 0,
  /// the default, stands for the square root of the lowest precision among
  /// the active arguments and the result: 1.5e-8 for double, 3.5e-4 for float.
  long double relative_tolerance = 0;
  long double absolute_tolerance = 0;
  /// Adjoints, seeds and directions are random. The same seed, any number,
  /// gives the same ones.
  std::uint64_t seed = 1;
  /// Up to so many numbers in the active arguments (0 or more), each is looked
  /// at by itself, which takes about 18 calls of the function a number. Beyond
  /// that, random directions are: combinations of all of them.
  std::size_t components = 64;
  /// The number of these directions, 1 or more. A wrong component stays hidden
  /// in a direction only if its share is within the tolerance. When one
  /// disagrees, it is halved until one component is left that is wrong.
  std::size_t directions = 3;
  /// Whether a check succeeds if some components are inconclusive, but at least
  /// one agrees and none differs.
  bool accept_inconclusive = false;
};

enum class verdict { agrees, differs, inconclusive };

/// One comparison.
struct component {
  /// What was compared: "d_x[2]", "t_result along y".
  std::string name;
  /// Its parameter, from 0, and element; -1 for a result or a direction.
  int parameter = -1;
  std::size_t index = 0;
  /// What differences say, or for values and memory what the function leaves.
  long double expected = 0;
  /// What the derivative says.
  long double actual = 0;
  /// How far the two may be apart.
  long double bound = 0;
  retrograd::verdict verdict = retrograd::verdict::agrees;
  /// Why it is inconclusive, or what the mistake looks like; may be empty.
  std::string note;
  /// Where the expected number comes from.
  const char *source = "differences say";

  /// "d_x[2] is 1.25, differences say 1.5 +- 1e-09".
  std::string text() const;
};

class check_result {
public:
  /// Something was compared, and all of it agrees.
  explicit operator bool() const {
    return problem.empty() && count(verdict::agrees) != 0 &&
           count(verdict::differs) == 0 &&
           (accept_inconclusive || count(verdict::inconclusive) == 0);
  }

  std::size_t count(retrograd::verdict v) const {
    return static_cast<std::size_t>(
        std::count_if(components.begin(), components.end(),
                      [&](const component &c) { return c.verdict == v; }));
  }

  /// Those that do not agree: what is off by most of its bound comes first, and
  /// what is inconclusive last.
  std::vector<const component *> disagreeing() const {
    std::vector<const component *> bad;
    for (const component &c : components)
      if (c.verdict != verdict::agrees)
        bad.push_back(&c);
    std::sort(bad.begin(), bad.end(),
              [](const component *a, const component *b) {
                return is_worse(*a, *b) || (!is_worse(*b, *a) && a < b);
              });
    return bad;
  }

  /// The first of these; null if all agree.
  const component *worst() const {
    const auto bad = disagreeing();
    return bad.empty() ? nullptr : bad.front();
  }

  /// One line that sums up, then at most `lines` components that do not agree,
  /// the worst ones first.
  std::string explain(std::size_t lines = 10) const;

  std::vector<component> components;
  /// Why nothing could be compared, or empty.
  std::string problem;
  std::string name;
  bool accept_inconclusive = false;

private:
  static bool is_worse(const component &a, const component &b) {
    if (a.verdict != b.verdict)
      return a.verdict == verdict::differs;
    if (a.verdict == verdict::inconclusive)
      return false;
    return excess(a) > excess(b);
  }
  static long double excess(const component &c) {
    const long double ratio = std::fabs(c.actual - c.expected) / c.bound;
    return std::isnan(ratio) ? HUGE_VALL : ratio;
  }
};

namespace detail {

inline std::string number_text(long double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof(text), "%.*Lg", digits, value);
  return text;
}

/// So many digits that two numbers differ, and not fewer than six.
inline int digits_to_tell(long double a, long double b) {
  long double size = std::fmax(std::fabs(a), std::fabs(b));
  long double apart = std::fabs(a - b);
  if (!std::isfinite(size) || !(apart > 0))
    return 6;
  return static_cast<int>(
      std::fmin(20, std::fmax(6, 3 + std::log10(size / apart))));
}

} // namespace detail

inline std::string component::text() const {
  if (verdict == retrograd::verdict::inconclusive)
    return name + ": inconclusive: " + note;
  const int digits = detail::digits_to_tell(expected, actual);
  std::string text = name + " is " + detail::number_text(actual, digits) +
                     ", " + source + " " +
                     detail::number_text(expected, digits);
  if (bound > 0)
    text += " +- " + detail::number_text(bound, 1);
  return note.empty() ? text : text + "; " + note;
}

inline std::string check_result::explain(std::size_t lines) const {
  if (!problem.empty())
    return name + ": not checked: " + problem + "\n";
  const std::size_t wrong = count(verdict::differs);
  const std::size_t open = count(verdict::inconclusive);
  std::string text = name + ": ";
  if (components.empty())
    return text + "nothing to compare\n";
  const std::string total = std::to_string(components.size());
  if (wrong + open == 0)
    return text + "all agree, of " + total + "\n";
  text += std::to_string(wrong) + " wrong and " + std::to_string(open) +
          " inconclusive, of " + total + "\n";
  const std::vector<const component *> bad = disagreeing();
  for (std::size_t i = 0; i < bad.size() && i < lines; ++i)
    text += "  " + bad[i]->text() + "\n";
  if (bad.size() > lines)
    text += "  and " + std::to_string(bad.size() - lines) + " more\n";
  return text;
}

} // namespace retrograd

#endif // RETROGRAD_CHECK_RESULT_H
