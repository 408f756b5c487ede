//===- prefetcher.h - Batches made ahead of use -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The machinery of transform.h that knows nothing of types: threads that fill
// slots, in the order of batches, no further ahead than there are slots.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_PREFETCHER_H
#define RETROGRAD_DATA_PREFETCHER_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace retrograd::detail {

class prefetcher {
public:
  /// Threads wait without using the processor. Throws std::invalid_argument
  /// unless there are at least one worker and two slots: one to be filled while
  /// another is read.
  prefetcher(std::size_t workers, std::size_t slots);
  ~prefetcher();
  prefetcher(const prefetcher &) = delete;
  prefetcher &operator=(const prefetcher &) = delete;

  /// Batches 0 to batches - 1 are filled from now on, batch i by fill(i, slot).
  /// What was started before is given up, once no thread is at it any more.
  void start(std::uint64_t batches,
             std::function<void(std::uint64_t batch, std::size_t slot)> fill);

  /// The slot with the next batch, or nothing at the end. It may be read until
  /// the next call. An exception of the fill of this very batch is thrown here,
  /// and ends the pass.
  std::optional<std::size_t> next();

  /// Returns when no thread is in fill(), and none will be.
  void cancel();

private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace retrograd::detail

#endif // RETROGRAD_DATA_PREFETCHER_H
