//===- rule.cpp - What an update rule knows of its step -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Formulas of the step number alone, all in double: they are evaluated once a
// step, and their errors would be those of each element.
//
//===----------------------------------------------------------------------===//

#include <retrograd/optimizers/nadam.h>
#include <retrograd/optimizers/radam.h>
#include <retrograd/optimizers/rule.h>

#include <cmath>

namespace retrograd::detail {

double bias_correction(double beta, std::int64_t t) {
  return beta == 0 ? 1 : -std::expm1(static_cast<double>(t) * std::log(beta));
}

rules::denominator_constants<double>
denominator_at(epsilon_placement placement, double eps, double correction) {
  const double unscale = 1 / std::sqrt(correction);
  switch (placement) {
  case epsilon_placement::outside:
    return {.unscale = unscale, .outside = eps};
  case epsilon_placement::hat:
    return {.unscale = unscale, .outside = eps * unscale};
  case epsilon_placement::root:
    return {.scale = 1 / correction, .inside = eps};
  }
  return {};
}

double nadam_momentum(double beta1, double momentum_decay, std::int64_t t) {
  return beta1 *
         (1 - 0.5 * std::pow(0.96, static_cast<double>(t) * momentum_decay));
}

double radam_rectification(double beta2, std::int64_t t) {
  const double limit = 2 / (1 - beta2) - 1;
  const double n = static_cast<double>(t);
  const double length =
      limit - 2 * n * std::pow(beta2, n) / bias_correction(beta2, t);
  if (!(length > 5))
    return 0;
  return std::sqrt((length - 4) * (length - 2) * limit /
                   ((limit - 4) * (limit - 2) * length));
}

} // namespace retrograd::detail
