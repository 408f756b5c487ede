//===- picture.h - What a picture of runs shows ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The numbers and words of a picture, before there are any pixels: what counts
// as a gap, whether the axis is logarithmic, what a description says.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_PICTURE_H
#define RETROGRAD_RUNTIME_REPORTING_PICTURE_H

#include <retrograd/reporting/learning_curves.h>
#include <string>
#include <vector>

namespace retrograd::reporting {

/// One place of a curve. A y that is NaN cannot be drawn.
struct place {
  double x;
  double y;
  /// Whether it cannot be drawn since it is not finite.
  bool non_finite;
  /// Of the history.
  std::size_t record;
};

struct drawn_run {
  std::string name;
  std::span<const epoch_record> history;
  const summary *run;
  /// Places do not go left. Epochs without validation have none.
  std::vector<place> training;
  std::vector<place> validation;
  std::vector<place> rate;
  /// The place of the lowest validation loss, or -1.
  std::ptrdiff_t best = -1;
  /// Wall-clock time of all its epochs, in seconds.
  double seconds = 0;
};

struct picture {
  std::string title;
  std::string loss;
  std::string abscissa;
  bool whole_abscissa = true;
  bool logarithmic = false;
  std::vector<drawn_run> runs;
  bool has_validation = false;
  bool has_non_finite = false;
  /// Losses that a logarithmic axis cannot show.
  std::size_t not_positive = 0;
  /// Whether the learning rate of some run changes.
  bool has_rates = false;
  bool logarithmic_rates = false;
  /// Whether some curve is drawn pale, with its running median.
  bool has_medians = false;
  /// Of all that can be drawn; low > high if nothing can.
  double x_low, x_high;
  double y_low, y_high;
  double rate_low, rate_high;
};

/// Whether a curve has so many points that one cannot follow its noise.
bool is_dense(const std::vector<place> &places);

picture make_picture(const std::vector<learning_curve> &runs,
                     const learning_curves_options &options);

/// What the picture shows, in sentences, for who cannot see it.
std::string description(const picture &shown);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_PICTURE_H
