//===- output_file.cpp - A file that is there whole or not at all -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The order of system calls is what this file is about: data to the disk, then
// the names, then the folder. See T. S. Pillai et al., "All File Systems Are
// Not Created Equal: On the Complexity of Crafting Crash-Consistent
// Applications", OSDI 2014, for what happens otherwise.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <retrograd/data/output_file.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace retrograd {

static constexpr std::size_t buffer_size = 1 << 16;

void output_file::fail(const char *what, const std::string &path) const {
  throw std::system_error(errno, std::generic_category(),
                          std::string("cannot ") + what + " '" + path + "'");
}

output_file::output_file(std::string path)
    : path_(std::move(path)), aside_(path_ + ".new"),
      buffer_(std::make_unique<char[]>(buffer_size)) {
  open_locked();
}

/// Opens the file aside, which a process that was killed may have left, and
/// which another one may be writing. The lock is of the file, not of the name:
/// the name may have gone to a new file between opening and locking.
void output_file::open_locked() {
  for (;;) {
    descriptor_ = ::open(aside_.c_str(),
                         O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor_ < 0)
      fail("create", aside_);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(descriptor_);
      errno = EBUSY;
      fail("write, as another process is doing so,", aside_);
    }
    struct stat mine = {}, named = {};
    if (::fstat(descriptor_, &mine) == 0 &&
        ::stat(aside_.c_str(), &named) == 0 && mine.st_ino == named.st_ino &&
        mine.st_dev == named.st_dev)
      break;
    ::close(descriptor_);
  }
  if (::ftruncate(descriptor_, 0) != 0) {
    const int reason = errno;
    ::close(descriptor_);
    errno = reason;
    fail("write", aside_);
  }
}

output_file::~output_file() {
  if (!committed_)
    ::unlink(aside_.c_str());
  ::close(descriptor_);
}

void output_file::write_through(const char *data, std::size_t size,
                                std::size_t offset) {
  while (size != 0) {
    const ssize_t n =
        ::pwrite(descriptor_, data, size, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      fail("write", aside_);
    data += n;
    size -= static_cast<std::size_t>(n);
    offset += static_cast<std::size_t>(n);
  }
}

void output_file::flush() {
  write_through(buffer_.get(), buffered_, written_);
  written_ += buffered_;
  buffered_ = 0;
}

void output_file::write(const void *data, std::size_t size) {
  const auto *bytes = static_cast<const char *>(data);
  if (size > buffer_size - buffered_)
    flush();
  if (size >= buffer_size) {
    write_through(bytes, size, written_);
    written_ += size;
  } else {
    std::copy_n(bytes, size, buffer_.get() + buffered_);
    buffered_ += size;
  }
}

void output_file::overwrite(std::size_t offset, const void *data,
                            std::size_t size) {
  flush();
  write_through(static_cast<const char *>(data), size, offset);
}

/// Gives the present file a second name, so that it never has none. Where the
/// file system knows no hard links it is renamed instead: should the process
/// end right then, there is the previous file only, and readers look for that.
void output_file::keep_previous() {
  const std::string kept = previous(path_), link = kept + ".new";
  if (::unlink(link.c_str()) != 0 && errno != ENOENT)
    fail("remove", link);
  if (::link(path_.c_str(), link.c_str()) == 0) {
    if (::rename(link.c_str(), kept.c_str()) != 0)
      fail("rename", link);
    // Two names of one file are left as they are by rename.
    ::unlink(link.c_str());
  } else if (errno != ENOENT && ::rename(path_.c_str(), kept.c_str()) != 0) {
    fail("rename", path_);
  }
}

/// A rename is on the disk when the folder is.
void output_file::sync_folder() {
  const auto slash = path_.rfind('/');
  const std::string folder = slash == std::string::npos ? "."
                             : slash == 0 ? "/"
                                          : path_.substr(0, slash);
  const int number = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number < 0)
    fail("open", folder);
  const int result = ::fsync(number), reason = errno;
  ::close(number);
  errno = reason;
  // Some file systems have nothing to do for a folder, and say so.
  if (result != 0 && errno != EINVAL && errno != ENOTSUP)
    fail("write", folder);
}

void output_file::commit(keep what, bool sync) {
  flush();
  if (sync && ::fsync(descriptor_) != 0)
    fail("write", aside_);
  if (what == keep::previous)
    keep_previous();
  if (::rename(aside_.c_str(), path_.c_str()) != 0)
    fail("rename", aside_);
  committed_ = true;
  if (sync)
    sync_folder();
}

} // namespace retrograd
