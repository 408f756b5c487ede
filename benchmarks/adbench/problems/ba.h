//===- ba.h - Jacobians of bundle adjustment ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The Jacobian is sparse: an observation depends on its camera, its point and
// its weight. So it is a block of two rows of 15 an observation, for which
// there is one call of a vjp with two directions. As in ADBench, a block is
// stored column after column.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_ADBENCH_BA_H
#define RETROGRAD_BENCHMARKS_ADBENCH_BA_H

#include "problem.h"

namespace problems {
#include "../primals/ba.h"

namespace ba {

using input = adbench::ba_input;

static void value(const input &in, double *out) {
  objective(in.p, in.cameras.data(), in.points.data(), in.weights.data(),
            in.observations.data(), in.features.data(), out, out + 2 * in.p);
}

#pragma retrograd vjp(reprojection) wrt(camera, point, weight, residual)       \
    directions(2)
#pragma retrograd gradient(weight_error)
static void derivative(const input &in, double *out, double *jacobian) {
  for (int i = 0; i < in.p; ++i) {
    std::fill_n(jacobian + 30 * i, 30, 0.0);
    const double *const camera =
        in.cameras.data() + 11 * in.observations[2 * i];
    const double *const point =
        in.points.data() + 3 * in.observations[2 * i + 1];
    double *const d_camera = jacobian + 30 * i;
    double seeds[2][2] = {{1, 0}, {0, 1}};
    reprojection_vjps(camera, point, in.weights.data() + i,
                      in.features.data() + 2 * i, out + 2 * i, d_camera,
                      d_camera + 22, d_camera + 28, seeds[0]);
  }
  for (int i = 0; i < in.p; ++i) {
    out[2 * in.p + i] = weight_error(in.weights[i]);
    jacobian[30 * in.p + i] = 0;
    weight_error_grad(in.weights[i], jacobian + 30 * in.p + i);
  }
}

/// A rotation, with what its derivatives share.
struct rotation {
  double axis[3], unit[3];
  double inverse, sine, cosine;
  bool turns;
};

static rotation rotation_of(const double *axis) {
  rotation r = {{axis[0], axis[1], axis[2]}, {}, 0, 0, 1, false};
  const double square =
      axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2];
  r.turns = square != 0;
  if (r.turns) {
    const double angle = sqrt(square);
    r.inverse = 1 / angle;
    r.sine = sin(angle);
    r.cosine = cos(angle);
    for (int i = 0; i < 3; ++i)
      r.unit[i] = axis[i] * r.inverse;
  }
  return r;
}

static void cross(const double *x, const double *y, double *out) {
  out[0] = x[1] * y[2] - x[2] * y[1];
  out[1] = x[2] * y[0] - x[0] * y[2];
  out[2] = x[0] * y[1] - x[1] * y[0];
}

static double dot3(const double *x, const double *y) {
  return x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
}

/// v turned.
static void turn(const rotation &r, const double *v, double *out) {
  double product[3];
  if (!r.turns) {
    cross(r.axis, v, product);
    for (int i = 0; i < 3; ++i)
      out[i] = v[i] + product[i];
    return;
  }
  cross(r.unit, v, product);
  const double along = dot3(r.unit, v) * (1 - r.cosine);
  for (int i = 0; i < 3; ++i)
    out[i] = v[i] * r.cosine + product[i] * r.sine + r.unit[i] * along;
}

/// From the adjoint of v turned, those of v and of the axis.
static void turn_adjoint(const rotation &r, const double *v, const double *seed,
                         double *d_v, double *d_axis) {
  double product[3];
  if (!r.turns) {
    cross(seed, r.axis, product);
    for (int i = 0; i < 3; ++i)
      d_v[i] = seed[i] + product[i];
    cross(v, seed, d_axis);
    return;
  }
  const double rest = 1 - r.cosine;
  const double seed_along = dot3(seed, r.unit), v_along = dot3(v, r.unit);
  cross(seed, r.unit, product);
  for (int i = 0; i < 3; ++i)
    d_v[i] = r.cosine * seed[i] + r.sine * product[i] +
             rest * seed_along * r.unit[i];
  // seed * (unit x v), and the adjoint of the unit vector.
  const double volume = dot3(v, product);
  cross(v, seed, product);
  double d_unit[3];
  for (int i = 0; i < 3; ++i)
    d_unit[i] =
        r.sine * product[i] + rest * (seed_along * v[i] + v_along * seed[i]);
  const double d_angle =
      r.cosine * volume + r.sine * (v_along * seed_along - dot3(seed, v));
  const double across = dot3(d_unit, r.unit);
  for (int i = 0; i < 3; ++i)
    d_axis[i] =
        (d_unit[i] - across * r.unit[i]) * r.inverse + d_angle * r.unit[i];
}

/// 15 columns of two.
static void reprojection_by_hand(const double *camera, const double *point,
                                 double weight, const double *feature,
                                 double *residual, double *columns) {
  const double centered[3] = {point[0] - camera[3], point[1] - camera[4],
                              point[2] - camera[5]};
  const rotation r = rotation_of(camera);
  double seen[3];
  turn(r, centered, seen);
  const double inverse = 1 / seen[2];
  const double plane[2] = {seen[0] * inverse, seen[1] * inverse};
  const double square = plane[0] * plane[0] + plane[1] * plane[1];
  const double stretch = 1 + camera[9] * square + camera[10] * square * square;
  const double slope = 2 * (camera[9] + 2 * camera[10] * square);
  const double scale = weight * camera[6];
  for (int row = 0; row < 2; ++row) {
    double *const out = columns + row;
    const double error =
        plane[row] * stretch * camera[6] + camera[7 + row] - feature[row];
    residual[row] = weight * error;
    double d_plane[2] = {scale * slope * plane[row] * plane[0],
                         scale * slope * plane[row] * plane[1]};
    d_plane[row] += scale * stretch;
    const double d_seen[3] = {d_plane[0] * inverse, d_plane[1] * inverse,
                              -(d_plane[0] * plane[0] + d_plane[1] * plane[1]) *
                                  inverse};
    double d_point[3], d_axis[3];
    turn_adjoint(r, centered, d_seen, d_point, d_axis);
    for (int i = 0; i < 3; ++i) {
      out[2 * i] = d_axis[i];
      out[2 * (3 + i)] = -d_point[i];
      out[2 * (11 + i)] = d_point[i];
    }
    out[2 * 6] = weight * plane[row] * stretch;
    out[2 * 7] = row == 0 ? weight : 0;
    out[2 * 8] = row == 0 ? 0 : weight;
    out[2 * 9] = scale * plane[row] * square;
    out[2 * 10] = out[2 * 9] * square;
    out[2 * 14] = error;
  }
}

static void by_hand(const input &in, double *out, double *jacobian) {
  for (int i = 0; i < in.p; ++i) {
    const double weight = in.weights[static_cast<std::size_t>(i)];
    reprojection_by_hand(in.cameras.data() + 11 * in.observations[2 * i],
                         in.points.data() + 3 * in.observations[2 * i + 1],
                         weight, in.features.data() + 2 * i, out + 2 * i,
                         jacobian + 30 * i);
    out[2 * in.p + i] = 1 - weight * weight;
    jacobian[30 * in.p + i] = -2 * weight;
  }
}

} // namespace ba
} // namespace problems

#endif // RETROGRAD_BENCHMARKS_ADBENCH_BA_H
