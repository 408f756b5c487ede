//===- reduce_on_plateau.h - A rate that falls when nothing improves ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one schedule that depends on how training goes, and so has a state, which
// a checkpoint keeps.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_SCHEDULES_REDUCE_ON_PLATEAU_H
#define RETROGRAD_SCHEDULES_REDUCE_ON_PLATEAU_H

#include <cstdint>

namespace retrograd {

/// With b the best value so far, a new one m is better, for `smallest`, if
/// m < b - threshold |b|, or m < b - threshold if the threshold is absolute;
/// for `largest`, if m > b + threshold |b| or m > b + threshold.
struct plateau_options {
  enum class target { smallest, largest };

  double factor = 0.1;        ///< Of each reduction, in (0, 1).
  std::int64_t patience = 10; ///< Values in a row that may be no better.
  double threshold = 1e-4;    ///< In [0, inf).
  bool absolute_threshold = false;
  std::int64_t cooldown = 0; ///< Values after a reduction that do not count.
  double min_factor = 0;     ///< Of all reductions together, in [0, 1).
  target best = target::smallest;

  void validate() const; ///< std::invalid_argument
};

/// Reduces the rate when a metric has stopped to improve.
class reduce_on_plateau {
public:
  /// std::invalid_argument names the option, its value and its range.
  explicit reduce_on_plateau(const plateau_options &options = {})
      : options_(options) {
    options.validate();
  }

  /// Takes the next value of the metric: true if the rate falls by it. What is
  /// not a number is not better.
  bool observe(double metric);

  /// The factor of the learning rate, in (0, 1].
  double factor() const { return factor_; }

  /// What a checkpoint keeps.
  template <class Archive> void fields(Archive &archive) {
    archive("factor", factor_);
    archive("best", best_);
    archive("observed", observed_);
    archive("bad", bad_);
    archive("cooling", cooling_);
  }

private:
  bool is_better(double metric) const;

  plateau_options options_;
  double factor_ = 1;
  double best_ = 0;
  bool observed_ = false;
  std::int64_t bad_ = 0;
  std::int64_t cooling_ = 0;
};

} // namespace retrograd

#endif // RETROGRAD_SCHEDULES_REDUCE_ON_PLATEAU_H
