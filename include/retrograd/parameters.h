//===- parameters.h - What is trained, as named blocks of one array -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All numbers that are trained together lie in one array without gaps, the
// arena: an optimizer step is one pass over contiguous memory, whatever the
// number of blocks, and a gradient is an array of the same length. Blocks have
// names, since what goes wrong with parameters must say with which, and since a
// block may have its own learning rate, weight decay, or be frozen.
//
//   retrograd::parameters<float> p;
//   p.add("weights", 64 * 10).add("bias", 10);
//   p.options("bias").weight_decay = 0;
//   float *w = p["weights"].data();
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_PARAMETERS_H
#define RETROGRAD_PARAMETERS_H

#include <retrograd/cxx20.h>

#include <cstddef>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace retrograd {

/// What a block has of its own; what is not set, the optimizer says.
struct group_options {
  /// The learning rate of the block, in [0, inf). Schedules multiply it.
  std::optional<double> lr = std::nullopt;
  /// The weight decay of the block, in [0, inf).
  std::optional<double> weight_decay = std::nullopt;
  /// Neither the block nor the optimizer's memory of it changes.
  bool frozen = false;
};

/// A named block: entries [offset, offset + size) of the arena.
struct parameter_group {
  std::string name;
  std::size_t offset = 0;
  std::size_t size = 0;
  group_options options = {};
};

namespace detail {

/// Memory that begins at a cache line, which is also what vector units like.
template <class T> struct cache_line_allocator {
  using value_type = T;
  static constexpr std::align_val_t alignment{64};
  cache_line_allocator() = default;
  template <class U>
  cache_line_allocator(const cache_line_allocator<U> &) noexcept {}
  T *allocate(std::size_t n) {
    if (n > static_cast<std::size_t>(-1) / sizeof(T))
      throw std::bad_array_new_length();
    return static_cast<T *>(::operator new(n * sizeof(T), alignment));
  }
  void deallocate(T *memory, std::size_t) noexcept {
    ::operator delete(memory, alignment);
  }
  template <class U>
  bool operator==(const cache_line_allocator<U> &) const noexcept {
    return true;
  }
};

template <class T>
using aligned_vector = std::vector<T, cache_line_allocator<T>>;

/// The index of the group of this name. std::out_of_range names it and lists
/// those that there are.
std::size_t find_group(std::span<const parameter_group> groups,
                       std::string_view name);

/// Throws std::invalid_argument if the name is empty or taken.
void check_new_group(std::span<const parameter_group> groups,
                     std::string_view name);

/// Throws std::invalid_argument: memory of the caller cannot grow.
[[noreturn]] void refuse_to_grow(std::string_view name);

} // namespace detail

/// Named blocks of numbers of type T in one array, in the order in which they
/// were added. A copy owns its memory, also if the original borrows its own.
template <class T> class parameters {
  static_assert(std::is_floating_point_v<T>);

public:
  using value_type = T;

  parameters() = default;
  parameters(const parameters &other)
      : owned_(other.values().begin(), other.values().end()),
        groups_(other.groups_) {}
  parameters(parameters &&other) noexcept
      : owned_(std::move(other.owned_)),
        borrowed_(std::exchange(other.borrowed_, {})),
        groups_(std::move(other.groups_)) {
    other.owned_.clear();
    other.groups_.clear();
  }
  parameters &operator=(parameters other) noexcept {
    owned_.swap(other.owned_);
    std::swap(borrowed_, other.borrowed_);
    groups_.swap(other.groups_);
    return *this;
  }

  /// Parameters in memory of the caller, which outlives them, as one block.
  static parameters borrow(std::string name, std::span<T> memory,
                           group_options options = {}) {
    detail::check_new_group({}, name);
    parameters result;
    result.borrowed_ = memory;
    result.groups_.push_back({std::move(name), 0, memory.size(), options});
    return result;
  }

  /// Adds a block behind the others, a copy of `values`. Spans into the arena
  /// that were taken before become invalid. std::invalid_argument if the name
  /// is empty or taken, or if the memory is borrowed.
  parameters &add(std::string name, std::span<const T> values,
                  group_options options = {}) {
    check_growth(name);
    // The values may lie in this very arena, which is about to move.
    detail::aligned_vector<T> grown;
    grown.reserve(owned_.size() + values.size());
    grown.insert(grown.end(), owned_.begin(), owned_.end());
    grown.insert(grown.end(), values.begin(), values.end());
    return commit(std::move(grown), std::move(name), values.size(), options);
  }

  /// The same with `size` entries that are all `fill`.
  parameters &add(std::string name, std::size_t size, T fill = 0,
                  group_options options = {}) {
    check_growth(name);
    detail::aligned_vector<T> grown;
    grown.reserve(owned_.size() + size);
    grown.insert(grown.end(), owned_.begin(), owned_.end());
    grown.resize(owned_.size() + size, fill);
    return commit(std::move(grown), std::move(name), size, options);
  }

  /// The whole arena, size() entries.
  std::span<T> values() { return borrowed_.data() ? borrowed_ : owned(*this); }
  std::span<const T> values() const {
    return borrowed_.data() ? std::span<const T>(borrowed_) : owned(*this);
  }

  /// A block. std::out_of_range names it and lists those that there are.
  std::span<T> operator[](std::string_view name) {
    const parameter_group &g = groups_[detail::find_group(groups_, name)];
    return values().subspan(g.offset, g.size);
  }
  std::span<const T> operator[](std::string_view name) const {
    const parameter_group &g = groups_[detail::find_group(groups_, name)];
    return values().subspan(g.offset, g.size);
  }

  std::span<const parameter_group> groups() const { return groups_; }

  /// What the block has of its own, to be changed at any time: an optimizer
  /// reads it at each step. std::out_of_range as of operator[].
  group_options &options(std::string_view name) {
    return groups_[detail::find_group(groups_, name)].options;
  }

  /// The number of entries of all blocks.
  std::size_t size() const { return values().size(); }

  /// What a checkpoint keeps: the numbers, by name. Options are configuration.
  template <class Archive> void fields(Archive &archive) {
    for (const parameter_group &g : groups_)
      archive(g.name, values().subspan(g.offset, g.size));
  }

private:
  template <class Self> static auto owned(Self &self) {
    return std::span(self.owned_.data(), self.owned_.size());
  }

  void check_growth(std::string_view name) const {
    if (borrowed_.data())
      detail::refuse_to_grow(name);
    detail::check_new_group(groups_, name);
  }

  parameters &commit(detail::aligned_vector<T> grown, std::string name,
                     std::size_t size, const group_options &options) {
    groups_.push_back({std::move(name), owned_.size(), size, options});
    owned_ = std::move(grown);
    return *this;
  }

  detail::aligned_vector<T> owned_;
  std::span<T> borrowed_;
  std::vector<parameter_group> groups_;
};

} // namespace retrograd

#endif // RETROGRAD_PARAMETERS_H
