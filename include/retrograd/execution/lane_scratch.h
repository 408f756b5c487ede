//===- lane_scratch.h - Memory of a thread for tiles ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A gradient in lanes has W times the parameters. A thread needs one at a time,
// and keeps it, so that a batch neither allocates nor holds one for each shard.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_LANE_SCRATCH_H
#define RETROGRAD_EXECUTION_LANE_SCRATCH_H

#include <cstddef>
#include <retrograd/parameters.h>

namespace retrograd::detail {

/// Borrows the thread's memory; who asks while it is borrowed gets memory of
/// its own.
class lane_scratch {
public:
  /// Room for so many bytes, each take() rounded up to 64.
  explicit lane_scratch(std::size_t bytes);
  lane_scratch(const lane_scratch &) = delete;
  lane_scratch &operator=(const lane_scratch &) = delete;
  ~lane_scratch();

  static constexpr std::size_t rounded(std::size_t bytes) {
    return (bytes + 63) / 64 * 64;
  }

  /// The next bytes; what they hold is not known.
  template <class E> E *take(std::size_t count) {
    unsigned char *const begin = memory_.data() + used_;
    used_ += rounded(count * sizeof(E));
    return reinterpret_cast<E *>(begin);
  }

private:
  aligned_vector<unsigned char> memory_;
  std::size_t used_ = 0;
};

} // namespace retrograd::detail

#endif // RETROGRAD_EXECUTION_LANE_SCRATCH_H
