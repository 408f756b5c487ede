//===- simd.h - Samples side by side in the lanes of vectors --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A wish, around the executor that runs the tasks: simd{} on the calling
// thread, simd{threads{4}} on four. Where a batch description has lanes, the
// evaluator then computes W samples at a time (see evaluator.h); where it has
// none, the samples run one by one, and the training says so in its warnings.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_SIMD_H
#define RETROGRAD_EXECUTION_SIMD_H

#include <retrograd/execution/serial.h>
#include <utility>

namespace retrograd {

template <executor Inner = serial> class simd {
public:
  static constexpr bool uses_lanes = true;

  simd() = default;
  explicit simd(Inner inner) : inner_(std::move(inner)) {}

  void run(std::size_t tasks, task_ref task) { inner_.run(tasks, task); }
  std::size_t width() const { return inner_.width(); }
  std::string name() const {
    return "simd{" + detail::executor_name(inner_) + "}";
  }

private:
  Inner inner_;
};

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_SIMD_H
