//===- kernel.h - The loop over elements, and where its builds are --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One loop for all rules: it scales and clips the gradient, updates the
// element, and touches each number once. For the rules of this library it is
// compiled in the runtime for several instruction sets, of which the best that
// the processor has is taken at run time; a rule of the user's is compiled
// where it is used. The builds give the same bits: no operation is contracted
// or reordered.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_KERNEL_H
#define RETROGRAD_OPTIMIZERS_KERNEL_H

#include <retrograd/optimizers/rule.h>

#include <cstddef>
#include <cstdint>

namespace retrograd {

/// More than any rule remembers of an element.
inline constexpr int max_slots = 3;

/// A part of the arena that is updated with the same constants.
template <class T> struct update_range {
  T *parameters;
  const T *gradient;
  T *slots[max_slots];
  std::size_t size;
  T gradient_scale; ///< the gradient is multiplied by it,
  T clip_value;     ///< then limited to [-clip_value, clip_value]
};

/// Rows of such a part: row r is the entries [r width, (r + 1) width).
struct row_list {
  const std::uint64_t *rows;
  std::size_t count;
  std::size_t width;
};

namespace detail {

/// The loop. That its arrays do not overlap is what the vectorizer must know.
template <class Rule, typename Rule::form F, class T>
[[gnu::always_inline]] inline void
update_arrays(const typename Rule::template constants<T> &c, T *__restrict p,
              const T *__restrict g, T *__restrict s0, T *__restrict s1,
              T *__restrict s2, std::size_t size, T scale, T limit) {
  constexpr int slots = Rule::slots(F);
  static_assert(slots <= max_slots);
  for (std::size_t i = 0; i < size; ++i) {
    T s[slots + 1];
    if constexpr (slots > 0)
      s[0] = s0[i];
    if constexpr (slots > 1)
      s[1] = s1[i];
    if constexpr (slots > 2)
      s[2] = s2[i];
    T d = g[i] * scale;
    d = d > limit ? limit : d;
    d = d < -limit ? -limit : d;
    T x = p[i];
    Rule::template update<F>(c, x, d, s);
    p[i] = x;
    if constexpr (slots > 0)
      s0[i] = s[0];
    if constexpr (slots > 1)
      s1[i] = s[1];
    if constexpr (slots > 2)
      s2[i] = s[2];
  }
}

template <class Rule, typename Rule::form F, class T>
[[gnu::always_inline]] inline void
update_form(const typename Rule::template constants<T> &constants,
            const update_range<T> &range, std::size_t first, std::size_t size) {
  constexpr int slots = Rule::slots(F);
  // A copy, which no store can change.
  const typename Rule::template constants<T> c = constants;
  update_arrays<Rule, F>(c, range.parameters + first, range.gradient + first,
                         slots > 0 ? range.slots[0] + first : nullptr,
                         slots > 1 ? range.slots[1] + first : nullptr,
                         slots > 2 ? range.slots[2] + first : nullptr, size,
                         range.gradient_scale, range.clip_value);
}

/// The loop of the form that the constants ask for.
template <class Rule, class T, int I = 0>
[[gnu::always_inline]] inline void
update_loop(const typename Rule::template constants<T> &constants,
            const update_range<T> &range) {
  constexpr auto form = static_cast<typename Rule::form>(I);
  if (constants.kind == form)
    update_form<Rule, form>(constants, range, 0, range.size);
  else if constexpr (I + 1 < Rule::forms)
    update_loop<Rule, T, I + 1>(constants, range);
}

template <class Rule, class T, int I = 0>
[[gnu::always_inline]] inline void
update_row_loop(const typename Rule::template constants<T> &constants,
                const update_range<T> &range, const row_list &list) {
  constexpr auto form = static_cast<typename Rule::form>(I);
  if (constants.kind == form)
    for (std::size_t r = 0; r < list.count; ++r)
      update_form<Rule, form>(constants, range, list.rows[r] * list.width,
                              list.width);
  else if constexpr (I + 1 < Rule::forms)
    update_row_loop<Rule, T, I + 1>(constants, range, list);
}

/// The same in the runtime, for the rules of this library and for float and
/// double, by the instruction set in use.
template <class Rule, class T>
void update_compiled(const typename Rule::template constants<T> &constants,
                     const update_range<T> &range);
template <class Rule, class T>
void update_compiled(const typename Rule::template constants<T> &constants,
                     const update_range<T> &range, const row_list &list);

/// Whether the runtime has the loop of this rule.
template <class Rule>
constexpr bool is_compiled = requires { requires Rule::compiled; };

} // namespace detail

/// Applies a rule to a range.
template <class Rule, class T>
void update(const typename Rule::template constants<T> &constants,
            const update_range<T> &range) {
  if constexpr (detail::is_compiled<Rule>)
    detail::update_compiled<Rule, T>(constants, range);
  else
    detail::update_loop<Rule, T>(constants, range);
}

/// Applies a rule to rows of a range; `list.rows` has no row twice.
template <class Rule, class T>
void update(const typename Rule::template constants<T> &constants,
            const update_range<T> &range, const row_list &list) {
  if constexpr (detail::is_compiled<Rule>)
    detail::update_compiled<Rule, T>(constants, range, list);
  else
    detail::update_row_loop<Rule, T>(constants, range, list);
}

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_KERNEL_H
