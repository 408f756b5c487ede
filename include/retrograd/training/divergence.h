//===- divergence.h - Whether losses rise ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Losses of mini-batches are noise around a trend, and a look at two of them
// says nothing. D. King's dlib (dnn/trainer.h, running_gradient.h) asks instead
// how probable it is that the slope of a line through the last losses is
// positive, and goes back to the last good state if that is nearly certain, by
// an ordinary and by a robust test. So does this, with
//
//  - the slope of least squares against its standard error;
//  - Mann and Kendall's test on the order of the losses alone (H. B. Mann:
//    Nonparametric tests against trend, Econometrica 13, 1945), which one huge
//    loss does not deceive, and which sees growth of any shape.
//
// Both statistics are close to normal for the windows that are allowed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_DIVERGENCE_H
#define RETROGRAD_TRAINING_DIVERGENCE_H

#include <span>

namespace retrograd {

/// The probability that the slope of a line through the numbers, in their
/// order, is positive: 1/2 for noise. For three finite numbers or more.
double probability_of_rise(std::span<const double> losses);

/// The same by Mann and Kendall's test.
double probability_of_rise_by_rank(std::span<const double> losses);

/// Whether both are above the confidence.
bool is_rising(std::span<const double> losses, double confidence);

} // namespace retrograd

#endif // RETROGRAD_TRAINING_DIVERGENCE_H
