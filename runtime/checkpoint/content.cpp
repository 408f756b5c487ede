//===- content.cpp - Reading a checkpoint, and doubting it --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nothing that a file says is believed before its checksum is right, and then
// not where it could lead outside of the file: bytes with a right checksum can
// be made on purpose.
//
//===----------------------------------------------------------------------===//

#include "format.h"
#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace retrograd::detail {

namespace {

/// Numbers from bytes, one behind the other.
class unpacker {
public:
  explicit unpacker(std::string_view bytes) : bytes_(bytes) {}

  bool has(std::size_t size) const { return size <= bytes_.size(); }
  std::string_view take(std::size_t size) {
    const auto result = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return result;
  }
  template <class T> T take() {
    T number;
    std::memcpy(&number, take(sizeof number).data(), sizeof number);
    return number;
  }

private:
  std::string_view bytes_;
};

} // namespace

void memory_source::read(std::uint64_t offset, void *data,
                         std::size_t size) const {
  if (size != 0)
    std::memcpy(data, image_.data() + offset, size);
}

void content::damaged(const std::string &what) const {
  throw damaged_error(name() + " " + what);
}

content::content(const source &from) : source_(from) {
  read_header();
  if (source_.checks_values())
    check_values();
}

void content::read_header() {
  const std::uint64_t size = source_.size();
  if (size < header_size)
    damaged("is too short: " + std::to_string(size) +
            " bytes are no checkpoint");
  char bytes[header_size];
  source_.read(0, bytes, sizeof bytes);
  unpacker header({bytes, sizeof bytes});
  if (header.take(magic.size()) != magic)
    damaged("is no checkpoint, or its first bytes are damaged");
  const auto its_version = header.take<std::uint32_t>();
  header.take<std::uint32_t>();
  const auto file_size = header.take<std::uint64_t>();
  const auto table = header.take<std::uint64_t>();
  const auto count = header.take<std::uint64_t>();
  const auto table_checksum = header.take<std::uint32_t>();
  header.take(16);
  if (header.take<std::uint32_t>() != checksum_of(bytes, header_size - 4))
    damaged("is damaged: the checksum of its header is wrong");
  if (its_version != version)
    throw checkpoint_error(name() + " has version " +
                           std::to_string(its_version) +
                           " of the format, this program reads version " +
                           std::to_string(version));
  if (file_size != size)
    damaged("is damaged: it has " + std::to_string(size) +
            " bytes, and was written with " + std::to_string(file_size));
  if (table < header_size || table > size)
    damaged("is damaged: its table is nowhere");
  read_table(table, count, table_checksum);
}

void content::read_table(std::uint64_t begin, std::uint64_t count,
                         std::uint32_t checksum) {
  std::string bytes(source_.size() - begin, '\0');
  source_.read(begin, bytes.data(), bytes.size());
  if (checksum_of(bytes.data(), bytes.size()) != checksum)
    damaged("is damaged: the checksum of its table is wrong");
  unpacker table(bytes);
  std::uint64_t at = header_size;
  while (table.has(1)) {
    entry e;
    const auto length = table.has(4) ? table.take<std::uint32_t>() : 0;
    if (!table.has(std::size_t(length) + 22))
      damaged("is damaged: its table ends within an entry");
    e.facts.name = table.take(length);
    e.facts.type = static_cast<element_type>(table.take<std::uint8_t>());
    e.facts.kind = static_cast<field_kind>(table.take<std::uint8_t>());
    e.facts.count = table.take<std::uint64_t>();
    e.offset = table.take<std::uint64_t>();
    e.checksum = table.take<std::uint32_t>();
    const std::size_t element = size_of(e.facts.type);
    if (element == 0 || e.facts.kind < field_kind::scalar ||
        e.facts.kind > field_kind::text || e.offset != at ||
        e.facts.count > (begin - at) / element ||
        (e.facts.kind == field_kind::scalar && e.facts.count != 1) ||
        (e.facts.kind == field_kind::text && element != 1))
      damaged("is damaged: the entry of '" + e.facts.name + "' makes no sense");
    at += e.bytes();
    entries_.push_back(std::move(e));
  }
  if (at != begin || entries_.size() != count)
    damaged("is damaged: its fields do not fill it");
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (!by_name_.emplace(entries_[i].facts.name, i).second)
      damaged("is damaged: it has two fields '" + entries_[i].facts.name + "'");
}

void content::check_values() const {
  std::vector<char> buffer;
  for (const entry &e : entries_) {
    std::uint32_t checksum = 0;
    bool truth = true;
    for (std::uint64_t done = 0; done < e.bytes(); done += buffer.size()) {
      buffer.resize(std::min<std::uint64_t>(1 << 20, e.bytes() - done));
      source_.read(e.offset + done, buffer.data(), buffer.size());
      checksum = checksum_of(buffer.data(), buffer.size(), checksum);
      if (e.facts.type == element_type::boolean)
        truth &= std::all_of(buffer.begin(), buffer.end(),
                             [](char c) { return c == 0 || c == 1; });
    }
    if (checksum != e.checksum || !truth)
      damaged("is damaged: the checksum of '" + e.facts.name + "' (" +
              e.facts.description() + " at byte " + std::to_string(e.offset) +
              ") is wrong");
  }
}

const entry *content::find(const std::string &name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &entries_[found->second];
}

void content::read(const entry &e, void *to) const {
  source_.read(e.offset, to, e.bytes());
}

} // namespace retrograd::detail
