//===- Lowering.cpp - From Clang's AST to the structured IR ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The public face of ModuleLowering.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "LowerModule.h"

using namespace clang;
using namespace retrograd;

struct Lowering::Impl : ModuleLowering {
  using ModuleLowering::ModuleLowering;
};

Lowering::Lowering(ASTContext &AST, ir::Context &Ctx, Diagnostics &Diags,
                   GeneratedLookup Lookup, Instantiation Instantiate,
                   CheckpointMarks *Marks)
    : State(std::make_unique<Impl>(AST, Ctx, Diags, std::move(Lookup),
                                   std::move(Instantiate), Marks)) {}

Lowering::~Lowering() = default;

ir::Function *Lowering::lower(const FunctionDecl *FD) {
  State->writeInto(FD->getDeclContext()->getEnclosingNamespaceContext());
  return State->lower(FD);
}

ir::Function *Lowering::declare(const FunctionDecl *FD) {
  return State->declare(FD);
}

void Lowering::markInactive(const FunctionDecl *FD) { State->markInactive(FD); }

void Lowering::markInactive(const ParmVarDecl *P) { State->markInactive(P); }

void Lowering::setPullback(const FunctionDecl *Primal,
                           const FunctionDecl *Pullback) {
  State->setRule(Primal, Pullback, /*Pullback=*/true);
}

void Lowering::setPushforward(const FunctionDecl *Primal,
                              const FunctionDecl *Pushforward) {
  State->setRule(Primal, Pushforward, /*Pullback=*/false);
}

ir::Variable *Lowering::lowerGlobal(const VarDecl *V) {
  std::string Why;
  return State->global(V, Why);
}
