//===- dispatch.cpp - The build of the loops that this processor runs -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The choice is made at the first update, and costs a load afterwards.
//
//===----------------------------------------------------------------------===//

#include "kernel_table.h"

#include <retrograd/optimizers/gradient_norm.h>
#include <retrograd/optimizers/isa.h>

#include <atomic>

namespace retrograd {

namespace detail {

/// The table of a build, or null if there is none that can run here.
static const kernel_table *table_for(isa wanted) {
  switch (wanted) {
  case isa::plain:
    return &kernels_plain;
#ifdef RETROGRAD_X86_64_KERNELS
  case isa::x86_64_v2:
    return __builtin_cpu_supports("x86-64-v2") ? &kernels_x86_64_v2 : nullptr;
  case isa::x86_64_v3:
    return __builtin_cpu_supports("x86-64-v3") ? &kernels_x86_64_v3 : nullptr;
  case isa::x86_64_v4:
    return __builtin_cpu_supports("x86-64-v4") ? &kernels_x86_64_v4 : nullptr;
#else
  case isa::x86_64_v2:
  case isa::x86_64_v3:
  case isa::x86_64_v4:
    return nullptr;
#endif
  }
  return nullptr;
}

static isa best() {
  for (const isa candidate : {isa::x86_64_v4, isa::x86_64_v3, isa::x86_64_v2})
    if (table_for(candidate))
      return candidate;
  return isa::plain;
}

static std::atomic<const kernel_table *> &selected() {
  static std::atomic<const kernel_table *> table = table_for(best());
  return table;
}

static const kernel_table &kernels() {
  return *selected().load(std::memory_order_relaxed);
}

template <class Rule, class T>
void update_compiled(const typename Rule::template constants<T> &constants,
                     const update_range<T> &range) {
  static_cast<const rule_kernel<Rule, T> &>(kernels()).all(constants, range);
}

template <class Rule, class T>
void update_compiled(const typename Rule::template constants<T> &constants,
                     const update_range<T> &range, const row_list &list) {
  static_cast<const row_kernel<Rule, T> &>(kernels()).rows(constants, range,
                                                           list);
}

template <class T> double sum_of_squares(const T *x, std::size_t n) {
  return static_cast<const square_kernel<T> &>(kernels()).sum(x, n);
}
template double sum_of_squares(const float *, std::size_t);
template double sum_of_squares(const double *, std::size_t);

#define RETROGRAD_RULE_KERNELS(rule)                                           \
  template void update_compiled<rule, float>(const rule::constants<float> &,   \
                                             const update_range<float> &);     \
  template void update_compiled<rule, double>(const rule::constants<double> &, \
                                              const update_range<double> &);
RETROGRAD_RULE_KERNELS(rules::sgd)
RETROGRAD_RULE_KERNELS(rules::adagrad)
RETROGRAD_RULE_KERNELS(rules::adadelta)
RETROGRAD_RULE_KERNELS(rules::rmsprop)
RETROGRAD_RULE_KERNELS(rules::adam)
RETROGRAD_RULE_KERNELS(rules::adamax)
RETROGRAD_RULE_KERNELS(rules::nadam)
RETROGRAD_RULE_KERNELS(rules::radam)
RETROGRAD_RULE_KERNELS(rules::lion)
#undef RETROGRAD_RULE_KERNELS

#define RETROGRAD_ROW_KERNELS(rule)                                            \
  template void update_compiled<rule, float>(const rule::constants<float> &,   \
                                             const update_range<float> &,      \
                                             const row_list &);                \
  template void update_compiled<rule, double>(const rule::constants<double> &, \
                                              const update_range<double> &,    \
                                              const row_list &);
RETROGRAD_ROW_KERNELS(rules::sgd)
RETROGRAD_ROW_KERNELS(rules::adagrad)
#undef RETROGRAD_ROW_KERNELS

} // namespace detail

isa optimizer_isa() {
  const detail::kernel_table *table = detail::selected();
  for (const isa each :
       {isa::x86_64_v4, isa::x86_64_v3, isa::x86_64_v2, isa::plain})
    if (detail::table_for(each) == table)
      return each;
  return isa::plain;
}

bool use_optimizer_isa(isa wanted) {
  const detail::kernel_table *table = detail::table_for(wanted);
  if (table)
    detail::selected() = table;
  return table != nullptr;
}

const char *name_of(isa i) {
  switch (i) {
  case isa::plain:
    return "plain";
  case isa::x86_64_v2:
    return "x86-64-v2";
  case isa::x86_64_v3:
    return "x86-64-v3";
  case isa::x86_64_v4:
    return "x86-64-v4";
  }
  return "unknown";
}

} // namespace retrograd
