//===- serial.h - Everything on the calling thread ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The executor that needs nothing, and that the others must agree with.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_SERIAL_H
#define RETROGRAD_EXECUTION_SERIAL_H

#include <retrograd/execution/executor.h>

namespace retrograd {

struct serial {
  void run(std::size_t tasks, task_ref task) {
    for (std::size_t i = 0; i < tasks; ++i)
      task(i);
  }
  std::size_t width() const { return 1; }
  std::string name() const { return "serial"; }
};

inline any_executor::any_executor() : any_executor(serial()) {}

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_SERIAL_H
