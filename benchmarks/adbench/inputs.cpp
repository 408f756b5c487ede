//===- inputs.cpp - Makes and writes inputs -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inputs of our own, for those who do not have ADBench's: of the same formats
// and sizes, and the same numbers in each run. What they describe is made up,
// but reasonable: cameras see their points, and bones are where their joints
// are.
//
//===----------------------------------------------------------------------===//

#include "inputs.h"
#include "../contestant.h"
#include <cmath>
#include <fstream>

using namespace adbench;

namespace {

std::size_t size(int count) { return static_cast<std::size_t>(count); }

/// Numbers without pattern around a middle.
class source {
public:
  double around(double middle, double spread) {
    return middle + spread * static_cast<double>(random());
  }
  numbers several(int count, double middle, double spread) {
    numbers result;
    for (int i = 0; i < count; ++i)
      result.push_back(around(middle, spread));
    return result;
  }

private:
  benchmark::numbers random;
};

/// Rows of four, the last row left out.
using affine = numbers;

affine product(const affine &left, const affine &right) {
  affine result(12);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 4; ++j) {
      result[4 * i + j] = j == 3 ? left[4 * i + 3] : 0;
      for (std::size_t k = 0; k < 3; ++k)
        result[4 * i + j] += left[4 * i + k] * right[4 * k + j];
    }
  return result;
}

/// Of a rotation and a translation.
affine inverse(const affine &matrix) {
  affine result(12);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      result[4 * i + j] = matrix[4 * j + i];
      result[4 * i + 3] -= matrix[4 * j + i] * matrix[4 * j + 3];
    }
  return result;
}

/// A turn about the vertical axis, and then along the bone before.
affine joint(source &random) {
  const double angle = random.around(0, 0.4);
  return {std::cos(angle),
          -std::sin(angle),
          0,
          random.around(0, 0.02),
          std::sin(angle),
          std::cos(angle),
          0,
          random.around(0.04, 0.01),
          0,
          0,
          1,
          random.around(0, 0.01)};
}

void make_bones(source &random, hand_input &result) {
  std::vector<affine> absolutes;
  for (int bone = 0; bone < 22; ++bone) {
    // Fingers and forearm begin at the wrist.
    const int parent = bone == 0 ? -1 : (bone - 1) % 4 == 0 ? 0 : bone - 1;
    const affine relative = joint(random);
    const affine absolute =
        parent < 0 ? relative : product(absolutes[size(parent)], relative);
    const affine back = inverse(absolute);
    absolutes.push_back(absolute);
    result.parents.push_back(parent);
    result.relatives.insert(result.relatives.end(), relative.begin(),
                            relative.end());
    result.inverses.insert(result.inverses.end(), back.begin(), back.end());
  }
}

/// Vertices are near a bone, and move with the bone before that, too.
void make_mesh(source &random, hand_input &result) {
  result.weights.resize(size(22 * result.vertices));
  for (int v = 0; v < result.vertices; ++v) {
    const int bone = v % 22, parent = result.parents[size(bone)];
    const double weight = parent < 0 ? 1 : random.around(0.7, 0.3);
    result.weights[size(22 * v + bone)] = weight;
    if (parent >= 0)
      result.weights[size(22 * v + parent)] = 1 - weight;
    for (int i = 0; i < 3; ++i)
      result.rest.push_back(random.around(0.02 * (bone % 5), 0.05));
    for (int step : {0, 1, 22})
      result.triangles.push_back((v + step) % result.vertices);
  }
}

/// A file that is written with all digits, and checked in the end.
class output {
public:
  explicit output(const std::string &path) : path(path), file(path) {
    file.precision(17);
  }
  output(const output &) = delete;
  ~output() noexcept(false) {
    file.close();
    if (!file)
      throw input_error(path + ": cannot be written");
  }

  template <class T> output &operator<<(const T &value) {
    file << value;
    return *this;
  }

  /// A part of an array on one line.
  void line(const numbers &all, std::size_t begin, std::size_t count,
            char between = ' ') {
    for (std::size_t i = 0; i < count; ++i)
      file << (i == 0 ? "" : std::string(1, between)) << all[begin + i];
    file << '\n';
  }
  void lines(const numbers &all, std::size_t width) {
    for (std::size_t begin = 0; begin < all.size(); begin += width)
      line(all, begin, width);
  }

private:
  std::string path;
  std::ofstream file;
};

void write_matrix(output &file, const numbers &all, int bone) {
  for (int i = 0; i < 12; ++i)
    file << ':' << all[size(12 * bone + i)];
  file << ":0:0:0:1";
}

} // namespace

double gmm_input::constant() const {
  const double pi = 3.14159265358979323846;
  const int freedom = d + m + 1;
  double gammas = 0.25 * d * (d - 1) * std::log(pi);
  for (int i = 0; i < d; ++i)
    gammas += std::lgamma(0.5 * (freedom - i));
  const double prior =
      freedom * d * (std::log(gamma) - 0.5 * std::log(2.0)) - gammas;
  return -0.5 * n * d * std::log(2 * pi) - k * prior;
}

void hand_input::find_corners() {
  corners.clear();
  for (int each : which)
    for (int corner = 0; corner < (complicated ? 3 : 1); ++corner)
      corners.push_back(complicated ? triangles[size(3 * each + corner)]
                                    : each);
}

gmm_input adbench::make_gmm(int d, int k, int n) {
  source random;
  gmm_input result;
  result.d = d;
  result.k = k;
  result.n = n;
  result.alphas = random.several(k, 0, 2);
  result.means = random.several(k * d, 0.5, 0.5);
  result.factors = random.several(k * d * (d + 1) / 2, 0, 1);
  result.points = random.several(n * d, 0, 2);
  return result;
}

ba_input adbench::make_ba(int n, int m, int p) {
  source random;
  ba_input result;
  result.n = n;
  result.m = m;
  result.p = p;
  numbers camera = random.several(3, -0.8, 0.3);
  for (double middle : {30.0, 40.0, 50.0})
    camera.push_back(random.around(middle, 5));
  camera.push_back(random.around(400, 50));
  for (double spread : {10.0, 10.0, 0.1, 0.01})
    camera.push_back(random.around(0, spread));
  const numbers point = random.several(3, 3, 4);
  for (int i = 0; i < n; ++i)
    result.cameras.insert(result.cameras.end(), camera.begin(), camera.end());
  for (int i = 0; i < m; ++i)
    result.points.insert(result.points.end(), point.begin(), point.end());
  result.weights.assign(size(p), random.around(0.5, 0.2));
  const numbers feature = random.several(2, 500, 300);
  for (int i = 0; i < p; ++i) {
    result.features.insert(result.features.end(), feature.begin(),
                           feature.end());
    result.observations.push_back(i % n);
    result.observations.push_back(i % m);
  }
  return result;
}

hand_input adbench::make_hand(int vertices, int n, bool complicated) {
  source random;
  hand_input result;
  result.vertices = vertices;
  result.n = n;
  result.complicated = complicated;
  make_bones(random, result);
  make_mesh(random, result);
  for (int i = 0; i < n; ++i)
    result.which.push_back(i * 7 % vertices);
  result.points = random.several(3 * n, 0, 1);
  if (complicated)
    result.where = random.several(2 * n, 0.4, 0.3);
  result.theta = random.several(26, 0, 1);
  result.find_corners();
  return result;
}

lstm_input adbench::make_lstm(int l, int c, int b) {
  source random;
  lstm_input result;
  result.l = l;
  result.c = c;
  result.b = b;
  result.main = random.several(8 * l * b, 0.5, 0.5);
  result.extra = random.several(3 * b, 0.5, 0.5);
  result.state = random.several(2 * l * b, 0.5, 0.5);
  for (int i = 0; i < c * b; ++i)
    result.sequence.push_back(random.around(0, 1) < 0 ? 0 : 1);
  return result;
}

void adbench::write(const gmm_input &input, const std::string &path) {
  output file(path);
  file << input.d << ' ' << input.k << ' ' << input.n << '\n';
  file.lines(input.alphas, 1);
  file.lines(input.means, size(input.d));
  file.lines(input.factors, size(input.d * (input.d + 1) / 2));
  file.lines(input.points, size(input.d));
  file << input.gamma << ' ' << input.m << '\n';
}

void adbench::write(const ba_input &input, const std::string &path) {
  output file(path);
  file << input.n << ' ' << input.m << ' ' << input.p << '\n';
  file.line(input.cameras, 0, 11);
  file.line(input.points, 0, 3);
  file.line(input.weights, 0, 1);
  file.line(input.features, 0, 2);
}

void adbench::write_model(const hand_input &input, const std::string &model) {
  output bones(model + "/bones.txt");
  for (int bone = 0; bone < 22; ++bone) {
    bones << "bone" << bone << ':' << input.parents[size(bone)];
    write_matrix(bones, input.relatives, bone);
    write_matrix(bones, input.inverses, bone);
    bones << '\n';
  }
  output vertices(model + "/vertices.txt");
  for (int v = 0; v < input.vertices; ++v) {
    for (int i = 0; i < 3; ++i)
      vertices << input.rest[size(3 * v + i)] << ':';
    // Where normals and places in a texture would be.
    vertices << "0:0:1:0:0";
    int count = 0;
    for (int bone = 0; bone < 22; ++bone)
      count += input.weights[size(22 * v + bone)] != 0;
    vertices << ':' << count;
    for (int bone = 0; bone < 22; ++bone)
      if (input.weights[size(22 * v + bone)] != 0)
        vertices << ':' << bone << ':' << input.weights[size(22 * v + bone)];
    vertices << '\n';
  }
  output triangles(model + "/triangles.txt");
  for (std::size_t i = 0; i < input.triangles.size(); i += 3)
    triangles << input.triangles[i] << ':' << input.triangles[i + 1] << ':'
              << input.triangles[i + 2] << '\n';
}

void adbench::write(const hand_input &input, const std::string &path) {
  output file(path);
  file << input.n << " 26\n";
  for (int i = 0; i < input.n; ++i) {
    file << input.which[size(i)] << ' ';
    file.line(input.points, size(3 * i), 3);
  }
  file.lines(input.where, 2);
  file.lines(input.theta, 1);
}

void adbench::write(const lstm_input &input, const std::string &path) {
  output file(path);
  file << input.l << ' ' << input.c << ' ' << input.b << "\n\n";
  file.lines(input.main, size(input.b));
  file << '\n';
  file.lines(input.extra, size(input.b));
  file << '\n';
  file.lines(input.state, size(input.b));
  file << '\n';
  file.lines(input.sequence, size(input.b));
}
