//===- npy-errors.cpp - What can be wrong with a .npy file --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each message names the file, what is there, and the way out.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t.program
// RUN: %t.program %t | FileCheck %s

#include "Inputs/files.h"
#include "Inputs/golden.h"
#include <retrograd/data/npy.h>

using retrograd::data_error;
using retrograd::npy_file;

static void open(std::string_view bytes) {
  write("x.npy", bytes);
  show<data_error>([] { npy_file file(at("x.npy")); });
}

static void header(std::string_view dictionary) { open(npy(dictionary, "1234")); }

static void wrong_numbers() {
  // CHECK: 'x.npy': the numbers are big-endian ('>f4'); convert them with x.astype('<f4') before numpy.save
  header("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }");
  // CHECK-NEXT: 'x.npy': the array is in Fortran order: a row is not contiguous; convert it with numpy.ascontiguousarray(x) before numpy.save
  header("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }");
  // CHECK-NEXT: 'x.npy': the elements are '<f2', which no type of C++ here matches; convert them with x.astype('float32')
  header("{'descr': '<f2', 'fortran_order': False, 'shape': (2,), }");
  // CHECK-NEXT: 'x.npy': the elements are '|O', which
  header("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }");
  // CHECK-NEXT: 'x.npy': the elements are records; save each field as an array of its own
  header("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }");
  // CHECK-NEXT: 'x.npy': element 1 is the byte 50, which is no bool
  open(npy("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }",
           std::string_view("\0002", 2)));
}

static void wrong_length() {
  const std::string whole = floats();
  // CHECK-NEXT: 'x.npy': the file is too short: float32[2, 3] takes 24 bytes, there are 23
  open(std::string_view(whole).substr(0, whole.size() - 1));
  // CHECK-NEXT: 'x.npy': the file is too long: float32[2, 3] takes 24 bytes, there are 25
  open(whole + "x");
  // CHECK-NEXT: 'x.npy': the file is too short: float32[4611686018427387904, 4] takes more than 2^64 bytes, there are 4
  header("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }");
  // CHECK-NEXT: 'x.npy': a dimension does not fit 64 bits
  header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }");
  // CHECK-NEXT: 'x.npy': the header is truncated: it has 118 bytes, the file 100
  open(std::string_view(whole).substr(0, 100));
  // CHECK-NEXT: 'x.npy': the header is truncated: the file has 9 bytes
  open(std::string_view(whole).substr(0, 9));
  // CHECK-NEXT: 'x.npy': this is no .npy file
  open("");
}

static void wrong_header() {
  std::string whole = floats();
  // CHECK-NEXT: 'x.npy': this is no .npy file
  open("x,y\n1,2\n");
  whole[6] = 9;
  // CHECK-NEXT: 'x.npy': the version of its format is 9.0; known are 1.0, 2.0 and 3.0
  open(whole);
  // CHECK-NEXT: 'x.npy': the header is damaged: expected '{' at its character 1
  header("shape");
  // CHECK-NEXT: 'x.npy': the header is damaged: expected a string at its character 2
  header("{shape");
  // CHECK-NEXT: 'x.npy': the header is damaged: expected ':' at its character 9
  header("{'shape'}");
  // CHECK-NEXT: 'x.npy': the header is damaged: expected True or False at its character 19
  header("{'fortran_order': 0}");
  // CHECK-NEXT: 'x.npy': the header is damaged: expected a dimension at its character 12
  header("{'shape': (-1,)}");
  // CHECK-NEXT: 'x.npy': the header is damaged: 'order' is unknown or there twice
  header("{'order': 1}");
  // CHECK-NEXT: 'x.npy': the header is damaged: 'shape' is unknown or there twice
  header("{'shape': (1,), 'shape': (1,)}");
  // CHECK-NEXT: 'x.npy': the header is damaged: it has no 'descr'
  header("{'shape': (1,), 'fortran_order': False}");
  // CHECK-NEXT: 'x.npy': the header is damaged: expected the end at its character 3
  header("{}{");
}

static void wrong_use() {
  const std::string path = write("x.npy", floats());
  // CHECK-NEXT: 'x.npy' holds float32[2, 3], not float64; to<T>() makes a copy as another type
  show<data_error>([&] { npy_file(path).as<double>(); });
  double numbers[6] = {7};
  // CHECK-NEXT: 'x.npy' holds float32[2, 3], not float64[6]
  show<data_error>([&] { retrograd::load_npy(path, numbers); });
  float few[5] = {7};
  // CHECK-NEXT: 'x.npy' holds float32[2, 3], not float32[5]
  show<data_error>([&] { retrograd::load_npy(path, few); });
  CHECK_THAT(numbers[0] == 7 && few[0] == 7);
  // CHECK-NEXT: cannot open 'none.npy': No such file or directory
  show<data_error>([] { npy_file file(at("none.npy")); });
  // CHECK-NEXT: it is no regular file
  show<data_error>([] { npy_file file("/dev/null"); });
}

int main(int, char **argv) {
  folder = argv[1];
  wrong_numbers();
  wrong_length();
  wrong_header();
  wrong_use();
}
