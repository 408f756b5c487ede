//===- hand.h - Residuals of a model of a hand ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ADBench's third problem (F. Srajer, Z. Kukelova, A. Fitzgibbon, Optimization
// Methods and Software 33, 2018): a mesh over 22 bones, posed by 26 parameters,
// against measured points. The pose is a rotation (axis times angle), a
// translation, and for each of five fingers flexion and abduction of its second
// bone and flexion of the next two. A vertex moves with all bones, each with
// its weight: linear blend skinning, over all bones as in ADBench.
//
// In the simple problem a measured point belongs to a vertex; in the
// complicated one to a triangle, where two more parameters say where in it.
//
// A matrix is three rows of four, for the fourth row is always (0, 0, 0, 1).
//
// Text over `real`, to be included in a namespace that says what that is.
//
//===----------------------------------------------------------------------===//

namespace hand {

/// out = left * right.
static void compose(const real *left, const real *right, real *out) {
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 4; ++j)
      out[4 * i + j] = left[4 * i] * right[j] + left[4 * i + 1] * right[4 + j] +
                       left[4 * i + 2] * right[8 + j];
    out[4 * i + 3] += left[4 * i + 3];
  }
}

/// out = left * right, for a matrix of the model.
static void compose_rest(const real *left, const double *right, real *out) {
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 4; ++j)
      out[4 * i + j] = left[4 * i] * right[j] + left[4 * i + 1] * right[4 + j] +
                       left[4 * i + 2] * right[8 + j];
    out[4 * i + 3] += left[4 * i + 3];
  }
}

/// out = rest * (rotation by abduction about z, after that by flexion about x).
static void bend(const double *rest, real flexion, real abduction, real *out) {
  const real cx = cos(flexion), sx = sin(flexion);
  const real cz = cos(abduction), sz = sin(abduction);
  for (int i = 0; i < 3; ++i) {
    const double *row = rest + 4 * i;
    out[4 * i] = row[0] * cz + row[1] * sz;
    out[4 * i + 1] = (row[1] * cz - row[0] * sz) * cx + row[2] * sx;
    out[4 * i + 2] = row[2] * cx - (row[1] * cz - row[0] * sz) * sx;
    out[4 * i + 3] = row[3];
  }
}

/// How each bone has moved from where it rests, [22][12].
static void bone_transforms(const real *theta, const int *parents,
                            const double *relatives, const double *inverses,
                            real *transforms) {
  real absolutes[22 * 12];
  for (int bone = 0; bone < 22; ++bone) {
    real flexion = 0;
    real abduction = 0;
    // The wrist, the first bone of each finger and the forearm stay.
    const int joint = bone < 2 ? 3 : (bone - 2) % 4;
    const int finger = 6 + 4 * ((bone - 2) / 4);
    if (joint == 0) {
      flexion = theta[finger];
      abduction = theta[finger + 1];
    } else if (joint < 3) {
      flexion = theta[finger + 1 + joint];
    }
    real relative[12];
    bend(relatives + 12 * bone, flexion, abduction, relative);
    real *absolute = absolutes + 12 * bone;
    if (parents[bone] < 0) {
      for (int i = 0; i < 12; ++i)
        absolute[i] = relative[i];
    } else {
      compose(absolutes + 12 * parents[bone], relative, absolute);
    }
    compose_rest(absolute, inverses + 12 * bone, transforms + 12 * bone);
  }
}

/// The matrix of a rotation, [3][3]; none below an angle of 0.0001.
static void rotation_matrix(const real *axis, real *matrix) {
  const real angle =
      sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
  if (angle < 0.0001) {
    for (int i = 0; i < 9; ++i)
      matrix[i] = i % 4 == 0 ? 1 : 0;
  } else {
    const real x = axis[0] / angle, y = axis[1] / angle, z = axis[2] / angle;
    const real s = sin(angle), c = cos(angle);
    const real rest = 1 - c;
    matrix[0] = x * x * rest + c;
    matrix[1] = x * y * rest - z * s;
    matrix[2] = x * z * rest + y * s;
    matrix[3] = x * y * rest + z * s;
    matrix[4] = y * y * rest + c;
    matrix[5] = y * z * rest - x * s;
    matrix[6] = x * z * rest - y * s;
    matrix[7] = y * z * rest + x * s;
    matrix[8] = z * z * rest + c;
  }
}

/// Where the vertices are, [vertices][3]. `rest` is where they are at rest, and
/// `weights` are [vertices][22].
static void pose(const real *theta, const int *parents, const double *relatives,
                 const double *inverses, int vertices, const double *rest,
                 const double *weights, real *positions) {
  real transforms[22 * 12];
  bone_transforms(theta, parents, relatives, inverses, transforms);
  real rotation[9];
  rotation_matrix(theta, rotation);
  for (int v = 0; v < vertices; ++v) {
    const double x = rest[3 * v], y = rest[3 * v + 1], z = rest[3 * v + 2];
    real blend[3] = {0, 0, 0};
    for (int bone = 0; bone < 22; ++bone) {
      const double weight = weights[22 * v + bone];
      const real *matrix = transforms + 12 * bone;
      for (int i = 0; i < 3; ++i)
        blend[i] += (matrix[4 * i] * x + matrix[4 * i + 1] * y +
                     matrix[4 * i + 2] * z + matrix[4 * i + 3]) *
                    weight;
    }
    for (int i = 0; i < 3; ++i)
      positions[3 * v + i] = rotation[3 * i] * blend[0] +
                             rotation[3 * i + 1] * blend[1] +
                             rotation[3 * i + 2] * blend[2] + theta[3 + i];
  }
}

/// `vertex` says which vertex each of the n points belongs to.
static void simple(const real *theta, const int *parents,
                   const double *relatives, const double *inverses,
                   int vertices, const double *rest, const double *weights,
                   int n, const int *vertex, const double *points,
                   real *residuals) {
  real *positions = new real[3 * vertices];
  pose(theta, parents, relatives, inverses, vertices, rest, weights, positions);
  for (int p = 0; p < n; ++p)
    for (int i = 0; i < 3; ++i)
      residuals[3 * p + i] = points[3 * p + i] - positions[3 * vertex[p] + i];
  delete[] positions;
}

/// `triangle` says which three vertices each of the n points is between, and
/// `where` how much of the first two.
static void complicated(const real *theta, const real *where,
                        const int *parents, const double *relatives,
                        const double *inverses, int vertices,
                        const double *rest, const double *weights, int n,
                        const int *triangle, const double *points,
                        real *residuals) {
  real *positions = new real[3 * vertices];
  pose(theta, parents, relatives, inverses, vertices, rest, weights, positions);
  for (int p = 0; p < n; ++p) {
    const real u = where[2 * p], v = where[2 * p + 1];
    for (int i = 0; i < 3; ++i)
      residuals[3 * p + i] =
          points[3 * p + i] -
          (u * positions[3 * triangle[3 * p] + i] +
           v * positions[3 * triangle[3 * p + 1] + i] +
           (1 - u - v) * positions[3 * triangle[3 * p + 2] + i]);
  }
  delete[] positions;
}

} // namespace hand
