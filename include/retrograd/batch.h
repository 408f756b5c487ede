//===- batch.h - A loss of one sample, described for running over many ----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A batch description is a type that says how a function of one sample is run
// over many: which arguments are columns of the data, which arrays are shared
// by all samples and trained, how long each is. `#pragma retrograd batch`
// writes one; by hand it is
//
//   struct line_batch {
//     using sample_types = std::tuple<double, double>;
//     using shared_types = std::tuple<double>;
//     static constexpr const char *name = "line";
//     static constexpr std::array<const char *, 2> sample_names = {"x", "y"};
//     static constexpr std::array<const char *, 1> shared_names = {"w"};
//     std::array<std::size_t, 2> sample_extents() const { return {1, 1}; }
//     std::array<std::size_t, 1> shared_extents() const { return {2}; }
//     double value(const double *x, const double *y, const double *w) const;
//     double gradient(const double *x, const double *y, const double *w,
//                     double *d_w) const; // returns the value, adds to d_w
//   };
//
// Arguments come in the order sample columns, shared arrays, outputs, adjoints
// of the shared arrays. Optional members: `output_types`, `output_names` and
// `output_extents()` (memory that value() and gradient() fill for each sample),
// `shared_access` (see access), `with_extents(extents)` (a copy whose members
// that are `deduced` follow from the sizes of the shared arrays),
// `tape_bytes()`, and `has_lanes` with gradient_lanes and value_lanes (see
// lanes.h).
//
// A batch view is the other side: pointers to columns and the rows that make a
// batch. Nothing is copied. What runs batches needs C++20; descriptions alone,
// which the compiler writes, do with C++17.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BATCH_H
#define RETROGRAD_BATCH_H

#include <array>
#include <cstddef>
#include <tuple>
// Descriptions have functions in lanes where the compiler has vectors.
#if !defined(__CUDACC__) || defined(__clang__)
#include <retrograd/lanes.h>
#endif
#if __cplusplus >= 202002L
#include <concepts>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#endif

namespace retrograd {

/// How a function reads a shared array: each sample all of it, or the elements
/// that indices in the sample select.
enum class access { uniform, indexed };

/// The value of an extent that follows from the size of the parameters.
inline constexpr int deduced = -1;

/// A size that is not known before the program runs.
inline constexpr std::size_t unknown_size = static_cast<std::size_t>(-1);

#if __cplusplus >= 202002L

/// Rows of columns. Sample i of the batch is row rows[i]; its part of column c
/// begins at std::get<c>(columns) + rows[i] * extents[c].
template <class... Ts> struct batch_view {
  std::tuple<const Ts *...> columns;
  std::array<std::size_t, sizeof...(Ts)> extents;
  std::span<const std::uint64_t> rows;

  std::size_t size() const { return rows.size(); }

  /// The same columns, other rows.
  batch_view with_rows(std::span<const std::uint64_t> other) const {
    return {columns, extents, other};
  }

  /// Where the part of column C begins that belongs to sample i.
  template <std::size_t C> auto at(std::size_t i) const {
    return std::get<C>(columns) + rows[i] * extents[C];
  }

  /// Asks for the memory of sample i, if there is one: rows that are shuffled
  /// are where no processor expects them.
  void prefetch(std::size_t i) const {
    if (i < rows.size())
      prefetch(rows[i], std::index_sequence_for<Ts...>());
  }

private:
  template <std::size_t... C>
  void prefetch(std::uint64_t row, std::index_sequence<C...>) const {
    (prefetch(std::get<C>(columns) + row * extents[C], extents[C] * sizeof(Ts)),
     ...);
  }
  /// The first lines; the others, the processor sees coming.
  static void prefetch(const void *begin, std::size_t bytes) {
    for (std::size_t line = 0; line < bytes && line < 256; line += 64)
      __builtin_prefetch(static_cast<const char *>(begin) + line);
  }
};

/// A description as above. The adjoints and values are checked where they are
/// called, by the compiler.
template <class B>
concept batch_description = requires(const B &batch) {
  typename B::sample_types;
  typename B::shared_types;
  { B::name } -> std::convertible_to<const char *>;
  B::sample_names[0];
  B::shared_names[0];
  batch.sample_extents()[0];
  batch.shared_extents()[0];
};

namespace detail {

template <class B> struct batch_outputs {
  using types = std::tuple<>;
};
template <class B>
  requires requires { typename B::output_types; }
struct batch_outputs<B> {
  using types = typename B::output_types;
};

template <class Tuple> struct view_of_types;
template <class... Ts> struct view_of_types<std::tuple<Ts...>> {
  using type = batch_view<Ts...>;
};

template <class Tuple> struct all_same : std::false_type {};
template <class T, class... Ts>
struct all_same<std::tuple<T, Ts...>>
    : std::bool_constant<(std::is_same_v<T, Ts> && ...)> {};

} // namespace detail

/// What the members of a description say about its types.
template <batch_description B> struct batch_traits {
  using sample_types = typename B::sample_types;
  using shared_types = typename B::shared_types;
  using output_types = typename detail::batch_outputs<B>::types;
  using view = typename detail::view_of_types<sample_types>::type;

  static constexpr std::size_t samples = std::tuple_size_v<sample_types>;
  static constexpr std::size_t shared = std::tuple_size_v<shared_types>;
  static constexpr std::size_t outputs = std::tuple_size_v<output_types>;

  static_assert(shared != 0, "a batch has no shared array: nothing to train");
  static_assert(detail::all_same<shared_types>::value,
                "all shared arrays of a batch have the same type of elements");
  /// The type of the parameters.
  using real = std::tuple_element_t<0, shared_types>;
  static_assert(std::is_same_v<real, float> || std::is_same_v<real, double>,
                "the shared arrays of a batch hold float or double");

  static constexpr bool has_lanes = [] {
    if constexpr (requires { B::has_lanes; })
      return static_cast<bool>(B::has_lanes);
    else
      return false;
  }();

  static std::array<std::size_t, outputs> output_extents(const B &batch) {
    if constexpr (outputs != 0)
      return batch.output_extents();
    else
      return {};
  }

  /// The description with the members that follow from the sizes of the shared
  /// arrays filled in.
  static B with_extents(const B &batch,
                        const std::array<std::size_t, shared> &extents) {
    if constexpr (requires { batch.with_extents(extents); })
      return batch.with_extents(extents);
    else
      return batch;
  }

  /// Bytes of tape that one sample takes, or unknown_size.
  static std::size_t tape_bytes(const B &batch) {
    if constexpr (requires { batch.tape_bytes(); })
      return batch.tape_bytes();
    else
      return unknown_size;
  }

  /// Whether the samples read shared array I through indices.
  static constexpr bool is_indexed(std::size_t i) {
    if constexpr (requires { B::shared_access[0]; })
      return B::shared_access[i] == access::indexed;
    else
      return false;
  }
};

#endif // C++20

} // namespace retrograd

#endif // RETROGRAD_BATCH_H
