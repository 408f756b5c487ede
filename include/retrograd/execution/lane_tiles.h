//===- lane_tiles.h - Samples as tiles of lanes ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The rows of a batch lie one behind the other, or anywhere; a function in
// lanes wants element j of W samples side by side. Bringing them there is a
// transpose, which costs as much as the loss itself if it is done number by
// number: blocks of W x W numbers are transposed in registers, by log2(W)
// perfect shuffles of their rows (H. S. Stone: Parallel processing with the
// perfect shuffle, IEEE Transactions on Computers 20, 1971).
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_LANE_TILES_H
#define RETROGRAD_EXECUTION_LANE_TILES_H

#include <cstddef>
#include <cstring>
#include <retrograd/lanes/types.h>
#include <utility>

namespace retrograd::detail {

template <class E, int W, int... I>
RETROGRAD_LANES_INLINE void
interleave(vector_of<E, W> a, vector_of<E, W> b, vector_of<E, W> &low,
           vector_of<E, W> &high, std::integer_sequence<int, I...>) {
  low = __builtin_shufflevector(a, b, (I / 2 + I % 2 * W)...);
  high = __builtin_shufflevector(a, b, (W / 2 + I / 2 + I % 2 * W)...);
}

/// Row i becomes column i.
template <class E, int W>
RETROGRAD_LANES_INLINE void transpose(vector_of<E, W> (&rows)[W]) {
  for (int s = 1; s < W; s *= 2) {
    vector_of<E, W> next[W];
#pragma GCC unroll 16
    for (int i = 0; i < W / 2; ++i)
      interleave<E, W>(rows[i], rows[i + W / 2], next[2 * i], next[2 * i + 1],
                       std::make_integer_sequence<int, W>());
#pragma GCC unroll 16
    for (int i = 0; i < W; ++i)
      rows[i] = next[i];
  }
}

/// Elements [first, first + W) of W rows.
template <class E, int W>
RETROGRAD_LANES_INLINE void pack_block(const E *const (&rows)[W],
                                       std::size_t first, lanes<E, W> *tile) {
  vector_of<E, W> block[W];
#pragma GCC unroll 16
  for (int lane = 0; lane < W; ++lane)
    std::memcpy(&block[lane], rows[lane] + first, sizeof(block[lane]));
  transpose<E, W>(block);
#pragma GCC unroll 16
  for (int j = 0; j < W; ++j)
    tile[first + static_cast<std::size_t>(j)].values = block[j];
}

/// Element j of row i goes to lane i of tile[j].
template <class E, int W>
RETROGRAD_LANES_INLINE void pack(const E *const (&rows)[W], std::size_t extent,
                                 lanes<E, W> *tile) {
  std::size_t done = 0;
  if constexpr (W > 1)
    if (extent >= W) {
      for (; done + W <= extent; done += W)
        pack_block<E, W>(rows, done, tile);
      // The last block overlaps the one before.
      if (done != extent)
        pack_block<E, W>(rows, extent - W, tile);
      return;
    }
  for (; done < extent; ++done)
    for (int lane = 0; lane < W; ++lane)
      tile[done].values[lane] = rows[lane][done];
}

/// The reverse, for the first `count` rows.
template <class E, int W>
RETROGRAD_LANES_INLINE void unpack(const lanes<E, W> *tile, std::size_t extent,
                                   E *rows, int count) {
  for (int lane = 0; lane < count; ++lane)
    for (std::size_t j = 0; j < extent; ++j)
      rows[static_cast<std::size_t>(lane) * extent + j] = tile[j].values[lane];
}

} // namespace retrograd::detail

#endif // RETROGRAD_EXECUTION_LANE_TILES_H
