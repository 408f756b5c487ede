//===- row_file.cpp - Rows that are written at once or not at all ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The system's own calls, as a buffered stream neither says how much of a row
// reached the file nor lets go of a row that failed.
//
//===----------------------------------------------------------------------===//

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <retrograd/reporting/metrics.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace retrograd::detail {

namespace {

std::string reason(int error) { return std::generic_category().message(error); }

/// A pipe without a reader and a file that meets the limit of its size would
/// end the process. While this lives, they are errors of the call instead.
class without_signals {
public:
  without_signals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGPIPE);
    sigaddset(&signals_, SIGXFSZ);
    sigset_t pending;
    sigpending(&pending);
    // What was pending before is not ours to take.
    if (sigismember(&pending, SIGPIPE))
      sigdelset(&signals_, SIGPIPE);
    if (sigismember(&pending, SIGXFSZ))
      sigdelset(&signals_, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~without_signals() {
    const timespec at_once = {0, 0};
    while (sigtimedwait(&signals_, nullptr, &at_once) > 0 || errno == EINTR)
      ;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  without_signals(const without_signals &) = delete;
  without_signals &operator=(const without_signals &) = delete;

private:
  sigset_t signals_;
  sigset_t before_;
};

/// Writes `text` and counts what was written of it; returns what went wrong.
int write_all(int descriptor, std::string_view text, std::size_t &count) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return written < 0 ? errno : ENOSPC;
    text.remove_prefix(std::size_t(written));
    count += std::size_t(written);
  }
  return 0;
}

} // namespace

row_file::row_file(std::string path, metrics_options options,
                   std::string_view header)
    : path_(std::move(path)), options_(std::move(options)), due_(header) {
  if (options_.step_interval < 0)
    throw std::invalid_argument("metrics: step_interval is " +
                                std::to_string(options_.step_interval) +
                                "; it must be 0 (epochs only) or more");
  const int flags =
      O_CREAT | O_APPEND | O_CLOEXEC | (options_.append ? 0 : O_TRUNC);
  // What is appended to is read first. A new file may be a pipe.
  descriptor_ = ::open(path_.c_str(),
                       flags | (options_.append ? O_RDWR : O_WRONLY), 0666);
  if (descriptor_ < 0)
    throw metrics_error("cannot open the file of metrics " + path_ + ": " +
                        reason(errno));
  try {
    start();
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

void row_file::start() {
  struct stat status = {};
  if (!options_.append || ::fstat(descriptor_, &status) != 0 ||
      !S_ISREG(status.st_mode) || status.st_size == 0) {
    // The header is there before the first epoch is done. If this fails, the
    // first row tries again.
    put({});
    return;
  }
  std::string first(due_.size(), '\0');
  const ssize_t length = ::pread(descriptor_, first.data(), first.size(), 0);
  if (length != ssize_t(due_.size()) || first != due_)
    throw metrics_error("cannot continue the file of metrics " + path_ +
                        ": its first line is not \"" +
                        due_.substr(0, due_.size() - 1) + "\"");
  due_.clear();
  // A run that was killed in the middle of a row leaves a torn one.
  char last = '\n';
  if (::pread(descriptor_, &last, 1, status.st_size - 1) == 1 && last != '\n')
    due_ = "\n";
}

row_file::~row_file() {
  if (::close(descriptor_) != 0 && errno != EINTR)
    fail(errno);
}

void row_file::write(std::string_view row) noexcept {
  if (!put(row))
    ++rows_lost_;
}

/// Writes what is due and `text`, or takes back what was written of them.
bool row_file::put(std::string_view text) noexcept {
  const without_signals quiet;
  struct stat before = {};
  const bool regular =
      ::fstat(descriptor_, &before) == 0 && S_ISREG(before.st_mode);
  std::size_t count = 0;
  int error = write_all(descriptor_, due_, count);
  if (error == 0)
    error = write_all(descriptor_, text, count);
  if (error == 0) {
    due_.clear();
    return true;
  }
  // Half a row would spoil the file for whoever reads it.
  const bool taken_back =
      count == 0 || (regular && ::ftruncate(descriptor_, before.st_size) == 0);
  if (!taken_back)
    due_.assign(1, '\n');
  fail(error);
  return false;
}

void row_file::fail(int error) noexcept {
  if (std::exchange(reported_, true))
    return;
  try {
    const std::string text = "cannot write the file of metrics " + path_ +
                             ": " + reason(error) +
                             "; the training goes on, and rows are lost";
    if (options_.on_failure)
      options_.on_failure(text);
    else
      std::fprintf(stderr, "warning: %s\n", text.c_str());
  } catch (...) {
    // There is nobody left to tell, and metrics must not stop a training.
  }
}

} // namespace retrograd::detail
