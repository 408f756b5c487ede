//===- thinning.h - The points of a curve that can be told apart ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// U. Jugel, Z. Jerzak, G. Hackenbroich, V. Markl: M4, a visualization-oriented
// time series data aggregation, PVLDB 7(10), 2014. Of the points that share a
// column of pixels, the first, the last, the lowest and the highest draw the
// same picture as all of them.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_THINNING_H
#define RETROGRAD_RUNTIME_REPORTING_THINNING_H

#include <span>
#include <vector>

namespace retrograd::reporting {

/// In pixels. A y that is NaN is a gap.
struct point {
  double x;
  double y;
};

/// Unbroken pieces of a curve whose x do not decrease, at most four points a
/// column. A gap that is narrower than a column closes.
std::vector<std::vector<point>> thinned(std::span<const point> curve);

/// The course of a noisy curve: the median y of the points in each stretch of
/// `width` pixels, at their mean x. Stretches without a point are gaps.
std::vector<std::vector<point>> medians(std::span<const point> curve,
                                        double width);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_THINNING_H
