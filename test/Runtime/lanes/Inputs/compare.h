//===- compare.h - Lanes against one sample at a time ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs a batch description with sample columns x[16] and label and one shared
// array in tiles of W lanes and compares each lane's value, gradient and
// untouched memory with the scalar functions. All tail masks, and random ones;
// lanes that are not in the mask hold NaN, infinities and indices far out of
// range, and must neither disturb the others nor read or write anything.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_RUNTIME_LANES_COMPARE_H
#define RETROGRAD_TEST_RUNTIME_LANES_COMPARE_H

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <retrograd/batch.h>
#include <retrograd/lanes.h>
#include <retrograd/tape.h>

namespace compare {

using retrograd::lane_mask;
using retrograd::lanes;

inline double random_number() {
  static unsigned state = 12345;
  state = state * 1664525u + 1013904223u;
  return (state >> 8) * (1.0 / (1 << 24));
}

template <class T> double ulps(T a, T b, double scale) {
  if (a == b || (std::isnan(a) && std::isnan(b)))
    return 0;
  return std::fabs(double(a) - double(b)) /
         (std::numeric_limits<T>::epsilon() *
          std::fmax(std::fabs(double(b)), scale));
}

constexpr int inputs = 16, parameters = 10;

template <class T, int W> struct tile {
  lanes<T, W> x[inputs];
  lanes<int, W> label;
  lanes<T, W> adjoint[parameters], before[parameters];
  T theta[parameters];

  tile(lane_mask<T, W> mask, int labels, int seed) {
    const T garbage[] = {T(INFINITY), T(NAN), T(-INFINITY), T(1e30)};
    for (T &t : theta)
      t = T(random_number() * 2 - 1);
    for (int lane = 0; lane < W; ++lane) {
      for (int j = 0; j < inputs; ++j)
        x[j].set(lane, mask[lane] ? T(random_number() * 4 - 2)
                                  : garbage[(j + lane + seed) % 4]);
      label.set(lane, mask[lane] ? int(random_number() * labels)
                      : lane % 2 ? 1 << 30
                                 : -(1 << 30));
      for (int j = 0; j < parameters; ++j)
        adjoint[j].set(lane, T(j + lane));
    }
    for (int j = 0; j < parameters; ++j)
      before[j] = adjoint[j];
  }
};

/// Ends the program where lane and scalar differ by more than Tolerance ulp, of
/// 1 at least for values and of 16 for sums.
template <class Batch, class T, int W>
void check_tile(const Batch &batch, lane_mask<T, W> mask, int labels,
                double tolerance, int seed) {
  tile<T, W> t(mask, labels, seed);
  const lanes<T, W> value =
      batch.template value_lanes<W>(mask, t.x, &t.label, t.theta);
  const lanes<T, W> result = batch.template gradient_lanes<W>(
      mask, t.x, &t.label, t.theta, t.adjoint);
  bool good = retrograd::tape::local().empty();
  for (int lane = 0; lane < W; ++lane) {
    if (!mask[lane]) {
      for (int j = 0; j < parameters; ++j)
        good &= t.adjoint[j][lane] == t.before[j][lane];
      continue;
    }
    T x[inputs], adjoint[parameters];
    for (int j = 0; j < inputs; ++j)
      x[j] = t.x[j][lane];
    for (int j = 0; j < parameters; ++j)
      adjoint[j] = t.before[j][lane];
    const int label = t.label[lane];
    const T expected = batch.gradient(x, &label, t.theta, adjoint);
    double worst = std::fmax(ulps(value[lane], expected, 1),
                             ulps(result[lane], expected, 1));
    for (int j = 0; j < parameters; ++j)
      worst = std::fmax(worst, ulps(t.adjoint[j][lane], adjoint[j], 16));
    if (!(worst <= tolerance)) {
      std::printf("%s: W = %d, lane %d: %g ulp: %g, %g, not %g\n", Batch::name,
                  W, lane, worst, double(value[lane]), double(result[lane]),
                  double(expected));
      good = false;
    }
  }
  if (!good) {
    std::printf("%s: W = %d, tile %d is wrong\n", Batch::name, W, seed);
    std::exit(1);
  }
}

template <int W, class Batch>
void check_width(const Batch &batch, int labels, double tolerance) {
  using T = typename Batch::value_type;
  for (int count = 0; count <= W; ++count)
    check_tile<Batch, T, W>(batch, lane_mask<T, W>::first(count), labels,
                            tolerance, count);
  for (int seed = W; seed < W + 20; ++seed) {
    lane_mask<T, W> mask = false;
    for (int lane = 0; lane < W; ++lane)
      mask.set(lane, random_number() > 0.5);
    check_tile<Batch, T, W>(batch, mask, labels, tolerance, seed);
  }
}

/// The labels are 0 to labels - 1.
template <class Batch>
void check(const Batch &batch, int labels, double tolerance) {
  static_assert(Batch::has_lanes);
  check_width<4>(batch, labels, tolerance);
  check_width<8>(batch, labels, tolerance);
  check_width<16>(batch, labels, tolerance);
}

} // namespace compare

#endif // RETROGRAD_TEST_RUNTIME_LANES_COMPARE_H
