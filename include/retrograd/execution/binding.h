//===- binding.h - Which parameters a shared array of a batch is ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A shared array is the block of parameters that has its name. Where parameters
// are one block of another name, a plain vector for example, the shared arrays
// lie in it one after the other; the length of one of them may be left open.
// All blocks must be used: one that is not is most likely a name that is
// misspelt.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_BINDING_H
#define RETROGRAD_EXECUTION_BINDING_H

#include <algorithm>
#include <retrograd/batch.h>
#include <retrograd/execution/shards.h>
#include <retrograd/parameters.h>
#include <span>
#include <vector>

namespace retrograd {

namespace detail {

/// Where each shared array lies. Throws std::invalid_argument if names or sizes
/// do not match; an extent of unknown_size matches any.
std::vector<index_range> bind_names(const char *model,
                                    std::span<const char *const> names,
                                    std::span<const std::size_t> extents,
                                    std::span<const parameter_group> groups);

/// Throws std::invalid_argument if an extent is not the size that it got.
void check_extents(const char *model, std::span<const char *const> names,
                   std::span<const std::size_t> extents,
                   std::span<const index_range> ranges);

/// Throws std::invalid_argument, as the columns of a view do not match.
[[noreturn]] void refuse_columns(const char *model,
                                 std::span<const char *const> names,
                                 std::span<const std::size_t> expected,
                                 std::span<const std::size_t> actual);

/// Throws std::invalid_argument: "loss: gradient has 3 numbers, not 4".
[[noreturn]] void refuse_length(const char *model, const char *what,
                                std::size_t is, std::size_t should);

/// An extent that is computed with `deduced` (a negative number) in place of a
/// length is no length.
constexpr std::size_t known_extent(std::size_t extent) {
  return extent > unknown_size / 2 ? unknown_size : extent;
}

} // namespace detail

/// A description whose extents are known, and where its shared arrays lie in
/// the arena of the parameters.
template <batch_description B> class bound_batch {
  using traits = batch_traits<B>;

public:
  /// Throws std::invalid_argument if the parameters do not match the batch.
  bound_batch(const B &batch, std::span<const parameter_group> groups)
      : batch_(batch) {
    auto wanted = batch.shared_extents();
    for (std::size_t &extent : wanted)
      extent = detail::known_extent(extent);
    const auto ranges =
        detail::bind_names(B::name, B::shared_names, wanted, groups);
    std::array<std::size_t, traits::shared> sizes;
    for (std::size_t i = 0; i < traits::shared; ++i) {
      ranges_[i] = ranges[i];
      sizes[i] = ranges[i].end - ranges[i].begin;
      arena_ = std::max(arena_, ranges[i].end);
    }
    batch_ = traits::with_extents(batch, sizes);
    detail::check_extents(B::name, B::shared_names, batch_.shared_extents(),
                          ranges_);
  }

  const B &batch() const { return batch_; }
  /// How many parameters there are.
  std::size_t size() const { return arena_; }
  const index_range &range(std::size_t shared) const { return ranges_[shared]; }

  /// Throws std::invalid_argument if a column has another extent than the
  /// function takes.
  template <class View> void check(const View &view) const {
    const auto expected = batch_.sample_extents();
    if (view.extents != expected)
      detail::refuse_columns(B::name, B::sample_names, expected, view.extents);
  }

private:
  B batch_;
  std::array<index_range, traits::shared> ranges_;
  std::size_t arena_ = 0;
};

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_BINDING_H
