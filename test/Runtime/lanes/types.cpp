//===- types.cpp - Values, masks and places -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each operation against a loop over the lanes, for every width, and what
// lanes outside of a mask must not do.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t.clang
// RUN: %t.clang
// RUN: %if gxx %{ %gxx -Wall -Wextra -Werror -O1 %s -o %t.gcc && %t.gcc %}

#include "../Inputs/check.h"
#include <limits>
#include <retrograd/lanes.h>

using namespace retrograd;

template <class T, int W> static lanes<T, W> counted(T first, T step) {
  lanes<T, W> v;
  for (int lane = 0; lane < W; ++lane)
    v.set(lane, T(first + T(lane) * step));
  return v;
}

template <class T, int W> static void values() {
  const lanes<T, W> a = counted<T, W>(T(3), T(2)), b = counted<T, W>(T(9), T(1));
  const lanes<T, W> sum_of = a + b, difference = a - 2, product = 3 * a,
                    quotient = a / b, chosen = select(a < b, a, T(1));
  lanes<T, W> added = a;
  added += a * b;
  added -= b;
  ++added;
  ++added;
  --added;
  for (int lane = 0; lane < W; ++lane) {
    CHECK_THAT(sum_of[lane] == a[lane] + b[lane]);
    CHECK_THAT(difference[lane] == a[lane] - 2);
    CHECK_THAT(product[lane] == 3 * a[lane]);
    CHECK_THAT(quotient[lane] == T(a[lane] / b[lane]));
    CHECK_THAT(added[lane] == a[lane] + a[lane] * b[lane] - b[lane] + 1);
    CHECK_THAT((a <= b)[lane] == (a[lane] <= b[lane]));
    CHECK_THAT((a != b)[lane] == (a[lane] != b[lane]));
    CHECK_THAT(chosen[lane] == (a[lane] < b[lane] ? a[lane] : 1));
    CHECK_THAT((lanes<int, W>(a)[lane] == static_cast<int>(a[lane])));
    CHECK_THAT((lanes<double, W>(a < b)[lane] == (a[lane] < b[lane])));
  }
  T total = 0;
  for (int lane = 0; lane < W; ++lane)
    total += a[lane];
  CHECK_THAT(sum(a) == total);
}

template <int W> static void masks() {
  using mask = lane_mask<float, W>;
  CHECK_THAT(all(mask(true)) && any(mask(true)) && none(mask(false)));
  CHECK_THAT(!all(mask::first(W - 1)) && none(mask::first(0)));
  const mask left = mask::first(W / 2);
  lane_mask<double, W> even = false;
  for (int lane = 0; lane < W; lane += 2)
    even.set(lane, true);
  for (int lane = 0; lane < W; ++lane) {
    const bool l = lane < W / 2, e = lane % 2 == 0;
    CHECK_THAT(left[lane] == l && even[lane] == e);
    CHECK_THAT((left & even)[lane] == (l && e));
    CHECK_THAT((left || even)[lane] == (l || e));
    CHECK_THAT((left == even)[lane] == (l == e) && (left != even)[lane] != (l == e));
    CHECK_THAT((!left)[lane] == !l && (left && false)[lane] == false);
    CHECK_THAT(select(left, even, !even)[lane] == (l ? e : !e));
    CHECK_THAT((all_lanes() & left)[lane] == l);
  }
  const auto v = counted<int, W>(5, -3);
  CHECK_THAT(greatest(mask(true), v) == 5 && least(mask(true), v) == 5 - 3 * (W - 1));
  CHECK_THAT(greatest(!left, v) == v[W / 2] && least(left, v) == v[W / 2 - 1]);
}

/// An index outside of the mask may be anything.
template <class T, int W> static void places() {
  constexpr int size = 7;
  T shared[size];
  lanes<T, W> own[size], before[size];
  for (int i = 0; i < size; ++i) {
    shared[i] = T(10 * i);
    before[i] = own[i] = counted<T, W>(T(i), T(100));
  }
  lane_mask<T, W> mask = false;
  lanes<int, W> index;
  for (int lane = 0; lane < W; ++lane) {
    mask.set(lane, lane % 3 != 0);
    index.set(lane, lane % 3 ? (lane * 5) % size
                             : std::numeric_limits<int>::min() + lane);
  }
  const lanes<T, W> read = gather(mask, shared, index);
  const lanes<T, W> read_own = gather(mask, own, index);
  scatter(mask, own, index) += lanes<T, W>(T(1));
  lanes<T, W> v = T(4);
  where(mask, v) = T(9);
  where(mask, v) += v * v;
  for (int lane = 0; lane < W; ++lane) {
    const bool in = mask[lane];
    CHECK_THAT(read[lane] == (in ? shared[index[lane]] : 0));
    CHECK_THAT(read_own[lane] == (in ? before[index[lane]][lane] : 0));
    CHECK_THAT(v[lane] == (in ? 90 : 4));
    for (int i = 0; i < size; ++i)
      CHECK_THAT(own[i][lane] == before[i][lane] + (in && index[lane] == i));
  }
  CHECK_THAT(none(gather(lane_mask<T, W>(false), static_cast<T *>(nullptr), index) != lanes<T, W>(0)));
  const lanes<int, W> zero = select(mask, lanes<int, W>(5), 0);
  const lanes<int, W> quotient = 100 / safe_divisor(mask, zero);
  int calls = 0;
  const auto each = each_lane(mask, [&](int i) { ++calls; return i % 2 == 0; }, index);
  for (int lane = 0; lane < W; ++lane) {
    CHECK_THAT(quotient[lane] == (mask[lane] ? 20 : 100));
    CHECK_THAT(each[lane] == (mask[lane] && index[lane] % 2 == 0));
    calls -= mask[lane];
  }
  CHECK_THAT(calls == 0);
}

template <int W> static void width() {
  values<float, W>();
  values<double, W>();
  values<int, W>();
  values<long, W>();
  masks<W>();
  places<float, W>();
  places<double, W>();
}

int main() {
  width<2>();
  width<4>();
  width<8>();
  width<16>();
  // A zero keeps its sign when it becomes lanes.
  CHECK_THAT(signbit(lanes<float, 4>(-0.0f))[3]);
}
