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
summary train(training_problem<T> &problem, update_rule<T> &rule,
              parameters<T> &params, const fit_options<T> &options) {
  return trainer<T>(problem, rule, params, options).run();
}

template summary train(training_problem<float> &, update_rule<float> &,
                       parameters<float> &, const fit_options<float> &);
template summary train(training_problem<double> &, update_rule<double> &,
                       parameters<double> &, const fit_options<double> &);

} // namespace retrograd
