//===- kernels.h - The source that is compiled for each instruction set ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Included by one file for each instruction set, which defines the name of its
// table, RETROGRAD_KERNELS, and is compiled with the flags of that set and with
// contraction switched off (kernels.cmake).
//
// Everything here is in an unnamed namespace or always inlined. An ordinary
// inline function would be emitted by each of these files, the linker would
// keep any one of them, and a processor without AVX-512 would run into it.
//
//===----------------------------------------------------------------------===//

#include "kernel_table.h"

namespace retrograd::detail {
namespace {

template <class Rule, class T>
void run(const typename Rule::template constants<T> &constants,
         const update_range<T> &range) {
  update_loop<Rule, T>(constants, range);
}

template <class Rule, class T>
void run_rows(const typename Rule::template constants<T> &constants,
              const update_range<T> &range, const row_list &list) {
  update_row_loop<Rule, T>(constants, range, list);
}

// Sixteen sums side by side, then a tree over them: as many lanes as any of the
// instruction sets can use, so that all of them add in the same order.
constexpr std::size_t lanes = 16;

template <class T> double sum_of_squares(const T *x, std::size_t n) {
  double sum[lanes] = {};
  std::size_t i = 0;
  for (; i + lanes <= n; i += lanes)
    for (std::size_t k = 0; k < lanes; ++k)
      sum[k] += static_cast<double>(x[i + k]) * static_cast<double>(x[i + k]);
  for (std::size_t k = 0; i + k < n; ++k)
    sum[k] += static_cast<double>(x[i + k]) * static_cast<double>(x[i + k]);
  for (std::size_t half = lanes / 2; half > 0; half /= 2)
    for (std::size_t k = 0; k < half; ++k)
      sum[k] += sum[k + half];
  return sum[0];
}

template <class T>
constexpr kernels_of<T> table = {
    {run<rules::sgd, T>},          {run<rules::adagrad, T>},
    {run<rules::adadelta, T>},     {run<rules::rmsprop, T>},
    {run<rules::adam, T>},         {run<rules::adamax, T>},
    {run<rules::nadam, T>},        {run<rules::radam, T>},
    {run<rules::lion, T>},         {run_rows<rules::sgd, T>},
    {run_rows<rules::adagrad, T>}, {sum_of_squares<T>}};

} // namespace

constinit const kernel_table RETROGRAD_KERNELS = {table<float>, table<double>};

} // namespace retrograd::detail
