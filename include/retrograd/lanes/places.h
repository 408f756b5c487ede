//===- places.h - Memory that some lanes read and write -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What generated code writes where not all samples take part: where(mask,
// place) is the place for the lanes of the mask only, gather and scatter reach
// an element of an array that differs from lane to lane. A lane that is not in
// the mask reads and writes nothing: its index may be anything.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_PLACES_H
#define RETROGRAD_LANES_PLACES_H

#include "types.h"
#include <cstddef>

namespace retrograd {

namespace detail {

template <class Mask, class Place> struct masked_place {
  Mask mask;
  Place &place;

  RETROGRAD_LANES_INLINE void operator=(Place value) const {
    place = blend(mask, value, place);
  }
  // A template, so that a product is added to, not what it is equal to.
  template <class V> RETROGRAD_LANES_INLINE void operator+=(V value) const {
    place = blend(mask, Place(place + value), place);
  }
  template <class V> RETROGRAD_LANES_INLINE void operator-=(V value) const {
    place = blend(mask, Place(place - value), place);
  }
};

/// Element index[lane] of an array whose elements are lanes.
template <class T, class I, int W> struct lane_elements {
  T *base;
  lanes<I, W> index;

  RETROGRAD_LANES_INLINE T &operator[](int lane) const {
    return base[static_cast<std::ptrdiff_t>(index[lane]) * W + lane];
  }
};

template <class Mask, class T, class I, int W> struct scattered_place {
  Mask mask;
  lane_elements<T, I, W> elements;

  RETROGRAD_LANES_INLINE void operator=(lanes<T, W> value) const {
    for (int lane = 0; lane < W; ++lane)
      if (mask[lane])
        elements[lane] = value[lane];
  }
  RETROGRAD_LANES_INLINE void operator+=(lanes<T, W> value) const {
    for (int lane = 0; lane < W; ++lane)
      if (mask[lane])
        elements[lane] += value[lane];
  }
  RETROGRAD_LANES_INLINE void operator-=(lanes<T, W> value) const {
    for (int lane = 0; lane < W; ++lane)
      if (mask[lane])
        elements[lane] -= value[lane];
  }
};

/// The index, where a lane outside of the mask has that of one inside: it may
/// be read without harm. The mask has a lane.
template <class Mask, class I, int W>
RETROGRAD_LANES_INLINE lanes<I, W> readable(Mask mask, lanes<I, W> index) {
  return select(mask, index, lanes<I, W>(index[first_lane(mask)]));
}
template <class I, int W>
RETROGRAD_LANES_INLINE lanes<I, W> readable(all_lanes, lanes<I, W> index) {
  return index;
}

} // namespace detail

/// The place, for the lanes of the mask: the others keep what they have there.
template <class Mask, class Place>
RETROGRAD_LANES_INLINE detail::masked_place<Mask, Place> where(Mask mask,
                                                               Place &place) {
  return {mask, place};
}

/// base[index] in each lane of the mask, 0 in the others. All lanes read from
/// one array of scalars.
template <class Mask, class T, class I, int W>
RETROGRAD_LANES_INLINE lanes<T, W> gather(Mask mask, const T *base,
                                          lanes<I, W> index) {
  lanes<T, W> result = 0;
  if (none(mask))
    return result;
  const lanes<I, W> safe = detail::readable(mask, index);
  for (int lane = 0; lane < W; ++lane)
    result.values[lane] = base[safe[lane]];
  return select(mask, result, lanes<T, W>(0));
}

/// The same over an array of lanes: each lane reads its own.
template <class Mask, class T, class I, int W>
RETROGRAD_LANES_INLINE lanes<T, W> gather(Mask mask, const lanes<T, W> *base,
                                          lanes<I, W> index) {
  lanes<T, W> result = 0;
  if (none(mask))
    return result;
  const detail::lane_elements<const T, I, W> elements{
      reinterpret_cast<const T *>(base), detail::readable(mask, index)};
  for (int lane = 0; lane < W; ++lane)
    result.values[lane] = elements[lane];
  return select(mask, result, lanes<T, W>(0));
}

/// The places base[index], one of its own for each lane of the mask, to be
/// assigned or added to.
template <class Mask, class T, class I, int W>
RETROGRAD_LANES_INLINE detail::scattered_place<Mask, T, I, W>
scatter(Mask mask, lanes<T, W> *base, lanes<I, W> index) {
  return {mask, {reinterpret_cast<T *>(base), index}};
}

/// The divisor, with 1 in lanes outside of the mask: integer division would
/// trap on what they may hold.
template <class Mask, class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> safe_divisor(Mask mask, lanes<T, W> v) {
  return select(mask, v, lanes<T, W>(1));
}

//===----------------------------------------------------------------------===//
// Functions of one lane
//===----------------------------------------------------------------------===//

namespace detail {

template <class T, int W>
RETROGRAD_LANES_INLINE T element(const lanes<T, W> &v, int lane) {
  return v[lane];
}
template <class T, int W>
RETROGRAD_LANES_INLINE bool element(const lane_mask<T, W> &v, int lane) {
  return v[lane];
}

/// Lanes or, for bool, a mask.
template <class R, int W>
using lanes_of_result = std::conditional_t<std::is_same_v<R, bool>,
                                           lane_mask<float, W>, lanes<R, W>>;

} // namespace detail

/// f(arguments) in each lane of the mask, one after the other, and zero in the
/// others: what has no vector version. All arguments are lanes.
template <class Mask, class F, class A, class... Rest>
RETROGRAD_LANES_INLINE auto each_lane(Mask mask, F f, const A &a,
                                      const Rest &...rest) {
  using result =
      decltype(f(detail::element(a, 0), detail::element(rest, 0)...));
  constexpr int W = A::width;
  detail::lanes_of_result<result, W> v(static_cast<result>(0));
  for (int lane = 0; lane < W; ++lane)
    if (mask[lane])
      v.set(lane, f(detail::element(a, lane), detail::element(rest, lane)...));
  return v;
}

} // namespace retrograd

#endif // RETROGRAD_LANES_PLACES_H
