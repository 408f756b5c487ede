//===- shards.h - How a batch is cut and its gradients are added ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Addition of floating-point numbers is not associative: a sum that depends on
// which thread was first is another one at each run. So a batch is cut into
// logical shards whose number is a function of the batch and of the number of
// parameters, and of nothing else. Each shard adds the gradients of its samples
// in their order to memory of its own, and the shards are added in a fixed
// tree:
//
//   for s = 1, 2, 4, ...: shard[i] += shard[i + s] for i = 0, 2 s, 4 s, ...
//
// One thread or seventy, the result is the same to the last bit.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_SHARDS_H
#define RETROGRAD_EXECUTION_SHARDS_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <retrograd/execution/executor.h>
#include <span>

namespace retrograd {

/// Shard i has the samples [begin(i), begin(i + 1)) of a batch.
struct shard_plan {
  std::uint64_t samples = 0;
  std::uint64_t per_shard = 0; ///< All but the last have so many.
  std::size_t shards = 0;

  std::uint64_t begin(std::size_t i) const {
    const std::uint64_t first = i * per_shard;
    return first < samples ? first : samples;
  }
};

/// The number of samples a shard grows with the square root of the batch, as
/// larger batches pay for fewer but longer tasks, and with the number of
/// parameters, since each shard has a gradient of its own: shards hold at most
/// 2^25 numbers together, but there are up to four in any case. A shard has a
/// multiple of `granule` samples, but for the last one.
shard_plan plan_shards(std::uint64_t samples, std::size_t parameters,
                       std::uint64_t granule = 8);

/// Sums over the samples of a batch; the caller divides.
struct batch_sum {
  double loss = 0;              ///< Finite losses and others alike.
  std::uint64_t samples = 0;    ///< All of them.
  std::uint64_t non_finite = 0; ///< Samples whose loss is not finite.
};

/// What a shard found, on a cache line of its own.
struct alignas(64) shard_sum {
  double loss = 0;
  std::uint64_t non_finite = 0;
};

/// In the tree above. Overwrites the shards.
batch_sum merge_sums(std::span<shard_sum> shards, std::uint64_t samples);

/// Entries [begin, end) of the parameters.
struct index_range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A gradient for each shard, each beginning at a cache line.
template <class T> class shard_memory {
public:
  /// Room for so many gradients of so many entries. What was there is lost if
  /// the room grows; new memory is zero where `zeroed` is set, and else
  /// whatever it was, to be zeroed by the thread that uses it first.
  void reserve(std::size_t shards, std::size_t parameters, bool zeroed);

  T *gradient(std::size_t shard) { return memory_.get() + shard * stride_; }

  /// Adds the first `shards` gradients in the tree above and puts the sum into
  /// `result`, or adds it if `add` is set. Only entries in the ranges count,
  /// which are sorted and do not overlap. With `clear`, these are zero in all
  /// shards afterwards, else whatever they were in between.
  void merge(any_executor &executor, std::size_t shards,
             std::span<const index_range> ranges, std::span<T> result, bool add,
             bool clear);

private:
  struct deleter {
    void operator()(T *p) const {
      ::operator delete[](p, std::align_val_t(64));
    }
  };
  std::unique_ptr<T[], deleter> memory_;
  std::size_t capacity_ = 0;
  std::size_t stride_ = 0;
};

extern template class shard_memory<float>;
extern template class shard_memory<double>;

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_SHARDS_H
