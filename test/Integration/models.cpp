//===- models.cpp - Models that people train ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Logistic regression, a multi-layer perceptron, softmax with cross-entropy
// and a mixture of Gaussians.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <algorithm>
#include <retrograd/retrograd.h>

#pragma retrograd gradient wrt(w, b)
#pragma retrograd jvp wrt(w, b)
double logistic_regression(const double *x, const int *label, int samples,
                           int features, const double *w, double b) {
  double loss = 0;
  for (int k = 0; k < samples; ++k) {
    double z = b;
    for (int i = 0; i < features; ++i)
      z += w[i] * x[k * features + i];
    double p = 1 / (1 + std::exp(-z));
    loss -= label[k] ? std::log(p) : std::log(1 - p);
  }
  double penalty = 0;
  for (int i = 0; i < features; ++i)
    penalty += w[i] * w[i];
  return loss / samples + 0.01 * penalty;
}

#pragma retrograd gradient wrt(w1, b1, w2, b2)
#pragma retrograd jvp wrt(w1, b1, w2, b2)
double perceptron(const double *x, int label, const double w1[4][3],
                  const double b1[4], const double w2[2][4],
                  const double b2[2]) {
  double hidden[4];
  for (int i = 0; i < 4; ++i) {
    double z = b1[i];
    for (int j = 0; j < 3; ++j)
      z += w1[i][j] * x[j];
    hidden[i] = std::tanh(z);
  }
  double out[2];
  double largest = -1e30;
  for (int i = 0; i < 2; ++i) {
    out[i] = b2[i];
    for (int j = 0; j < 4; ++j)
      out[i] += w2[i][j] * std::max(hidden[j], 0.01 * hidden[j]);
    largest = std::max(largest, out[i]);
  }
  double sum = 0;
  for (int i = 0; i < 2; ++i)
    sum += std::exp(out[i] - largest);
  return std::log(sum) + largest - out[label];
}

static void softmax(double *x, int n) {
  double largest = x[0];
  for (int i = 1; i < n; ++i)
    if (x[i] > largest)
      largest = x[i];
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    x[i] = std::exp(x[i] - largest);
    sum += x[i];
  }
  for (int i = 0; i < n; ++i)
    x[i] /= sum;
}

#pragma retrograd gradient
#pragma retrograd jvp
double cross_entropy(const double *logits, const double *target, int n) {
  double p[8];
  for (int i = 0; i < n; ++i)
    p[i] = logits[i];
  softmax(p, n);
  double loss = 0;
  for (int i = 0; i < n; ++i)
    loss -= target[i] * std::log(p[i]);
  return loss;
}

static double log_sum_exp(const double *x, int n) {
  double largest = x[0];
  for (int i = 1; i < n; ++i)
    largest = std::max(largest, x[i]);
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += std::exp(x[i] - largest);
  return std::log(sum) + largest;
}

#pragma retrograd gradient wrt(weight, mean, spread)
#pragma retrograd jvp wrt(weight, mean, spread)
double gaussian_mixture(const double *x, int n, const double *weight,
                        const double *mean, const double *spread, int k) {
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    double terms[4];
    for (int j = 0; j < k; ++j) {
      double z = (x[i] - mean[j]) / std::exp(spread[j]);
      terms[j] = weight[j] - spread[j] - z * z / 2;
    }
    sum += log_sum_exp(terms, k);
  }
  return n * log_sum_exp(weight, k) - sum;
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625, 1.125, 0.25, -0.5, 1};
  int label[] = {1, 0, 1};
  double w[] = {0.25, -0.5, 1.25};
  oracle::test("logistic_regression", logistic_regression, oracle::inactive(x),
               label, 3, 3, w, 0.125)
      .gradient(logistic_regression_grad)
      .jvp(logistic_regression_jvp);

  double w1[4][3] = {
      {0.5, -0.25, 1}, {1, 0.5, -1.5}, {-0.5, 0.75, 1}, {0.25, 0.5, 0.75}};
  double b1[] = {0.1, -0.2, 0.3, 0.4};
  double w2[2][4] = {{1, -1, 0.5, 0.25}, {-0.75, 0.5, 1.5, -1}};
  double b2[] = {0.05, -0.15};
  for (int k = 0; k < 2; ++k)
    oracle::test("perceptron", perceptron, oracle::inactive(x), k, w1, b1, w2,
                 b2)
        .gradient(perceptron_grad)
        .jvp(perceptron_jvp);

  double target[] = {0.25, 0.5, 0.125, 0.125};
  CHECK_GRADIENT(cross_entropy, oracle::pointer(x, 4), target, 4);

  double mean[] = {-1, 0.25, 1}, spread[] = {0.1, -0.5, 0.25};
  oracle::test("gaussian_mixture", gaussian_mixture, oracle::inactive(x), 9, w,
               mean, spread, 3)
      .gradient(gaussian_mixture_grad)
      .jvp(gaussian_mixture_jvp);
  return oracle::result();
}
