//===- batch.cpp - Gradients of sums over samples --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In float and in double, with one and with several shared parameters, with scalars,
// arrays and references: as the existing gradient says, and as differences say.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "descriptions.h"
#include <retrograd/retrograd.h>

//===----------------------------------------------------------------------===//
// One array, and a label: in both precisions
//===----------------------------------------------------------------------===//

#pragma retrograd batch sample(x[3], label) shared(theta[n])
#pragma retrograd gradient wrt(theta)
float logistic_f(const float *x, int label, const float *theta, int n) {
  float s = theta[n - 1];
  for (int i = 0; i + 1 < n; ++i)
    s += theta[i] * x[i];
  return std::log(1 + std::exp(label ? -s : s));
}

#pragma retrograd batch sample(x[3], label) shared(theta[n])
#pragma retrograd gradient wrt(theta)
double logistic(const double *x, int label, const double *theta, int n) {
  double s = theta[n - 1];
  for (int i = 0; i + 1 < n; ++i)
    s += theta[i] * x[i];
  return std::log(1 + std::exp(label ? -s : s));
}

template <class B, class Gradient>
static void check_logistic(const B &batch, Gradient gradient) {
  using T = typename B::value_type;
  static_assert(std::is_same_v<typename B::sample_types, std::tuple<T, int>>);
  static_assert(std::is_same_v<typename B::shared_types, std::tuple<T>>);
  static_assert(std::is_same_v<typename B::output_types, std::tuple<>>);
  static_assert(B::shared_access[0] == retrograd::access::uniform);
  oracle::samples<B> all(
      batch, 3, {{T(.5), -1, 2, 1, T(.25), T(-.5), T(1.5), 0, 1}, {1, 0, 1}},
      {{{T(.25), T(-.5), T(.75), T(.125)}}});
  typename oracle::samples<B>::parameters other = {std::vector<T>(4)};
  for (int i = 0; i < 3; ++i)
    gradient(std::get<0>(all.data).data() + 3 * i, std::get<1>(all.data)[i],
             all.theta[0].data(), 4, other[0].data());
  all.check(&other);
  oracle::require(B::name, "n was deduced", all.batch.n == 4);
  oracle::require(B::name, "nothing is kept", all.batch.tape_bytes() == 0);
}

//===----------------------------------------------------------------------===//
// Several arrays, scalars, and parameters that are passed on
//===----------------------------------------------------------------------===//

enum class kind { plain, squared };

#pragma retrograd batch sample(x[inputs], weight, target) \
    shared(input[units * (inputs + 1)], output[units], bias, scale) \
    name(network)
#pragma retrograd gradient wrt(input, output, bias, scale) name(other_gradient)
double two_layers(const double *x, const double &weight, double target,
                  const double *input, const double *output, double bias,
                  const double &scale, int inputs, const int &units,
                  const kind &how, const double *offsets) {
  double sum = bias;
  for (int u = 0; u < units; ++u) {
    const double *row = input + u * (inputs + 1);
    double z = row[inputs] + offsets[u];
    for (int i = 0; i < inputs; ++i)
      z += row[i] * x[i];
    sum += output[u] * std::tanh(z);
  }
  const double difference = scale * sum - target;
  return weight * (how == kind::squared ? difference * difference
                                        : std::sqrt(1 + difference * difference));
}

static void check_network(kind how) {
  const double offsets[] = {.5, -.25};
  oracle::samples<network> all(
      {.inputs = 2, .units = 2, .how = how, .offsets = offsets}, 4,
      {{1, .5, -1, 2, .25, 1, -2, -1}, {1, 2, .5, 1}, {1, 0, -1, .5}},
      {{{.5, -.5, .25, 1, .125, -.25}, {.75, -1}, {.5}, {1.5}}});
  oracle::samples<network>::parameters other = {
      std::vector<double>(6), std::vector<double>(2), std::vector<double>(1),
      std::vector<double>(1)};
  for (int i = 0; i < 4; ++i)
    other_gradient(std::get<0>(all.data).data() + 2 * i,
                   std::get<1>(all.data)[i], std::get<2>(all.data)[i],
                   all.theta[0].data(), all.theta[1].data(), all.theta[2][0],
                   all.theta[3][0], 2, 2, how, offsets, other[0].data(),
                   other[1].data(), other[2].data(), other[3].data());
  all.check(&other);
}

//===----------------------------------------------------------------------===//
// Rows of a table that samples choose
//===----------------------------------------------------------------------===//

#pragma retrograd batch sample(user, item, rating) \
    shared(users[7 * width], items[5 * width])
float preference(unsigned char user, long item, float rating,
                 const float *users, const float *items, unsigned width) {
  float product = 0;
  for (unsigned i = 0; i < width; ++i)
    product += users[user * width + i] * items[item * width + i];
  return (product - rating) * (product - rating);
}

static void check_preference() {
  using B = preference_batch;
  static_assert(std::is_same_v<B::sample_types,
                               std::tuple<unsigned char, long, float>>);
  static_assert(B::shared_access[0] == retrograd::access::indexed &&
                B::shared_access[1] == retrograd::access::indexed);
  std::vector<float> users(14), items(10);
  for (int i = 0; i < 14; ++i)
    users[i] = static_cast<float>(i % 5 - 2) / 4;
  for (int i = 0; i < 10; ++i)
    items[i] = static_cast<float>(i % 3 - 1) / 2 + .25f;
  oracle::samples<B> all({.width = 2}, 3, {{6, 0, 3}, {4, 1, 4}, {1, -1, .5f}},
                         {{users, items}});
  all.check();
  oracle::samples<B>::parameters d = {std::vector<float>(14),
                                      std::vector<float>(10)};
  all.gradient(d);
  oracle::require("preference", "rows in no sample stay as they are",
                  d[0][2] == 0 && d[1][0] == 0 && d[0][12] != 0);
}

//===----------------------------------------------------------------------===//
// Behind the function, of one among overloads, and with an unsigned size
//===----------------------------------------------------------------------===//

double overloaded(double x, double w) { return x * w; }
double overloaded(const double x[2], const double *w, std::size_t size) {
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i)
    sum += std::sin(w[i] * x[i % 2]);
  return sum;
}
#pragma retrograd batch(overloaded(double, double)) sample(x) shared(w)
#pragma retrograd batch(overloaded(const double *, const double *, std::size_t)) \
    sample(x) shared(w[size]) name(waves)

static void check_overloads() {
  oracle::samples<overloaded_batch>({}, 2, {{2, 3}}, {{{.5}}}).check();
  oracle::samples<waves> all({}, 2, {{2, 3, -1, .5}}, {{{.5, .25, 1}}});
  all.check();
  oracle::require("waves", "the size was deduced", all.batch.size == 3);
}

//===----------------------------------------------------------------------===//
// Extents that the function declares
//===----------------------------------------------------------------------===//

// A small unsigned number is not deduced: all its values are sizes.
#pragma retrograd batch sample(x) shared(theta, scales[count])
float declared(const float x[2], const float theta[2], const float *scales,
               unsigned char count) {
  return (theta[0] * x[0] + theta[1] * x[1]) * scales[count - 1];
}

static void check_declared() {
  oracle::samples<declared_batch>({.count = 3}, 2, {{1, 2, 3, 4}},
                                  {{{.5f, .25f}, {1, 2, -.5f}}})
      .check();
}

int main() {
  check_declared();
  check_logistic(logistic_f_batch{}, logistic_f_grad);
  check_logistic(logistic_batch{}, logistic_grad);
  check_network(kind::plain);
  check_network(kind::squared);
  check_preference();
  check_overloads();
  return oracle::result();
}
