//===- state_archive.cpp - Copies of a state in memory --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <cstdint>
#include <cstring>
#include <retrograd/training/state_archive.h>
#include <stdexcept>

namespace retrograd {

void memory_copy::writer::put(const void *data, std::size_t bytes) {
  const auto *const first = static_cast<const unsigned char *>(data);
  bytes_.insert(bytes_.end(), first, first + bytes);
}

void memory_copy::writer::array(std::string_view, element_type type, void *data,
                                std::size_t size) {
  put(data, size * size_of(type));
}

void memory_copy::writer::list(std::string_view, const growing &values) {
  const std::uint64_t size = values.size(values.vector);
  put(&size, sizeof(size));
  put(values.resize(values.vector, size), size * size_of(values.type));
}

void memory_copy::writer::text(std::string_view, std::string &value) {
  const std::uint64_t size = value.size();
  put(&size, sizeof(size));
  put(value.data(), size);
}

void memory_copy::reader::get(void *data, std::size_t bytes) {
  if (bytes > bytes_.size() - at_)
    throw std::logic_error("a copy of the training's state is shorter than the "
                           "state; a fields() function does not name the same "
                           "fields each time");
  if (bytes != 0)
    std::memcpy(data, bytes_.data() + at_, bytes);
  at_ += bytes;
}

void memory_copy::reader::array(std::string_view, element_type type, void *data,
                                std::size_t size) {
  get(data, size * size_of(type));
}

void memory_copy::reader::list(std::string_view, const growing &values) {
  std::uint64_t size = 0;
  get(&size, sizeof(size));
  get(values.resize(values.vector, size), size * size_of(values.type));
}

void memory_copy::reader::text(std::string_view, std::string &value) {
  std::uint64_t size = 0;
  get(&size, sizeof(size));
  value.resize(size);
  get(value.data(), size);
}

} // namespace retrograd
