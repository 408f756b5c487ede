//===- native.h - As many lanes as the machine has ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How many lanes fill a register: of the target that a file is compiled for,
// and of the machine that the program finds itself on. with_native_width()
// compiles its argument once for each of the instruction sets that differ in
// this, and runs the one that fits; a build for a plain x86-64 thus uses AVX2
// and AVX-512 where they are.
//
// That is possible since lanes have the same types whatever the target, and
// since everything that computes with them is inlined: there is no function
// of which the linker would have to choose one version for all.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_NATIVE_H
#define RETROGRAD_LANES_NATIVE_H

#include "types.h"

namespace retrograd {

/// Bytes of the vector registers of the target that this is compiled for.
inline constexpr int native_bytes =
#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
    64;
#elif defined(__AVX2__)
    32;
#else
    16;
#endif

/// Lanes of a T in one register.
template <class T>
inline constexpr int native_width = native_bytes / static_cast<int>(sizeof(T));
template <class T> using native_lanes = lanes<T, native_width<T>>;

#if defined(__x86_64__) && !defined(__CUDACC__)
#define RETROGRAD_LANES_SELECT 1
// The levels of the x86-64 psABI: v3 has AVX2 and FMA, v4 has AVX-512.
#define RETROGRAD_LANES_V3 [[gnu::target("arch=x86-64-v3")]]
#ifdef __clang__
// Clang prefers half of a register for v4, unless told that it is needed.
#define RETROGRAD_LANES_V4                                                     \
  [[gnu::target("arch=x86-64-v4"), clang::min_vector_width(512)]]
#else
#define RETROGRAD_LANES_V4 [[gnu::target("arch=x86-64-v4")]]
#endif
#else
#define RETROGRAD_LANES_SELECT 0
#endif

/// Bytes of the widest vector registers that this machine has and this build
/// has code for: at least native_bytes.
inline int machine_bytes() {
#if RETROGRAD_LANES_SELECT
  static const int bytes = __builtin_cpu_supports("x86-64-v4")   ? 64
                           : __builtin_cpu_supports("x86-64-v3") ? 32
                                                                 : 16;
  return bytes > native_bytes ? bytes : native_bytes;
#else
  return native_bytes;
#endif
}

namespace detail {

#if RETROGRAD_LANES_SELECT
template <int W, class F> RETROGRAD_LANES_V3 void run_v3(F &f) {
  f.template operator()<W>();
}
template <int W, class F> RETROGRAD_LANES_V4 void run_v4(F &f) {
  f.template operator()<W>();
}
#endif

} // namespace detail

/// Calls f.template operator()<W>(), where W Ts fill a register of so many
/// bytes, in code for the instruction set with such registers. f must inline
/// always what is to use it, itself included:
///
///   with_native_width<float>([&]<int W>() __attribute__((always_inline)) {
///     ... batch.gradient_lanes<W>(...) ...
///   });
template <class T, class F> void with_width(int bytes, F &&f) {
  constexpr int size = static_cast<int>(sizeof(T));
#if RETROGRAD_LANES_SELECT
  if constexpr (native_bytes < 64)
    if (bytes >= 64)
      return detail::run_v4<64 / size>(f);
  if constexpr (native_bytes < 32)
    if (bytes >= 32)
      return detail::run_v3<32 / size>(f);
#endif
  (void)bytes;
  f.template operator()<native_bytes / size>();
}

/// with_width for this machine.
template <class T, class F> void with_native_width(F &&f) {
  with_width<T>(machine_bytes(), f);
}

} // namespace retrograd

#endif // RETROGRAD_LANES_NATIVE_H
