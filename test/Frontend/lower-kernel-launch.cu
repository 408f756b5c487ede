//===- lower-kernel-launch.cu - A kernel launch has no derivative ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only what one thread computes is differentiated.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -x cuda --cuda-host-only -nocudainc -nocudalib -Wno-unknown-cuda-version -fsyntax-only -Xclang -verify %s

#define __global__ __attribute__((global))
struct dim3 {
  unsigned x, y, z;
  dim3(unsigned x, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
typedef struct stream *cudaStream_t;
int cudaConfigureCall(dim3, dim3, decltype(sizeof 0) = 0, cudaStream_t = nullptr);
extern "C" unsigned __cudaPushCallConfiguration(dim3, dim3, decltype(sizeof 0) = 0, void * = nullptr);
extern "C" int cudaLaunchKernel(const void *, dim3, dim3, void **, decltype(sizeof 0), cudaStream_t);

__global__ void kernel(double *x) { *x *= 2; }

#pragma retrograd gradient
double launches(double *x) {
  kernel<<<1, 1>>>(x); // expected-error {{a kernel launch is not supported}}
                       // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return *x;
}
