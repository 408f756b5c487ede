//===- batch.h - What a batch description is written with -------*- C++ -*-===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The names that the description of a batch needs, which the compiler writes
// behind a function with `#pragma retrograd batch`.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BATCH_H
#define RETROGRAD_BATCH_H

#include <array>
#include <cstddef>
#include <tuple>
// The description has functions in lanes, too, where the compiler has vectors.
#if !defined(__CUDACC__) || defined(__clang__)
#include "lanes.h"
#endif

namespace retrograd {

/// How the elements of a shared parameter are reached: the same for all
/// samples, or by an index that depends on the data of a sample.
enum class access { uniform, indexed };

/// An extent that is to be taken from the size of a shared parameter.
inline constexpr int deduced = -1;

/// A number of bytes that is not known before the function runs.
inline constexpr std::size_t unknown_size = static_cast<std::size_t>(-1);

} // namespace retrograd

#endif // RETROGRAD_BATCH_H
