//===- batch.cpp - The text of a description -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A readable aggregate behind the gradient, in the scope of the function; what only
// this file may mean is in an unnamed namespace.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 | FileCheck %s

// Twice the same.
// RUN: %retrograd %s -o %t.1 -- -std=c++20
// RUN: %retrograd %s -o %t.2 -- -std=c++20
// RUN: cmp %t.1 %t.2

// CHECK: #include <retrograd/batch.h>
// CHECK-NEXT: #include <retrograd/retrograd.h>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

#pragma retrograd batch sample(x[64], label) shared(theta[n])
float loss(const float *x, int label, const float *theta, int n) {
  float s = 0;
  for (int i = 0; i < n; ++i)
    s += theta[i] * x[i];
  return label ? s : -s;
}
// CHECK: float loss_batch_grad(const float *__restrict x, int label,
// CHECK-NEXT: const float *__restrict theta, int n,
// CHECK-NEXT: float *__restrict d_theta) {
// CHECK: // How to run 'loss' for one sample out of many; see <retrograd/batch.h>.
// CHECK-NEXT: struct loss_batch {
// CHECK-NEXT:   int n = retrograd::deduced;
// CHECK-EMPTY:
// CHECK-NEXT:   using value_type = float;
// CHECK-NEXT:   using sample_types = std::tuple<float, int>;
// CHECK-NEXT:   using shared_types = std::tuple<float>;
// CHECK-NEXT:   using output_types = std::tuple<>;
// CHECK-NEXT:   static constexpr const char *name = "loss";
// CHECK-NEXT:   static constexpr std::array<const char *, 2> sample_names = {"x", "label"};
// CHECK-NEXT:   static constexpr std::array<const char *, 1> shared_names = {"theta"};
// CHECK-NEXT:   static constexpr std::array<const char *, 0> output_names = {};
// CHECK-NEXT:   static constexpr std::array<retrograd::access, 1> shared_access = {
// CHECK-NEXT:       retrograd::access::uniform};
// CHECK-EMPTY:
// CHECK-NEXT:   std::array<std::size_t, 2> sample_extents() const { return {64, 1}; }
// CHECK-NEXT:   std::array<std::size_t, 1> shared_extents() const {
// CHECK-NEXT:     return {static_cast<std::size_t>(n)};
// CHECK-NEXT:   }
// CHECK-NEXT:   std::array<std::size_t, 0> output_extents() const { return {}; }
// CHECK-NEXT:   loss_batch with_extents(std::array<std::size_t, 1> shared) const {
// CHECK-NEXT:     loss_batch filled = *this;
// CHECK-NEXT:     if (filled.n == retrograd::deduced)
// CHECK-NEXT:       filled.n = static_cast<int>(shared[0]);
// CHECK-NEXT:     return filled;
// CHECK-NEXT:   }
// CHECK-NEXT:   std::size_t tape_bytes() const { return 0; }
// CHECK-NEXT:   float value(const float *x, const int *label, const float *theta) const {
// CHECK-NEXT:     return loss(x, *label, theta, n);
// CHECK-NEXT:   }
// CHECK-NEXT:   float gradient(const float *x, const int *label, const float *theta,
// CHECK-NEXT:                  float *d_theta) const {
// CHECK-NEXT:     return loss_batch_grad(x, *label, theta, n, d_theta);
// CHECK-NEXT:   }
// CHECK-EMPTY:
// CHECK-NEXT: #ifdef RETROGRAD_LANES_H
// CHECK-NEXT:   static constexpr bool has_lanes = true;
// CHECK-NEXT:   template <int W>
// CHECK-NEXT:   {{\[\[}}gnu::always_inline]] retrograd::lanes<float, W>
// CHECK-NEXT:   value_lanes(retrograd::lane_mask<float, W> active,
// CHECK-NEXT:               const retrograd::lanes<float, W> *x,
// CHECK-NEXT:               const retrograd::lanes<int, W> *label, const float *theta) const {
// CHECK-NEXT:     if (retrograd::all(active))
// CHECK-NEXT:       return loss_lanes<W>(retrograd::all_lanes(), x, *label, theta, n);
// CHECK-NEXT:     if (retrograd::none(active))
// CHECK-NEXT:       return 0;
// CHECK-NEXT:     return loss_lanes<W>(active, x, *label, theta, n);
// CHECK-NEXT:   }
// CHECK-NEXT:   template <int W>
// CHECK-NEXT:   {{\[\[}}gnu::always_inline]] retrograd::lanes<float, W>
// CHECK-NEXT:   gradient_lanes(retrograd::lane_mask<float, W> active,
// CHECK-NEXT:                  const retrograd::lanes<float, W> *x,
// CHECK-NEXT:                  const retrograd::lanes<int, W> *label, const float *theta,
// CHECK-NEXT:                  retrograd::lanes<float, W> *d_theta) const {
// CHECK-NEXT:     if (retrograd::all(active))
// CHECK-NEXT:       return loss_batch_grad_lanes<W>(retrograd::all_lanes(), x, *label, theta,
// CHECK-NEXT:                                       n, d_theta);
// CHECK-NEXT:     if (retrograd::none(active))
// CHECK-NEXT:       return 0;
// CHECK-NEXT:     return loss_batch_grad_lanes<W>(active, x, *label, theta, n, d_theta);
// CHECK-NEXT:   }
// CHECK-NEXT: #endif
// CHECK-NEXT: };

// CHECK: namespace model {
namespace model {
constexpr int classes = 3;
enum color : short { red, green };
// CHECK: static double scored_grad(
// CHECK: {{^}}namespace {
// CHECK: struct scored {
// CHECK-NEXT:   int width;
// CHECK-NEXT:   unsigned long rows = static_cast<unsigned long>(retrograd::deduced);
// CHECK-NEXT:   float rate;
// CHECK-NEXT:   const double *offsets;
// CHECK-EMPTY:
// CHECK: using sample_types = std::tuple<double, model::color>;
// CHECK: using shared_types = std::tuple<double, double, double>;
// CHECK: using output_types = std::tuple<double, int>;
// CHECK: return {static_cast<std::size_t>(2 * width + 1), 1};
// CHECK: return {static_cast<std::size_t>(classes), static_cast<std::size_t>(rows),
// CHECK-NEXT: 1};
// CHECK: if (filled.rows == static_cast<unsigned long>(retrograd::deduced))
// CHECK-NEXT: filled.rows = static_cast<unsigned long>(shared[1]);
// CHECK: double value(const double *x, const model::color *c, const double *w,
// CHECK-NEXT: const double *v, const double *bias, double *y,
// CHECK-NEXT: int *best) const {
// CHECK-NEXT: return score(x, *c, w, v, *bias, width, rows, rate, offsets, y, *best);
#pragma retrograd batch sample(x[2 * width + 1], c) \
    shared(w[classes], v[rows], bias) outputs(y[4], best) name(scored)
static double score(const double *x, color c, const double *w, const double *v,
                    const double &bias, int width, const std::size_t &rows,
                    float rate, const double *offsets, double *y, int &best) {
  y[0] = x[2 * width];
  best = c;
  return w[0] * v[rows - 1] * bias * x[width] * rate * offsets[0];
}
// CHECK: {{^}}} // namespace
} // namespace model

// What only has C linkage outside of a template is written in C++.
extern "C" {
// CHECK: extern "C++" {
// CHECK: struct line_batch {
#pragma retrograd batch sample(x) shared(w)
double line(double x, double w) { return x * w; }
}

// Names that are hidden are qualified; an adjoint gets a free name.
// CHECK: double value(const double *hidden, const double *d_w, const double *w) const {
// CHECK-NEXT: return ::hidden(*hidden, *d_w, *w);
// CHECK: double gradient(const double *hidden, const double *d_w, const double *w,
// CHECK-NEXT: double *d_w1) const {
// CHECK-NEXT: return hidden_batch_grad(*hidden, *d_w, *w, d_w1);
#pragma retrograd batch sample(hidden, d_w) shared(w)
double hidden(double hidden, double d_w, double w) { return hidden * d_w * w; }
