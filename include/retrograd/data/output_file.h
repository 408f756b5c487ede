//===- output_file.h - A file that is there whole or not at all ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is being written has a name of its own, the file's and ".new", until it
// is complete and on the disk. Then it is renamed, which a file system does as
// a whole: whoever reads sees the old file or the new one, also after the
// process is killed, the disk is full, or the power goes.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_OUTPUT_FILE_H
#define RETROGRAD_DATA_OUTPUT_FILE_H

#include <cstddef>
#include <memory>
#include <string>

namespace retrograd {

class output_file {
public:
  /// Where the file before is kept, if at all.
  enum class keep { nothing, previous };

  /// Creates `path`.new. Throws std::system_error, whose text has the path, if
  /// that fails, or if another process is writing it.
  explicit output_file(std::string path);

  /// Appends. Throws std::system_error: "cannot write '...': No space left".
  void write(const void *data, std::size_t size);

  /// Overwrites what has been written before, at a place.
  void overwrite(std::size_t offset, const void *data, std::size_t size);

  /// Puts the file in place: everything reaches the disk (with `sync`), the
  /// file of before becomes `path`.previous (if it is to be kept), the new one
  /// `path`. At no moment is there neither. Throws std::system_error.
  void commit(keep, bool sync = true);

  /// What was not committed is removed.
  ~output_file();
  output_file(const output_file &) = delete;
  output_file &operator=(const output_file &) = delete;

  static std::string previous(const std::string &path) {
    return path + ".previous";
  }

private:
  void open_locked();
  void flush();
  void write_through(const char *data, std::size_t size, std::size_t offset);
  void keep_previous();
  void sync_folder();
  [[noreturn]] void fail(const char *what, const std::string &path) const;

  std::string path_, aside_;
  std::unique_ptr<char[]> buffer_;
  std::size_t buffered_ = 0, written_ = 0;
  int descriptor_ = -1;
  bool committed_ = false;
};

} // namespace retrograd

#endif // RETROGRAD_DATA_OUTPUT_FILE_H
