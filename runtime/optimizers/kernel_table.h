//===- kernel_table.h - The loops of one instruction set ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One source is compiled several times, and each time defines one table. A
// table holds pointers only, and the builds define nothing else that has a name
// outside of them: see kernels.h.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_OPTIMIZERS_KERNEL_TABLE_H
#define RETROGRAD_RUNTIME_OPTIMIZERS_KERNEL_TABLE_H

#include <retrograd/optimizers/adadelta.h>
#include <retrograd/optimizers/adagrad.h>
#include <retrograd/optimizers/adam.h>
#include <retrograd/optimizers/adamax.h>
#include <retrograd/optimizers/kernel.h>
#include <retrograd/optimizers/lion.h>
#include <retrograd/optimizers/nadam.h>
#include <retrograd/optimizers/radam.h>
#include <retrograd/optimizers/rmsprop.h>
#include <retrograd/optimizers/sgd.h>

namespace retrograd::detail {

template <class Rule, class T> struct rule_kernel {
  using constants = typename Rule::template constants<T>;
  void (*all)(const constants &, const update_range<T> &);
};

/// Rules that can skip rows have this loop, too.
template <class Rule, class T> struct row_kernel {
  using constants = typename Rule::template constants<T>;
  void (*rows)(const constants &, const update_range<T> &, const row_list &);
};

/// The sum of squares of n numbers, in double and in an order that is fixed.
template <class T> struct square_kernel {
  double (*sum)(const T *x, std::size_t n);
};

template <class T>
struct kernels_of : rule_kernel<rules::sgd, T>,
                    rule_kernel<rules::adagrad, T>,
                    rule_kernel<rules::adadelta, T>,
                    rule_kernel<rules::rmsprop, T>,
                    rule_kernel<rules::adam, T>,
                    rule_kernel<rules::adamax, T>,
                    rule_kernel<rules::nadam, T>,
                    rule_kernel<rules::radam, T>,
                    rule_kernel<rules::lion, T>,
                    row_kernel<rules::sgd, T>,
                    row_kernel<rules::adagrad, T>,
                    square_kernel<T> {};

struct kernel_table : kernels_of<float>, kernels_of<double> {};

/// The tables; those for x86-64 exist where RETROGRAD_X86_64_KERNELS is
/// defined.
extern const kernel_table kernels_plain;
extern const kernel_table kernels_x86_64_v2;
extern const kernel_table kernels_x86_64_v3;
extern const kernel_table kernels_x86_64_v4;

} // namespace retrograd::detail

#endif // RETROGRAD_RUNTIME_OPTIMIZERS_KERNEL_TABLE_H
