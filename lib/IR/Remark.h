//===- Remark.h - What a user may want to know of a derivative ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative costs what it stores and computes again, and the reasons are in
// the user's own lines. Steps give their remarks as values, beside their
// results; the front end shows those that `-Rpass=retrograd` and its sisters
// ask for. Nobody makes them where nobody asks.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_IR_REMARK_H
#define RETROGRAD_IR_REMARK_H

#include "IR.h"

namespace retrograd {

enum class RemarkKind {
  Passed,   // -Rpass: work or memory that the derivative does without
  Missed,   // -Rpass-missed: what it could not do without
  Analysis, // -Rpass-analysis: what is known beside that
};

struct Remark {
  RemarkKind Kind;
  ir::Location Loc;
  /// Lower case, no final period.
  std::string Message;
  /// Where the reason is, and the way out.
  struct Note {
    ir::Location Loc;
    std::string Text;
  };
  std::vector<Note> Notes = {};
};

using Remarks = std::vector<Remark>;

// scripts/check-diagnostics.py finds messages by the names of these.
inline Remark passed(ir::Location Loc, std::string Message) {
  return {RemarkKind::Passed, Loc, std::move(Message)};
}
inline Remark missed(ir::Location Loc, std::string Message,
                     std::vector<Remark::Note> Notes = {}) {
  return {RemarkKind::Missed, Loc, std::move(Message), std::move(Notes)};
}
inline Remark analysed(ir::Location Loc, std::string Message) {
  return {RemarkKind::Analysis, Loc, std::move(Message)};
}

} // namespace retrograd

#endif // RETROGRAD_IR_REMARK_H
