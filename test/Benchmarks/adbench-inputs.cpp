//===- adbench-inputs.cpp - Files of ADBench's problems -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is written is read back, digit by digit, and a file that is no input is an
// error that says where and why.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir -p %t/model
// RUN: %clangxx -std=c++20 -Wall -Wextra -Werror -I%source/benchmarks/adbench \
// RUN:   -O1 -fsanitize=address,undefined -fno-sanitize-recover=all %s \
// RUN:   %source/benchmarks/adbench/inputs.cpp \
// RUN:   %source/benchmarks/adbench/readers.cpp -o %t/inputs && %t/inputs %t

#include "inputs.h"
#include <cstdio>
#include <fstream>
#include <sstream>

using namespace adbench;

namespace {

int failures = 0;
std::string folder;

void require(const char *what, bool holds) {
  if (holds)
    return;
  std::printf("does not hold: %s\n", what);
  ++failures;
}

std::string path_of(const char *name) { return folder + "/" + name; }

std::string content_of(const std::string &path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string file_of(const std::string &content) {
  const std::string path = path_of("changed.txt");
  std::ofstream(path) << content;
  return path;
}

/// The reader must refuse that content with such a message, behind the path.
template <class Reader>
void refuse(Reader read, const std::string &content, const char *message) {
  const std::string path = file_of(content);
  std::string found = "nothing";
  try {
    read(path);
  } catch (const input_error &error) {
    found = error.what();
  }
  if (found == path + message)
    return;
  std::printf("expected: %s\nfound: %s\n", (path + message).c_str(),
              found.c_str());
  ++failures;
}

std::string replaced(std::string text, const std::string &from,
                     const std::string &to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) {
    std::printf("there is no '%s' to be replaced\n", from.c_str());
    ++failures;
    return text;
  }
  return text.replace(at, from.size(), to);
}

void check_gmm() {
  const gmm_input in = make_gmm(3, 4, 5);
  const std::string path = path_of("gmm.txt");
  write(in, path);
  const gmm_input out = read_gmm(path);
  require("gmm", in.d == out.d && in.k == out.k && in.n == out.n &&
                     in.alphas == out.alphas && in.means == out.means &&
                     in.factors == out.factors && in.points == out.points &&
                     in.gamma == out.gamma && in.m == out.m);

  const std::string good = content_of(path);
  refuse(read_gmm, "",
         ":1: the file ends where the number of dimensions should be");
  refuse(read_gmm, replaced(good, "3 4 5", "65 4 5"),
         ":1: the number of dimensions is 65, not a whole number from 1 to 64");
  refuse(read_gmm, replaced(good, "3 4 5", "3 4.5 5"),
         ":1: the number of components is 4.5, not a whole number from 1 to "
         "256");
  refuse(read_gmm, replaced(good, "3 4 5", "3 4 x5"),
         ":1: 'x5' is no number, where the number of points should be");
  refuse(read_gmm, replaced(good, "3 4 5", "3 4 5\nnan"),
         ":2: 'nan' is no number, where the weight of a component should be");
  refuse(read_gmm, good + "7\n", ":20: '7' is left behind the last number");
  refuse(read_gmm, replaced(good, "\n1 0\n", "\n1\n"),
         ":20: the file ends where m should be");
  refuse(read_gmm, replaced(good, "\n1 0\n", "\n-1 0\n"),
         ":19: gamma is not positive");
}

void check_ba() {
  const ba_input in = make_ba(2, 3, 7);
  const std::string path = path_of("ba.txt");
  write(in, path);
  const ba_input out = read_ba(path);
  require("ba", in.n == out.n && in.m == out.m && in.p == out.p &&
                    in.cameras == out.cameras && in.points == out.points &&
                    in.weights == out.weights && in.features == out.features &&
                    in.observations == out.observations);
  refuse(read_ba, "1 1 1\n1 2 3\n",
         ":3: the file ends where a number of the camera should be");
  refuse(read_ba, content_of(path) + "x",
         ":6: 'x' is left behind the last number");
}

void check_lstm() {
  const lstm_input in = make_lstm(2, 5, 3);
  const std::string path = path_of("lstm.txt");
  write(in, path);
  const lstm_input out = read_lstm(path);
  require("lstm", in.l == out.l && in.c == out.c && in.b == out.b &&
                      in.main == out.main && in.extra == out.extra &&
                      in.state == out.state && in.sequence == out.sequence);
  refuse(read_lstm, "1 1 1",
         ":1: the number of characters is 1, not a whole number from 2 to "
         "16777216");
}

hand_input read_simple(const std::string &path) {
  return read_hand(path_of("model"), path, false);
}

void check_hand(bool complicated) {
  const hand_input in = make_hand(44, 6, complicated);
  const std::string path = path_of("hand.txt");
  write_model(in, path_of("model"));
  write(in, path);
  const hand_input out = read_hand(path_of("model"), path, complicated);
  require("the model of the hand",
          in.vertices == out.vertices && in.parents == out.parents &&
              in.triangles == out.triangles && in.relatives == out.relatives &&
              in.inverses == out.inverses && in.rest == out.rest &&
              in.weights == out.weights);
  require("hand", in.n == out.n && in.which == out.which &&
                      in.corners == out.corners && in.points == out.points &&
                      in.where == out.where && in.theta == out.theta);
}

void check_bad_hand() {
  const std::string path = path_of("hand.txt");
  write(make_hand(44, 6, false), path);
  const std::string good = content_of(path);
  refuse(read_simple, replaced(good, "6 26\n0 ", "6 26\n44 "),
         ":2: the vertex of a point is 44, not a whole number from 0 to 43");
  refuse(read_simple, replaced(good, "6 26", "6 27"),
         ":1: the number of parameters of the pose is 27, not a whole number "
         "from 26 to 26");
  // The complicated problem's input, read as that of the simple one.
  write(make_hand(44, 6, true), path);
  bool refused = false;
  try {
    read_simple(path);
  } catch (const input_error &) {
    refused = true;
  }
  require("numbers left over are refused", refused);
}

/// A changed file of the model is an error, whatever is measured.
void refuse_model(const char *name, const std::string &from,
                  const std::string &to, const char *message) {
  const std::string path = path_of("model/") + name;
  const std::string good = content_of(path);
  std::ofstream(path) << replaced(good, from, to);
  std::string found = "nothing";
  try {
    read_simple(path_of("hand.txt"));
  } catch (const input_error &error) {
    found = error.what();
  }
  if (found != path + message) {
    std::printf("expected: %s\nfound: %s\n", (path + message).c_str(),
                found.c_str());
    ++failures;
  }
  std::ofstream(path) << good;
}

void check_bad_model() {
  write(make_hand(44, 6, false), path_of("hand.txt"));
  refuse_model("bones.txt", "bone1:0", "bone1:1",
               ":2: the parent of a bone is 1, not a whole number from -1 to "
               "0");
  refuse_model("bones.txt", ":0:0:0:1", ":0:0:1:1",
               ":1: the last row of the matrix relative to the parent is not "
               "0:0:0:1");
  refuse_model("vertices.txt", ":0:0:1:0:0:1:0:", ":0:0:1:0:0:1:22:",
               ":1: a bone of a vertex is 22, not a whole number from 0 to 21");
  refuse_model("triangles.txt", "0:1:22", "0:1:44",
               ":1: a corner of a triangle is 44, not a whole number from 0 "
               "to 43");
}

void check_absent() {
  const std::string path = path_of("absent/file.txt");
  std::string read = "nothing", written = "nothing";
  try {
    read_gmm(path);
  } catch (const input_error &error) {
    read = error.what();
  }
  try {
    write(make_gmm(1, 1, 1), path);
  } catch (const input_error &error) {
    written = error.what();
  }
  require("a file that is absent", read == path + ": cannot be opened");
  require("a folder that is absent", written == path + ": cannot be written");
}

} // namespace

int main(int, char **arguments) {
  folder = arguments[1];
  check_gmm();
  check_ba();
  check_lstm();
  check_hand(false);
  check_hand(true);
  check_bad_hand();
  check_bad_model();
  check_absent();
  std::printf("%d failures\n", failures);
  return failures == 0 ? 0 : 1;
}
