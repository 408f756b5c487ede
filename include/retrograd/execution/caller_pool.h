//===- caller_pool.h - The program's own pool as an executor --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For programs that have a pool already: oneTBB, a game engine's, an actor
// framework's. They give one function that runs tasks and returns when all are
// done. It need not care about exceptions, which never reach it, and a task
// that was forgotten is an error, not a wrong gradient.
//
//   caller_pool on_tbb(8, [](std::size_t tasks, auto task) {
//     tbb::parallel_for(std::size_t(0), tasks, task);
//   });
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_CALLER_POOL_H
#define RETROGRAD_EXECUTION_CALLER_POOL_H

#include <functional>
#include <retrograd/execution/executor.h>
#include <stdexcept>

namespace retrograd {

class caller_pool {
public:
  /// Calls task(i) for each i below tasks, then returns.
  using run_function = std::function<void(std::size_t tasks, task_ref task)>;

  /// `width` is how many threads the pool has, 1 or more. Throws
  /// std::invalid_argument if it is 0 or there is no function.
  caller_pool(std::size_t width, run_function run)
      : run_(std::move(run)), width_(width) {
    if (!run_)
      throw std::invalid_argument("caller_pool: there is no function to run "
                                  "tasks with");
    if (width_ == 0)
      throw std::invalid_argument("caller_pool: the width is 0; it must be the "
                                  "number of threads, 1 or more");
  }

  /// Throws std::logic_error if the pool's function did not run each task once.
  void run(std::size_t tasks, task_ref task) {
    first_exception failure;
    std::atomic<std::size_t> calls = 0;
    auto guarded = [&](std::size_t i) noexcept {
      calls.fetch_add(1, std::memory_order_acq_rel);
      failure.guard(task, i);
    };
    run_(tasks, task_ref(guarded));
    failure.rethrow();
    if (calls.load(std::memory_order_acquire) != tasks)
      throw std::logic_error(
          "caller_pool: the pool's function made " + std::to_string(calls) +
          " calls for " + std::to_string(tasks) +
          " tasks; it must call each task once before it returns");
  }

  std::size_t width() const { return width_; }
  std::string name() const {
    return "caller_pool{" + std::to_string(width_) + "}";
  }

private:
  run_function run_;
  std::size_t width_;
};

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_CALLER_POOL_H
