//===- format.h - The format of checkpoints, version 1 ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All numbers are little-endian. A file is, without gaps,
//
//   header, 64 bytes:
//      0  magic, 8 bytes. As in PNG it is broken by transfers as text.
//      8  version, 4 bytes
//     12  zero, 4 bytes
//     16  size of the file, 8 bytes
//     24  where the table begins, 8 bytes
//     32  number of fields, 8 bytes
//     40  CRC-32 of the table, 4 bytes
//     44  zero, 16 bytes
//     60  CRC-32 of the header before it, 4 bytes
//   the values of the fields, in the order in which they were visited
//   table, an entry for each field:
//      length of the name, 4 bytes; the name; type and kind, 1 byte each;
//      number of elements, 8 bytes; where the value begins, 8 bytes;
//      CRC-32 of the value, 4 bytes
//
// So each byte is covered by a checksum, and a damaged one by name. The first
// 64 bytes will have this form in every version.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_CHECKPOINT_FORMAT_H
#define RETROGRAD_RUNTIME_CHECKPOINT_FORMAT_H

#include <bit>
#include <cstdint>
#include <map>
#include <retrograd/checkpoint.h>
#include <string_view>

namespace retrograd::detail {

static_assert(std::endian::native == std::endian::little,
              "checkpoints are little-endian, and values are copied");

inline constexpr std::string_view magic("\x89RGC\r\n\x1a\n", 8);
inline constexpr std::uint32_t version = 1;
inline constexpr std::size_t header_size = 64;

/// A file that is not what it was when it was written: the one before may be.
class damaged_error : public checkpoint_error {
public:
  using checkpoint_error::checkpoint_error;
};

/// Where the bytes go.
class sink {
public:
  virtual void write(const void *data, std::size_t size) = 0;
  virtual void overwrite(std::size_t offset, const void *data,
                         std::size_t size) = 0;

protected:
  ~sink() = default;
};

/// Where they come from.
class source {
public:
  virtual std::uint64_t size() const = 0;
  /// Throws damaged_error if the bytes cannot be read.
  virtual void read(std::uint64_t offset, void *data,
                    std::size_t size) const = 0;
  /// For messages: the quoted path.
  virtual std::string name() const = 0;
  /// Whether the checksums of values are to be compared.
  virtual bool checks_values() const = 0;

protected:
  ~source() = default;
};

/// Bytes in memory, which nobody damages.
class memory_source final : public source {
public:
  explicit memory_source(std::span<const std::byte> image) : image_(image) {}
  std::uint64_t size() const override { return image_.size(); }
  void read(std::uint64_t offset, void *data, std::size_t size) const override;
  std::string name() const override { return "the snapshot"; }
  bool checks_values() const override { return false; }

private:
  std::span<const std::byte> image_;
};

struct entry {
  field_facts facts;
  std::uint64_t offset;
  std::uint32_t checksum;

  std::uint64_t bytes() const { return facts.count * size_of(facts.type); }
};

/// A whole checkpoint that has been found good.
class content {
public:
  /// Throws damaged_error if it is not what was written, checkpoint_error if it
  /// was written in another version of the format.
  explicit content(const source &from);
  content(const content &) = delete;
  content &operator=(const content &) = delete;

  const std::vector<entry> &entries() const { return entries_; }
  /// The field of this name, or null.
  const entry *find(const std::string &name) const;
  void read(const entry &, void *to) const;
  std::string name() const { return source_.name(); }

private:
  void read_header();
  void read_table(std::uint64_t begin, std::uint64_t count,
                  std::uint32_t checksum);
  void check_values() const;
  [[noreturn]] void damaged(const std::string &what) const;

  const source &source_;
  std::vector<entry> entries_;
  std::map<std::string_view, std::size_t> by_name_;
};

/// Writes everything that the fields visit.
void write_checkpoint(sink &, fields_reference, bool checksums);

/// Loads what the options allow; tells what they made it skip.
std::vector<std::string> load_fields(const content &, fields_reference,
                                     const load_options &);

/// A line for each difference of values.
std::vector<std::string> compare_fields(const content &, fields_reference);

/// The CRC-32 of zip and PNG, of bytes that follow those with checksum
/// `before`.
std::uint32_t checksum_of(const void *data, std::size_t size,
                          std::uint32_t before = 0);

} // namespace retrograd::detail

#endif // RETROGRAD_RUNTIME_CHECKPOINT_FORMAT_H
