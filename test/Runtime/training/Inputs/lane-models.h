//===- lane-models.h - A loss in lanes, by hand ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the compiler would emit for a function with a loop and a branch.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_TRAINING_LANE_MODELS_H
#define RETROGRAD_TEST_TRAINING_LANE_MODELS_H

#include <retrograd/batch.h>
#include <retrograd/lanes.h>

/// Huber's loss of <w, x> + b - y, times a weight, with the residual as output.
template <class T> struct huber_batch {
  int n = retrograd::deduced;
  using value_type = T;
  using sample_types = std::tuple<T, T, int>;
  using shared_types = std::tuple<T, T>;
  using output_types = std::tuple<T>;
  static constexpr const char *name = "huber";
  static constexpr std::array<const char *, 3> sample_names = {"x", "y",
                                                               "weight"};
  static constexpr std::array<const char *, 2> shared_names = {"w", "b"};
  static constexpr std::array<const char *, 1> output_names = {"residual"};
  std::array<std::size_t, 3> sample_extents() const {
    return {static_cast<std::size_t>(n), 1, 1};
  }
  std::array<std::size_t, 2> shared_extents() const {
    return {static_cast<std::size_t>(n), 1};
  }
  std::array<std::size_t, 1> output_extents() const { return {1}; }
  huber_batch with_extents(std::array<std::size_t, 2> shared) const {
    huber_batch b = *this;
    b.n = static_cast<int>(shared[0]);
    return b;
  }

  T residual(const T *x, const T *y, const T *w, const T *b) const {
    T s = *b - *y;
    for (int i = 0; i < n; ++i)
      s += w[i] * x[i];
    return s;
  }
  T value(const T *x, const T *y, const int *weight, const T *w, const T *b,
          T *r) const {
    *r = residual(x, y, w, b);
    const T size = *r < 0 ? -*r : *r;
    return static_cast<T>(*weight) *
           (size > 1 ? size - T(0.5) : T(0.5) * *r * *r);
  }
  T gradient(const T *x, const T *y, const int *weight, const T *w, const T *b,
             T *r, T *d_w, T *d_b) const {
    const T loss = value(x, y, weight, w, b, r);
    const T d = static_cast<T>(*weight) * (*r > 1 ? T(1) : *r < -1 ? T(-1) : *r);
    for (int i = 0; i < n; ++i)
      d_w[i] += d * x[i];
    *d_b += d;
    return loss;
  }

  static constexpr bool has_lanes = true;
  template <class E, int W> using lanes = retrograd::lanes<E, W>;

  template <int W, class Mask>
  RETROGRAD_LANES_INLINE lanes<T, W>
  value_lanes(Mask active, const lanes<T, W> *x, const lanes<T, W> *y,
              const lanes<int, W> *weight, const T *w, const T *b,
              lanes<T, W> *r) const {
    lanes<T, W> s = lanes<T, W>(*b) - *y;
    for (int i = 0; i < n; ++i)
      s += lanes<T, W>(w[i]) * x[i];
    retrograd::where(active, *r) = s;
    const lanes<T, W> size = select(s < lanes<T, W>(T(0)), -s, s);
    const lanes<T, W> half = lanes<T, W>(T(0.5)) * s;
    return lanes<T, W>(*weight) *
           select(size > lanes<T, W>(T(1)), size - lanes<T, W>(T(0.5)),
                  lanes<T, W>(half * s));
  }
  template <int W, class Mask>
  RETROGRAD_LANES_INLINE lanes<T, W>
  gradient_lanes(Mask active, const lanes<T, W> *x, const lanes<T, W> *y,
                 const lanes<int, W> *weight, const T *w, const T *b,
                 lanes<T, W> *r, lanes<T, W> *d_w, lanes<T, W> *d_b) const {
    const lanes<T, W> loss = value_lanes<W>(active, x, y, weight, w, b, r);
    const lanes<T, W> one(T(1));
    const lanes<T, W> d =
        lanes<T, W>(*weight) * select(*r > one, one, select(*r < -one, -one, *r));
    for (int i = 0; i < n; ++i)
      retrograd::where(active, d_w[i]) += d * x[i];
    retrograd::where(active, *d_b) += d;
    return loss;
  }
};

#endif // RETROGRAD_TEST_TRAINING_LANE_MODELS_H
