//===- annealing.h - Schedules for a training of known length -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With an end: behind their last step they stay where they are. Options without
// a useful default start with a value that validate() refuses.
//
// Cosine and its restarts: I. Loshchilov, F. Hutter, SGDR: stochastic gradient
// descent with warm restarts, ICLR 2017, equation 5. One cycle: L. N. Smith, N.
// Topin, Super-convergence, arXiv:1708.07120, with the phases of PyTorch.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_SCHEDULES_ANNEALING_H
#define RETROGRAD_SCHEDULES_ANNEALING_H

#include <cstdint>

namespace retrograd {

/// s + (1 - s) min(k, n) / n: from s to 1.
struct linear_warmup {
  std::int64_t steps = 0;        ///< n, at least 1.
  double start_factor = 1.0 / 3; ///< s, in [0, 1].

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// e + (1 - e) (1 - min(k, n) / n)^power: from 1 to e.
struct polynomial {
  std::int64_t total_steps = 0; ///< n, at least 1.
  double power = 1;             ///< In (0, inf); 1 is linear.
  double end_factor = 0;        ///< e, in [0, inf).

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// e + (1 - e) (1 + cos(pi min(k, n) / n)) / 2: from 1 to e.
struct cosine {
  std::int64_t total_steps = 0; ///< n, at least 1.
  double end_factor = 0;        ///< e, in [0, inf).

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// Cosines one after the other, each from 1: of n, n multiply, n multiply^2,
/// ... steps.
struct cosine_restarts {
  std::int64_t first_steps = 0; ///< n, at least 1.
  std::int64_t multiply = 1;    ///< At least 1.
  double end_factor = 0;        ///< e, in [0, inf).

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

/// Up from 1 / div_factor to 1 in the first pct_start of all steps, then down
/// to 1 / (div_factor final_div_factor) at the last. The optimizer's lr is the
/// largest rate.
struct one_cycle {
  enum class shape { cosine, linear };

  std::int64_t total_steps = 0;  ///< At least 1.
  double pct_start = 0.3;        ///< In [0, 1].
  double div_factor = 25;        ///< In (0, inf).
  double final_div_factor = 1e4; ///< In (0, inf).
  shape anneal = shape::cosine;

  double operator()(std::int64_t step) const;
  void validate() const; ///< std::invalid_argument
};

} // namespace retrograd

#endif // RETROGRAD_SCHEDULES_ANNEALING_H
