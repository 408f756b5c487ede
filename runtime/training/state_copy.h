//===- state_copy.h - A state to go back to -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A snapshot that a checkpoint can keep in turn: a run that is resumed must be
// able to go back to where the run before it would have gone.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_STATE_COPY_H
#define RETROGRAD_RUNTIME_TRAINING_STATE_COPY_H

#include <cstring>
#include <retrograd/checkpoint.h>
#include <vector>

namespace retrograd {

class state_copy {
public:
  bool empty() const { return image_.empty(); }

  /// Both visit the same fields.
  template <class Fields> void save(Fields fields) {
    detail::save_snapshot(image_, detail::fields_reference(fields));
  }
  template <class Fields> void restore(Fields fields) const {
    detail::load_snapshot(image_, detail::fields_reference(fields));
  }

  void fields(archive &to) {
    std::vector<unsigned char> bytes(image_.size());
    if (!bytes.empty())
      std::memcpy(bytes.data(), image_.data(), bytes.size());
    to("image", bytes);
    image_.resize(bytes.size());
    if (!bytes.empty())
      std::memcpy(image_.data(), bytes.data(), bytes.size());
  }

private:
  std::vector<std::byte> image_;
};

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_STATE_COPY_H
