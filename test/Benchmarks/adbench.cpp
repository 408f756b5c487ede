//===- adbench.cpp - ADBench's problems, against their definitions --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Small inputs of benchmarks/adbench: primal, derivative and derivative by hand
// against a second implementation in long double and its central differences, and
// against numbers that ADBench's own programs print for the same inputs.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -I%source/benchmarks/adbench -O0 %s \
// RUN:   %source/benchmarks/adbench/inputs.cpp -o %t.0 && %t.0
// RUN: %rgcxx -I%source/benchmarks/adbench -O2 %s \
// RUN:   %source/benchmarks/adbench/inputs.cpp -o %t.2 && %t.2
// RUN: %rgcxx -I%source/benchmarks/adbench -O1 -g1 \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all %s \
// RUN:   %source/benchmarks/adbench/inputs.cpp -o %t.san && %t.san

#include "Inputs/adbench-definitions.h"
#include "problems/ba.h"
#include "problems/gmm.h"
#include "problems/hand.h"
#include "problems/lstm.h"
#include <cstdio>

using namespace adbench;
using definitions::real;
using definitions::reals;

namespace {

int failures = 0;

/// Relative to the size of both, or to one where they are small.
void compare(const char *name, const char *what, std::size_t row,
             std::size_t column, real expected, real found, real tolerance) {
  const real error = std::fabs(expected - found);
  if (error <= tolerance * (1 + std::fabs(expected)))
    return;
  std::printf("%s: %s %zu, %zu: expected %.12Lg, found %.12Lg\n", name, what,
              row, column, expected, found);
  ++failures;
}

/// The derivative of a value by a parameter, as it is stored.
real entry(const gmm_input &, const numbers &d, std::size_t, std::size_t by) {
  return d[by];
}
real entry(const lstm_input &, const numbers &d, std::size_t, std::size_t by) {
  return d[by];
}
real entry(const ba_input &in, const numbers &d, std::size_t row,
           std::size_t by) {
  const std::size_t observations = in.weights.size();
  const std::size_t of_points = in.cameras.size();
  const std::size_t of_weights = of_points + in.points.size();
  if (row >= 2 * observations) {
    const std::size_t which = row - 2 * observations;
    return by == of_weights + which ? d[30 * observations + which] : 0;
  }
  const std::size_t which = row / 2;
  const std::size_t camera = 11 * std::size_t(in.observations[2 * which]);
  const std::size_t point =
      of_points + 3 * std::size_t(in.observations[2 * which + 1]);
  const double *const block = &d[30 * which + row % 2];
  if (by >= camera && by < camera + 11)
    return block[2 * (by - camera)];
  if (by >= point && by < point + 3)
    return block[2 * (11 + by - point)];
  return by == of_weights + which ? block[2 * 14] : 0;
}
real entry(const hand_input &in, const numbers &d, std::size_t row,
           std::size_t by) {
  const double *const columns = &d[in.directions() * row];
  if (by < 26)
    return columns[in.directions() - 26 + by];
  return (by - 26) / 2 == row / 3 ? columns[by % 2] : 0;
}

template <class Input>
void check_derivative(const char *name, const Input &in, const numbers &d) {
  reals p = definitions::parameters(in);
  const real step = 1e-6L;
  for (std::size_t by = 0; by < p.size(); ++by) {
    const real middle = p[by];
    p[by] = middle + step;
    const reals above = definitions::values(in, p);
    p[by] = middle - step;
    const reals below = definitions::values(in, p);
    p[by] = middle;
    for (std::size_t row = 0; row < above.size(); ++row)
      compare(name, "derivative", row, by,
              (above[row] - below[row]) / (2 * step), entry(in, d, row, by),
              1e-9L);
  }
}

template <class Input> using primal = void (*)(const Input &, double *);
template <class Input>
using derivative = void (*)(const Input &, double *, double *);

/// Nothing that the buffers held before may be left.
template <class Input>
void check(const char *name, const Input &in, primal<Input> value,
           derivative<Input> ours, derivative<Input> by_hand) {
  const reals expected =
      definitions::values(in, definitions::parameters(in));
  numbers values(in.values(), 99);
  value(in, values.data());
  for (derivative<Input> each : {ours, by_hand}) {
    numbers again(in.values(), 99), d(in.derivatives(), 99);
    each(in, again.data(), d.data());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      compare(name, "value", i, 0, expected[i], values[i], 1e-13L);
      compare(name, "value beside the derivative", i, 0, expected[i], again[i],
              1e-13L);
    }
    check_derivative(name, in, d);
  }
}

void check(const char *name, const gmm_input &in) {
  using namespace problems;
  check<gmm_input>(name, in, gmm::value, gmm::derivative, gmm::by_hand);
}
void check(const char *name, const ba_input &in) {
  using namespace problems;
  check<ba_input>(name, in, ba::value, ba::derivative, ba::by_hand);
}
void check(const char *name, const hand_input &in) {
  using namespace problems;
  check<hand_input>(name, in, hand::value, hand::derivative, hand::by_hand);
}
void check(const char *name, const lstm_input &in) {
  using namespace problems;
  check<lstm_input>(name, in, lstm::value, lstm::derivative, lstm::by_hand);
}

/// What ADBench comes to: the first and last value, the sum of the values, and
/// the same of the derivative.
struct figures {
  double first, last, sum, d_first, d_last, d_sum;
};

template <class Input>
void check_figures(const char *name, const Input &in, derivative<Input> ours,
                   const figures &expected) {
  numbers v(in.values()), d(in.derivatives());
  ours(in, v.data(), d.data());
  real sum = 0, d_sum = 0;
  for (double each : v)
    sum += each;
  for (double each : d)
    d_sum += each;
  const real found[] = {v.front(), v.back(), sum, d.front(), d.back(), d_sum};
  const real known[] = {expected.first,   expected.last,   expected.sum,
                        expected.d_first, expected.d_last, expected.d_sum};
  for (std::size_t i = 0; i < 6; ++i)
    compare(name, "figure of ADBench", i, 0, known[i], found[i], 1e-11L);
}

/// Cameras, points and weights that differ, and one camera that is not turned.
ba_input varied_ba() {
  ba_input in = make_ba(3, 4, 7);
  for (std::size_t i = 0; i < in.cameras.size(); ++i)
    in.cameras[i] *= 1 + 0.01 * double(i % 13);
  for (std::size_t i = 0; i < in.points.size(); ++i)
    in.points[i] += 0.1 * double(i % 5);
  for (std::size_t i = 0; i < in.weights.size(); ++i)
    in.weights[i] += 0.1 * double(i);
  std::fill_n(in.cameras.begin() + 11, 3, 0.0);
  return in;
}

gmm_input with_prior() {
  gmm_input in = make_gmm(3, 4, 5);
  in.gamma = 1.5;
  in.m = 2;
  return in;
}

hand_input not_turned() {
  hand_input in = make_hand(44, 5, true);
  in.theta[0] = in.theta[1] = in.theta[2] = 1e-5;
  return in;
}

} // namespace

int main() {
  check("gmm", make_gmm(3, 4, 5));
  check("gmm, with a prior", with_prior());
  check("gmm, one dimension, component and point", make_gmm(1, 1, 1));
  check("ba", make_ba(1, 2, 3));
  check("ba, varied", varied_ba());
  check("hand, simple", make_hand(44, 6, false));
  check("hand, complicated", make_hand(44, 6, true));
  check("hand, not turned", not_turned());
  check("lstm", make_lstm(2, 5, 3));
  check("lstm, one layer, two characters", make_lstm(1, 2, 1));

  check_figures<gmm_input>("gmm", with_prior(), problems::gmm::derivative, {5.683206812486233, 5.683206812486233, 5.683206812486233, 0.4522819040673052, -0.26762292273239074, 23.50227001681466});
  check_figures<ba_input>("ba", make_ba(1, 2, 3), problems::ba::derivative, {74.9758611501421, 0.774957786680256, 892.622460678874, -780.7258986882769, -0.9487722873687744, 43459.173203551974});
  check_figures<hand_input>("hand, simple", make_hand(44, 6, false), problems::hand::derivative, {0.7846621680314733, 0.4101950361522667, 4.038963082771212, 0.004044894551369645, -0.0, -18.10407416598278});
  check_figures<hand_input>("hand, complicated", make_hand(44, 6, true), problems::hand::derivative, {0.0475743730483596, -0.4128005688896512, -13.157312876944303, -0.04469042544380478, -0.0, -18.415871544010002});
  check_figures<lstm_input>("lstm", make_lstm(2, 5, 3), problems::lstm::derivative, {0.89695437556715, 0.89695437556715, 0.89695437556715, 2.221102084008254e-05, -0.0851164915206027, -0.4038395678801442});

  std::printf("%d failures\n", failures);
  return failures == 0 ? 0 : 1;
}
