//===- gradient_check.h - The gradient of a sample against differences ----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// check.h is a template over each function that it checks. All that a training
// checks has one form, a number of one array, so that it is compiled once.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_GRADIENT_CHECK_H
#define RETROGRAD_TRAINING_GRADIENT_CHECK_H

#include <functional>
#include <retrograd/check_result.h>
#include <span>

namespace retrograd {

/// The value at so many parameters, and the same with the gradient, which is
/// added to the second array.
template <class T> struct checked_function {
  std::function<T(const T *)> value;
  std::function<T(const T *, T *)> gradient;
};

/// At the parameters `at`.
check_result check_at(const checked_function<float> &f,
                      std::span<const float> at, const check_options &options);
check_result check_at(const checked_function<double> &f,
                      std::span<const double> at, const check_options &options);

} // namespace retrograd

#endif // RETROGRAD_TRAINING_GRADIENT_CHECK_H
