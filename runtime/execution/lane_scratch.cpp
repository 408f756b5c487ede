//===- lane_scratch.cpp - Memory of a thread for tiles --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <retrograd/execution/lane_scratch.h>

namespace retrograd::detail {

namespace {

thread_local aligned_vector<unsigned char> kept;

} // namespace

lane_scratch::lane_scratch(std::size_t bytes) : memory_(std::move(kept)) {
  kept.clear();
  if (memory_.size() < bytes)
    memory_ = aligned_vector<unsigned char>(bytes);
}

lane_scratch::~lane_scratch() {
  if (memory_.size() > kept.size())
    kept = std::move(memory_);
}

} // namespace retrograd::detail
