//===- killed.cpp - Killed while writing --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A process that writes a checkpoint is killed: at each byte, by the limit of the
// size of files, whose signal ends it there; at each system call; and by SIGKILL
// at any time, again and again. Each time the last good one loads, whole.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -O1 -Wall -Wextra -Werror %s %runtime \
// RUN:   -o %t.program
// RUN: %t.program %t

#include "../data/Inputs/files.h"
#include "Inputs/state.h"
#include "Inputs/system_calls.h"
#include <filesystem>
#include <random>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

using state = training_state<float>;

static void save(std::int64_t number, std::size_t size = 5) {
  state s(number, size);
  retrograd::save_checkpoint(at("run.ckpt"), s, {.sync = false});
}

/// The number of the state in the file; none but whole ones will do.
static std::int64_t load(const std::string &name, std::size_t size = 5) {
  state s(0, size);
  const auto report = retrograd::load_checkpoint(at(name), s);
  CHECK_THAT(!report.fell_back);
  CHECK_THAT(s.is(s.optimizer.step));
  return s.optimizer.step;
}

/// Runs f in a process of its own, and tells how that ended.
template <class F> static int in_child(F f) {
  const pid_t child = fork();
  CHECK_THAT(child >= 0);
  if (child == 0) {
    f();
    _exit(0);
  }
  int status = 0;
  CHECK_THAT(waitpid(child, &status, 0) == child);
  return status;
}

static bool killed_by(int status, int signal) {
  return WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

static std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    result.push_back(entry.path().filename());
  std::sort(result.begin(), result.end());
  return result;
}

static void start_anew() {
  for (const std::string &name : names())
    std::filesystem::remove(at(name));
  save(1);
  save(2);
}

/// After a kill while 3 was being written over 2 and 1.
static void check_survivors() {
  const std::int64_t newest = load("run.ckpt");
  CHECK_THAT(newest == 2 || newest == 3);
  const std::int64_t previous = load("run.ckpt.previous");
  CHECK_THAT(previous == 1 || previous == 2);
  CHECK_THAT(newest == 2 || previous == 2);
  // What the dead have left does not disturb the living.
  save(4);
  CHECK_THAT(load("run.ckpt") == 4 && load("run.ckpt.previous") == newest);
  CHECK_THAT(names() ==
             std::vector<std::string>({"run.ckpt", "run.ckpt.previous"}));
}

static void at_each_byte() {
  start_anew();
  const auto size = std::filesystem::file_size(at("run.ckpt"));
  for (rlim_t limit = 0; limit < size; ++limit) {
    const int status = in_child([&] {
      const rlimit file{limit, limit}, none{0, 0};
      setrlimit(RLIMIT_CORE, &none);
      setrlimit(RLIMIT_FSIZE, &file);
      save(3);
    });
    CHECK_THAT(killed_by(status, SIGXFSZ));
    // All bytes up to the limit have been written, and no file is in its place.
    CHECK_THAT(std::filesystem::file_size(at("run.ckpt.new")) == limit);
    CHECK_THAT(load("run.ckpt") == 2 && load("run.ckpt.previous") == 1);
  }
  check_survivors();
}

/// Kills before each call, and, since the next one is another, after each.
static void at_each_call() {
  int calls = 0;
  for (int kill_at = 0;; ++kill_at) {
    start_anew();
    const int status = in_child([&] {
      on_call = [&, n = 0](const std::string &) mutable {
        if (n++ == kill_at)
          kill(getpid(), SIGKILL);
        return 0;
      };
      state s(3);
      retrograd::save_checkpoint(at("run.ckpt"), s); // with fsync
    });
    if (!killed_by(status, SIGKILL)) {
      CHECK_THAT(status == 0);
      CHECK_THAT(load("run.ckpt") == 3 && load("run.ckpt.previous") == 2);
      calls = kill_at;
      break;
    }
    check_survivors();
  }
  CHECK_THAT(calls >= 9);
}

/// The same where the file system knows no hard links: for a moment there is the
/// previous file only, and it is used, with a warning.
static void without_links() {
  bool fell_back = false;
  for (int kill_at = 0; kill_at < 9; ++kill_at) {
    start_anew();
    in_child([&] {
      on_call = [&, n = 0](const std::string &call) mutable {
        if (n++ == kill_at)
          kill(getpid(), SIGKILL);
        return call.starts_with("link ") ? EPERM : 0;
      };
      save(3);
    });
    state s(0);
    retrograd::load_options options;
    options.on_warning = [&](const std::string &text) {
      fell_back = true;
      CHECK_THAT(text.find("'is not there'") == std::string::npos);
    };
    retrograd::load_checkpoint(at("run.ckpt"), s, options);
    CHECK_THAT(s.is(s.optimizer.step) && s.optimizer.step >= 2);
  }
  CHECK_THAT(fell_back);
}

/// A process that writes one after the other, and says which it has written.
static void again_and_again() {
  start_anew();
  constexpr std::size_t size = 30000;
  auto *written = static_cast<std::int64_t *>(
      mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE,
           MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  CHECK_THAT(written != MAP_FAILED);
  save(3, size);
  *written = 3;
  std::mt19937 random(1);
  int in_the_middle = 0;
  for (int round = 0; round < 60; ++round) {
    const std::int64_t before = *written;
    const pid_t child = fork();
    CHECK_THAT(child >= 0);
    if (child == 0) {
      for (std::int64_t number = before + 1;; ++number) {
        save(number, size);
        *written = number;
      }
    }
    while (*written == before && waitpid(child, nullptr, WNOHANG) == 0)
      usleep(100);
    usleep(random() % 3000);
    kill(child, SIGKILL);
    CHECK_THAT(waitpid(child, nullptr, 0) == child);
    const std::int64_t loaded = load("run.ckpt", size);
    CHECK_THAT(loaded == *written || loaded == *written + 1);
    CHECK_THAT(load("run.ckpt.previous", size) >= loaded - 1);
    in_the_middle += names().size() > 2;
    *written = loaded;
  }
  // Some of them were killed while a file was being written.
  CHECK_THAT(in_the_middle > 5);
}

int main(int, char **argv) {
  folder = argv[1];
  at_each_byte();
  at_each_call();
  without_links();
  again_and_again();
}
