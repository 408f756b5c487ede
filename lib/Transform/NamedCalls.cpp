//===- NamedCalls.cpp - Calls whose values have a name --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "NamedCalls.h"
#include "../IR/Walk.h"
#include "../Rules/Rules.h"

using namespace retrograd;
using namespace retrograd::ir;

static bool isExpensiveCall(const Expr *E) {
  return E->is(ExprKind::Call) && E->Rule && E->Rule->Expensive;
}

NamedCalls::NamedCalls(Context &Ctx, const Function &F,
                       const MemoryModel &Memory)
    : Ctx(Ctx), Memory(Memory), Writes(Memory) {
  visit(F.Body);
}

void NamedCalls::visit(const Block &B) {
  for (size_t I = 0; I < B.size(); ++I) {
    const Stmt &S = *B[I];
    Places[&S] = {&B, I};
    if (S.Var)
      ++WriteCounts[S.Var];
    if (S.Target && S.Target->is(ExprKind::Var))
      ++WriteCounts[S.Target->Var];
    if (S.Kind == StmtKind::Declare && S.Value && isExpensiveCall(S.Value) &&
        S.Value->Ty == S.Var->Ty)
      Declared[S.Value->Text].push_back(&S);
    visit(S.Body);
    visit(S.Else);
  }
}

/// The statement of the block that names the value which the call has here.
const Stmt *NamedCalls::nameOf(const Expr *Call, Place Here) {
  auto Found = Declared.find(Call->Text);
  if (Found == Declared.end() || Memory.isUnstable(Call))
    return nullptr;
  // To look further would take time that grows with the square of the length of
  // a block.
  constexpr size_t Near = 64;
  for (const Stmt *S : Found->second) {
    auto [Code, Position] = Places.at(S);
    size_t First = std::min(Position, Here.Position);
    size_t Last = std::max(Position, Here.Position);
    if (Code != Here.Code || Last - First > Near ||
        WriteCounts.lookup(S->Var) != 1 || S->Var->AddressTaken ||
        !sameExpr(S->Value, Call))
      continue;
    ObjectSet Arguments = Memory.reads(Call);
    auto Changes = [&](const Stmt *Each) {
      return Memory.mayOverlap(Writes.of(*Each), Arguments);
    };
    if (std::none_of(Code->begin() + First, Code->begin() + Last, Changes))
      return S;
  }
  return nullptr;
}

const Expr *
NamedCalls::replace(const Expr *E, const Stmt &S,
                    llvm::SmallVectorImpl<const Stmt *> &Declarations) {
  auto Here = Places.find(&S);
  if (Here == Places.end())
    return E;
  return rewrite(Ctx, E, [&](const Expr *Node) -> const Expr * {
    const Stmt *Name =
        isExpensiveCall(Node) ? nameOf(Node, Here->second) : nullptr;
    if (!Name || Name == &S)
      return Node;
    Declarations.push_back(Name);
    return Ctx.var(Name->Var, Node->Loc);
  });
}
