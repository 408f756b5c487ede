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

#include <retrograd/checkpoint/load_options.h>
#include <retrograd/data/data_error.h>
#include <span>
#include <string>
#include <vector>

namespace retrograd {

/// An array and its name, with one dimension.
template <element T> struct named_array {
  std::string name;
  std::span<T> values;
};

namespace detail {

struct npz_member {
  std::string name;
  element_type type;
  void *data;
  std::size_t count;
};

void save_npz(const std::string &path, std::span<const npz_member> members);
load_report load_npz(const std::string &path,
                     std::span<const npz_member> members,
                     const load_options &options);

template <class T>
std::vector<npz_member> members_of(std::span<const named_array<T>> arrays) {
  std::vector<npz_member> members;
  for (const named_array<T> &a : arrays)
    members.push_back({a.name, element_type_of<std::remove_const_t<T>>(),
                       const_cast<std::remove_const_t<T> *>(a.values.data()),
                       a.values.size()});
  return members;
}

/// Anything with groups() and an array for each of their names: parameters.
template <class P>
concept named_groups = requires(P &p) { p[p.groups()[0].name].data(); };

template <named_groups P> auto arrays_of(P &parameters) {
  using T = std::remove_pointer_t<decltype(parameters[""].data())>;
  std::vector<npz_member> members;
  for (const auto &group : parameters.groups()) {
    const auto block = parameters[group.name];
    members.push_back({group.name, element_type_of<std::remove_const_t<T>>(),
                       const_cast<std::remove_const_t<T> *>(block.data()),
                       block.size()});
  }
  return members;
}

} // namespace detail

/// Writes each block of the parameters under its name, uncompressed, as
/// numpy.savez does. Throws data_error if the file cannot be written,
/// std::invalid_argument if a name is empty or there twice.
template <detail::named_groups Parameters>
void save_npz(const std::string &path, const Parameters &parameters) {
  detail::save_npz(path, detail::arrays_of(parameters));
}
template <number T>
void save_npz(const std::string &path,
              std::initializer_list<named_array<const T>> arrays) {
  detail::save_npz(path, detail::members_of(std::span(arrays)));
}

/// Fills each block from the array of its name. An array of any shape fits that
/// has as many elements, in C order. Throws data_error, with everything that
/// differs, unless names, types and lengths are the same or the options allow
/// otherwise; then no block has been changed.
template <detail::named_groups Parameters>
load_report load_npz(const std::string &path, Parameters &parameters,
                     const load_options &options = {}) {
  return detail::load_npz(path, detail::arrays_of(parameters), options);
}
template <number T>
load_report load_npz(const std::string &path,
                     std::initializer_list<named_array<T>> arrays,
                     const load_options &options = {}) {
  return detail::load_npz(
      path, detail::members_of(std::span<const named_array<T>>(arrays)),
      options);
}

} // namespace retrograd

#endif // RETROGRAD_DATA_NPZ_H
