//===- models.h - Small losses with descriptions by hand ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime's tests shall fail for the runtime's mistakes only: these
// descriptions are written by hand, so that neither the plugin nor the pragma
// has a part in them.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_TRAINING_MODELS_H
#define RETROGRAD_TEST_TRAINING_MODELS_H

#include <cmath>
#include <cstdint>
#include <retrograd/batch.h>
#include <vector>

/// log(1 + exp(-label * <w, x>)) + 0.05 sin(<w, x>), with an n that is deduced.
template <class T> struct logistic_batch {
  int n = retrograd::deduced;
  using value_type = T;
  using sample_types = std::tuple<T, int>;
  using shared_types = std::tuple<T>;
  static constexpr const char *name = "logistic";
  static constexpr std::array<const char *, 2> sample_names = {"x", "label"};
  static constexpr std::array<const char *, 1> shared_names = {"w"};
  std::array<std::size_t, 2> sample_extents() const {
    return {static_cast<std::size_t>(n), 1};
  }
  std::array<std::size_t, 1> shared_extents() const {
    return {static_cast<std::size_t>(n)};
  }
  logistic_batch with_extents(std::array<std::size_t, 1> shared) const {
    logistic_batch b = *this;
    if (b.n == retrograd::deduced)
      b.n = static_cast<int>(shared[0]);
    return b;
  }
  T value(const T *x, const int *label, const T *w) const {
    T s = 0;
    for (int i = 0; i < n; ++i)
      s += w[i] * x[i];
    return std::log1p(std::exp(static_cast<T>(-*label) * s)) +
           T(0.05) * std::sin(s);
  }
  T gradient(const T *x, const int *label, const T *w, T *d_w) const {
    T s = 0;
    for (int i = 0; i < n; ++i)
      s += w[i] * x[i];
    const T y = static_cast<T>(*label), e = std::exp(-y * s);
    const T d = -y * e / (1 + e) + T(0.05) * std::cos(s);
    for (int i = 0; i < n; ++i)
      d_w[i] += d * x[i];
    return std::log1p(e) + T(0.05) * std::sin(s);
  }
};

/// (a . x + b - y)^2 / 2 with two shared arrays and the prediction as output.
template <class T> struct line_batch {
  using value_type = T;
  using sample_types = std::tuple<T, T>;
  using shared_types = std::tuple<T, T>;
  using output_types = std::tuple<T>;
  static constexpr const char *name = "line";
  static constexpr std::array<const char *, 2> sample_names = {"x", "y"};
  static constexpr std::array<const char *, 2> shared_names = {"a", "b"};
  static constexpr std::array<const char *, 1> output_names = {"prediction"};
  std::array<std::size_t, 2> sample_extents() const { return {2, 1}; }
  std::array<std::size_t, 2> shared_extents() const { return {2, 1}; }
  std::array<std::size_t, 1> output_extents() const { return {1}; }
  T value(const T *x, const T *y, const T *a, const T *b, T *p) const {
    *p = a[0] * x[0] + a[1] * x[1] + *b;
    return (*p - *y) * (*p - *y) / 2;
  }
  T gradient(const T *x, const T *y, const T *a, const T *b, T *p, T *d_a,
             T *d_b) const {
    const T loss = value(x, y, a, b, p), r = *p - *y;
    d_a[0] += r * x[0];
    d_a[1] += r * x[1];
    *d_b += r;
    return loss;
  }
};

/// Uniform numbers in [-1, 1), the same everywhere.
class numbers {
public:
  explicit numbers(std::uint64_t seed) : state_(seed) {}
  double operator()() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-52 - 1;
  }

private:
  std::uint64_t state_;
};

/// A separable classification of samples of n numbers, with some noise.
template <class T> struct classes {
  classes(std::size_t samples, std::size_t n, std::uint64_t seed = 7)
      : x(samples * n), label(samples), n(n) {
    numbers random(seed);
    for (std::size_t i = 0; i < samples; ++i) {
      double s = 0.3 * random();
      for (std::size_t j = 0; j < n; ++j) {
        x[i * n + j] = static_cast<T>(random());
        s += (j % 2 ? -1.0 : 0.7) * static_cast<double>(x[i * n + j]);
      }
      label[i] = s > 0 ? 1 : -1;
    }
  }
  std::vector<T> x;
  std::vector<int> label;
  std::size_t n;

  retrograd::batch_view<T, int>
  view(std::span<const std::uint64_t> rows) const {
    return {{x.data(), label.data()}, {n, 1}, rows};
  }
};

inline std::vector<std::uint64_t> all_rows(std::size_t n) {
  std::vector<std::uint64_t> rows(n);
  for (std::size_t i = 0; i < n; ++i)
    rows[i] = i;
  return rows;
}

#endif // RETROGRAD_TEST_TRAINING_MODELS_H
