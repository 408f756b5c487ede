//===- value_and_tangent.h - What a jvp with `value` returns --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one type that appears in the signature of a derivative and not in that of
// its primal.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_VALUE_AND_TANGENT_H
#define RETROGRAD_VALUE_AND_TANGENT_H

namespace retrograd {

/// The result of `#pragma retrograd jvp value`.
template <class T> struct value_and_tangent {
  /// What the primal returns.
  T value;
  /// Its derivative in the direction of the tangents.
  T tangent;
};

} // namespace retrograd

#endif // RETROGRAD_VALUE_AND_TANGENT_H
