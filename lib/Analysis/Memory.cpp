//===- Memory.cpp - Abstract objects, points-to sets and effects ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The constraint graph is small, so the solver is a plain fixpoint over the
// statements.
//
//===----------------------------------------------------------------------===//

#include "Memory.h"
#include "../IR/Walk.h"
#include "llvm/Support/ErrorHandling.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

/// The type of a memory's elements: arrays are seen through.
static const Type *elementType(const Type *T) {
  while (T->isArray())
    T = T->Element;
  return T;
}

/// Types that the aliasing rule lets share memory: all pointers are one class.
static const Type *classOf(const Type *Element) {
  return Element->isPointer() ? nullptr : Element;
}

static bool sameClass(const Type *A, const Type *B) {
  return classOf(A) == classOf(B);
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

unsigned MemoryModel::addObject(const Variable *V, unsigned Depth,
                                const Type *Element, bool Outside,
                                bool Shared) {
  unsigned Id = static_cast<unsigned>(Objects.size());
  Object O{V, Depth, Element, Outside, Shared, false};
  O.Scalar = Depth == 0 && !V->Reference && !V->isGlobal() &&
             !V->AddressTaken && !V->Ty->isArray();
  Objects.push_back(O);
  Content.emplace_back();
  Ids[{V, Depth}] = Id;
  if (Shared) {
    auto *Class = llvm::find_if(SharedOf, [&](const auto &Each) {
      return Each.first == classOf(Element);
    });
    if (Class == SharedOf.end()) {
      SharedOf.push_back({classOf(Element), {}});
      Class = &SharedOf.back();
    }
    Class->second.set(Id);
  }
  return Id;
}

/// One object for each level of indirection behind a pointer whose value comes
/// from elsewhere: from the caller, or from the tape.
void MemoryModel::addPointees(const Variable *V, const Type *Pointer,
                              bool Outside, bool Shared) {
  unsigned Outer = Ids[{V, 0}];
  for (unsigned Depth = 1; Pointer->isPointer(); ++Depth) {
    const Type *Element = elementType(Pointer->Element);
    unsigned Inner = addObject(V, Depth, Element, Outside, Shared || Depth > 1);
    Content[Outer].set(Inner);
    Outer = Inner;
    Pointer = Element;
  }
}

void MemoryModel::addVariable(const Variable *V) {
  if (Ids.count({V, 0}))
    return;
  const Type *Element = elementType(V->Ty);
  bool Outside = V->Reference || V->isGlobal();
  addObject(V, 0, Element, Outside, Outside && !V->Restrict);
  if (V->isParameter() || V->isGlobal())
    addPointees(V, Element, /*Outside=*/true, V->Reference || !V->Restrict);
}

MemoryModel::MemoryModel(const Function &F, bool UnknownCode) {
  for (const Variable *P : F.Params)
    addVariable(P);
  // A half of a function keeps the variables of the other one; the parameters
  // among them lead nowhere here.
  for (const Variable &V : F.Variables)
    if (!V.isParameter())
      addVariable(&V);
  const llvm::DenseSet<const Variable *> Pushed = pushedVariables(F);
  forEachStmt(F.Body, [&](const Stmt &S) {
    forEachExpr(S, [&](const Expr &E) {
      if (E.Var)
        addVariable(E.Var);
    });
    // A pointer that another function pushed leads to memory of its own, as
    // far as this function can see.
    if (S.Kind == StmtKind::Pop && S.Var->Ty->isPointer() &&
        !Pushed.contains(S.Var))
      addPointees(S.Var, S.Var->Ty, /*Outside=*/false, /*Shared=*/false);
    if (S.Kind == StmtKind::Allocate || S.Kind == StmtKind::Reserve) {
      unsigned Memory =
          addObject(S.Var, 1, elementType(S.Var->Ty->Element), false, false);
      Content[objectOf(S.Var)].set(Memory);
    }
    const Expr *Popped = S.Kind == StmtKind::PopArray ? S.Target : nullptr;
    while (Popped && Popped->is(ExprKind::Index))
      Popped = Popped->op(0);
    if (Popped && !Ids.count({Popped->Var, 1}) &&
        elementType(Popped->Ty)->isPointer())
      addPointees(Popped->Var, elementType(Popped->Ty), /*Outside=*/false,
                  /*Shared=*/false);
  });
  RunsUnknownCode = UnknownCode || runsUnknownCode(F);
  solve(F);
}

void MemoryModel::addCopy(const Variable *V, const Expr *Source) {
  unsigned Id = addObject(V, 0, elementType(V->Ty), false, false);
  Content[Id] = pointsTo(Source);
}

void MemoryModel::addArray(const Variable *V) {
  unsigned Pointer = addObject(V, 0, V->Ty, false, false);
  unsigned Memory = addObject(V, 1, elementType(V->Ty->Element), false, false);
  Content[Pointer].set(Memory);
}

unsigned MemoryModel::objectOf(const Variable *V) const {
  auto It = Ids.find({V, 0});
  if (It == Ids.end())
    llvm::report_fatal_error("a variable that the memory model has not seen");
  return It->second;
}

bool MemoryModel::mayOverlap(unsigned A, unsigned B) const {
  if (A == B)
    return true;
  const Object &OA = Objects[A], &OB = Objects[B];
  return OA.Shared && OB.Shared && sameClass(OA.Element, OB.Element);
}

ObjectSet MemoryModel::withOverlaps(const ObjectSet &Set) const {
  ObjectSet Result = Set;
  for (const auto &[Class, Shared] : SharedOf)
    if (Set.intersects(Shared))
      Result |= Shared;
  return Result;
}

bool MemoryModel::mayOverlap(const ObjectSet &A, const ObjectSet &B) const {
  return A.intersects(B) || llvm::any_of(SharedOf, [&](const auto &Class) {
           return A.intersects(Class.second) && B.intersects(Class.second);
         });
}

//===----------------------------------------------------------------------===//
// Points-to
//===----------------------------------------------------------------------===//

ObjectSet MemoryModel::denotes(const Expr *E) const {
  ObjectSet Set;
  switch (E->Kind) {
  case ExprKind::Var:
    // A name that a pass has just given to a value is in nobody's way.
    if (hasObject(E->Var))
      Set.set(objectOf(E->Var));
    return Set;
  case ExprKind::Index:
  case ExprKind::Field:
    if (E->op(0)->Ty->isPointer())
      return pointsTo(E->op(0));
    return E->op(0)->isLValue() ? denotes(E->op(0)) : Set;
  case ExprKind::Deref:
    return pointsTo(E->op(0));
  default:
    return Set;
  }
}

ObjectSet MemoryModel::pointsTo(const Expr *E) const {
  ObjectSet Set;
  if (E->Ty->isArray())
    return denotes(E);
  if (!E->Ty->isPointer())
    return Set;
  switch (E->Kind) {
  case ExprKind::Var:
  case ExprKind::Index:
  case ExprKind::Deref:
  case ExprKind::Field:
    for (unsigned Holder : withOverlaps(denotes(E)))
      Set |= Content[Holder];
    break;
  case ExprKind::AddressOf:
    return denotes(E->op(0));
  default:
    for (const Expr *Operand : E->Operands)
      Set |= pointsTo(Operand);
    break;
  }
  // Only memory of the right type can be meant.
  const Type *Element = elementType(E->Ty->Element);
  ObjectSet Typed;
  for (unsigned O : Set)
    if (sameClass(Objects[O].Element, Element))
      Typed.set(O);
  return Typed;
}

ObjectSet MemoryModel::reachable(const Expr *E) const {
  ObjectSet Set = E->Ty->isPointer() ? pointsTo(E) : denotes(E);
  Set = withOverlaps(Set);
  for (bool Grew = true; Grew;) {
    ObjectSet Next = Set;
    for (unsigned O : Set)
      Next |= Content[O];
    Next = withOverlaps(Next);
    Grew = Next != Set;
    Set = Next;
  }
  return Set;
}

ObjectSet MemoryModel::closure(ObjectSet Set) const {
  for (bool Grew = true; Grew;) {
    ObjectSet Next = Set;
    for (unsigned O : Set)
      Next |= Content[O];
    Grew = Next != Set;
    Set = Next;
  }
  return Set;
}

ObjectSet MemoryModel::provenance(const Expr *E) const {
  return closure(E->Ty->isPointer() ? pointsTo(E) : denotes(E));
}

bool MemoryModel::store(const ObjectSet &Into, const ObjectSet &Pointees) {
  bool Changed = false;
  for (unsigned O : Into)
    if (Objects[O].Element->isPointer())
      Changed |= Content[O] |= Pointees;
  return Changed;
}

bool MemoryModel::propagateCall(const Stmt &S) {
  ObjectSet All;
  for (const Expr *Arg : S.Args)
    if (Arg->Ty->isPointer() || Arg->isLValue())
      All |= reachable(Arg);
  bool Changed = false;
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (mayWriteArgument(*S.Callee, I))
      Changed |= store(reachable(S.Args[I]), All);
  if (S.Var && S.Var->Ty->isPointer())
    Changed |= Content[objectOf(S.Var)] |= All;
  return Changed;
}

bool MemoryModel::propagate(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Declare:
    return S.Value && S.Var->Ty->isPointer() &&
           (Content[objectOf(S.Var)] |= pointsTo(S.Value));
  case StmtKind::Assign:
    return S.Target->Ty->isPointer() &&
           store(withOverlaps(denotes(S.Target)), pointsTo(S.Value));
  case StmtKind::Call:
    return propagateCall(S);
  default:
    return false;
  }
}

void MemoryModel::solve(const Function &F) {
  for (bool Changed = true; Changed;) {
    Changed = false;
    forEachStmt(F.Body, [&](const Stmt &S) { Changed |= propagate(S); });
  }
}

ObjectSet MemoryModel::storedAddresses() const {
  ObjectSet Stored;
  for (const ObjectSet &Pointees : Content)
    Stored |= Pointees;
  return Stored;
}

bool MemoryModel::sharesPointerWithOutside(const Variable *V) const {
  unsigned Id = objectOf(V);
  for (const ObjectSet &Pointees : Content)
    if (Pointees.test(Id))
      for (unsigned O : Pointees)
        if (Objects[O].Outside)
          return true;
  return false;
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

ObjectSet MemoryModel::addressReads(const Expr *E) const {
  ObjectSet Set;
  switch (E->Kind) {
  case ExprKind::Index:
    Set |= reads(E->op(1));
    [[fallthrough]];
  case ExprKind::Field:
    Set |= E->op(0)->Ty->isPointer() ? reads(E->op(0)) : addressReads(E->op(0));
    return Set;
  case ExprKind::Deref:
    return reads(E->op(0));
  default:
    return Set;
  }
}

ObjectSet MemoryModel::reads(const Expr *E) const {
  if (E->is(ExprKind::AddressOf))
    return addressReads(E->op(0));
  if (E->isLValue()) {
    ObjectSet Set = addressReads(E);
    // An array names its address; reading that reads nothing.
    if (!E->Ty->isArray())
      Set |= denotes(E);
    return Set;
  }
  ObjectSet Set;
  for (const Expr *Operand : E->Operands)
    Set |= reads(Operand);
  return Set;
}

/// Some level of what a pointer leads to is not const.
static bool leadsToWritable(const Type *T) {
  for (; T->Element; T = T->Element)
    if (T->isPointer() && !T->ConstElement)
      return true;
  return false;
}

bool retrograd::mayWriteArgument(const Function &Callee, unsigned I) {
  if (I >= Callee.Params.size())
    return false; // variadic arguments are passed by value
  const Variable *P = Callee.Params[I];
  return (P->Reference && !P->Const) || leadsToWritable(P->Ty);
}

bool retrograd::movesArgumentOnly(const Function &Callee, unsigned I) {
  const Variable *P = Callee.Params[I];
  return P->Reference && P->Ty->isPointer() && !leadsToWritable(P->Ty);
}

ObjectSet MemoryModel::writes(const Stmt &S) const {
  ObjectSet Set;
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::Allocate:
  case StmtKind::Reserve:
  case StmtKind::Pop:
    Set.set(objectOf(S.Var));
    return Set;
  case StmtKind::Assign:
  case StmtKind::Rewind:
    return denotes(S.Target);
  case StmtKind::PopArray:
    return S.Target->Ty->isPointer() ? pointsTo(S.Target) : denotes(S.Target);
  case StmtKind::Call:
    if (S.Var)
      Set.set(objectOf(S.Var));
    for (size_t I = 0; I < S.Args.size(); ++I)
      if (mayWriteArgument(*S.Callee, I))
        Set |= movesArgumentOnly(*S.Callee, I)
                   ? withOverlaps(denotes(S.Args[I]))
                   : reachable(S.Args[I]);
    return Set;
  case StmtKind::For:
    Set.set(objectOf(S.Var));
    return Set;
  default:
    return Set;
  }
}

ObjectSet MemoryModel::writes(const Block &B) const {
  ObjectSet Set;
  forEachStmt(B, [&](const Stmt &S) { Set |= writes(S); });
  return Set;
}

//===----------------------------------------------------------------------===//
// Code that is not differentiated
//===----------------------------------------------------------------------===//

static bool runsUnknownCode(const Function &F,
                            std::set<const Function *> &Seen) {
  if (!Seen.insert(&F).second)
    return false;
  bool Found = false;
  forEachStmt(F.Body, [&](const Stmt &S) {
    Found |= S.Kind == StmtKind::Opaque;
    if (S.Kind == StmtKind::Call)
      Found |= S.Callee->Inactive || S.Callee->Kind == FunctionKind::External ||
               runsUnknownCode(*S.Callee, Seen);
  });
  return Found;
}

bool retrograd::runsUnknownCode(const Function &F) {
  std::set<const Function *> Seen;
  return ::runsUnknownCode(F, Seen);
}

bool MemoryModel::isUnstable(const Expr *E) const {
  if (!RunsUnknownCode)
    return false;
  bool Found = false;
  forEachExpr(E, [&](const Expr &Node) {
    const Variable *V = Node.Var;
    Found |= V && V->isGlobal() && !V->Const;
    Found |= V && V->Ty->scalar()->Kind == TypeKind::Opaque;
    bool Unseen =
        (Node.is(ExprKind::Call) && !Node.Rule) || Node.is(ExprKind::Opaque);
    for (const Expr *Operand : Node.Operands)
      Found |= Unseen && !Operand->Ty->isArithmetic();
  });
  return Found;
}
