//===- lane_targets.h - The widest vectors that the processor has ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Programs are compiled for a processor that many have, and run on one that has
// more. So a function in lanes is compiled for the target of its file and, on
// x86-64, for AVX2 and for AVX-512, and one of them is chosen when it is
// called. All that it calls is inlined, which is what makes this work.
// Compiling takes longer; with RETROGRAD_LANES_TARGET_ONLY defined, for the
// whole program, there is only the first.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_LANE_TARGETS_H
#define RETROGRAD_EXECUTION_LANE_TARGETS_H

#include <retrograd/lanes/types.h>

namespace retrograd::detail {

/// Bytes of a vector of the target that the file is compiled for.
inline constexpr int target_vector_bytes =
#if defined(__AVX512F__)
    64;
#elif defined(__AVX2__)
    32;
#else
    16;
#endif

#if defined(__x86_64__) && !defined(__AVX512F__) &&                            \
    !defined(RETROGRAD_LANES_TARGET_ONLY)
#define RETROGRAD_LANES_DISPATCH 1
#ifdef __clang__
#define RETROGRAD_LANES_WIDE [[clang::min_vector_width(512)]]
#else
#define RETROGRAD_LANES_WIDE
#endif

/// Of the processor, or of the target if it has less.
inline int best_vector_bytes() {
  static const int best = [] {
    if (__builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("fma"))
      return 64;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
      return 32;
    return target_vector_bytes;
  }();
  return best;
}

template <class F>
RETROGRAD_LANES_WIDE
    [[gnu::target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")]]
    void run_avx512(const F &f) {
  f.template run<64>();
}
template <class F>
[[gnu::target("avx2,fma")]]
void run_avx2(const F &f) {
  f.template run<32>();
}
#else
inline int best_vector_bytes() { return target_vector_bytes; }
#endif

/// Calls f.run<Bytes>(), which is inlined always, for the widest vectors.
template <class F> void run_widest(const F &f) {
#ifdef RETROGRAD_LANES_DISPATCH
  const int bytes = best_vector_bytes();
  if (bytes == 64)
    return run_avx512(f);
  if (bytes == 32 && target_vector_bytes < 32)
    return run_avx2(f);
#endif
  f.template run<target_vector_bytes>();
}

} // namespace retrograd::detail

#endif // RETROGRAD_EXECUTION_LANE_TARGETS_H
