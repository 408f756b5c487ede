//===- loop.h - The training loops ----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What fit() calls once it has put the user's types behind interfaces. Use it
// directly for a loss or an optimizer that has no description: whoever
// implements training_problem and update_rule gets all of the rest.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_LOOP_H
#define RETROGRAD_TRAINING_LOOP_H

#include <retrograd/training/options.h>
#include <retrograd/training/problem.h>
#include <stdexcept>

namespace retrograd {

/// A gradient of the first batch does not agree with differences; what() is the
/// text of check_result::explain().
class gradient_check_error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Throws std::invalid_argument, "fit: batch_size is 0; it must be 1 or more",
/// for the first field that is out of its range.
template <class T> void validate(const fit_options<T> &options);
extern template void validate(const fit_options<float> &);
extern template void validate(const fit_options<double> &);

/// How many batches an epoch has.
std::int64_t batches_of(std::uint64_t samples, std::uint64_t batch_size,
                        bool drop_last);

/// How many steps an epoch has: batches, or groups of `accumulate` batches.
/// Throws std::invalid_argument if there are none, as drop_last leaves none.
template <class T>
std::int64_t steps_of_epoch(std::uint64_t samples,
                            const fit_options<T> &options);
extern template std::int64_t steps_of_epoch(std::uint64_t,
                                            const fit_options<float> &);
extern template std::int64_t steps_of_epoch(std::uint64_t,
                                            const fit_options<double> &);

/// Trains, and throws as fit() does.
template <class T>
summary train(training_problem<T> &problem, update_rule<T> &rule,
              parameters<T> &params, const fit_options<T> &options);
extern template summary train(training_problem<float> &, update_rule<float> &,
                              parameters<float> &, const fit_options<float> &);
extern template summary train(training_problem<double> &, update_rule<double> &,
                              parameters<double> &,
                              const fit_options<double> &);

} // namespace retrograd

#endif // RETROGRAD_TRAINING_LOOP_H
