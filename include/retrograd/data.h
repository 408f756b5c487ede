//===- data.h - Data for training ---------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that a training run reads, in one header: columns that are spans
// (column.h, dataset.h), from memory, mapped .npy files (npy.h) or CSV (csv.h),
// transforms on worker threads (transform.h), and parameters in .npz files
// (npz.h). docs/data.md is a tour. A file that needs one of them includes that.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_H
#define RETROGRAD_DATA_H

#include <retrograd/cxx20.h>

#include <retrograd/data/column.h>
#include <retrograd/data/convert.h>
#include <retrograd/data/csv.h>
#include <retrograd/data/dataset.h>
#include <retrograd/data/npy.h>
#include <retrograd/data/npz.h>
#include <retrograd/data/transform.h>

#endif // RETROGRAD_DATA_H
