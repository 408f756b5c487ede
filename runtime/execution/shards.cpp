//===- shards.cpp - How a batch is cut and its gradients are added --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tree is over shards, entry by entry, so that it may be computed for
// pieces of the parameters on several threads without a change of the result.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <retrograd/execution/serial.h>
#include <retrograd/execution/shards.h>
#include <vector>

namespace retrograd {

namespace {

constexpr std::uint64_t most_shards = 256;
constexpr std::uint64_t fewest_most_shards = 4;
constexpr std::uint64_t most_numbers = std::uint64_t(1) << 25;
/// Entries that are merged at once: all shards' parts stay in the cache.
constexpr std::size_t piece = 1024;
/// Below so many additions, waking threads costs more than it saves.
constexpr std::size_t worth_threads = std::size_t(1) << 16;

std::uint64_t divide_up(std::uint64_t a, std::uint64_t b) {
  return a / b + (a % b != 0);
}

/// The smallest number whose square is not below n. In integers, so that it is
/// the same everywhere.
std::uint64_t root_up(std::uint64_t n) {
  std::uint64_t low = 0, high = std::uint64_t(1) << 32;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (divide_up(n, middle ? middle : 1) <= middle)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

template <class T>
void add(T *__restrict to, const T *__restrict from, std::size_t n) {
  for (std::size_t j = 0; j < n; ++j)
    to[j] += from[j];
}

std::vector<index_range> pieces_of(std::span<const index_range> ranges) {
  std::vector<index_range> pieces;
  for (const index_range &r : ranges)
    for (std::size_t begin = r.begin; begin < r.end; begin += piece)
      pieces.push_back({begin, std::min(begin + piece, r.end)});
  return pieces;
}

} // namespace

shard_plan plan_shards(std::uint64_t samples, std::size_t parameters,
                       std::uint64_t granule) {
  shard_plan plan;
  plan.samples = samples;
  if (samples == 0)
    return plan;
  const std::uint64_t most =
      std::clamp(most_numbers / std::max<std::uint64_t>(parameters, 1),
                 fewest_most_shards, most_shards);
  const std::uint64_t wanted =
      std::max(divide_up(samples, most), root_up(samples));
  plan.per_shard = divide_up(wanted, granule) * granule;
  plan.shards = static_cast<std::size_t>(divide_up(samples, plan.per_shard));
  return plan;
}

batch_sum merge_sums(std::span<shard_sum> shards, std::uint64_t samples) {
  for (std::size_t s = 1; s < shards.size(); s *= 2)
    for (std::size_t i = 0; i + s < shards.size(); i += 2 * s) {
      shards[i].loss += shards[i + s].loss;
      shards[i].non_finite += shards[i + s].non_finite;
    }
  if (shards.empty())
    return {};
  return {shards[0].loss, samples, shards[0].non_finite};
}

template <class T>
void shard_memory<T>::reserve(std::size_t shards, std::size_t parameters,
                              bool zeroed) {
  constexpr std::size_t line = 64 / sizeof(T);
  const std::size_t stride = (parameters + line - 1) / line * line;
  if (stride == stride_ && shards * stride <= capacity_)
    return;
  memory_.reset();
  capacity_ = shards * stride;
  stride_ = stride;
  memory_.reset(static_cast<T *>(
      ::operator new[](capacity_ * sizeof(T), std::align_val_t(64))));
  if (zeroed)
    std::fill_n(memory_.get(), capacity_, T(0));
}

template <class T>
void shard_memory<T>::merge(any_executor &executor, std::size_t shards,
                            std::span<const index_range> ranges,
                            std::span<T> result, bool add_to, bool clear) {
  if (shards == 0)
    return;
  const auto merge_piece = [&](const index_range &p) {
    const std::size_t n = p.end - p.begin;
    for (std::size_t s = 1; s < shards; s *= 2)
      for (std::size_t i = 0; i + s < shards; i += 2 * s)
        add(gradient(i) + p.begin, gradient(i + s) + p.begin, n);
    if (add_to)
      add(result.data() + p.begin, gradient(0) + p.begin, n);
    else
      std::copy_n(gradient(0) + p.begin, n, result.data() + p.begin);
    for (std::size_t i = 0; clear && i < shards; ++i)
      std::fill_n(gradient(i) + p.begin, n, T(0));
  };
  const std::vector<index_range> pieces = pieces_of(ranges);
  auto task = [&](std::size_t i) { merge_piece(pieces[i]); };
  if (pieces.size() * piece * shards < worth_threads)
    serial().run(pieces.size(), task);
  else
    executor.run(pieces.size(), task);
}

template class shard_memory<float>;
template class shard_memory<double>;

} // namespace retrograd
