//===- divergence.cpp - Whether losses rise -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <retrograd/training/divergence.h>

namespace retrograd {

namespace {

/// The normal distribution.
double probability_below(double z) { return 0.5 * std::erfc(-z / M_SQRT2); }

} // namespace

double probability_of_rise(std::span<const double> losses) {
  const double n = static_cast<double>(losses.size());
  // Losses that have grown huge must not overflow when they are squared.
  double size = 0;
  for (double loss : losses)
    size = std::max(size, std::fabs(loss));
  if (size == 0)
    return 0.5;
  double mean = 0;
  for (double loss : losses)
    mean += loss / size / n;
  double xy = 0, yy = 0;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const double x = static_cast<double>(i) - (n - 1) / 2;
    const double y = losses[i] / size - mean;
    xy += x * y;
    yy += y * y;
  }
  const double xx = n * (n * n - 1) / 12;
  const double slope = xy / xx;
  const double residual = std::max(0.0, yy - slope * xy);
  const double error = std::sqrt(residual / (n - 2) / xx);
  if (error == 0)
    return slope > 0 ? 1 : slope < 0 ? 0 : 0.5;
  return probability_below(slope / error);
}

double probability_of_rise_by_rank(std::span<const double> losses) {
  std::int64_t s = 0;
  for (std::size_t i = 0; i < losses.size(); ++i)
    for (std::size_t j = i + 1; j < losses.size(); ++j)
      s += (losses[j] > losses[i]) - (losses[j] < losses[i]);
  const double n = static_cast<double>(losses.size());
  const double deviation = std::sqrt(n * (n - 1) * (2 * n + 5) / 18);
  // The correction for continuity of a sum that moves in steps of two.
  const double step = s > 0 ? 1 : s < 0 ? -1 : 0;
  return probability_below((static_cast<double>(s) - step) / deviation);
}

bool is_rising(std::span<const double> losses, double confidence) {
  return probability_of_rise(losses) > confidence &&
         probability_of_rise_by_rank(losses) > confidence;
}

} // namespace retrograd
