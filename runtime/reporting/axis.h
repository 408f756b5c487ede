//===- axis.h - Scales with ticks at round numbers ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ticks are multiples of 1, 2 or 5 times a power of ten, and on a logarithmic
// axis powers of ten or 1, 2 and 5 times these, whatever gives enough of them.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_AXIS_H
#define RETROGRAD_RUNTIME_REPORTING_AXIS_H

#include <string>
#include <vector>

namespace retrograd::reporting {

struct tick {
  double value;
  /// Empty for the small ticks between.
  std::string label;
};

struct axis {
  /// low < high, and 0 < low if logarithmic.
  double low;
  double high;
  bool logarithmic;
  std::vector<tick> ticks;

  /// Where a value is: 0 at low, 1 at high.
  double share(double value) const;
};

/// An axis for values in [low, high] with about so many labelled ticks: linear,
/// from tick to tick, and from 0 if that is near enough.
axis linear_axis(double low, double high, int about);

/// The same, but from `low` to `high` exactly; `whole` allows whole numbers
/// only as ticks.
axis exact_axis(double low, double high, int about, bool whole);

/// An axis for values in [low, high], 0 < low, with a margin.
axis logarithmic_axis(double low, double high, int about);

/// Whether positive values differ so widely that a linear axis would hide the
/// small ones.
bool wants_logarithm(double low, double high);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_AXIS_H
