//===- npz.h - Parameters in NumPy's .npz files -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Named blocks of parameters as other tools read and write them: a .npz file is
// a zip archive with a .npy file for each name.
//
// Archives are libzip's (BSD licence, maintained since 2002, fuzzed): zip64,
// checksums and compression are read as NumPy writes them.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_NPZ_H
#define RETROGRAD_DATA_NPZ_H

#include <initializer_list>
#include <iterator>
#include <retrograd/checkpoint/load_options.h>
#include <retrograd/data/data_error.h>
#include <span>
#include <string>
#include <vector>

namespace retrograd {

/// Numbers under a name, with one dimension: anything contiguous.
struct array_to_save {
  template <class Range>
  array_to_save(std::string name, const Range &values)
      : name(std::move(name)),
        type(element_type_of<
             std::remove_cvref_t<decltype(*std::data(values))>>()),
        data(std::data(values)), count(std::size(values)) {}

  std::string name;
  element_type type;
  const void *data;
  std::size_t count;
};

/// The same to be filled.
struct array_to_load {
  template <class Range>
  array_to_load(std::string name, Range &&values)
      : name(std::move(name)),
        type(element_type_of<
             std::remove_reference_t<decltype(*std::data(values))>>()),
        data(std::data(values)), count(std::size(values)) {}

  std::string name;
  element_type type;
  void *data;
  std::size_t count;
};

namespace detail {

void save_npz(const std::string &path, std::span<const array_to_save>);
load_report load_npz(const std::string &path, std::span<const array_to_load>,
                     const load_options &);

/// Anything with groups() and an array for each of their names: parameters.
template <class P>
concept named_groups = requires(P &p) { p[p.groups()[0].name].data(); };

template <class Array, named_groups P>
std::vector<Array> arrays_of(P &parameters) {
  std::vector<Array> arrays;
  for (const auto &group : parameters.groups())
    arrays.emplace_back(group.name, parameters[group.name]);
  return arrays;
}

} // namespace detail

/// Writes each block of the parameters under its name, uncompressed, as
/// numpy.savez does. Throws data_error if the file cannot be written,
/// std::invalid_argument if a name is empty or there twice.
template <detail::named_groups Parameters>
void save_npz(const std::string &path, const Parameters &parameters) {
  detail::save_npz(path, detail::arrays_of<array_to_save>(parameters));
}
inline void save_npz(const std::string &path,
                     std::initializer_list<array_to_save> arrays) {
  detail::save_npz(path, arrays);
}

/// Fills each block from the array of its name. An array of any shape fits that
/// has as many elements, in C order. Throws data_error, with everything that
/// differs, unless names, types and lengths are the same or the options allow
/// otherwise; then no block has been changed.
template <detail::named_groups Parameters>
load_report load_npz(const std::string &path, Parameters &parameters,
                     const load_options &options = {}) {
  return detail::load_npz(path, detail::arrays_of<array_to_load>(parameters),
                          options);
}
inline load_report load_npz(const std::string &path,
                            std::initializer_list<array_to_load> arrays,
                            const load_options &options = {}) {
  return detail::load_npz(path, arrays, options);
}

} // namespace retrograd

#endif // RETROGRAD_DATA_NPZ_H
