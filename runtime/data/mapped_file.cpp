//===- mapped_file.cpp - A file as memory, read only --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header for why files are mapped.
//
//===----------------------------------------------------------------------===//

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <retrograd/data/data_error.h>
#include <retrograd/data/mapped_file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace retrograd {

[[noreturn]] static void fail(const char *what, const std::string &path) {
  throw data_error(std::string("cannot ") + what + " '" + path +
                   "': " + std::strerror(errno));
}

namespace {

/// A descriptor that is closed at the end; the mapping outlives it.
struct descriptor {
  int number;
  ~descriptor() { ::close(number); }
};

} // namespace

std::shared_ptr<const mapped_file> mapped_file::open(const std::string &path) {
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0)
    fail("open", path);
  const descriptor file{number};
  struct stat facts = {};
  if (::fstat(file.number, &facts) != 0)
    fail("read", path);
  if (!S_ISREG(facts.st_mode))
    throw data_error("cannot map '" + path + "': it is no regular file");
  const auto size = static_cast<std::size_t>(facts.st_size);
  const std::byte *bytes = nullptr;
  if (size != 0) { // An empty mapping is an error of mmap's.
    void *memory =
        ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number, 0);
    if (memory == MAP_FAILED)
      fail("map", path);
    bytes = static_cast<const std::byte *>(memory);
  }
  return std::shared_ptr<const mapped_file>(
      new mapped_file(path, {bytes, size}));
}

mapped_file::~mapped_file() {
  if (!bytes_.empty())
    ::munmap(const_cast<std::byte *>(bytes_.data()), bytes_.size());
}

} // namespace retrograd
