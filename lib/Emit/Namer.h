//===- Namer.h - Names that cannot collide --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Gives each variable of a function the name it wishes for, or that name with a
// number where an enclosing scope already uses it. The IR identifies variables
// by object, so shadowed names, the user's own `d_x` and generated temporaries
// are all the same case here.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EMIT_NAMER_H
#define RETROGRAD_EMIT_NAMER_H

#include "../IR/IR.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace retrograd {

class Namer {
public:
  explicit Namer(const ir::Function &F);

  /// The name of a variable that declareVariable or the constructor has seen;
  /// a global's own name.
  std::string name(const ir::Variable *V) const;
  /// The name of the tape in this function.
  const std::string &tapeName() const { return Tape; }

  void enterScope() { Scopes.emplace_back(); }
  void leaveScope();
  void declareVariable(const ir::Variable *V);

private:
  std::string claim(llvm::StringRef Wish);

  /// Names that text in the function refers to: callees, globals, and what is
  /// spelled in opaque pieces.
  llvm::StringSet<> Free;
  llvm::StringSet<> Active;
  /// The names that a scope has claimed, each with its wish and number.
  struct Claim {
    std::string Name, Wish;
    unsigned Number;
  };
  std::vector<std::vector<Claim>> Scopes;
  /// For a wish: all lower numbers are taken. Thousands of variables may wish
  /// for the same name.
  llvm::StringMap<unsigned> Least;
  llvm::DenseMap<const ir::Variable *, std::string> Names;
  std::string Tape;
};

} // namespace retrograd

#endif // RETROGRAD_EMIT_NAMER_H
