//===- numerics.cpp - Numerical methods -----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rosenbrock, Black-Scholes, Newton, Runge-Kutta on the Lorenz system, a
// transform in place, a sort and rotations.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double rosenbrock(const double *x, int n) {
  double s = 0;
  for (int i = 1; i < n; ++i)
    s += 100 * std::pow(x[i] - x[i - 1] * x[i - 1], 2) +
         std::pow(1 - x[i - 1], 2);
  return s;
}
#pragma retrograd jvp(rosenbrock_grad)

static double normal(double x) { return std::erfc(-x / std::sqrt(2.)) / 2; }

#pragma retrograd gradient
#pragma retrograd jvp
double black_scholes(double spot, double strike, double rate, double volatility,
                     double time, bool call) {
  double d1 =
      (std::log(spot / strike) + (rate + volatility * volatility / 2) * time) /
      (volatility * std::sqrt(time));
  double d2 = d1 - volatility * std::sqrt(time);
  double discounted = strike * std::exp(-rate * time);
  if (call)
    return spot * normal(d1) - discounted * normal(d2);
  return discounted * normal(-d2) - spot * normal(-d1);
}
#pragma retrograd jvp(black_scholes_grad)

// Implied volatility: Newton's method around the function above.
#pragma retrograd gradient
#pragma retrograd jvp
double kepler(double mean_anomaly, double eccentricity) {
  double e = mean_anomaly;
  for (int i = 0; i < 50; ++i) {
    double f = e - eccentricity * std::sin(e) - mean_anomaly;
    if (std::fabs(f) < 1e-14)
      break;
    e -= f / (1 - eccentricity * std::cos(e));
  }
  return e;
}

static void lorenz(const double *u, double *du, double sigma, double rho,
                   double beta) {
  du[0] = sigma * (u[1] - u[0]);
  du[1] = u[0] * (rho - u[2]) - u[1];
  du[2] = u[0] * u[1] - beta * u[2];
}

#pragma retrograd vjp
#pragma retrograd jvp
void runge_kutta(double *u, double sigma, double rho, double beta, double h,
                 int steps) {
  double k1[3], k2[3], k3[3], k4[3], v[3];
  for (int t = 0; t < steps; ++t) {
    lorenz(u, k1, sigma, rho, beta);
    for (int i = 0; i < 3; ++i)
      v[i] = u[i] + h / 2 * k1[i];
    lorenz(v, k2, sigma, rho, beta);
    for (int i = 0; i < 3; ++i)
      v[i] = u[i] + h / 2 * k2[i];
    lorenz(v, k3, sigma, rho, beta);
    for (int i = 0; i < 3; ++i)
      v[i] = u[i] + h * k3[i];
    lorenz(v, k4, sigma, rho, beta);
    for (int i = 0; i < 3; ++i)
      u[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }
}

// Cooley and Tukey's, radix 2, in place.
#pragma retrograd vjp
#pragma retrograd jvp
void fourier(double *re, double *im, int n) {
  for (int i = 1, j = 0; i < n; ++i) {
    int bit = n >> 1;
    for (; j & bit; bit >>= 1)
      j ^= bit;
    j ^= bit;
    if (i < j) {
      double t = re[i];
      re[i] = re[j];
      re[j] = t;
      t = im[i];
      im[i] = im[j];
      im[j] = t;
    }
  }
  for (int length = 2; length <= n; length <<= 1) {
    double angle = -2 * 3.14159265358979323846 / length;
    for (int i = 0; i < n; i += length)
      for (int k = 0; k < length / 2; ++k) {
        double c = std::cos(angle * k), s = std::sin(angle * k);
        int a = i + k, b = a + length / 2;
        double x = re[b] * c - im[b] * s, y = re[b] * s + im[b] * c;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
  }
}

#pragma retrograd vjp
#pragma retrograd jvp
void bubble_sort(double *x, int n) {
  bool swapped = true;
  while (swapped) {
    swapped = false;
    for (int i = 0; i + 1 < n; ++i)
      if (x[i] > x[i + 1]) {
        double t = x[i];
        x[i] = x[i + 1];
        x[i + 1] = t;
        swapped = true;
      }
    --n;
  }
}

static void normalise(double *q) {
  double length =
      std::sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
  for (int i = 0; i < 4; ++i)
    q[i] /= length;
}

static void product(const double *p, const double *q, double *out) {
  out[0] = p[0] * q[0] - p[1] * q[1] - p[2] * q[2] - p[3] * q[3];
  out[1] = p[0] * q[1] + p[1] * q[0] + p[2] * q[3] - p[3] * q[2];
  out[2] = p[0] * q[2] - p[1] * q[3] + p[2] * q[0] + p[3] * q[1];
  out[3] = p[0] * q[3] + p[1] * q[2] - p[2] * q[1] + p[3] * q[0];
}

#pragma retrograd vjp
#pragma retrograd jvp
void rotate(double *q, double *v) {
  normalise(q);
  double pure[4] = {0, v[0], v[1], v[2]}, half[4], whole[4];
  double conjugate[4] = {q[0], -q[1], -q[2], -q[3]};
  product(q, pure, half);
  product(half, conjugate, whole);
  for (int i = 0; i < 3; ++i)
    v[i] = whole[i + 1];
}

#pragma retrograd gradient
#pragma retrograd jvp
double cumulative_product(const double *x, int n) {
  double p = 1, s = 0;
  for (int i = 0; i < n; ++i) {
    p *= x[i];
    s += p;
  }
  return s;
}

// Heat in a rod; the boundary is a parameter.
#pragma retrograd vjp
#pragma retrograd jvp
void diffuse(double *u, int n, double rate, int steps) {
  double *next = new double[n];
  for (int t = 0; t < steps; ++t) {
    next[0] = u[0];
    next[n - 1] = u[n - 1];
    for (int i = 1; i < n - 1; ++i)
      next[i] = u[i] + rate * (u[i - 1] - 2 * u[i] + u[i + 1]) * u[i];
    for (int i = 0; i < n; ++i)
      u[i] = next[i];
  }
  delete[] next;
}

// A string of while and if that is hard to follow.
#pragma retrograd gradient
#pragma retrograd jvp
double labyrinth(double x, double y, int n) {
  double a = x, b = y;
  int i = 0;
  while (i < n) {
    if (a > b) {
      while (a > 1) {
        a = a / 2 + b * 0.125;
        if (a < 0.5)
          break;
        if (i % 3 == 1) {
          b += a * a;
          ++i;
          continue;
        }
        b *= 0.75;
      }
      a += 0.25;
    } else if (b - a > 1) {
      double t = b;
      b = a * t;
      a = t;
      if (i > 5)
        return a * b;
    } else {
      for (int k = 0; k < i; k += 2) {
        a += x * y * k;
        if (a > 3)
          break;
      }
      b = b * a;
    }
    ++i;
  }
  return a * x + b;
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5};
  CHECK_GRADIENT(rosenbrock, x, 4);
  CHECK_HESSIAN(rosenbrock, x, 4);
  CHECK_GRADIENT(black_scholes, 1.1, 1.0, 0.03, 0.25, 1.5, true);
  CHECK_GRADIENT(black_scholes, 1.1, 1.0, 0.03, 0.25, 1.5, false);
  CHECK_HESSIAN(black_scholes, 1.1, 1.0, 0.03, 0.25, 1.5, true);
  CHECK_GRADIENT(kepler, 0.7, 0.3);
  double u[] = {1, 2, 3};
  CHECK_VJP(runge_kutta, u, 10.0, 28.0, 2.5, 0.01, 0);
  CHECK_VJP(runge_kutta, u, 10.0, 28.0, 2.5, 0.01, 10);
  double re[16], im[16];
  for (int i = 0; i < 16; ++i) {
    re[i] = std::cos(i * i);
    im[i] = std::sin(3 * i);
  }
  CHECK_VJP(fourier, re, im, 16);
  for (int n = 0; n <= 4; ++n) {
    CHECK_VJP(bubble_sort, x, n);
    CHECK_GRADIENT(cumulative_product, x, n);
  }
  double unsorted[] = {3, -1, 2.5, 0.5, -2, 1};
  CHECK_VJP(bubble_sort, unsorted, 6);
  double q[] = {0.5, 1, -0.25, 0.75};
  CHECK_VJP(rotate, q, u);
  CHECK_VJP(diffuse, unsorted, 6, 0.125, 4);
  for (int n = 0; n < 12; ++n) {
    CHECK_GRADIENT(labyrinth, 1.4, 0.7, n);
    CHECK_GRADIENT(labyrinth, 0.3, 1.9, n);
  }
  return oracle::result();
}
