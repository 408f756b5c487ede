//===- model.h - The primal of the command's tests ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Annotated here, so that the source of the derivatives can be included after it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_MODEL_H
#define RETROGRAD_TEST_MODEL_H

#include <cmath>

namespace model {
#pragma retrograd gradient
inline double loss(double x, double y) { return x * y + std::sin(x); }

namespace detail {
#pragma retrograd vjp
inline double twice(double x) { return 2 * x; }
} // namespace detail
} // namespace model

// A request on a derivative, in the global namespace.
#pragma retrograd jvp(model::loss_grad) name(loss_hvp)

#endif // RETROGRAD_TEST_MODEL_H
