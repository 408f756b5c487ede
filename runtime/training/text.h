//===- text.h - Numbers in messages ---------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the messages of a training have in common.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_TEXT_H
#define RETROGRAD_RUNTIME_TRAINING_TEXT_H

#include <cstdint>
#include <retrograd/training/options.h>
#include <string>
#include <vector>

namespace retrograd {

/// "1 epoch", "2 epochs".
std::string counted(std::int64_t n, const char *noun);

/// With up to six digits: "0.25", "1e-09", "nan".
std::string short_number(double x);

/// The options that are not the default.
template <class T>
std::vector<option_text> texts_of(const fit_options<T> &options);
extern template std::vector<option_text> texts_of(const fit_options<float> &);
extern template std::vector<option_text> texts_of(const fit_options<double> &);

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_TEXT_H
