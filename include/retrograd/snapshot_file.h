//===- snapshot_file.h - States of a loop on disk -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where `#pragma retrograd checkpoint disk(folder)` puts the states that are
// not to stay in memory: a stack of records of the tape, in a temporary file.
// The file has no name from the moment on that it is open, so the system
// removes it in every case, with an exception and at the end of a killed
// program, too. It is not for other systems than POSIX ones.
//
// Errors of the system, a full disk say, are std::system_error.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_SNAPSHOT_FILE_H
#define RETROGRAD_SNAPSHOT_FILE_H

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <retrograd/tape.h>
#include <string>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace retrograd {

class snapshot_file {
public:
  snapshot_file(const snapshot_file &) = delete;
  snapshot_file &operator=(const snapshot_file &) = delete;
  ~snapshot_file() { close(); }

  /// A new file in a folder, which the end of the tape's scope closes at the
  /// latest.
  static snapshot_file *open(tape &t, const char *folder) {
    snapshot_file *file = new snapshot_file(folder);
    t.defer([file]() { delete file; });
    return file;
  }

  /// How many snapshots of `size` bytes each stay in memory.
  static long in_memory(long long bytes, std::size_t size) noexcept {
    return bytes < 0 ? 0
                     : static_cast<long>(
                           static_cast<unsigned long long>(bytes) / size);
  }

  /// Moves what the tape has recorded since to the file.
  void store(tape &t, const tape::position &since) {
    entry e;
    e.place = since;
    e.first_block = blocks_.size();
    entries_.push_back(e);
    t.take_off(since, [this](const unsigned char *data, std::size_t size) {
      write(data, size);
      blocks_.push_back(size);
    });
  }

  /// Moves the last record back to the tape, if it has been taken from where
  /// the tape now ends; otherwise what is there has stayed in memory.
  void load(tape &t) {
    if (entries_.empty() || entries_.back().place != t.mark())
      return;
    while (blocks_.size() > entries_.back().first_block) {
      std::size_t size = blocks_.back();
      buffer_.resize(size);
      read(buffer_.data(), size);
      t.push_array(buffer_.data(), size);
      blocks_.pop_back();
    }
    entries_.pop_back();
  }

  /// Bytes in the file.
  std::size_t bytes() const noexcept { return size_; }

  void close() noexcept {
    if (descriptor_ >= 0)
      ::close(descriptor_);
    descriptor_ = -1;
  }

private:
  struct entry {
    tape::position place;
    std::size_t first_block;
  };

  explicit snapshot_file(const char *folder) : folder_(folder) {
    std::string name = folder_ + "/retrograd-XXXXXX";
    descriptor_ = ::mkstemp(&name[0]);
    if (descriptor_ < 0)
      fail("create a file");
    ::unlink(name.c_str());
    ::fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
  }

  void write(const unsigned char *data, std::size_t size) {
    while (size > 0) {
      ::ssize_t done =
          ::pwrite(descriptor_, data, size, static_cast<::off_t>(size_));
      if (done < 0 && errno == EINTR)
        continue;
      if (done <= 0)
        fail("write");
      data += done;
      size -= static_cast<std::size_t>(done);
      size_ += static_cast<std::size_t>(done);
    }
  }

  /// Takes the last bytes off the file.
  void read(unsigned char *data, std::size_t size) {
    std::size_t from = size_ - size;
    for (std::size_t have = 0; have < size;) {
      ::ssize_t done = ::pread(descriptor_, data + have, size - have,
                               static_cast<::off_t>(from + have));
      if (done < 0 && errno == EINTR)
        continue;
      if (done <= 0)
        fail("read back");
      have += static_cast<std::size_t>(done);
    }
    size_ = from;
  }

  [[noreturn]] void fail(const char *what) const {
    int error = errno ? errno : EIO;
    std::string message = std::string("retrograd: checkpoint cannot ") + what +
                          " in '" + folder_ + "'";
#ifdef __cpp_exceptions
    throw std::system_error(error, std::generic_category(), message);
#else
    std::fprintf(stderr, "%s (error %d)\n", message.c_str(), error);
    std::abort();
#endif
  }

  std::string folder_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
  std::vector<entry> entries_;
  std::vector<std::size_t> blocks_;
  std::vector<unsigned char> buffer_;
};

} // namespace retrograd

#endif // RETROGRAD_SNAPSHOT_FILE_H
