//===- openmp.h - OpenMP as an executor -----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For programs that use OpenMP anyway: two pools on one machine get in each
// other's way. Compile with -fopenmp. Where the machine is shared, set
// OMP_WAIT_POLICY=PASSIVE, as OpenMP's threads spin while they wait.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_OPENMP_H
#define RETROGRAD_EXECUTION_OPENMP_H

#ifndef _OPENMP
#error "retrograd/execution/openmp.h needs -fopenmp"
#endif

#include <omp.h>
#include <retrograd/execution/executor.h>
#include <stdexcept>

namespace retrograd {

class openmp {
public:
  /// So many threads; 0 stands for what OMP_NUM_THREADS says. Throws
  /// std::invalid_argument for a negative number.
  explicit openmp(int count = 0) : count_(count) {
    if (count < 0)
      throw std::invalid_argument("openmp: the number of threads is " +
                                  std::to_string(count) +
                                  "; it must not be negative");
  }

  void run(std::size_t tasks, task_ref task) {
    first_exception failure;
    const int count = static_cast<int>(width());
#pragma omp parallel for schedule(dynamic, 1) num_threads(count)
    for (std::size_t i = 0; i < tasks; ++i)
      failure.guard(task, i);
    failure.rethrow();
  }

  std::size_t width() const {
    return static_cast<std::size_t>(count_ > 0 ? count_
                                               : omp_get_max_threads());
  }
  std::string name() const { return "openmp{" + std::to_string(width()) + "}"; }

private:
  int count_;
};

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_OPENMP_H
