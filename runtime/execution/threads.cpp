//===- threads.cpp - A small pool of threads ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each worker has a word of its own to wait on, so that a run with three tasks
// wakes two workers and leaves the others asleep. The job is published before
// the word changes (release) and read after (acquire). It lies on the stack of
// the caller, who leaves run() when each worker that was woken has said that it
// is done.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <mutex>
#include <retrograd/execution/threads.h>
#include <stdexcept>
#include <thread>
#include <vector>

namespace retrograd {

namespace {

constexpr std::size_t cache_line = 64;
constexpr std::size_t most_threads = 4096;

inline void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// Returns when the word is not `old` any more, with its value: after a spin of
/// some microseconds, asleep.
std::uint32_t wait_for_change(const std::atomic<std::uint32_t> &word,
                              std::uint32_t old) {
  constexpr int spins = 256;
  for (int i = 0; i < spins; ++i) {
    const std::uint32_t now = word.load(std::memory_order_acquire);
    if (now != old)
      return now;
    pause();
  }
  for (;;) {
    const std::uint32_t now = word.load(std::memory_order_acquire);
    if (now != old)
      return now;
    word.wait(old, std::memory_order_acquire);
  }
}

class job {
public:
  job(std::size_t tasks, task_ref task) : task(task), tasks(tasks) {}

  void work() {
    for (;;) {
      const std::size_t i = next.fetch_add(1, std::memory_order_relaxed);
      if (i >= tasks)
        return;
      failure.guard(task, i);
    }
  }
  void rethrow() { failure.rethrow(); }

private:
  const task_ref task;
  const std::size_t tasks;
  first_exception failure;
  alignas(cache_line) std::atomic<std::size_t> next = 0;
};

/// The pools whose tasks run on this thread, the innermost first.
struct frame {
  const void *pool;
  const frame *outer;
};
thread_local const frame *innermost = nullptr;

class entered {
public:
  explicit entered(const void *pool) : here_{pool, innermost} {
    innermost = &here_;
  }
  entered(const entered &) = delete;
  entered &operator=(const entered &) = delete;
  ~entered() { innermost = here_.outer; }

private:
  frame here_;
};

bool runs_on(const void *pool) {
  for (const frame *f = innermost; f; f = f->outer)
    if (f->pool == pool)
      return true;
  return false;
}

} // namespace

class threads::pool {
  struct alignas(cache_line) worker {
    std::atomic<std::uint32_t> signal = 0;
    job *work = nullptr;
    std::jthread thread;
  };

public:
  explicit pool(std::size_t width) : workers_(width - 1) {
    try {
      for (worker &w : workers_)
        w.thread = std::jthread([this, &w] { serve(w); });
    } catch (...) {
      end();
      throw;
    }
  }
  pool(const pool &) = delete;
  pool &operator=(const pool &) = delete;
  ~pool() { end(); }

  std::size_t width() const { return workers_.size() + 1; }

  void run(std::size_t tasks, task_ref task) {
    if (tasks <= 1 || workers_.empty() || runs_on(this)) {
      for (std::size_t i = 0; i < tasks; ++i)
        task(i);
      return;
    }
    const std::lock_guard<std::mutex> one_at_a_time(mutex_);
    const std::size_t helpers = std::min(tasks - 1, workers_.size());
    job shared(tasks, task);
    busy_.store(static_cast<std::uint32_t>(helpers), std::memory_order_relaxed);
    for (std::size_t i = 0; i < helpers; ++i)
      wake(workers_[i], &shared);
    {
      const entered here(this);
      shared.work();
    }
    for (std::uint32_t busy = busy_.load(std::memory_order_acquire); busy != 0;)
      busy = wait_for_change(busy_, busy);
    shared.rethrow();
  }

private:
  static void wake(worker &w, job *work) {
    w.work = work;
    w.signal.fetch_add(1, std::memory_order_release);
    w.signal.notify_one();
  }

  void serve(worker &w) {
    const entered here(this);
    for (std::uint32_t seen = 0;;) {
      seen = wait_for_change(w.signal, seen);
      job *const work = w.work;
      if (!work)
        return;
      work->work();
      if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1)
        busy_.notify_one();
    }
  }

  void end() {
    for (worker &w : workers_)
      if (w.thread.joinable())
        wake(w, nullptr);
    for (worker &w : workers_)
      if (w.thread.joinable())
        w.thread.join();
  }

  std::mutex mutex_;
  /// Workers that the present run has woken and that are not done.
  alignas(cache_line) std::atomic<std::uint32_t> busy_ = 0;
  std::vector<worker> workers_;
};

threads::threads(std::size_t count) {
  if (count > most_threads)
    throw std::invalid_argument(
        "threads: the number of threads is " + std::to_string(count) +
        "; it must be at most " + std::to_string(most_threads) +
        ", or 0 for as many as the machine runs at once");
  if (count == 0)
    count = std::max(1U, std::thread::hardware_concurrency());
  pool_ = std::make_shared<pool>(count);
}

void threads::run(std::size_t tasks, task_ref task) { pool_->run(tasks, task); }

std::size_t threads::width() const { return pool_->width(); }

std::string threads::name() const {
  return "threads{" + std::to_string(width()) + "}";
}

} // namespace retrograd
