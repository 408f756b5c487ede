//===- optimizer_rule.cpp - L-BFGS in the training loop -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <retrograd/optimizers/gradient_norm.h>
#include <retrograd/training/optimizer_rule.h>

namespace retrograd {

namespace {

std::optional<termination> reason(lbfgs_end why) {
  switch (why) {
  case lbfgs_end::running:
    return std::nullopt;
  case lbfgs_end::gradient:
  case lbfgs_end::change:
    return termination::converged;
  case lbfgs_end::iterations:
  case lbfgs_end::evaluations:
    return termination::completed;
  case lbfgs_end::line_search_failed:
    return termination::no_progress;
  case lbfgs_end::not_finite:
    return termination::non_finite;
  }
  return std::nullopt;
}

} // namespace

template <class T>
iteration lbfgs_rule<T>::iterate(parameters<T> &params, const objective<T> &f) {
  const std::int64_t before = state_.steps();
  state_.iterate(params, f);
  const lbfgs_summary &now = state_.summary();
  return {.moved = state_.steps() != before,
          .end = reason(now.why),
          .message = now.message,
          .loss_before = now.first_loss,
          .loss = now.final_loss,
          .gradient_norm = gradient_norm(params, state_.gradient())};
}

template class lbfgs_rule<float>;
template class lbfgs_rule<double>;

} // namespace retrograd
