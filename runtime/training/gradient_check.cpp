//===- gradient_check.cpp - The gradient of a sample against differences --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <retrograd/check.h>
#include <retrograd/training/gradient_check.h>

namespace retrograd {

namespace {

template <class T>
check_result check_one(const checked_function<T> &f, std::span<const T> at,
                       const check_options &options) {
  // A parameter is written as "parameters[3]" in messages.
  check_options named = options;
  if (named.parameters.empty())
    named.parameters = "parameters";
  const auto value = [&f](const T *p) { return f.value(p); };
  const auto gradient = [&f](const T *p, T *d) { return f.gradient(p, d); };
  return retrograd::check_gradient(named, value, gradient, at);
}

} // namespace

check_result check_at(const checked_function<float> &f,
                      std::span<const float> at, const check_options &options) {
  return check_one(f, at, options);
}

check_result check_at(const checked_function<double> &f,
                      std::span<const double> at,
                      const check_options &options) {
  return check_one(f, at, options);
}

} // namespace retrograd
