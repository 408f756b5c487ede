//===- Diagnostics.h - How the compiler's steps report errors -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The abstract reporter through which lowering, analyses and transforms refuse
// what they cannot differentiate exactly. Every message names the construct and
// is followed by a note with a way out. The front end implements it over
// Clang's diagnostics; it knows nothing of Clang itself.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_IR_DIAGNOSTICS_H
#define RETROGRAD_IR_DIAGNOSTICS_H

#include "IR.h"

namespace retrograd {

class Diagnostics {
public:
  virtual ~Diagnostics() = default;

  /// Lower case, no final period, as Clang's own. Note is the way out; it may
  /// be empty only where the message itself says it.
  virtual void error(ir::Location Loc, const std::string &Message,
                     const std::string &Note) = 0;

  /// Something that is as the user may not expect; the note may be empty.
  virtual void remark(ir::Location Loc, const std::string &Message,
                      const std::string &Note) = 0;

  bool hadError() const { return Errors != 0; }
  /// Each request is served whatever happened to the last one.
  void beginRequest() { Errors = 0; }

protected:
  unsigned Errors = 0;
};

} // namespace retrograd

#endif // RETROGRAD_IR_DIAGNOSTICS_H
