//===- system_calls.h - The calls that a checkpoint makes ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program's own functions come before those of the C library. So a test sees
// each call of the library that it links, and can make it fail, or kill the
// process right there.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_RUNTIME_CHECKPOINT_SYSTEM_CALLS_H
#define RETROGRAD_TEST_RUNTIME_CHECKPOINT_SYSTEM_CALLS_H

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <string>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Told of each call, "rename run.ckpt.new run.ckpt", before it is made. What it
/// returns, if not 0, is the errno with which the call fails.
inline std::function<int(const std::string &)> on_call;

namespace calls {

inline std::string name_of(const char *path) {
  const std::string text = path;
  return text.substr(text.rfind('/') + 1);
}

inline std::string name_of(int descriptor) {
  struct stat facts = {};
  ::fstat(descriptor, &facts);
  if (S_ISDIR(facts.st_mode))
    return "folder";
  char path[4096];
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t n = ::readlink(link.c_str(), path, sizeof path - 1);
  path[n < 0 ? 0 : n] = '\0';
  return name_of(path);
}

template <class F> long intercepted(const std::string &text, F call) {
  if (on_call)
    if (const int reason = on_call(text); reason != 0) {
      errno = reason;
      return -1;
    }
  return call();
}

} // namespace calls

extern "C" {

ssize_t pwrite(int descriptor, const void *data, size_t size, off_t offset) {
  return calls::intercepted("pwrite " + calls::name_of(descriptor), [&] {
    return syscall(SYS_pwrite64, descriptor, data, size, offset);
  });
}

int fsync(int descriptor) {
  return static_cast<int>(
      calls::intercepted("fsync " + calls::name_of(descriptor),
                         [&] { return syscall(SYS_fsync, descriptor); }));
}

int ftruncate(int descriptor, off_t size) noexcept {
  return static_cast<int>(
      calls::intercepted("ftruncate " + calls::name_of(descriptor), [&] {
        return syscall(SYS_ftruncate, descriptor, size);
      }));
}

int rename(const char *from, const char *to) noexcept {
  return static_cast<int>(calls::intercepted(
      "rename " + calls::name_of(from) + " " + calls::name_of(to), [&] {
        return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
      }));
}

int link(const char *from, const char *to) noexcept {
  return static_cast<int>(calls::intercepted(
      "link " + calls::name_of(from) + " " + calls::name_of(to),
      [&] { return syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0); }));
}

int unlink(const char *path) noexcept {
  return static_cast<int>(
      calls::intercepted("unlink " + calls::name_of(path), [&] {
        return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
      }));
}

} // extern "C"

#endif // RETROGRAD_TEST_RUNTIME_CHECKPOINT_SYSTEM_CALLS_H
