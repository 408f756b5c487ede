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

bool retrograd::areDifferentFields(const Object &A, const Object &B) {
  return !A.Path.empty() && !B.Path.empty() && A.Path.back() != B.Path.back();
}

/// Single: there is one such scalar, not an array of them.
unsigned MemoryModel::addObject(Object O, bool Single) {
  unsigned Id = static_cast<unsigned>(Objects.size());
  const Variable *V = O.Var;
  O.Scalar = Single && O.Depth == 0 && !V->Reference && !V->isGlobal() &&
             !V->AddressTaken;
  Objects.push_back(O);
  Content.emplace_back();
  if (!O.Shared)
    return Id;
  std::optional<FieldOf> Field;
  if (!O.Path.empty())
    Field = O.Path.back();
  auto *Class = llvm::find_if(SharedOf, [&](const SharedClass &Each) {
    return Each.Type == classOf(O.Element) && Each.Field == Field;
  });
  if (Class == SharedOf.end()) {
    SharedOf.push_back({classOf(O.Element), Field, {}, {}});
    Class = &SharedOf.back();
    for (const SharedClass &Each : SharedOf)
      if (&Each != Class && Each.Type == Class->Type && !(Each.Field && Field))
        Class->Overlapping |= Each.Members;
  }
  Class->Members.set(Id);
  for (SharedClass &Each : SharedOf)
    if (&Each == Class ||
        (Each.Type == Class->Type && !(Each.Field && Class->Field)))
      Each.Overlapping.set(Id);
  return Id;
}

/// The objects of memory of type Ty that lies within Like.
void MemoryModel::addFields(const Object &Like, const Type *Ty, bool Single) {
  for (; Ty->isArray(); Ty = Ty->Element)
    Single = false;
  Object O = Like;
  if (!Ty->isRecord()) {
    O.Element = Ty;
    addObject(std::move(O), Single);
    return;
  }
  for (unsigned I = 0; I < Ty->Fields.size(); ++I) {
    O.Path.push_back({Ty, I});
    addFields(O, Ty->Fields[I].Ty, Single);
    O.Path.pop_back();
  }
}

MemoryModel::Range MemoryModel::addMemory(const Variable *V, unsigned Depth,
                                          const Type *Ty, bool Outside,
                                          bool Shared) {
  unsigned First = static_cast<unsigned>(Objects.size());
  addFields({V, Depth, nullptr, {}, Outside, Shared, false}, Ty,
            /*Single=*/true);
  return {First, static_cast<unsigned>(Objects.size())};
}

/// Memory for what pointers point to whose values come from elsewhere: from the
/// caller, or from the tape. One object for each level of indirection; a record
/// that leads to its own type is its own pointee. Around: the memory on the way
/// from the variable.
void MemoryModel::addPointees(
    unsigned Holder, bool Outside, bool Shared,
    std::vector<std::pair<const Type *, Range>> &Around) {
  const Type *Pointer = Objects[Holder].Element;
  if (!Pointer->isPointer())
    return;
  const Type *Ty = elementType(Pointer->Element);
  auto Known =
      llvm::find_if(Around, [&](const auto &Each) { return Each.first == Ty; });
  if (Known != Around.end() && Ty->isRecord()) {
    for (unsigned O = Known->second.First; O < Known->second.End; ++O)
      Content[Holder].set(O);
    return;
  }
  Range Inner = addMemory(Objects[Holder].Var, Objects[Holder].Depth + 1, Ty,
                          Outside, Shared);
  Around.push_back({Ty, Inner});
  for (unsigned O = Inner.First; O < Inner.End; ++O) {
    Content[Holder].set(O);
    addPointees(O, Outside, /*Shared=*/true, Around);
  }
  Around.pop_back();
}

void MemoryModel::addPointees(Range Holders, bool Outside, bool Shared) {
  if (Holders.First == Holders.End ||
      !Followed.insert(Objects[Holders.First].Var).second)
    return;
  std::vector<std::pair<const Type *, Range>> Around;
  for (unsigned O = Holders.First; O < Holders.End; ++O)
    addPointees(O, Outside, Shared, Around);
}

void MemoryModel::addVariable(const Variable *V) {
  if (Own.count(V))
    return;
  bool Outside = V->Reference || V->isGlobal();
  Range Memory = addMemory(V, 0, V->Ty, Outside, Outside && !V->Restrict);
  Own[V] = Memory;
  if (V->isParameter() || V->isGlobal())
    addPointees(Memory, /*Outside=*/true, V->Reference || !V->Restrict);
}

/// A pointer that another function pushed leads to memory of its own, as far as
/// this function can see.
void MemoryModel::addPopped(const Stmt &S) {
  const Variable *V = S.Var;
  if (S.Kind == StmtKind::PopArray) {
    const Expr *Place = S.Target;
    while (Place->is(ExprKind::Index))
      Place = Place->op(0);
    V = elementType(Place->Ty)->isPointer() ? Place->Var : nullptr;
  } else if (S.Kind != StmtKind::Pop) {
    return;
  }
  if (V && Own.count(V))
    addPointees(Own[V], /*Outside=*/false, /*Shared=*/false);
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
    if (!Pushed.contains(S.Var))
      addPopped(S);
    if (S.Kind == StmtKind::Allocate || S.Kind == StmtKind::Reserve) {
      Followed.insert(S.Var);
      Range Memory = addMemory(S.Var, 1, S.Var->Ty->Element, false, false);
      for (unsigned O = Memory.First; O < Memory.End; ++O)
        Content[objectOf(S.Var)].set(O);
    }
  });
  RunsUnknownCode = UnknownCode || runsUnknownCode(F);
  solve(F);
}

void MemoryModel::addCopy(const Variable *V, const Expr *Source) {
  Own[V] = addMemory(V, 0, V->Ty, false, false);
  Content[objectOf(V)] = pointsTo(Source);
}

void MemoryModel::addArray(const Variable *V) {
  Own[V] = addMemory(V, 0, V->Ty, false, false);
  Range Memory = addMemory(V, 1, V->Ty->Element, false, false);
  for (unsigned O = Memory.First; O < Memory.End; ++O)
    Content[objectOf(V)].set(O);
}

unsigned MemoryModel::objectOf(const Variable *V) const {
  auto It = Own.find(V);
  if (It == Own.end() || It->second.End - It->second.First != 1)
    llvm::report_fatal_error("a variable that is not one object of the memory "
                             "model");
  return It->second.First;
}

ObjectSet MemoryModel::objectsOf(const Variable *V) const {
  ObjectSet Set;
  auto It = Own.find(V);
  if (It == Own.end())
    llvm::report_fatal_error("a variable that the memory model has not seen");
  for (unsigned O = It->second.First; O < It->second.End; ++O)
    Set.set(O);
  return Set;
}

bool MemoryModel::isScalar(const Expr *LValue) const {
  if (LValue->is(ExprKind::Var))
    return true;
  ObjectSet Set = denotes(LValue);
  return LValue->is(ExprKind::Field) && Set.count() == 1 &&
         Objects[*Set.begin()].Scalar;
}

ObjectSet MemoryModel::withOverlaps(const ObjectSet &Set) const {
  ObjectSet Result = Set;
  for (const SharedClass &Class : SharedOf)
    if (Set.intersects(Class.Members))
      Result |= Class.Overlapping;
  return Result;
}

bool MemoryModel::mayOverlap(const ObjectSet &A, const ObjectSet &B) const {
  return A.intersects(B) ||
         llvm::any_of(SharedOf, [&](const SharedClass &Class) {
           return A.intersects(Class.Members) &&
                  B.intersects(Class.Overlapping);
         });
}

//===----------------------------------------------------------------------===//
// Points-to
//===----------------------------------------------------------------------===//

/// Those objects of a record that belong to one of its fields.
ObjectSet MemoryModel::fieldOf(const Expr *Field,
                               const ObjectSet &Record) const {
  FieldOf Step{Field->op(0)->Ty, fieldNumber(*Field)};
  ObjectSet Set;
  for (unsigned O : Record)
    if (llvm::is_contained(Objects[O].Path, Step))
      Set.set(O);
  return Set;
}

/// The object is memory of that type: a scalar of its class, or a part of such
/// a record.
static bool isPartOf(const Object &O, const Type *Ty) {
  if (!Ty->isRecord())
    return sameClass(O.Element, Ty);
  return llvm::any_of(O.Path,
                      [&](const FieldOf &Step) { return Step.Record == Ty; });
}

ObjectSet MemoryModel::denotes(const Expr *E) const {
  ObjectSet Set;
  switch (E->Kind) {
  case ExprKind::Var:
    // A name that a pass has just given to a value is in nobody's way.
    return hasObject(E->Var) ? objectsOf(E->Var) : Set;
  case ExprKind::Index:
    if (E->op(0)->Ty->isPointer())
      return pointsTo(E->op(0));
    return E->op(0)->isLValue() ? denotes(E->op(0)) : Set;
  case ExprKind::Field:
    if (E->op(0)->isLValue())
      Set = denotes(E->op(0));
    return E->op(0)->Ty->isRecord() ? fieldOf(E, Set) : Set;
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
    if (isPartOf(Objects[O], Element))
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

/// A call may leave other addresses in memory than it has found there. Who has
/// no body to look at, may.
static bool storesAddresses(const Function &F,
                            std::set<const Function *> &Seen) {
  if (!Seen.insert(&F).second)
    return false;
  if (F.Kind == FunctionKind::External || F.Inactive || F.Body.empty())
    return true;
  bool Stores = false;
  forEachStmt(F.Body, [&](const Stmt &S) {
    Stores |= S.Kind == StmtKind::Opaque ||
              (S.Target && elementType(S.Target->Ty)->isPointer()) ||
              (S.Callee && storesAddresses(*S.Callee, Seen));
  });
  return Stores;
}

bool MemoryModel::propagateCall(const Stmt &S) {
  auto [Known, New] = StoresAddresses.try_emplace(S.Callee, false);
  if (New) {
    std::set<const Function *> Seen;
    Known->second = storesAddresses(*S.Callee, Seen);
  }
  bool Stores = Known->second;
  if (!Stores && !(S.Var && S.Var->Ty->isPointer()))
    return false;
  ObjectSet All;
  for (const Expr *Arg : S.Args)
    if (Arg->Ty->isPointer() || Arg->isLValue())
      All |= reachable(Arg);
  bool Changed = false;
  for (size_t I = 0; I < S.Args.size(); ++I)
    if (Stores && mayWriteArgument(*S.Callee, I))
      Changed |= store(reachable(S.Args[I]), All);
  if (S.Var)
    Changed |= store(objectsOf(S.Var), All);
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
  ObjectSet Own = objectsOf(V);
  for (const ObjectSet &Pointees : Content)
    if (Pointees.intersects(Own))
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

using ConstTypes = llvm::SmallVector<std::pair<const Type *, bool>, 4>;

/// Some level of what pointers lead to is not const. Const: the value itself
/// is, and so are the elements of a vector. A record that is being looked at,
/// through a pointer to itself, adds nothing.
static bool leadsToWritable(const Type *T, bool Const, ConstTypes &Around) {
  for (; T->Element; T = T->Element) {
    if (T->isPointer() && !T->ConstElement)
      return true;
    Const |= T->isPointer();
  }
  if (!T->isRecord() || llvm::is_contained(Around, std::pair(T, Const)))
    return false;
  Around.push_back({T, Const});
  return llvm::any_of(T->Fields, [&](const RecordField &Field) {
    bool Elements = Const && Field.Ty->isPointer() && Field.Name == "data()";
    return leadsToWritable(Elements ? Field.Ty->Element : Field.Ty, Const,
                           Around);
  });
}

static bool leadsToWritable(const Type *T, bool Const = false) {
  ConstTypes Around;
  return leadsToWritable(T, Const, Around);
}

bool retrograd::mayWriteArgument(const Function &Callee, unsigned I) {
  if (I >= Callee.Params.size())
    return false; // variadic arguments are passed by value
  const Variable *P = Callee.Params[I];
  return (P->Reference && !P->Const) || leadsToWritable(P->Ty, P->Const);
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
    return objectsOf(S.Var);
  case StmtKind::Assign:
  case StmtKind::Rewind:
    return denotes(S.Target);
  case StmtKind::PopArray:
    return S.Target->Ty->isPointer() ? pointsTo(S.Target) : denotes(S.Target);
  case StmtKind::Call:
    if (S.Var)
      Set = objectsOf(S.Var);
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
