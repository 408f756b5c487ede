//===- ba.h - Residuals of bundle adjustment ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ADBench's second problem (F. Srajer, Z. Kukelova, A. Fitzgibbon, Optimization
// Methods and Software 33, 2018): where cameras see points, compared with where
// they were measured. A camera is 11 numbers: rotation (axis times angle),
// centre (3), focal length, principal point (2), and two coefficients of the
// radial distortion. Each observation has a weight, and a residual that keeps
// it near 1.
//
// Text over `real`, to be included in a namespace that says what that is.
//
//===----------------------------------------------------------------------===//

namespace ba {

/// Turns v by the angle |axis|, by Rodrigues' formula.
static void rotate(const real *axis, const real *v, real *turned) {
  const real square = axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2];
  if (square != 0) {
    const real angle = sqrt(square);
    const real cosine = cos(angle);
    const real sine = sin(angle);
    const real inverse = 1 / angle;
    const real u0 = axis[0] * inverse;
    const real u1 = axis[1] * inverse;
    const real u2 = axis[2] * inverse;
    const real along = (u0 * v[0] + u1 * v[1] + u2 * v[2]) * (1 - cosine);
    turned[0] = v[0] * cosine + (u1 * v[2] - u2 * v[1]) * sine + u0 * along;
    turned[1] = v[1] * cosine + (u2 * v[0] - u0 * v[2]) * sine + u1 * along;
    turned[2] = v[2] * cosine + (u0 * v[1] - u1 * v[0]) * sine + u2 * along;
  } else {
    turned[0] = v[0] + (axis[1] * v[2] - axis[2] * v[1]);
    turned[1] = v[1] + (axis[2] * v[0] - axis[0] * v[2]);
    turned[2] = v[2] + (axis[0] * v[1] - axis[1] * v[0]);
  }
}

/// The weighted error of one observation, in two coordinates.
static void reprojection(const real *camera, const real *point,
                         const real *weight, const double *feature,
                         real *__restrict residual) {
  real centered[3], seen[3];
  for (int i = 0; i < 3; ++i)
    centered[i] = point[i] - camera[3 + i];
  rotate(camera, centered, seen);
  const real x = seen[0] / seen[2];
  const real y = seen[1] / seen[2];
  const real square = x * x + y * y;
  const real stretch = 1 + camera[9] * square + camera[10] * square * square;
  residual[0] = *weight * (x * stretch * camera[6] + camera[7] - feature[0]);
  residual[1] = *weight * (y * stretch * camera[6] + camera[8] - feature[1]);
}

static real weight_error(real weight) { return 1 - weight * weight; }

/// observations: of which camera and of which point each of the p is.
static void objective(int p, const real *cameras, const real *points,
                      const real *weights, const int *observations,
                      const double *features, real *residuals,
                      real *weight_errors) {
  for (int i = 0; i < p; ++i)
    reprojection(cameras + 11 * observations[2 * i],
                 points + 3 * observations[2 * i + 1], weights + i,
                 features + 2 * i, residuals + 2 * i);
  for (int i = 0; i < p; ++i)
    weight_errors[i] = weight_error(weights[i]);
}

} // namespace ba
