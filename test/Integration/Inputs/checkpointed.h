//===- checkpointed.h - Functions with and without checkpoints ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Included twice: with a CHECKPOINT(clauses) that is a pragma, and with one that
// is nothing.
//
//===----------------------------------------------------------------------===//

/// Counted up; a scalar state, and one that no derivative flows through.
#pragma retrograd gradient
#pragma retrograd jvp
double pendulum(double angle, double speed, double damping, int n) {
  double time = 0;
  const double h = 0.05;
  CHECKPOINT(snapshots(3))
  for (int i = 0; i < n; ++i) {
    double force = std::sin(angle) * std::cos(time);
    speed -= h * (force + damping * speed);
    angle += h * speed;
    time += h;
  }
  return angle * angle + speed * time;
}

/// Buffers that change places; memory of the caller and of the function.
#pragma retrograd gradient wrt(u[n], k)
double heat(double *u, double k, int n, int steps) {
  double *other = new double[n];
  double *now = u, *later = other;
  for (int i = 0; i < n; ++i)
    other[i] = 0;
  CHECKPOINT(snapshots(3))
  for (int t = 0; t < steps; ++t) {
    later[0] = now[0];
    later[n - 1] = now[n - 1];
    for (int i = 1; i < n - 1; ++i)
      later[i] = now[i] + k * std::sin(now[i - 1] - 2 * now[i] + now[i + 1]);
    std::swap(now, later);
  }
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += now[i] * now[i] * (i + 1);
  delete[] other;
  return s;
}

/// A loop that is left in three ways, whose steps are not known before.
#pragma retrograd gradient
double newton(double x, double a, int n) {
  int i = 0;
  CHECKPOINT(snapshots(2))
  while (true) {
    if (++i > n)
      break;
    x = x - (x * x * x - a) / (3 * x * x) * 0.3;
    if (x > 1e6)
      return x * a;
    if (std::fabs(x * x * x - a) < 1e-3)
      break;
  }
  return x * x + a;
}

#pragma retrograd gradient
double halving(double x, double y) {
  CHECKPOINT()
  do {
    x = x * y * 0.5;
    y += x * 0.01;
  } while (x > 0.1);
  return x * y;
}

/// One inside of another, local arrays, an array that each step fills anew,
/// and a loop that counts down to its lower bound.
#pragma retrograd gradient
double nested(double a, int n, int m) {
  double v[3] = {a, a * a, 1}, w[3];
  double t = 0, c = a;
  CHECKPOINT(snapshots(n / 4 + 1))
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < 3; ++j)
      w[j] = v[j] * 0.5 + c;
    CHECKPOINT()
    for (int k = m; k-- > 2;) {
      w[0] = std::sin(w[1]) + w[2] * k * 0.1;
      w[1] += w[0] * 0.1;
      t += 0.1;
    }
    for (int j = 0; j < 3; ++j)
      v[j] = w[j];
    c = c * 0.9 + v[1] * t * 0.01;
  }
  return v[0] + v[1] * v[2] + t * c;
}

inline double body(double &x, double y) {
  double t = std::exp(x * 0.1);
  x = t * y;
  return t + y;
}

/// Calls: with and without a result, in a loop and outside.
#pragma retrograd gradient
double calling(double x, double y) {
  double s = 0;
  for (int i = 0; i < 4; ++i) {
    CHECKPOINT()
    s += body(x, y) * x;
    s = s * s * 0.1;
  }
  CHECKPOINT()
  double r = body(x, s);
  CHECKPOINT()
  body(x, r);
  return r * s + x;
}

/// Single precision, down in steps of two, and an output that no step reads.
#pragma retrograd gradient wrt(a, out[n])
float outputs(float a, float *out, int n) {
  float x = a;
  CHECKPOINT(snapshots(1))
  for (int i = n - 1; i >= 1; i -= 2) {
    x = std::sin(x) * a + static_cast<float>(i) * 0.1f;
    out[i] = x;
    out[0] = x * 2;
  }
  return x * out[0];
}

inline void rotate(double (&m)[2][3], double by) {
  for (int i = 0; i < 3; ++i) {
    const double t = m[0][i];
    m[0][i] = t - by * m[1][i];
    m[1][i] += by * t;
  }
}

/// A pointer to a local array, rows, an array that a callee takes as one, and a
/// loop without an iteration.
#pragma retrograd gradient
double places(double a, double b, int n) {
  double v[4] = {a, b, a * b, 1}, m[2][3] = {{a, 1, b}, {b, a, 2}};
  double rows[2][2] = {{a, b}, {1, 2}};
  double *p = n > 2 ? v : v + 1;
  CHECKPOINT(snapshots(2))
  for (int i = 0; i < n; ++i) {
    p[i % 3] = p[(i + 1) % 3] * v[0] * 0.5;
    v[1] += 0.125 * rows[i % 2][0];
    rows[1][i % 2] = rows[0][1] * p[0];
    rotate(m, v[2] * 0.1);
  }
  CHECKPOINT()
  for (int i = 0; i > 0; i -= 2)
    v[0] *= v[1];
  return v[0] * v[1] + m[0][0] * m[1][2] + rows[1][0] * rows[1][1];
}

/// The caller's memory, whose extent the pragma of the loop says, in a function
/// that is called.
inline void sweep(double *x, int n) {
  CHECKPOINT(snapshots(2) state(x[n]))
  for (int i = 1; i < n; i += 1) {
    x[i] = x[i] * x[i - 1];
    x[0] *= 1.01;
  }
}

#pragma retrograd vjp
void sweeps(double *x, int n) {
  double *y = x + 1;
  sweep(x, n);
  CHECKPOINT(memory(1000) state(y[n - 1]))
  for (int i = 0; i < 7; ++i) {
    const double last = y[n - 2];
    for (int j = n - 1; j-- > 1;)
      y[j] = y[j - 1] * 1.1 + last * y[j] * 0.1;
    y[0] = last;
  }
}

/// Two parameters that may be the same memory.
#pragma retrograd vjp wrt(x[n], y[n])
void aliased(double *x, double *y, int n) {
  CHECKPOINT(snapshots(2) state(x[n], y[n]))
  for (int i = 0; i < 6; ++i)
    for (int j = 1; j < n; ++j) {
      x[j] = y[j - 1] * x[j] * 0.5;
      y[j] += x[j] * x[j];
    }
}

/// An array of variable length, and snapshots on disk.
#pragma retrograd gradient
double stored(double a, int n, int steps,
              [[maybe_unused]] const char *folder) {
  double v[n];
  for (int i = 0; i < n; ++i)
    v[i] = a * i;
  CHECKPOINT(snapshots(4) memory(300) disk(folder))
  for (int t = 0; t < steps; ++t)
    for (int i = 1; i < n; ++i)
      v[i] = v[i] * 0.9 + v[i - 1] * v[i] * 0.1;
  CHECKPOINT(disk(folder))
  while (v[0] < 2)
    v[0] += std::sin(v[n - 1]) + 1;
  return v[n - 1] * v[0];
}

#pragma retrograd jvp(pendulum_grad)
#pragma retrograd jvp(places_grad)
#pragma retrograd jvp(heat_grad) wrt(u, k, d_u, d_k)
#pragma retrograd jvp(newton_grad)
#pragma retrograd jvp(nested_grad)
#pragma retrograd jvp(calling_grad)
#pragma retrograd jvp(sweeps_vjp)
#pragma retrograd jvp(stored_grad)
