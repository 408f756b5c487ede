//===- writer.cpp - Writing the fields of an object ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Fields are written as they are visited, since one may be a temporary of its
// object, and state may be larger than half of memory. What is known at the end
// only, the table and the header, is written then.
//
//===----------------------------------------------------------------------===//

#include "format.h"
#include <cstring>
#include <set>
#include <stdexcept>
#include <zlib.h>

namespace retrograd::detail {

std::uint32_t checksum_of(const void *data, std::size_t size,
                          std::uint32_t before) {
  return static_cast<std::uint32_t>(
      crc32_z(before, static_cast<const Bytef *>(data), size));
}

namespace {

/// Numbers as bytes, one behind the other.
class packer {
public:
  template <class T> packer &operator<<(T number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    text_.append(bytes, sizeof number);
    return *this;
  }
  packer &append(std::string_view bytes) {
    text_ += bytes;
    return *this;
  }
  const std::string &text() const { return text_; }

private:
  std::string text_;
};

class writer final : public archive {
public:
  writer(sink &to, bool checksums) : to_(to), checksums_(checksums) {
    const char zeros[header_size] = {};
    to_.write(zeros, sizeof zeros);
  }

  void finish() {
    const std::string &table = table_.text();
    to_.write(table.data(), table.size());
    packer header;
    header.append(magic) << version << std::uint32_t(0) << at_ + table.size()
                         << at_ << std::uint64_t(names_.size())
                         << checksum_of(table.data(), table.size())
                         << std::uint32_t(0) << std::uint32_t(0)
                         << std::uint32_t(0) << std::uint32_t(0);
    header << checksum_of(header.text().data(), header.text().size());
    to_.overwrite(0, header.text().data(), header.text().size());
  }

private:
  void visit(field_place &place) override {
    const field_facts &facts = place.facts;
    if (!names_.insert(facts.name).second)
      throw std::invalid_argument("two fields are called '" + facts.name + "'");
    const std::size_t size = facts.count * size_of(facts.type);
    table_ << static_cast<std::uint32_t>(facts.name.size());
    table_.append(facts.name)
        << facts.type << facts.kind << facts.count << at_
        << (checksums_ ? checksum_of(place.data, size) : std::uint32_t(0));
    to_.write(place.data, size);
    at_ += size;
  }

  sink &to_;
  const bool checksums_;
  std::uint64_t at_ = header_size;
  packer table_;
  std::set<std::string> names_;
};

} // namespace

void write_checkpoint(sink &to, fields_reference fields, bool checksums) {
  writer w(to, checksums);
  fields.visit(w);
  w.finish();
}

} // namespace retrograd::detail
