//===- adbench-definitions.h - The four problems by definition ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A second implementation of the objectives of benchmarks/adbench, in long double
// and with no thought of speed: whole matrices, densities without a common factor,
// layers one after the other. What it has in common with the primals are inputs
// and formulas. Its differences are exact to some ten digits.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_BENCHMARKS_ADBENCH_DEFINITIONS_H
#define RETROGRAD_TEST_BENCHMARKS_ADBENCH_DEFINITIONS_H

#include "inputs.h"
#include <array>
#include <cmath>

namespace definitions {

using real = long double;
using reals = std::vector<real>;
using adbench::ba_input;
using adbench::gmm_input;
using adbench::hand_input;
using adbench::lstm_input;

/// Numbers that a derivative is by, in the order of its columns.
inline reals parameters(std::initializer_list<const adbench::numbers *> all) {
  reals result;
  for (const adbench::numbers *each : all)
    result.insert(result.end(), each->begin(), each->end());
  return result;
}

//===----------------------------------------------------------------------===//
// The mixture of Gaussians
//===----------------------------------------------------------------------===//

inline reals parameters(const gmm_input &in) {
  return parameters({&in.alphas, &in.means, &in.factors});
}

/// The lower triangular factor of a component's inverse covariance.
inline real factor(const gmm_input &in, const reals &p, int c, int i, int j) {
  const int size = in.d * (in.d + 1) / 2, begin = in.k * (1 + in.d) + c * size;
  if (i == j)
    return std::exp(p[begin + i]);
  int at = begin + in.d;
  for (int column = 0; column < j; ++column)
    at += in.d - 1 - column;
  return i < j ? 0 : p[at + i - j - 1];
}

inline reals values(const gmm_input &in, const reals &p) {
  const real pi = std::acos(real(-1));
  real total = 0, weights = 0;
  for (int c = 0; c < in.k; ++c)
    weights += std::exp(p[c]);
  for (int point = 0; point < in.n; ++point) {
    real density = 0;
    for (int c = 0; c < in.k; ++c) {
      real square = 0, determinant = 1;
      for (int i = 0; i < in.d; ++i) {
        real sum = 0;
        for (int j = 0; j < in.d; ++j)
          sum += factor(in, p, c, i, j) *
                 (in.points[point * in.d + j] - p[in.k + c * in.d + j]);
        square += sum * sum;
        determinant *= factor(in, p, c, i, i);
      }
      density += std::exp(p[c]) / weights * determinant *
                 std::pow(2 * pi, real(-0.5) * in.d) * std::exp(-square / 2);
    }
    total += std::log(density);
  }
  // The Wishart prior: the logarithm of its normalisation, then of its density.
  const int freedom = in.d + in.m + 1;
  real gammas = real(in.d) * (in.d - 1) / 4 * std::log(pi);
  for (int i = 0; i < in.d; ++i)
    gammas += std::lgamma(real(freedom - i) / 2);
  for (int c = 0; c < in.k; ++c) {
    real squares = 0, determinant = 1;
    for (int i = 0; i < in.d; ++i) {
      determinant *= factor(in, p, c, i, i);
      for (int j = 0; j <= i; ++j)
        squares += std::pow(factor(in, p, c, i, j), 2);
    }
    total += in.gamma * in.gamma / 2 * squares - in.m * std::log(determinant) -
             freedom * in.d * std::log(in.gamma / std::sqrt(real(2))) + gammas;
  }
  return {total};
}

//===----------------------------------------------------------------------===//
// Bundle adjustment
//===----------------------------------------------------------------------===//

using matrix = std::array<std::array<real, 4>, 4>;

inline matrix identity() {
  matrix result = {};
  for (int i = 0; i < 4; ++i)
    result[i][i] = 1;
  return result;
}

inline matrix operator*(const matrix &a, const matrix &b) {
  matrix result = {};
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j)
      for (int k = 0; k < 4; ++k)
        result[i][j] += a[i][k] * b[k][j];
  return result;
}

/// exp of the cross product with the axis, as a power series.
inline matrix rotation(const real *axis) {
  const matrix cross = {{{0, -axis[2], axis[1], 0},
                         {axis[2], 0, -axis[0], 0},
                         {-axis[1], axis[0], 0, 0},
                         {0, 0, 0, 0}}};
  matrix result = identity(), term = identity();
  for (int n = 1; n < 40; ++n) {
    term = term * cross;
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < 4; ++j) {
        term[i][j] /= n;
        result[i][j] += term[i][j];
      }
  }
  return result;
}

inline std::array<real, 3> apply(const matrix &m, const real *v) {
  std::array<real, 3> result;
  for (int i = 0; i < 3; ++i)
    result[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2] + m[i][3];
  return result;
}

inline reals parameters(const ba_input &in) {
  return parameters({&in.cameras, &in.points, &in.weights});
}

inline reals values(const ba_input &in, const reals &p) {
  reals result, weight_errors;
  for (int i = 0; i < in.p; ++i) {
    const real *camera = &p[11 * in.observations[2 * i]];
    const real *point = &p[11 * in.n + 3 * in.observations[2 * i + 1]];
    const real weight = p[11 * in.n + 3 * in.m + i];
    const real centered[3] = {point[0] - camera[3], point[1] - camera[4],
                              point[2] - camera[5]};
    const auto seen = apply(rotation(camera), centered);
    const real radius = std::hypot(seen[0], seen[1]) / seen[2];
    const real stretch = 1 + camera[9] * std::pow(radius, 2) +
                         camera[10] * std::pow(radius, 4);
    for (int j = 0; j < 2; ++j)
      result.push_back(weight * (camera[6] * stretch * seen[j] / seen[2] +
                                 camera[7 + j] - in.features[2 * i + j]));
    weight_errors.push_back(1 - weight * weight);
  }
  result.insert(result.end(), weight_errors.begin(), weight_errors.end());
  return result;
}

//===----------------------------------------------------------------------===//
// Hand tracking
//===----------------------------------------------------------------------===//

inline matrix whole(const adbench::numbers &rows, int bone) {
  matrix result = identity();
  for (int i = 0; i < 12; ++i)
    result[i / 4][i % 4] = rows[12 * bone + i];
  return result;
}

/// Where it rests in its finger, or -1 for those that do not bend.
inline int joint(int bone) {
  const bool bends = bone > 1 && (bone - 2) % 4 < 3 && bone < 21;
  return bends ? (bone - 2) % 4 : -1;
}

inline matrix absolute(const hand_input &in, const reals &p, int bone) {
  matrix result = whole(in.relatives, bone);
  if (joint(bone) >= 0) {
    const real *finger = &p[6 + 4 * ((bone - 2) / 4)];
    const real abduction[3] = {0, 0, joint(bone) == 0 ? finger[1] : 0};
    const real flexion[3] = {
        joint(bone) == 0 ? finger[0] : finger[1 + joint(bone)], 0, 0};
    result = result * rotation(abduction) * rotation(flexion);
  }
  const int parent = in.parents[bone];
  return parent < 0 ? result : absolute(in, p, parent) * result;
}

inline std::vector<matrix> transforms(const hand_input &in, const reals &p) {
  std::vector<matrix> result;
  for (int bone = 0; bone < 22; ++bone)
    result.push_back(absolute(in, p, bone) * whole(in.inverses, bone));
  return result;
}

inline std::array<real, 3> position(const hand_input &in, const reals &p,
                                    const std::vector<matrix> &bones,
                                    int vertex) {
  const real rest[3] = {in.rest[3 * vertex], in.rest[3 * vertex + 1],
                        in.rest[3 * vertex + 2]};
  real blend[3] = {};
  for (int bone = 0; bone < 22; ++bone) {
    const auto moved = apply(bones[bone], rest);
    for (int i = 0; i < 3; ++i)
      blend[i] += in.weights[22 * vertex + bone] * moved[i];
  }
  const real angle = std::hypot(p[0], p[1], p[2]);
  const real none[3] = {};
  auto result = apply(rotation(angle < real(0.0001) ? none : p.data()), blend);
  for (int i = 0; i < 3; ++i)
    result[i] += p[3 + i];
  return result;
}

/// The pose, and behind it where in its triangle each point is.
inline reals parameters(const hand_input &in) {
  return parameters({&in.theta, &in.where});
}

inline reals values(const hand_input &in, const reals &p) {
  reals result(in.points.begin(), in.points.end());
  const std::vector<matrix> bones = transforms(in, p);
  const int corners = in.complicated ? 3 : 1;
  for (int point = 0; point < in.n; ++point) {
    real shares[3] = {1, 0, 0};
    if (in.complicated) {
      shares[0] = p[26 + 2 * point];
      shares[1] = p[27 + 2 * point];
      shares[2] = 1 - shares[0] - shares[1];
    }
    for (int corner = 0; corner < corners; ++corner) {
      const auto here = position(in, p, bones, in.corners[corners * point + corner]);
      for (int i = 0; i < 3; ++i)
        result[3 * point + i] -= shares[corner] * here[i];
    }
  }
  return result;
}

//===----------------------------------------------------------------------===//
// The LSTM
//===----------------------------------------------------------------------===//

inline reals parameters(const lstm_input &in) {
  return parameters({&in.main, &in.extra});
}

inline real sigmoid(real x) { return real(0.5) * (1 + std::tanh(x / 2)); }

inline reals values(const lstm_input &in, const reals &p) {
  const int l = in.l, b = in.b;
  const real *extra = &p[8 * l * b];
  reals state(in.state.begin(), in.state.end());
  real total = 0;
  for (int t = 0; t < in.c - 1; ++t) {
    reals signal;
    for (int i = 0; i < b; ++i)
      signal.push_back(in.sequence[t * b + i] * extra[i]);
    for (int layer = 0; layer < l; ++layer)
      for (int i = 0; i < b; ++i) {
        const real *weight = &p[8 * layer * b + i], *bias = weight + 4 * b;
        real &hidden = state[2 * layer * b + i];
        real &cell = state[(2 * layer + 1) * b + i];
        const real forget = sigmoid(weight[0] * signal[i] + bias[0]);
        const real in_gate = sigmoid(weight[b] * hidden + bias[b]);
        const real out = sigmoid(weight[2 * b] * signal[i] + bias[2 * b]);
        const real change = std::tanh(weight[3 * b] * hidden + bias[3 * b]);
        cell = forget * cell + in_gate * change;
        signal[i] = hidden = out * std::tanh(cell);
      }
    real sum = 2;
    for (int i = 0; i < b; ++i)
      sum += std::exp(signal[i] * extra[b + i] + extra[2 * b + i]);
    for (int i = 0; i < b; ++i)
      total += in.sequence[(t + 1) * b + i] *
               (signal[i] * extra[b + i] + extra[2 * b + i] - std::log(sum));
  }
  return {-total / (b * (in.c - 1))};
}

} // namespace definitions

#endif // RETROGRAD_TEST_BENCHMARKS_ADBENCH_DEFINITIONS_H
