//===- gradient_norm.h - The length of a gradient, and clipping by it -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The norm is a pass of its own over the gradient, since the factor that clips
// must be known before the first parameter changes; the factor itself is passed
// into the step and costs nothing:
//
//   double norm = gradient_norm(p, gradient);
//   state.step(p, gradient, {.gradient_scale = clip_factor(norm, 1.0)});
//
// R. Pascanu, T. Mikolov, Y. Bengio: On the difficulty of training recurrent
// neural networks, ICML 2013, algorithm 1.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_GRADIENT_NORM_H
#define RETROGRAD_OPTIMIZERS_GRADIENT_NORM_H

#include <retrograd/parameters.h>

#include <cstddef>
#include <span>

namespace retrograd {

namespace detail {
template <class T> double sum_of_squares(const T *x, std::size_t n);
} // namespace detail

/// The Euclidean norm, computed in double and in an order that depends on the
/// length alone: the same bits on each processor. It neither overflows nor
/// underflows where the norm itself does not. Of numbers that are not finite,
/// it is not finite.
double gradient_norm(std::span<const float> gradient);
double gradient_norm(std::span<const double> gradient);

/// The norm over the blocks that are not frozen. std::invalid_argument if the
/// lengths differ.
template <class T>
double gradient_norm(const parameters<T> &p, std::span<const T> gradient);
extern template double gradient_norm(const parameters<float> &,
                                     std::span<const float>);
extern template double gradient_norm(const parameters<double> &,
                                     std::span<const double>);

/// min(1, max_norm / (norm + 1e-6)), which is PyTorch's. std::invalid_argument
/// unless max_norm is in (0, inf]. Of a norm that is infinite or not a number
/// it is 0 or not a number: a step with it is to be skipped.
double clip_factor(double norm, double max_norm);

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_GRADIENT_NORM_H
