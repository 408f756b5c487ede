//===- executors.cpp - Tasks are run once, and exceptions come back -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever an executor is, each task runs once, run() returns when all are done,
// and what a task throws is thrown to the caller; the executor works as before
// then. The pool is compiled with the thread sanitizer, too.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t
// RUN: %clangxx -I%include -std=c++20 -O1 -g1 -pthread -fsanitize=thread %s \
// RUN:   %source/runtime/execution/threads.cpp -o %t.tsan
// RUN: %t.tsan

#include "../Inputs/check.h"
#include <algorithm>
#include <atomic>
#include <cstring>
#include <retrograd/execution/caller_pool.h>
#include <retrograd/execution/serial.h>
#include <retrograd/execution/simd.h>
#include <retrograd/execution/threads.h>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace retrograd;

static void runs_each_task_once(any_executor executor) {
  for (std::size_t tasks : {0, 1, 2, 3, 17, 1000}) {
    std::vector<int> calls(tasks);
    auto task = [&](std::size_t i) { ++calls[i]; };
    executor.run(tasks, task);
    for (int n : calls)
      CHECK_THAT(n == 1);
  }
}

template <class F> static std::string thrown(F f) {
  try {
    f();
  } catch (const std::exception &e) {
    return e.what();
  }
  return "";
}

static void gives_exceptions_back(any_executor executor) {
  for (int repeat = 0; repeat < 20; ++repeat) {
    std::atomic<int> running = 0;
    const std::string what = thrown([&] {
      auto task = [&](std::size_t i) {
        ++running;
        if (i % 10 == 3)
          throw std::runtime_error("task");
        --running;
      };
      executor.run(100, task);
    });
    CHECK_THAT(what == "task");
    runs_each_task_once(executor);
  }
}

/// Two tasks that wait for one another need two threads.
static void uses_its_threads() {
  threads pool(2);
  std::atomic<int> arrived = 0;
  std::set<std::thread::id> ids[2];
  auto task = [&](std::size_t i) {
    ids[i].insert(std::this_thread::get_id());
    ++arrived;
    while (arrived < 2)
      std::this_thread::yield();
  };
  pool.run(2, task);
  CHECK_THAT(ids[0] != ids[1]);
}

/// Workers that have gone to sleep are woken.
static void wakes_up() {
  threads pool(3);
  for (int repeat = 0; repeat < 5; ++repeat) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    runs_each_task_once(pool);
  }
}

static void nests() {
  threads pool(3);
  std::atomic<int> calls = 0;
  auto inner = [&](std::size_t) { ++calls; };
  auto outer = [&](std::size_t) { pool.run(4, inner); };
  pool.run(5, outer);
  CHECK_THAT(calls == 20);
  threads other(2);
  calls = 0;
  auto middle = [&](std::size_t) { other.run(3, inner); };
  pool.run(4, middle);
  CHECK_THAT(calls == 12);
}

/// Calls from several threads are served one after the other.
static void is_shared() {
  threads pool(2);
  std::vector<std::thread> callers;
  std::atomic<int> calls = 0;
  for (int c = 0; c < 3; ++c)
    callers.emplace_back([&calls, copy = pool]() mutable {
      auto task = [&](std::size_t) { ++calls; };
      for (int repeat = 0; repeat < 50; ++repeat)
        copy.run(7, task);
    });
  for (std::thread &caller : callers)
    caller.join();
  CHECK_THAT(calls == 3 * 50 * 7);
}

static void refuses() {
  CHECK_THAT(thrown([] { threads(5000); }) ==
             "threads: the number of threads is 5000; it must be at most 4096, "
             "or 0 for as many as the machine runs at once");
  CHECK_THAT(thrown([] { caller_pool(0, [](std::size_t, task_ref) {}); }) ==
             "caller_pool: the width is 0; it must be the number of threads, 1 "
             "or more");
  CHECK_THAT(thrown([] { caller_pool(1, nullptr); }) ==
             "caller_pool: there is no function to run tasks with");
  caller_pool forgetful(2, [](std::size_t n, task_ref task) {
    for (std::size_t i = 1; i < n; ++i)
      task(i);
  });
  CHECK_THAT(thrown([&] {
               auto task = [](std::size_t) {};
               forgetful.run(4, task);
             }) == "caller_pool: the pool's function made 3 calls for 4 tasks; "
                   "it must call each task once before it returns");
}

static void has_names() {
  CHECK_THAT(any_executor().name() == "serial" && any_executor().width() == 1);
  CHECK_THAT(any_executor(threads(3)).name() == "threads{3}");
  CHECK_THAT(threads(3).width() == 3 && threads().width() >= 1);
  CHECK_THAT(any_executor(simd(threads(3))).name() == "simd{threads{3}}");
  CHECK_THAT(any_executor(simd()).lanes() && !any_executor(serial()).lanes());
}

int main() {
  const caller_pool own(3, [](std::size_t n, task_ref task) {
    std::vector<std::thread> pool;
    for (std::size_t i = 0; i < std::min<std::size_t>(n, 20); ++i)
      pool.emplace_back([=] {
        for (std::size_t j = i; j < n; j += 20)
          task(j);
      });
    for (std::thread &t : pool)
      t.join();
  });
  for (const any_executor &executor :
       {any_executor(serial()), any_executor(threads(1)),
        any_executor(threads(2)), any_executor(threads(7)), any_executor(own),
        any_executor(simd(threads(4)))}) {
    runs_each_task_once(executor);
    gives_exceptions_back(executor);
  }
  uses_its_threads();
  wakes_up();
  nests();
  is_shared();
  refuses();
  has_names();
}
