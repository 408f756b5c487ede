//===- element_type.h - What numbers files and columns hold -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arrays in files say at run time what their elements are. This is the one list
// of those that the data sets, .npy files and checkpoints know, with the names
// that messages use (NumPy's).
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_ELEMENT_TYPE_H
#define RETROGRAD_DATA_ELEMENT_TYPE_H

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace retrograd {

/// The numbers are part of the format of checkpoints: add, never change.
enum class element_type : std::uint8_t {
  boolean = 1,
  int8 = 2,
  int16 = 3,
  int32 = 4,
  int64 = 5,
  uint8 = 6,
  uint16 = 7,
  uint32 = 8,
  uint64 = 9,
  float32 = 10,
  float64 = 11,
};

/// What an element of data, a parameter or a field of a checkpoint can be:
/// bool, the integers, float and double.
template <class T>
concept data_element = std::is_same_v<T, std::remove_cv_t<T>> &&
                       ((std::is_integral_v<T> && sizeof(T) <= 8) ||
                        std::is_same_v<T, float> || std::is_same_v<T, double>);

/// An element that a std::vector can hold as such.
template <class T>
concept data_number = data_element<T> && !std::is_same_v<T, bool>;

/// Integers are told apart by size and sign: `long` and `long long` are int64.
template <data_element T> constexpr element_type element_type_of() {
  if (std::is_same_v<T, bool>)
    return element_type::boolean;
  if (std::is_floating_point_v<T>)
    return sizeof(T) == 4 ? element_type::float32 : element_type::float64;
  const int log2 = sizeof(T) == 8 ? 3 : sizeof(T) == 4 ? 2 : sizeof(T) == 2;
  return static_cast<element_type>((std::is_signed_v<T> ? 2 : 6) + log2);
}

/// Bytes of an element.
constexpr std::size_t size_of(element_type type) {
  switch (type) {
  case element_type::boolean:
  case element_type::int8:
  case element_type::uint8:
    return 1;
  case element_type::int16:
  case element_type::uint16:
    return 2;
  case element_type::int32:
  case element_type::uint32:
  case element_type::float32:
    return 4;
  case element_type::int64:
  case element_type::uint64:
  case element_type::float64:
    return 8;
  }
  return 0;
}

/// NumPy's name of the type: "float32".
constexpr const char *name_of(element_type type) {
  switch (type) {
  case element_type::boolean:
    return "bool";
  case element_type::int8:
    return "int8";
  case element_type::int16:
    return "int16";
  case element_type::int32:
    return "int32";
  case element_type::int64:
    return "int64";
  case element_type::uint8:
    return "uint8";
  case element_type::uint16:
    return "uint16";
  case element_type::uint32:
    return "uint32";
  case element_type::uint64:
    return "uint64";
  case element_type::float32:
    return "float32";
  case element_type::float64:
    return "float64";
  }
  return "an unknown type";
}

} // namespace retrograd

#endif // RETROGRAD_DATA_ELEMENT_TYPE_H
