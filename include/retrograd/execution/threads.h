//===- threads.h - A small pool of threads --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Workers wait passively: they spin for some microseconds, in which the next
// batch of a training usually comes, and then sleep in the kernel, so that a
// pool takes no processor time from others on a machine that is shared. The
// calling thread works, too. Tasks are handed out one by one, which balances
// samples that take different times.
//
// What a task does must not depend on its thread, and a task may call run() of
// the same pool: the inner tasks then run on the thread that asks for them.
// After fork() the child has no workers; make a new pool there.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_THREADS_H
#define RETROGRAD_EXECUTION_THREADS_H

#include <memory>
#include <retrograd/execution/executor.h>

namespace retrograd {

/// A handle; copies share the pool, whose threads end with the last one.
class threads {
public:
  /// So many threads, the calling one included; 0 stands for as many as the
  /// machine runs at once. Throws std::invalid_argument for more than 4096, and
  /// std::system_error if the system refuses.
  explicit threads(std::size_t count = 0);

  /// May be called from several threads; one call waits for the other.
  void run(std::size_t tasks, task_ref task);
  std::size_t width() const;
  /// "threads{4}".
  std::string name() const;

private:
  class pool;
  std::shared_ptr<pool> pool_;
};

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_THREADS_H
