//===- Lowering.h - From Clang's AST to the structured IR -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lowers the body of a function, and of every function with a visible body that
// it calls, into the IR: side effects become statements of their own in the
// order C++17 gives them, so that expressions are pure. What the IR has no word
// for is kept as opaque text where no derivative can flow through it, and is an
// error at the user's own source location everywhere else.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_LOWERING_H
#define RETROGRAD_FRONTEND_LOWERING_H

#include "../IR/Diagnostics.h"
#include "../IR/IR.h"
#include <functional>
#include <memory>

namespace clang {
class ASTContext;
class FunctionDecl;
class ParmVarDecl;
class QualType;
class VarDecl;
} // namespace clang

namespace retrograd {

class CheckpointMarks;

/// The user's remarks about functions, gathered from pragmas. Keyed by
/// canonical declaration.
class Lowering {
public:
  /// Resolves a call of a derivative generated earlier to its IR; set by the
  /// owner of the Pipeline. Returns null for any other function.
  using GeneratedLookup =
      std::function<ir::Function *(const clang::FunctionDecl *)>;

  /// Gives a function that a template stands for its body.
  using Instantiation = std::function<void(const clang::FunctionDecl *)>;

  /// Marks: the statements with `#pragma retrograd checkpoint`.
  Lowering(clang::ASTContext &AST, ir::Context &Ctx, Diagnostics &Diags,
           GeneratedLookup Lookup, Instantiation Instantiate,
           CheckpointMarks *Marks);
  ~Lowering();

  /// The IR of the function (lowered once and cached), or null after an error;
  /// names are those that its own namespace needs.
  /// Params[i] of the result is the i-th parameter of the declaration. A
  /// function without a visible body becomes FunctionKind::External.
  ir::Function *lower(const clang::FunctionDecl *FD);

  /// The signature alone: name, namespaces, specifiers, parameters, types.
  ir::Function *declare(const clang::FunctionDecl *FD);

  /// `#pragma retrograd inactive`.
  void markInactive(const clang::FunctionDecl *FD);
  void markInactive(const clang::ParmVarDecl *P);
  /// `#pragma retrograd rule(g)`.
  void setPullback(const clang::FunctionDecl *Primal,
                   const clang::FunctionDecl *Pullback);
  void setPushforward(const clang::FunctionDecl *Primal,
                      const clang::FunctionDecl *Pushforward);

  /// The IR variable of a global, for `wrt(global)`.
  ir::Variable *lowerGlobal(const clang::VarDecl *V);

private:
  struct Impl;
  std::unique_ptr<Impl> State;
};

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_LOWERING_H
