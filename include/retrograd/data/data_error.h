//===- data_error.h - What is wrong with data ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One class for whatever is not as it should be in files and columns, so that a
// program can tell the world's faults from its own.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_DATA_ERROR_H
#define RETROGRAD_DATA_DATA_ERROR_H

#include <stdexcept>

namespace retrograd {

/// A file or a column that is not what it was said to be. The message names the
/// file or the column, the place, what is there, and what was expected.
class data_error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

} // namespace retrograd

#endif // RETROGRAD_DATA_DATA_ERROR_H
