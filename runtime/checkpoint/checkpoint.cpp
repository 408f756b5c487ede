//===- checkpoint.cpp - Checkpoints as files ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two generations of a file, the newer of which may be damaged: only then, or
// if it is not there, the other one is looked at. A file that is whole and does
// not fit is not damaged, and a file that may not be read neither.
//
//===----------------------------------------------------------------------===//

#include "format.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <retrograd/data/output_file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace retrograd {

namespace detail {

namespace {

class file_sink final : public sink {
public:
  explicit file_sink(const std::string &path) : file(path) {}
  void write(const void *data, std::size_t size) override {
    file.write(data, size);
  }
  void overwrite(std::size_t offset, const void *data,
                 std::size_t size) override {
    file.overwrite(offset, data, size);
  }
  output_file file;
};

class memory_sink final : public sink {
public:
  explicit memory_sink(std::vector<std::byte> &image) : image_(image) {}
  void write(const void *data, std::size_t size) override {
    const auto *bytes = static_cast<const std::byte *>(data);
    image_.insert(image_.end(), bytes, bytes + size);
  }
  void overwrite(std::size_t offset, const void *data,
                 std::size_t size) override {
    std::memcpy(image_.data() + offset, data, size);
  }

private:
  std::vector<std::byte> &image_;
};

class file_source final : public source {
public:
  /// Nothing if there is no such file.
  static std::unique_ptr<file_source> open(const std::string &path,
                                           bool checks_values = true) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT)
      return nullptr;
    struct stat facts = {};
    if (descriptor < 0 || ::fstat(descriptor, &facts) != 0) {
      const int reason = errno;
      if (descriptor >= 0)
        ::close(descriptor);
      throw checkpoint_error("cannot open '" + path +
                             "': " + std::strerror(reason));
    }
    return std::unique_ptr<file_source>(new file_source(
        path, descriptor, static_cast<std::uint64_t>(facts.st_size),
        checks_values));
  }
  ~file_source() { ::close(descriptor_); }
  file_source(const file_source &) = delete;
  file_source &operator=(const file_source &) = delete;

  std::uint64_t size() const override { return size_; }
  std::string name() const override { return "'" + path_ + "'"; }
  bool checks_values() const override { return checks_values_; }

  void read(std::uint64_t offset, void *data, std::size_t size) const override {
    auto *bytes = static_cast<char *>(data);
    while (size != 0) {
      const ssize_t n =
          ::pread(descriptor_, bytes, size, static_cast<off_t>(offset));
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        throw damaged_error(
            name() + " cannot be read: " +
            (n < 0 ? std::strerror(errno) : "it became shorter"));
      bytes += n;
      size -= static_cast<std::size_t>(n);
      offset += static_cast<std::uint64_t>(n);
    }
  }

private:
  file_source(std::string path, int descriptor, std::uint64_t size,
              bool checks_values)
      : path_(std::move(path)), descriptor_(descriptor), size_(size),
        checks_values_(checks_values) {}

  const std::string path_;
  const int descriptor_;
  const std::uint64_t size_;
  const bool checks_values_;
};

} // namespace

/// Whether the file is one to keep: a stump of another origin, or nothing, must
/// not push out the good one before. Its values are not read, which would take
/// as long as writing them.
static bool worth_keeping(const std::string &path) {
  try {
    const auto file = file_source::open(path, false);
    if (!file)
      return false;
    const content whole(*file);
    return true;
  } catch (const damaged_error &) {
    return false;
  } catch (
      const checkpoint_error &) { // Of another version, or of another user.
    return true;
  }
}

void save_checkpoint(const std::string &path, fields_reference fields,
                     const save_options &options) {
  try {
    file_sink to(path);
    write_checkpoint(to, fields, true);
    to.file.commit(worth_keeping(path) ? output_file::keep::previous
                                       : output_file::keep::nothing,
                   options.sync);
  } catch (const std::system_error &error) {
    throw checkpoint_error(error.what());
  }
}

static void warn(load_report &report, const load_options &options,
                 const std::string &text) {
  report.warnings.push_back(text);
  if (options.on_warning)
    options.on_warning(text);
  else
    std::fprintf(stderr, "warning: %s\n", text.c_str());
}

load_report load_checkpoint(const std::string &path, fields_reference fields,
                            const load_options &options) {
  load_report report;
  std::string problems;
  for (const std::string &candidate : {path, output_file::previous(path)}) {
    const auto file = file_source::open(candidate);
    std::optional<content> whole;
    std::string problem = "'" + candidate + "' is not there";
    if (file) {
      try {
        whole.emplace(*file);
      } catch (const damaged_error &error) {
        problem = error.what();
      }
    }
    if (whole) {
      report.path = candidate;
      report.fell_back = !problems.empty();
      if (report.fell_back)
        warn(report, options,
             problems + "; '" + candidate + "' is used instead");
      report.skipped = load_fields(*whole, fields, options);
      return report;
    }
    problems += (problems.empty() ? "" : ", and ") + problem;
  }
  throw checkpoint_error("there is no good checkpoint: " + problems);
}

/// A file that must be there.
static std::unique_ptr<file_source> open_existing(const std::string &path) {
  auto file = file_source::open(path);
  if (!file)
    throw checkpoint_error("'" + path + "' is not there");
  return file;
}

std::vector<std::string> compare_checkpoint(const std::string &path,
                                            fields_reference fields) {
  const auto file = open_existing(path);
  return compare_fields(content(*file), fields);
}

void save_snapshot(std::vector<std::byte> &image, fields_reference fields) {
  image.clear();
  memory_sink to(image);
  try {
    write_checkpoint(to, fields, false);
  } catch (...) {
    image.clear();
    throw;
  }
}

void load_snapshot(std::span<const std::byte> image, fields_reference fields) {
  if (image.empty())
    throw checkpoint_error("the snapshot is empty: nothing was saved");
  const memory_source from(image);
  load_fields(content(from), fields, {});
}

std::vector<std::string> compare_snapshot(std::span<const std::byte> image,
                                          fields_reference fields) {
  if (image.empty())
    throw checkpoint_error("the snapshot is empty: nothing was saved");
  const memory_source from(image);
  return compare_fields(content(from), fields);
}

} // namespace detail

bool checkpoint_exists(const std::string &path) {
  for (const std::string &candidate : {path, output_file::previous(path)})
    if (::access(candidate.c_str(), F_OK) == 0)
      return true;
  return false;
}

std::vector<field_facts> checkpoint_fields(const std::string &path) {
  const auto file = detail::open_existing(path);
  const detail::content whole(*file);
  std::vector<field_facts> result;
  for (const detail::entry &e : whole.entries())
    result.push_back(e.facts);
  return result;
}

} // namespace retrograd
