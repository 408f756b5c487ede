//===- cases.cpp - Which inputs are measured ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See cases.h.
//
//===----------------------------------------------------------------------===//

#include "cases.h"

using namespace adbench;

namespace {

std::string within(const std::string &folder, const char *file) {
  return folder + "/" + file;
}

input_case gmm_case(const char *name, const char *file, int d, int k) {
  return {gmm, name, file, [=] { return make_gmm(d, k, 1000); },
          [=](const std::string &folder) {
            return read_gmm(within(folder, file));
          }};
}

input_case ba_case(const char *name, const char *file, int n, int m, int p) {
  return {
      ba, name, file, [=] { return make_ba(n, m, p); },
      [=](const std::string &folder) { return read_ba(within(folder, file)); }};
}

input_case hand_case(const char *name, const char *file, int n,
                     bool complicated) {
  return {hand, name, file, [=] { return make_hand(544, n, complicated); },
          [=](const std::string &folder) {
            return read_hand(folder + hand_model, within(folder, file),
                             complicated);
          }};
}

input_case lstm_case(const char *name, const char *file, int l, int c) {
  return {lstm, name, file, [=] { return make_lstm(l, c, 14); },
          [=](const std::string &folder) {
            return read_lstm(within(folder, file));
          }};
}

} // namespace

const std::vector<input_case> &adbench::cases() {
  static const std::vector<input_case> all = {
      gmm_case("gmm-d2-k5", "gmm/1k/gmm_d2_K5.txt", 2, 5),
      gmm_case("gmm-d10-k25", "gmm/1k/gmm_d10_K25.txt", 10, 25),
      gmm_case("gmm-d20-k50", "gmm/1k/gmm_d20_K50.txt", 20, 50),
      gmm_case("gmm-d64-k10", "gmm/1k/gmm_d64_K10.txt", 64, 10),
      ba_case("ba-1", "ba/ba1_n49_m7776_p31843.txt", 49, 7776, 31843),
      ba_case("ba-3", "ba/ba3_n161_m48126_p182072.txt", 161, 48126, 182072),
      hand_case("hand-simple", "hand/simple_small/hand1_t26_c100.txt", 100,
                false),
      hand_case("hand-complicated", "hand/complicated_small/hand1_t26_c100.txt",
                100, true),
      hand_case("hand-simple-800", "hand/simple_small/hand5_t26_c800.txt", 800,
                false),
      hand_case("hand-complicated-800",
                "hand/complicated_small/hand5_t26_c800.txt", 800, true),
      lstm_case("lstm-l2-c1024", "lstm/lstm_l2_c1024.txt", 2, 1024),
      lstm_case("lstm-l4-c4096", "lstm/lstm_l4_c4096.txt", 4, 4096),
  };
  return all;
}
