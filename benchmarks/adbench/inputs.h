//===- inputs.h - What the four problems are given ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inputs are files in the formats of ADBench, from a folder, or are made here:
// the same numbers in each run. What is read from a file is checked against
// what the primals rely on, as they check nothing. Each input knows how many
// numbers its value and its derivative are, and their order.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_ADBENCH_INPUTS_H
#define RETROGRAD_BENCHMARKS_ADBENCH_INPUTS_H

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace adbench {

using numbers = std::vector<double>;
using indices = std::vector<int>;

/// Says which file is wrong, where, and why.
struct input_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What the arrays of the primals have room for.
constexpr int most_dimensions = 64;
constexpr int most_components = 256;

struct gmm_input {
  int d = 0, k = 0, n = 0;
  numbers alphas, means, factors, points;
  double gamma = 1;
  int m = 0;

  /// What of the objective does not depend on the parameters.
  double constant() const;
  std::size_t values() const { return 1; }
  std::size_t derivatives() const {
    return alphas.size() + means.size() + factors.size();
  }
};

struct ba_input {
  /// n cameras, m points, p observations.
  int n = 0, m = 0, p = 0;
  numbers cameras, points, weights, features;
  indices observations;

  std::size_t values() const { return 3 * weights.size(); }
  /// A block of two rows of 15 for each observation, column after column, and
  /// the derivative of the error of each weight.
  std::size_t derivatives() const { return 31 * weights.size(); }
};

struct hand_input {
  /// The model: 22 bones, and a mesh.
  int vertices = 0;
  indices parents, triangles;
  numbers relatives, inverses, rest, weights;
  /// The measurement: n points. `which` has the vertex of each, or the triangle
  /// if the problem is the complicated one; `corners` that vertex or those
  /// three.
  int n = 0;
  bool complicated = false;
  indices which, corners;
  numbers points, where, theta;

  std::size_t values() const { return points.size(); }
  std::size_t directions() const { return complicated ? 28 : 26; }
  /// Row after row; the columns of `where`, if any, are first.
  std::size_t derivatives() const { return directions() * values(); }
  /// Fills in `corners`, from `which` and the triangles.
  void find_corners();
};

struct lstm_input {
  int l = 0, c = 0, b = 0;
  numbers main, extra, state, sequence;

  std::size_t values() const { return 1; }
  std::size_t derivatives() const { return main.size() + extra.size(); }
};

gmm_input read_gmm(const std::string &path);
ba_input read_ba(const std::string &path);
hand_input read_hand(const std::string &model, const std::string &path,
                     bool complicated);
lstm_input read_lstm(const std::string &path);

gmm_input make_gmm(int d, int k, int n);
ba_input make_ba(int n, int m, int p);
hand_input make_hand(int vertices, int n, bool complicated);
lstm_input make_lstm(int l, int c, int b);

/// Writes what the readers read. BA has one camera, point, weight and feature,
/// which its files repeat.
void write(const gmm_input &input, const std::string &path);
void write(const ba_input &input, const std::string &path);
void write_model(const hand_input &input, const std::string &model);
void write(const hand_input &input, const std::string &path);
void write(const lstm_input &input, const std::string &path);

} // namespace adbench

#endif // RETROGRAD_BENCHMARKS_ADBENCH_INPUTS_H
