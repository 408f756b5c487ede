//===- readers.cpp - Reads inputs in the formats of ADBench ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All formats are words with white space between them, and those of the model
// of the hand have a colon, too. So one reader of words serves all. An input
// that ends too early, has something that is no number, or has words left, is
// not read as far as it goes: a benchmark of other data than one thinks is
// worse than none.
//
//===----------------------------------------------------------------------===//

#include "inputs.h"
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace adbench;

namespace {

/// The words of a file, one by one.
class words {
public:
  explicit words(const std::string &path) : path(path), file(path) {
    if (!file)
      throw input_error(path + ": cannot be opened");
  }

  /// Whether there is another one.
  bool more() {
    if (word.empty())
      advance();
    return !word.empty();
  }

  std::string text(const char *what) {
    if (!more())
      fail(std::string("the file ends where ") + what + " should be");
    std::string result;
    result.swap(word);
    return result;
  }

  double number(const char *what) {
    const std::string read = text(what);
    char *end = nullptr;
    const double result = std::strtod(read.c_str(), &end);
    if (*end != '\0' || !std::isfinite(result))
      fail("'" + read + "' is no number, where " + what + " should be");
    return result;
  }

  int integer(const char *what, int least, int most) {
    const double result = number(what);
    if (result != std::floor(result) || result < least || result > most) {
      std::ostringstream text;
      text << what << " is " << result << ", not a whole number from " << least
           << " to " << most;
      fail(text.str());
    }
    return static_cast<int>(result);
  }

  numbers several(int count, const char *what) {
    numbers result;
    for (int i = 0; i < count; ++i)
      result.push_back(number(what));
    return result;
  }

  void end() {
    if (more())
      fail("'" + word + "' is left behind the last number");
  }

  [[noreturn]] void fail(const std::string &why) {
    throw input_error(path + ":" + std::to_string(line) + ": " + why);
  }

private:
  void advance() {
    for (int next = file.get(); next != EOF; next = file.get()) {
      const bool space = next == ':' || next == ' ' || next == '\t' ||
                         next == '\r' || next == '\n';
      // A line ends behind its last word, which is still of this line.
      if (space && !word.empty()) {
        file.unget();
        return;
      }
      if (next == '\n')
        ++line;
      if (!space)
        word += static_cast<char>(next);
    }
  }

  std::string path;
  std::ifstream file;
  std::string word;
  int line = 1;
};

constexpr int most = 1 << 24;
constexpr int bones = 22;

/// The first `count` numbers, as often as `times` says.
numbers repeated(words &file, int count, int times, const char *what) {
  const numbers once = file.several(count, what);
  numbers result;
  for (int i = 0; i < times; ++i)
    result.insert(result.end(), once.begin(), once.end());
  return result;
}

/// Three rows of a matrix of four, whose last row says nothing.
numbers affine(words &file, const char *what) {
  numbers matrix = file.several(16, what);
  if (matrix[12] != 0 || matrix[13] != 0 || matrix[14] != 0 || matrix[15] != 1)
    file.fail(std::string("the last row of ") + what + " is not 0:0:0:1");
  matrix.resize(12);
  return matrix;
}

void append(numbers &all, const numbers &more) {
  all.insert(all.end(), more.begin(), more.end());
}

void read_bones(const std::string &path, hand_input &result) {
  words file(path);
  for (int bone = 0; bone < bones; ++bone) {
    file.text("the name of a bone");
    // A parent is posed before its children.
    result.parents.push_back(
        file.integer("the parent of a bone", -1, bone - 1));
    append(result.relatives, affine(file, "the matrix relative to the parent"));
    append(result.inverses, affine(file, "the inverse of the matrix at rest"));
  }
  file.end();
}

void read_vertices(const std::string &path, hand_input &result) {
  words file(path);
  for (; file.more(); ++result.vertices) {
    append(result.rest, file.several(3, "a coordinate of a vertex"));
    // Normals and places in a texture.
    file.several(5, "a number behind the coordinates");
    numbers weights(bones);
    const int count = file.integer("the number of bones of a vertex", 0, bones);
    for (int i = 0; i < count; ++i) {
      const int bone = file.integer("a bone of a vertex", 0, bones - 1);
      weights[static_cast<std::size_t>(bone)] = file.number("a bone's weight");
    }
    append(result.weights, weights);
  }
  if (result.vertices == 0)
    file.fail("there are no vertices");
}

void read_triangles(const std::string &path, hand_input &result) {
  words file(path);
  while (file.more())
    for (int corner = 0; corner < 3; ++corner)
      result.triangles.push_back(
          file.integer("a corner of a triangle", 0, result.vertices - 1));
  if (result.triangles.empty())
    file.fail("there are no triangles");
}

} // namespace

gmm_input adbench::read_gmm(const std::string &path) {
  words file(path);
  gmm_input result;
  result.d = file.integer("the number of dimensions", 1, most_dimensions);
  result.k = file.integer("the number of components", 1, most_components);
  result.n = file.integer("the number of points", 1, most);
  const int size = result.d * (result.d + 1) / 2;
  result.alphas = file.several(result.k, "the weight of a component");
  result.means = file.several(result.k * result.d, "a mean");
  result.factors = file.several(result.k * size, "a factor of a covariance");
  result.points = file.several(result.n * result.d, "a point");
  result.gamma = file.number("gamma");
  if (!(result.gamma > 0))
    file.fail("gamma is not positive");
  result.m = file.integer("m", 0, most);
  file.end();
  return result;
}

ba_input adbench::read_ba(const std::string &path) {
  words file(path);
  ba_input result;
  result.n = file.integer("the number of cameras", 1, most);
  result.m = file.integer("the number of points", 1, most);
  result.p = file.integer("the number of observations", 1, most);
  result.cameras = repeated(file, 11, result.n, "a number of the camera");
  result.points = repeated(file, 3, result.m, "a coordinate of the point");
  result.weights = repeated(file, 1, result.p, "the weight");
  result.features = repeated(file, 2, result.p, "a coordinate of the feature");
  file.end();
  for (int i = 0; i < result.p; ++i) {
    result.observations.push_back(i % result.n);
    result.observations.push_back(i % result.m);
  }
  return result;
}

hand_input adbench::read_hand(const std::string &model, const std::string &path,
                              bool complicated) {
  hand_input result;
  result.complicated = complicated;
  read_bones(model + "/bones.txt", result);
  read_vertices(model + "/vertices.txt", result);
  read_triangles(model + "/triangles.txt", result);

  words file(path);
  result.n = file.integer("the number of points", 1, most);
  const int pose = file.integer("the number of parameters of the pose", 26, 26);
  const int last = complicated ? static_cast<int>(result.triangles.size()) / 3
                               : result.vertices;
  for (int i = 0; i < result.n; ++i) {
    result.which.push_back(file.integer(complicated ? "the triangle of a point"
                                                    : "the vertex of a point",
                                        0, last - 1));
    append(result.points, file.several(3, "a coordinate of a point"));
  }
  if (complicated)
    result.where = file.several(2 * result.n, "a place in a triangle");
  result.theta = file.several(pose, "a parameter of the pose");
  file.end();
  result.find_corners();
  return result;
}

lstm_input adbench::read_lstm(const std::string &path) {
  words file(path);
  lstm_input result;
  result.l = file.integer("the number of layers", 1, 1024);
  result.c = file.integer("the number of characters", 2, most);
  result.b = file.integer("the number of bits of a character", 1, 1024);
  result.main = file.several(8 * result.l * result.b, "a parameter");
  result.extra = file.several(3 * result.b, "a parameter of input or output");
  result.state = file.several(2 * result.l * result.b, "a state");
  result.sequence = file.several(result.c * result.b, "a bit of the sequence");
  file.end();
  return result;
}
