//===- npy.cpp - Arrays in NumPy's .npy files ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See npy_header.cpp for the format. Here are the files.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <retrograd/data/convert.h>
#include <retrograd/data/npy.h>
#include <retrograd/data/output_file.h>
#include <system_error>

namespace retrograd {

namespace detail {

template <class T> static std::string shortest_text(T x) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, x).ptr;
  return std::string(text, end);
}
std::string shortest(float x) { return shortest_text(x); }
std::string shortest(double x) { return shortest_text(x); }

void conversion_failed(const std::string &what, std::size_t index,
                       const std::string &value, element_type to) {
  throw data_error(what + ": element " + std::to_string(index) + " is " +
                   value + ", which is no " + name_of(to));
}

} // namespace detail

/// Truth values are one byte, 0 or 1: reading another one is undefined.
static void check_truth_values(const npy_file &file,
                               std::span<const std::byte> bytes) {
  const auto wrong = std::find_if(bytes.begin(), bytes.end(), [](std::byte b) {
    return std::to_integer<int>(b) > 1;
  });
  if (wrong != bytes.end())
    throw data_error("'" + file.path() + "': element " +
                     std::to_string(wrong - bytes.begin()) + " is the byte " +
                     std::to_string(std::to_integer<int>(*wrong)) +
                     ", which is no bool");
}

npy_file::npy_file(const std::string &path)
    : file_(mapped_file::open(path)),
      header_(read_npy_header(file_->bytes(), path, file_->bytes().size())) {
  if (header_.type == element_type::boolean)
    check_truth_values(*this, file_->bytes().subspan(header_.data_offset));
}

const void *npy_file::elements(element_type wanted,
                               std::size_t alignment) const {
  if (header_.type != wanted)
    throw data_error("'" + path() + "' holds " + description() + ", not " +
                     name_of(wanted) +
                     "; to<T>() makes a copy as another type");
  const std::byte *data = file_->bytes().data() + header_.data_offset;
  if (reinterpret_cast<std::uintptr_t>(data) % alignment != 0)
    throw data_error("'" + path() + "': the elements begin at byte " +
                     std::to_string(header_.data_offset) + ", where no " +
                     name_of(wanted) +
                     " can be read in place; to<T>() makes a copy");
  return data;
}

/// The elements of the file, which may lie at any address.
template <data_element From>
static std::vector<From> copied(std::span<const std::byte> bytes) {
  std::vector<From> values(bytes.size() / sizeof(From));
  if (!values.empty())
    std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

template <data_number To, data_element From>
static std::vector<To> convert(std::span<const std::byte> bytes,
                               const std::string &what) {
  if constexpr (std::is_same_v<From, bool>) {
    // std::vector<bool> has no elements; the bytes have been checked.
    const std::vector<std::uint8_t> values = copied<std::uint8_t>(bytes);
    return converted<To, std::uint8_t>(values, what);
  } else {
    const std::vector<From> values = copied<From>(bytes);
    if constexpr (std::is_same_v<To, From>)
      return values;
    return converted<To, From>(values, what);
  }
}

template <data_number T> std::vector<T> npy_file::to() const {
  const auto bytes = this->bytes();
  const std::string what = "'" + path() + "'";
  switch (header_.type) {
  case element_type::boolean:
    return convert<T, bool>(bytes, what);
  case element_type::int8:
    return convert<T, std::int8_t>(bytes, what);
  case element_type::int16:
    return convert<T, std::int16_t>(bytes, what);
  case element_type::int32:
    return convert<T, std::int32_t>(bytes, what);
  case element_type::int64:
    return convert<T, std::int64_t>(bytes, what);
  case element_type::uint8:
    return convert<T, std::uint8_t>(bytes, what);
  case element_type::uint16:
    return convert<T, std::uint16_t>(bytes, what);
  case element_type::uint32:
    return convert<T, std::uint32_t>(bytes, what);
  case element_type::uint64:
    return convert<T, std::uint64_t>(bytes, what);
  case element_type::float32:
    return convert<T, float>(bytes, what);
  case element_type::float64:
    return convert<T, double>(bytes, what);
  }
  return {};
}

namespace detail {

void save_npy(const std::string &path, element_type type,
              std::span<const std::byte> elements,
              const std::vector<std::size_t> &shape) {
  npy_header header;
  header.type = type;
  header.shape = shape;
  if (header.bytes() != elements.size())
    throw std::invalid_argument(
        "save_npy: '" + path +
        "': " + std::to_string(elements.size() / size_of(type)) +
        " elements do not have the shape " + header.description());
  try {
    output_file file(path);
    const std::string text = write_npy_header(type, shape);
    file.write(text.data(), text.size());
    file.write(elements.data(), elements.size());
    file.commit(output_file::keep::nothing);
  } catch (const std::system_error &error) {
    throw data_error(error.what());
  }
}

void load_npy(const std::string &path, element_type type,
              std::span<std::byte> elements) {
  const npy_file file(path);
  const std::size_t count = elements.size() / size_of(type);
  if (file.type() != type || file.size() != count)
    throw data_error("'" + path + "' holds " + file.description() + ", not " +
                     name_of(type) + "[" + std::to_string(count) + "]");
  if (!elements.empty())
    std::memcpy(elements.data(), file.bytes().data(), elements.size());
}

} // namespace detail

#define RETROGRAD_FOR_ELEMENT(T)                                               \
  template std::vector<T> npy_file::to<T>() const;
RETROGRAD_FOR_ELEMENT(std::int8_t)
RETROGRAD_FOR_ELEMENT(std::int16_t)
RETROGRAD_FOR_ELEMENT(std::int32_t)
RETROGRAD_FOR_ELEMENT(std::int64_t)
RETROGRAD_FOR_ELEMENT(std::uint8_t)
RETROGRAD_FOR_ELEMENT(std::uint16_t)
RETROGRAD_FOR_ELEMENT(std::uint32_t)
RETROGRAD_FOR_ELEMENT(std::uint64_t)
RETROGRAD_FOR_ELEMENT(long long)
RETROGRAD_FOR_ELEMENT(unsigned long long)
RETROGRAD_FOR_ELEMENT(float)
RETROGRAD_FOR_ELEMENT(double)
#undef RETROGRAD_FOR_ELEMENT

} // namespace retrograd
