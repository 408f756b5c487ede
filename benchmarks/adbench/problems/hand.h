//===- hand.h - Jacobians of the model of a hand --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// There are more residuals than parameters, so the Jacobian is found in forward
// mode, all columns in one call. Where in its triangle a point is matters to
// that point alone, so that all have two columns together. The Jacobian is
// stored row after row.
//
// By hand, a parameter of a finger moves the bones behind it and no others.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_ADBENCH_HAND_H
#define RETROGRAD_BENCHMARKS_ADBENCH_HAND_H

#include "problem.h"

namespace problems {
#include "../primals/hand.h"

namespace hand {

using input = adbench::hand_input;

static void value(const input &in, double *out) {
  if (in.complicated)
    complicated(in.theta.data(), in.where.data(), in.parents.data(),
                in.relatives.data(), in.inverses.data(), in.vertices,
                in.rest.data(), in.weights.data(), in.n, in.corners.data(),
                in.points.data(), out);
  else
    simple(in.theta.data(), in.parents.data(), in.relatives.data(),
           in.inverses.data(), in.vertices, in.rest.data(), in.weights.data(),
           in.n, in.corners.data(), in.points.data(), out);
}

#pragma retrograd jvp(simple) wrt(theta, residuals) directions(26)
#pragma retrograd jvp(complicated) wrt(theta, where, residuals) directions(28)

/// The tangents of the angles: one direction for each, the last ones.
static adbench::numbers t_theta_of(const input &in) {
  const std::size_t columns = in.directions();
  adbench::numbers t_theta(26 * columns);
  for (std::size_t i = 0; i < 26; ++i)
    t_theta[i * columns + columns - 26 + i] = 1;
  return t_theta;
}

static void derivative(const input &in, double *out, double *jacobian) {
  std::fill_n(jacobian, in.derivatives(), 0.0);
  const adbench::numbers t_theta = t_theta_of(in);
  if (!in.complicated) {
    simple_jvps(in.theta.data(), in.parents.data(), in.relatives.data(),
                in.inverses.data(), in.vertices, in.rest.data(),
                in.weights.data(), in.n, in.corners.data(), in.points.data(),
                out, t_theta.data(), jacobian);
    return;
  }
  adbench::numbers t_where(28 * in.where.size());
  for (std::size_t i = 0; i < in.where.size(); ++i)
    t_where[28 * i + i % 2] = 1;
  complicated_jvps(in.theta.data(), in.where.data(), in.parents.data(),
                   in.relatives.data(), in.inverses.data(), in.vertices,
                   in.rest.data(), in.weights.data(), in.n, in.corners.data(),
                   in.points.data(), out, t_theta.data(), t_where.data(),
                   jacobian);
}

/// The bones that move, of each finger three, with the derivatives of their
/// transforms by the four parameters of the finger.
struct moving {
  double transforms[22 * 12];
  double d_transforms[20][3][12];
  double rotation[9];
  double d_rotation[3][9];
};

/// As bend, and its derivatives.
static void bend_by_hand(const double *rest, double flexion, double abduction,
                         double *out, double *by_flexion,
                         double *by_abduction) {
  const double cx = cos(flexion), sx = sin(flexion);
  const double cz = cos(abduction), sz = sin(abduction);
  for (int i = 0; i < 3; ++i) {
    const double *const row = rest + 4 * i;
    const double along = row[0] * cz + row[1] * sz;
    const double across = row[1] * cz - row[0] * sz;
    const double bent[4] = {along, across * cx + row[2] * sx,
                            row[2] * cx - across * sx, row[3]};
    const double flexed[4] = {0, bent[2], -bent[1], 0};
    const double abducted[4] = {across, -along * cx, along * sx, 0};
    for (int j = 0; j < 4; ++j) {
      out[4 * i + j] = bent[j];
      by_flexion[4 * i + j] = flexed[j];
      by_abduction[4 * i + j] = abducted[j];
    }
  }
}

/// The bones of a finger that bend.
static void finger_by_hand(const input &in, int finger, double *absolutes,
                           moving &m) {
  double d_absolute[4][12];
  for (int joint = 0; joint < 3; ++joint) {
    const int bone = 2 + 4 * finger + joint;
    const double *const theta = in.theta.data() + 6 + 4 * finger;
    double relative[12], by_flexion[12], by_abduction[12];
    bend_by_hand(in.relatives.data() + 12 * bone,
                 joint == 0 ? theta[0] : theta[1 + joint],
                 joint == 0 ? theta[1] : 0, relative, by_flexion, by_abduction);
    const double *const parent = absolutes + 12 * in.parents[bone];
    compose(parent, relative, absolutes + 12 * bone);
    // The translation of the parent does not depend on the angle of the bone.
    double linear[12];
    std::copy_n(parent, 12, linear);
    linear[3] = linear[7] = linear[11] = 0;
    for (int by = 0; by < 4; ++by) {
      const int own = by < 2 ? 0 : by - 1;
      double *const d = d_absolute[by];
      double *const out = m.d_transforms[4 * finger + by][joint];
      if (own > joint) {
        std::fill_n(out, 12, 0.0);
        continue;
      }
      double d_parent[12];
      if (own == joint) {
        compose(linear, by == 1 ? by_abduction : by_flexion, d);
      } else {
        std::copy_n(d, 12, d_parent);
        compose(d_parent, relative, d);
      }
      compose_rest(d, in.inverses.data() + 12 * bone, out);
    }
  }
}

/// The matrix of the rotation of the whole, and its three derivatives.
static void rotation_by_hand(const double *axis, moving &m) {
  rotation_matrix(axis, m.rotation);
  const double square =
      axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2];
  const double angle = sqrt(square);
  std::fill_n(m.d_rotation[0], 27, 0.0);
  if (angle < 0.0001)
    return;
  const double s = sin(angle), c = cos(angle), inverse = 1 / angle;
  const double u[3] = {axis[0] * inverse, axis[1] * inverse, axis[2] * inverse};
  for (int by = 0; by < 3; ++by) {
    double d[3];
    for (int i = 0; i < 3; ++i)
      d[i] = ((i == by) - u[i] * u[by]) * inverse;
    double *const out = m.d_rotation[by];
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        out[3 * i + j] = (d[i] * u[j] + u[i] * d[j]) * (1 - c) +
                         u[i] * u[j] * s * u[by] - (i == j) * s * u[by];
    // The part that is the cross product with the axis.
    for (int i = 0; i < 3; ++i) {
      const int j = (i + 1) % 3, k = (i + 2) % 3;
      const double term = d[k] * s + u[k] * c * u[by];
      out[3 * i + j] -= term;
      out[3 * j + i] += term;
    }
  }
}

static void bones_by_hand(const input &in, moving &m) {
  double absolutes[22 * 12];
  for (int bone = 0; bone < 22; ++bone) {
    const int joint = bone < 2 ? 3 : (bone - 2) % 4;
    if (joint == 0)
      finger_by_hand(in, (bone - 2) / 4, absolutes, m);
    double *const absolute = absolutes + 12 * bone;
    if (joint == 3 && in.parents[bone] < 0)
      std::copy_n(in.relatives.data() + 12 * bone, 12, absolute);
    else if (joint == 3)
      compose(absolutes + 12 * in.parents[bone],
              in.relatives.data() + 12 * bone, absolute);
    compose_rest(absolute, in.inverses.data() + 12 * bone,
                 m.transforms + 12 * bone);
  }
  rotation_by_hand(in.theta.data(), m);
}

/// out += weight * (matrix applied to v).
static void blend(const double *matrix, const double *v, double weight,
                  double *out) {
  for (int i = 0; i < 3; ++i)
    out[i] += weight * (matrix[4 * i] * v[0] + matrix[4 * i + 1] * v[1] +
                        matrix[4 * i + 2] * v[2] + matrix[4 * i + 3]);
}

static void rotate(const double *matrix, const double *v, double *out) {
  for (int i = 0; i < 3; ++i)
    out[i] = matrix[3 * i] * v[0] + matrix[3 * i + 1] * v[1] +
             matrix[3 * i + 2] * v[2];
}

/// Where a vertex is, and its derivative by 3 of the rotation and 20 of the
/// fingers.
static void vertex_by_hand(const input &in, const moving &m, int vertex,
                           double *position, double (*tangents)[3]) {
  const double *const rest = in.rest.data() + 3 * vertex;
  const double *const weights = in.weights.data() + 22 * vertex;
  double here[3] = {};
  for (int bone = 0; bone < 22; ++bone)
    blend(m.transforms + 12 * bone, rest, weights[bone], here);
  rotate(m.rotation, here, position);
  for (int i = 0; i < 3; ++i)
    position[i] += in.theta[static_cast<std::size_t>(3 + i)];
  for (int by = 0; by < 3; ++by)
    rotate(m.d_rotation[by], here, tangents[by]);
  for (int by = 0; by < 20; ++by) {
    double moved[3] = {};
    const int finger = by / 4, own = by % 4 < 2 ? 0 : by % 4 - 1;
    for (int joint = own; joint < 3; ++joint)
      blend(m.d_transforms[by][joint], rest, weights[2 + 4 * finger + joint],
            moved);
    rotate(m.rotation, moved, tangents[3 + by]);
  }
}

/// Adds a share of a vertex to the rows of a point. `rows` are what the angles
/// have of them, which are of `length` numbers.
static void enter(double share, const double *position,
                  const double (*tangents)[3], std::size_t length, double *out,
                  double *rows) {
  for (std::size_t i = 0; i < 3; ++i) {
    double *const row = rows + i * length;
    out[i] -= share * position[i];
    for (std::size_t by = 0; by < 23; ++by)
      row[by < 3 ? by : by + 3] -= share * tangents[by][i];
    row[3 + i] -= share;
  }
}

static void by_hand(const input &in, double *out, double *jacobian) {
  moving m;
  bones_by_hand(in, m);
  const int corners = in.complicated ? 3 : 1;
  std::vector<char> used(static_cast<std::size_t>(in.vertices));
  for (int corner : in.corners)
    used[static_cast<std::size_t>(corner)] = 1;
  const scratch positions =
      scratch_of(3 * static_cast<std::size_t>(in.vertices));
  const std::unique_ptr<double[][23][3]> tangents(
      new double[static_cast<std::size_t>(in.vertices)][23][3]);
  for (int v = 0; v < in.vertices; ++v)
    if (used[static_cast<std::size_t>(v)])
      vertex_by_hand(in, m, v, positions.get() + 3 * v, tangents[v]);

  const std::size_t length = in.directions();
  std::fill_n(jacobian, in.derivatives(), 0.0);
  std::copy_n(in.points.data(), in.values(), out);
  for (int p = 0; p < in.n; ++p) {
    const int *const corner = in.corners.data() + corners * p;
    double shares[3] = {1, 0, 0};
    double *rows = jacobian + 3 * static_cast<std::size_t>(p) * length;
    if (in.complicated) {
      shares[0] = in.where[static_cast<std::size_t>(2 * p)];
      shares[1] = in.where[static_cast<std::size_t>(2 * p + 1)];
      shares[2] = 1 - shares[0] - shares[1];
      for (int i = 0; i < 3; ++i)
        for (std::size_t by = 0; by < 2; ++by)
          rows[static_cast<std::size_t>(i) * length + by] =
              positions[3 * corner[2] + i] - positions[3 * corner[by] + i];
      rows += 2;
    }
    for (int i = 0; i < corners; ++i)
      enter(shares[i], positions.get() + 3 * corner[i], tangents[corner[i]],
            length, out + 3 * p, rows);
  }
}

} // namespace hand
} // namespace problems

#endif // RETROGRAD_BENCHMARKS_ADBENCH_HAND_H
