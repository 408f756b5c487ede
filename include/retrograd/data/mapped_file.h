//===- mapped_file.h - A file as memory, read only ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Data sets that are larger than memory are read by the pages that a batch
// touches. A mapping stays alive as long as a column that points into it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_MAPPED_FILE_H
#define RETROGRAD_DATA_MAPPED_FILE_H

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace retrograd {

/// A whole file, mapped read only. The file must not become shorter while it is
/// mapped: reading what is gone is a SIGBUS, as with every mapping.
class mapped_file {
public:
  /// Throws data_error if the file cannot be opened or mapped.
  static std::shared_ptr<const mapped_file> open(const std::string &path);

  std::span<const std::byte> bytes() const { return bytes_; }
  const std::string &path() const { return path_; }

  mapped_file(const mapped_file &) = delete;
  mapped_file &operator=(const mapped_file &) = delete;
  ~mapped_file();

private:
  mapped_file(std::string path, std::span<const std::byte> bytes)
      : path_(std::move(path)), bytes_(bytes) {}

  std::string path_;
  std::span<const std::byte> bytes_;
};

} // namespace retrograd

#endif // RETROGRAD_DATA_MAPPED_FILE_H
