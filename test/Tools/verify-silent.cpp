//===- verify-silent.cpp - Right derivatives that verify themselves -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parameters of every kind, in all modes. With `verify` nothing is reported, and
// what the derivatives return, add and leave is the same to the last bit.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -O1 %s -o %t.plain && %t.plain > %t.expected
// RUN: %rgcxx -O1 -fplugin-arg-retrograd-verify=2 -fsanitize=address,undefined \
// RUN:   -fno-sanitize-recover=all %s -o %t.verified
// RUN: %t.verified > %t.got 2> %t.errors
// RUN: cmp %t.expected %t.got
// RUN: FileCheck --allow-empty --check-prefix=NOTHING %s < %t.errors
// NOTHING-NOT: {{.}}

// The text names the check, and any compiler reads it.
// RUN: %retrograd --verify=2 %s -o %t.h -- -std=c++20
// RUN: %gxx -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-unused-function -Wno-comment \
// RUN:   -DTEXT -include %s -x c++ -fsyntax-only %t.h
// REQUIRES: gxx
// RUN: FileCheck --check-prefix=TEXT %s < %t.h
// RUN: %retrograd --verify=0 %s -- -std=c++20 | FileCheck --check-prefix=OFF %s
// OFF-NOT: {{verify\.h|verification|unchecked}}

// TEXT: #include <retrograd/verify.h>
// TEXT: static void swing_grad_unchecked(double angle, double speed, int steps,
// TEXT: void swing_grad(double angle, double speed, int steps, double *d_angle,
// TEXT-NEXT: double *d_speed) {
// TEXT-NEXT: static retrograd::verification check("swing_grad", "angle, speed, steps", 2);
// TEXT-NEXT: check.gradient(static_cast<double (*)(double, double, int)>(swing),
// TEXT-NEXT: swing_grad_unchecked, angle, speed, steps);
// TEXT-NEXT: swing_grad_unchecked(angle, speed, steps, d_angle, d_speed);
// TEXT-NEXT: }

// TEXT: "model::norm_grad", "x, n", 2);
// TEXT: retrograd::array(x, n), n);

// The order of wrt(...), a parameter called as the check is, a constant.
// TEXT: void layer_vjp(const double *x, double *y, int n, double check1,
// TEXT: check.vjp<1, 0>(
// TEXT: retrograd::array(x, n), retrograd::array(y, (2 * n)),
// TEXT-NEXT: n, retrograd::inactive(check1));

#include <cmath>
#include <cstdio>
#include <retrograd/retrograd.h>
#include <vector>

#pragma retrograd gradient wrt(angle, speed)
double swing(double angle, double speed, int steps) {
  for (int i = 0; i < steps; ++i) {
    speed -= 0.01 * std::sin(angle);
    angle += 0.01 * speed;
  }
  return angle;
}
// An overload of the primal.
float swing(float);

namespace model {
#pragma retrograd gradient wrt(x[n]) value
inline double norm(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return std::sqrt(s);
}
} // namespace model

#pragma retrograd vjp wrt(y[2*n], x[n])
static void layer(const double *x, double *y, int n, double check) {
  for (int i = 0; i < n; ++i)
    y[2 * i] = x[i] * x[i] * check;
}

#pragma retrograd jvp value
double refer(double &x, const double (&a)[2], double &&z) {
  x *= a[0];
  return x * a[1] + z;
}

#pragma retrograd gradient wrt(x[n])
float in_place(float *x, const float *scale, int n, int &count,
               const std::vector<int> &which) {
  float s = 0;
  for (int i = 0; i < n; ++i) {
    x[i] = x[i] * x[i] * scale[i];
    s += x[i];
    ++count;
  }
  return s * which[1];
}

#pragma retrograd gradient wrt(m[n])
double squares(const double (*m)[2], int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += m[i][0] * m[i][1];
  return s;
}

extern "C" {
#pragma retrograd gradient wrt(x[2])
double rosenbrock(const double *x) {
  double t = x[1] - x[0] * x[0], u = 1 - x[0];
  return 100 * t * t + u * u;
}
}
#pragma retrograd jvp(rosenbrock_grad) wrt(x[2], d_x[2]) name(rosenbrock_hvp)

#ifndef TEXT
static void print(const double *x, int n) {
  for (int i = 0; i < n; ++i)
    std::printf(" %a", x[i]);
  std::printf("\n");
}

int main() {
  for (int call = 0; call < 3; ++call) {
    double d_angle = 0.1, d_speed = 0.2;
    swing_grad(1, 0, 200, &d_angle, &d_speed);
    std::printf("%a %a\n", d_angle, d_speed);
    double x[3] = {1, 2, 3}, d_x[3] = {0.1, 0.2, 0.3};
    std::printf("%a\n", model::norm_grad(x, 3, d_x));
    print(d_x, 3);
    double y[6] = {}, d_y[6] = {1, 2, 3, 4, 5, 6};
    layer_vjp(x, y, 3, 0.7, d_y, d_x);
    print(y, 6), print(d_y, 6), print(d_x, 3);
    double r = 2, t_r = 1, a[2] = {3, 5}, t_a[2] = {0.5, 0.25}, t_z = 1;
    auto both = refer_jvp(r, a, 1.5, &t_r, t_a, &t_z);
    std::printf("%a %a %a %a\n", both.value, both.tangent, r, t_r);
    float f[2] = {1.5F, 2}, d_f[2] = {}, scale[2] = {2, 3};
    int count = 0;
    in_place_grad(f, scale, 2, count, {1, 2}, d_f);
    std::printf("%a %a %a %a %d\n", f[0], f[1], d_f[0], d_f[1], count);
    double m[2][2] = {{1, 2}, {3, 4}}, d_m[2][2] = {};
    squares_grad(m, 2, d_m);
    print(&d_m[0][0], 4);
    double g[2] = {}, h[2] = {};
    rosenbrock_hvp(x, g, d_y, h);
    print(g, 2), print(h, 2);
  }
}
#endif
