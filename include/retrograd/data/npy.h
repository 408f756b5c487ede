//===- npy.h - Arrays in NumPy's .npy files -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The format that every tool for numbers writes. A file is mapped, not read,
// and everything that could be wrong with it is found when it is opened: the
// header, the byte order, the memory order, the length. What is right is a
// span.
//
// The format: R. Kern, "A simple file format for NumPy arrays", NEP 1, 2007,
// and the documentation of numpy.lib.format, versions 1.0, 2.0 and 3.0.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_NPY_H
#define RETROGRAD_DATA_NPY_H

#include <iterator>
#include <optional>
#include <retrograd/data/data_error.h>
#include <retrograd/data/element_type.h>
#include <retrograd/data/mapped_file.h>
#include <string>
#include <vector>

namespace retrograd {

/// What the header of a .npy file says. Dimensions are in C order: the last one
/// is contiguous.
struct npy_header {
  element_type type = element_type::float64;
  std::vector<std::size_t> shape;
  std::size_t data_offset = 0; ///< Bytes before the first element.

  /// Number of elements; 1 for an array without dimensions.
  std::size_t size() const;
  /// Bytes of the elements; nothing if the number does not fit 64 bits.
  std::optional<std::size_t> bytes() const;
  /// "float32[1797, 64]"
  std::string description() const;
};

/// Reads a header from the beginning of a file. `name` is for messages, and
/// `file_size` are the bytes that the whole file has: the array must fill it
/// exactly. Throws data_error, with a way out, for another format, a damaged or
/// truncated header, another byte order than this machine's, Fortran order,
/// types that are no numbers, and files that are too short or too long.
npy_header read_npy_header(std::span<const std::byte> bytes,
                           const std::string &name, std::size_t file_size);

/// The bytes before the elements: a header of version 1.0, padded to 64.
std::string write_npy_header(element_type, std::span<const std::size_t> shape);

/// A mapped .npy file. Copies share the mapping.
class npy_file {
public:
  /// Maps and checks the file; see read_npy_header for what can be wrong.
  explicit npy_file(const std::string &path);

  element_type type() const { return header_.type; }
  const std::vector<std::size_t> &shape() const { return header_.shape; }
  std::size_t size() const { return header_.size(); }
  const std::string &path() const { return file_->path(); }
  std::string description() const { return header_.description(); }

  /// The elements where they are. Throws data_error if the file holds another
  /// type: see to(). The span is valid as long as a copy of owner() is.
  template <data_element T> std::span<const T> as() const {
    const void *data = elements(element_type_of<T>(), alignof(T));
    return {static_cast<const T *>(data), size()};
  }

  /// A copy of the elements as another type. Throws data_error if a number does
  /// not fit: integers must stay what they are, reals may be rounded.
  template <data_number T> std::vector<T> to() const;

  /// The elements as they are in the file.
  std::span<const std::byte> bytes() const {
    return file_->bytes().subspan(header_.data_offset);
  }
  std::shared_ptr<const void> owner() const { return file_; }

private:
  const void *elements(element_type, std::size_t alignment) const;

  std::shared_ptr<const mapped_file> file_;
  npy_header header_;
};

namespace detail {
void save_npy(const std::string &path, element_type,
              std::span<const std::byte> elements,
              const std::vector<std::size_t> &shape);
void load_npy(const std::string &path, element_type,
              std::span<std::byte> elements);
} // namespace detail

/// Writes an array, aside first and then renamed: anything contiguous that
/// holds numbers. The product of the dimensions must be the number of elements
/// (std::invalid_argument). Throws data_error if the file cannot be written.
template <class Range>
void save_npy(const std::string &path, const Range &values,
              const std::vector<std::size_t> &shape) {
  using T = std::remove_cvref_t<decltype(*std::data(values))>;
  const std::span<const T> elements(std::data(values), std::size(values));
  detail::save_npy(path, element_type_of<T>(), std::as_bytes(elements), shape);
}

/// The same with one dimension.
template <class Range>
void save_npy(const std::string &path, const Range &values) {
  save_npy(path, values, {std::size(values)});
}

/// Fills something contiguous, a block of parameters say, from a file. Throws
/// data_error, and leaves it as it is, unless type and number of elements are
/// equal; the shape in the file may be any.
template <class Range> void load_npy(const std::string &path, Range &&values) {
  using T = std::remove_reference_t<decltype(*std::data(values))>;
  const std::span<T> elements(std::data(values), std::size(values));
  detail::load_npy(path, element_type_of<T>(),
                   std::as_writable_bytes(elements));
}

} // namespace retrograd

#endif // RETROGRAD_DATA_NPY_H
