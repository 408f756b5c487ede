//===- trainer.cpp - The training loop, for float and double --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "trainer_epoch.h"
#include "trainer_recovery.h"
#include "trainer_state.h"
#include "trainer_step.h"

namespace retrograd {

std::int64_t batches_of(std::uint64_t samples, std::uint64_t batch_size,
                        bool drop_last) {
  const std::uint64_t whole = samples / batch_size;
  return static_cast<std::int64_t>(whole +
                                   (!drop_last && samples % batch_size != 0));
}

template <class T>
std::int64_t steps_of_epoch(std::uint64_t samples,
                            const fit_options<T> &options) {
  const std::int64_t batches =
      batches_of(samples, options.batch_size, options.drop_last);
  if (batches == 0)
    throw std::invalid_argument(
        "fit: drop_last leaves no batch: there are " + std::to_string(samples) +
        " samples, and batch_size is " + std::to_string(options.batch_size));
  return (batches + options.accumulate - 1) / options.accumulate;
}

template <class T>
summary train(training_problem<T> &problem, update_rule<T> &rule,
              parameters<T> &params, const fit_options<T> &options) {
  return trainer<T>(problem, rule, params, options).run();
}

template std::int64_t steps_of_epoch(std::uint64_t, const fit_options<float> &);
template std::int64_t steps_of_epoch(std::uint64_t,
                                     const fit_options<double> &);
template summary train(training_problem<float> &, update_rule<float> &,
                       parameters<float> &, const fit_options<float> &);
template summary train(training_problem<double> &, update_rule<double> &,
                       parameters<double> &, const fit_options<double> &);

} // namespace retrograd
