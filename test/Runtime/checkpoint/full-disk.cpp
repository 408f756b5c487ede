//===- full-disk.cpp - When the disk is full, or fails ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writing fails at each byte, and each call fails with each reason: there is an
// error that says why, what was there is as before, and nothing is left lying.
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
#include <sys/file.h>
#include <sys/resource.h>

using retrograd::checkpoint_error;
using state = training_state<double>;

static void save(std::int64_t number, bool sync = false) {
  state s(number);
  retrograd::save_checkpoint(at("run.ckpt"), s, {.sync = sync});
}

static std::int64_t load(const std::string &name) {
  state s(0);
  CHECK_THAT(!retrograd::load_checkpoint(at(name), s).fell_back);
  CHECK_THAT(s.is(s.optimizer.step));
  return s.optimizer.step;
}

static std::size_t files() {
  std::size_t count = 0;
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    count += !entry.path().empty();
  return count;
}

static void start_anew() {
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    std::filesystem::remove(entry.path());
  save(1);
  save(2);
}

static void no_room_for_any_byte() {
  start_anew();
  const auto size = std::filesystem::file_size(at("run.ckpt"));
  std::signal(SIGXFSZ, SIG_IGN); // Now the limit is an error of write.
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  for (rlim_t limit = 0; limit < size; ++limit) {
    const rlimit file{limit, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &file);
    const std::string text = message<checkpoint_error>([] { save(3); });
    setrlimit(RLIMIT_FSIZE, &before);
    CHECK_THAT(text == "cannot write 'run.ckpt.new': File too large");
    CHECK_THAT(load("run.ckpt") == 2 && load("run.ckpt.previous") == 1);
    CHECK_THAT(files() == 2);
  }
  save(3);
  CHECK_THAT(load("run.ckpt") == 3 && load("run.ckpt.previous") == 2);
}

/// The calls, in their order: data to the disk, then the names, then the folder.
static std::vector<std::string> calls_of_save() {
  std::vector<std::string> calls;
  on_call = [&](const std::string &call) {
    calls.push_back(call);
    return 0;
  };
  save(3, true);
  on_call = nullptr;
  return calls;
}

static void order_of_calls() {
  start_anew();
  CHECK_THAT(calls_of_save() ==
             std::vector<std::string>(
                 {"ftruncate run.ckpt.new", "pwrite run.ckpt.new",
                  "pwrite run.ckpt.new", "fsync run.ckpt.new",
                  "unlink run.ckpt.previous.new",
                  "link run.ckpt run.ckpt.previous.new",
                  "rename run.ckpt.previous.new run.ckpt.previous",
                  "unlink run.ckpt.previous.new", "rename run.ckpt.new run.ckpt",
                  "fsync folder"}));
}

/// Makes one call of a save fail.
static std::string failing(const std::string &which, int reason) {
  start_anew();
  on_call = [&](const std::string &call) {
    return call.starts_with(which) ? reason : 0;
  };
  const std::string text = message<checkpoint_error>([] { save(3, true); });
  on_call = nullptr;
  return text;
}

static void calls_fail() {
  CHECK_THAT(failing("pwrite", ENOSPC) ==
             "cannot write 'run.ckpt.new': No space left on device");
  CHECK_THAT(load("run.ckpt") == 2 && load("run.ckpt.previous") == 1);
  CHECK_THAT(files() == 2);
  CHECK_THAT(failing("fsync run.ckpt.new", EIO) ==
             "cannot write 'run.ckpt.new': Input/output error");
  CHECK_THAT(load("run.ckpt") == 2 && load("run.ckpt.previous") == 1);
  CHECK_THAT(files() == 2);
  CHECK_THAT(failing("ftruncate", EIO) ==
             "cannot write 'run.ckpt.new': Input/output error");
  CHECK_THAT(load("run.ckpt") == 2);
  CHECK_THAT(failing("rename run.ckpt.new", EACCES) ==
             "cannot rename 'run.ckpt.new': Permission denied");
  CHECK_THAT(load("run.ckpt") == 2 && load("run.ckpt.previous") == 2);
  // It is in place, but perhaps not after a power cut.
  CHECK_THAT(failing("fsync folder", EIO).ends_with("Input/output error"));
  CHECK_THAT(load("run.ckpt") == 3 && load("run.ckpt.previous") == 2);
  CHECK_THAT(failing("fsync folder", EINVAL) == "nothing was thrown");
  // No hard links, an interrupted write: no reasons to fail.
  CHECK_THAT(failing("link ", EPERM) == "nothing was thrown");
  CHECK_THAT(load("run.ckpt") == 3 && load("run.ckpt.previous") == 2);
  start_anew();
  on_call = [n = 0](const std::string &call) mutable {
    return call.starts_with("pwrite") && n++ == 0 ? EINTR : 0;
  };
  save(3);
  on_call = nullptr;
  CHECK_THAT(load("run.ckpt") == 3);
}

static void another_writer() {
  start_anew();
  const int other =
      open(at("run.ckpt.new").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  CHECK_THAT(flock(other, LOCK_EX) == 0);
  CHECK_THAT(message<checkpoint_error>([] { save(3); }) ==
             "cannot write, as another process is doing so, 'run.ckpt.new': "
             "Device or resource busy");
  CHECK_THAT(load("run.ckpt") == 2 && files() == 3);
  close(other);
  save(3);
  CHECK_THAT(load("run.ckpt") == 3 && files() == 2);
}

/// What a process left that was killed may be longer than what is written now.
static void long_remains() {
  start_anew();
  write("run.ckpt.new", std::string(100000, 'x'));
  save(3);
  CHECK_THAT(load("run.ckpt") == 3 && files() == 2);
}

int main(int, char **argv) {
  folder = argv[1];
  no_room_for_any_byte();
  order_of_calls();
  calls_fail();
  another_writer();
  long_remains();
}
