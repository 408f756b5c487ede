//===- Dependence.cpp - Which elements a write leaves alone ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A variable has two symbols: its value where the write is, 2 * id, and its
// value where the read is, 2 * id + 1, if that may be another one.
//
//===----------------------------------------------------------------------===//

#include "Dependence.h"
#include "../IR/Walk.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Facts
//===----------------------------------------------------------------------===//

Dependence::Dependence(const Function &F) : Depths(F.Variables.size()) {
  std::vector<const Stmt *> Around;
  visit(F.Body, Around);
}

/// The sweeps of a derivative declare a variable in the same way; any other
/// second declaration counts as a change.
void Dependence::addDeclaration(const Stmt &S, size_t LoopsAround) {
  size_t Depth = LoopsAround + (S.Kind == StmtKind::For ? 1 : 0);
  const Expr *Value = S.Kind == StmtKind::Declare ? S.Value : nullptr;
  Facts &V = Variables[S.Var];
  bool Again = !V.Declared.empty() && V.Declared.back()->Kind == S.Kind &&
               V.Depth == Depth &&
               (V.Value && Value ? sameExpr(V.Value, Value) : V.Value == Value);
  V.Declared.push_back(&S);
  if (Again)
    return;
  ++V.Writes;
  V.Value = Value;
  V.Depth = Depth;
  if (S.Var->Id >= Depths.size())
    Depths.resize(S.Var->Id + 1);
  Depths[S.Var->Id] = Depth;
}

void Dependence::visit(const Block &B, std::vector<const Stmt *> &Around) {
  for (const Stmt *S : B) {
    Places[S] = {Now++, 0, Around};
    if (S->Var && S->Kind != StmtKind::Release)
      addDeclaration(*S, Around.size());
    if (S->Target && S->Target->is(ExprKind::Var))
      ++Variables[S->Target->Var].Writes;
    bool Loop = S->Kind == StmtKind::For || S->Kind == StmtKind::While;
    if (Loop)
      Around.push_back(S);
    visit(S->Body, Around);
    visit(S->Else, Around);
    if (Loop)
      Around.pop_back();
  }
  for (const Stmt *S : B)
    Places[S].End = Now;
  ++Now;
}

Dependence::Moment Dependence::before(const Stmt &S) const {
  const Place &P = Places.find(&S)->second;
  return {P.Order, P.Around};
}

Dependence::Moment Dependence::atEndOfBlock(const Stmt &S) const {
  const Place &P = Places.find(&S)->second;
  return {P.End, P.Around};
}

size_t Dependence::depthOf(const Variable *V) const {
  auto It = Variables.find(V);
  return It == Variables.end() ? 0 : It->second.Depth;
}

/// The variable has one value from its declaration on, or in an iteration.
bool Dependence::isFixed(const Variable *V) const {
  if (V->AddressTaken || V->Reference || V->isGlobal())
    return false;
  auto It = Variables.find(V);
  unsigned Writes = It == Variables.end() ? 0 : It->second.Writes;
  return Writes == (V->isParameter() ? 0 : 1);
}

//===----------------------------------------------------------------------===//
// Subscripts
//===----------------------------------------------------------------------===//

static unsigned bitsOf(const Type *Ty) {
  llvm::StringRef Name = Ty->Spelling;
  Name.consume_front("unsigned ");
  Name.consume_front("signed ");
  return llvm::StringSwitch<unsigned>(Name)
      .Cases({"long", "long long"}, 64)
      .Cases({"int", "unsigned"}, 32)
      .Case("short", 16)
      .Case("char", 8)
      .Default(0);
}

/// Arithmetic in the type is that of numbers: signed overflow is undefined, and
/// no array is large enough for 64 bits to wrap around.
static bool isExact(const Type *Ty) {
  return Ty->isInteger() && (!Ty->Unsigned || bitsOf(Ty) == 64);
}

/// A variable that changes elsewhere may stand for the value that it has
/// Within. What is declared there with it has a value made of it; what was
/// declared before may have been made of another one.
std::optional<Polynomial> Dependence::polynomial(const Expr *E,
                                                 const Stmt *Within) const {
  switch (E->Kind) {
  case ExprKind::Literal: {
    llvm::StringRef Text = E->Text;
    Text = Text.rtrim("uUlL");
    long Value = 0;
    if (!E->Ty->isInteger() || !llvm::to_integer(Text, Value, 0))
      return std::nullopt;
    return Polynomial::constant(Value);
  }
  case ExprKind::Var: {
    bool Fixed = isFixed(E->Var);
    if (!E->Ty->isInteger() || !(Fixed || (Within && isKept(E->Var, *Within))))
      return std::nullopt;
    auto It = Variables.find(E->Var);
    if (Fixed && It != Variables.end() && It->second.Value &&
        It->second.Value->Ty == E->Ty) {
      bool There = llvm::any_of(It->second.Declared, [&](const Stmt *S) {
        return isInside(*S, Within);
      });
      const Stmt *Inside = There ? Within : nullptr;
      if (std::optional<Polynomial> Value =
              polynomial(It->second.Value, Inside))
        return Value;
    }
    return Polynomial::symbol(2 * E->Var->Id);
  }
  case ExprKind::Cast:
    if (!E->Ty->isInteger() || !E->op(0)->Ty->isInteger() ||
        bitsOf(E->Ty) < bitsOf(E->op(0)->Ty) || bitsOf(E->op(0)->Ty) == 0)
      return std::nullopt;
    if (E->Ty->Unsigned && !E->op(0)->Ty->Unsigned && bitsOf(E->Ty) < 64)
      return std::nullopt;
    return polynomial(E->op(0), Within);
  case ExprKind::Unary: {
    if (E->Text != "-" || !isExact(E->Ty))
      return std::nullopt;
    std::optional<Polynomial> P = polynomial(E->op(0), Within);
    return P ? Polynomial::sum({}, *P, -1) : std::nullopt;
  }
  case ExprKind::Binary: {
    if (!isExact(E->Ty) || (E->Text != "+" && E->Text != "-" && E->Text != "*"))
      return std::nullopt;
    std::optional<Polynomial> L = polynomial(E->op(0), Within),
                              R = polynomial(E->op(1), Within);
    if (!L || !R)
      return std::nullopt;
    return E->Text == "*" ? Polynomial::product(*L, *R)
                          : Polynomial::sum(*L, *R, E->Text == "-" ? -1 : 1);
  }
  default:
    return std::nullopt;
  }
}

/// The variable, which may change elsewhere, has one value in all iterations.
bool Dependence::isKept(const Variable *V, const Stmt &Loop) const {
  auto [It, New] = Changed.try_emplace(&Loop);
  if (New)
    forEachStmt(Loop.Body, [&, &Found = It->second](const Stmt &S) {
      if (S.Var)
        Found.insert(S.Var);
      if (S.Target && S.Target->is(ExprKind::Var))
        Found.insert(S.Target->Var);
      for (const Expr *Arg : S.Args)
        if (Arg->is(ExprKind::Var))
          Found.insert(Arg->Var);
    });
  return V->isLocal() && !V->AddressTaken && !V->Reference &&
         !It->second.contains(V);
}

/// The statement is in the loop's body, or in that of a loop in it.
bool Dependence::isInside(const Stmt &Inner, const Stmt *Loop) const {
  auto It = Places.find(&Inner);
  return It != Places.end() && llvm::is_contained(It->second.Around, Loop);
}

/// The element that a pointer points to.
std::optional<Dependence::Element>
Dependence::pointee(const Expr *Pointer, const Stmt *Within) const {
  if (Pointer->Ty->isArray()) {
    std::optional<Element> Array = element(Pointer, Within);
    if (Array)
      Array->Subscripts.push_back({});
    return Array;
  }
  switch (Pointer->Kind) {
  case ExprKind::Var: {
    if (Within && !isFixed(Pointer->Var) && isKept(Pointer->Var, *Within))
      return Element{Pointer->Var, {Polynomial()}};
    if (!isFixed(Pointer->Var))
      return std::nullopt;
    auto It = Variables.find(Pointer->Var);
    std::optional<Element> From;
    if (It != Variables.end() && It->second.Value &&
        Pointer->Var->Ty->isPointer())
      From = pointee(It->second.Value, /*Within=*/nullptr);
    // A pointer into a row may leave the row.
    if (From && From->Subscripts.size() == 1)
      return From;
    return Element{Pointer->Var, {Polynomial()}};
  }
  case ExprKind::Cast:
    return Pointer->Implicit ? pointee(Pointer->op(0), Within) : std::nullopt;
  case ExprKind::AddressOf:
    return Pointer->op(0)->is(ExprKind::Index) ? element(Pointer->op(0), Within)
                                               : std::nullopt;
  case ExprKind::Binary: {
    bool Plus = Pointer->Text == "+", First = Pointer->op(0)->Ty->isInteger();
    if (!Plus && (Pointer->Text != "-" || First))
      return std::nullopt;
    std::optional<Element> From = pointee(Pointer->op(First ? 1 : 0), Within);
    std::optional<Polynomial> By =
        polynomial(Pointer->op(First ? 0 : 1), Within);
    if (!From || !By || From->Subscripts.size() != 1)
      return std::nullopt;
    std::optional<Polynomial> Sum =
        Polynomial::sum(From->Subscripts[0], *By, Plus ? 1 : -1);
    if (!Sum)
      return std::nullopt;
    From->Subscripts[0] = *Sum;
    return From;
  }
  default:
    return std::nullopt;
  }
}

std::optional<Dependence::Element>
Dependence::element(const Expr *LValue, const Stmt *Within) const {
  switch (LValue->Kind) {
  case ExprKind::Var:
    if (!LValue->Ty->isAggregate())
      return std::nullopt;
    return Element{LValue->Var, {}};
  case ExprKind::Field: {
    // A field is one more subscript, a constant.
    std::optional<Element> From =
        LValue->op(0)->Ty->isRecord() ? element(LValue->op(0)) : std::nullopt;
    if (From)
      From->Subscripts.push_back(Polynomial::constant(fieldNumber(*LValue)));
    return From;
  }
  case ExprKind::Deref:
    return pointee(LValue->op(0), Within);
  case ExprKind::Index: {
    const Expr *Base = LValue->op(0);
    std::optional<Polynomial> I = polynomial(LValue->op(1), Within);
    std::optional<Element> From =
        Base->Ty->isArray() ? element(Base, Within) : pointee(Base, Within);
    if (!I || !From)
      return std::nullopt;
    if (Base->Ty->isArray()) {
      From->Subscripts.push_back(*I);
      return From;
    }
    // Pointer arithmetic moves the last subscript.
    std::optional<Polynomial> Sum =
        Polynomial::sum(From->Subscripts.back(), *I);
    if (!Sum || From->Subscripts.size() != 1)
      return std::nullopt;
    From->Subscripts.back() = *Sum;
    return From;
  }
  default:
    return std::nullopt;
  }
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

bool Dependence::mayHit(const Stmt &S, const Expr *PlaceRead,
                        const Moment &Read) const {
  std::optional<Element> R = element(PlaceRead), W = element(S.Target);
  if (!R || !W || R->Root != W->Root ||
      R->Subscripts.size() != W->Subscripts.size())
    return true;
  const Place &At = Places.find(&S)->second;
  size_t Common = 0;
  while (Common < Read.Loops.size() && Common < At.Around.size() &&
         Read.Loops[Common] == At.Around[Common])
    ++Common;
  Comparison C{Common, nullptr, Read.Loops, At.Around};
  if (Read.Order <= At.Order && !distinct(*R, *W, C))
    return true;
  for (C.SameLoops = 0; C.SameLoops < Common; ++C.SameLoops) {
    C.Differing = At.Around[C.SameLoops];
    if (!distinct(*R, *W, C))
      return true;
  }
  return false;
}

bool Dependence::mayMeet(const Stmt &Loop, const Access &A,
                         const Access &B) const {
  std::optional<Element> EA = element(A.Place, &Loop),
                         EB = element(B.Place, &Loop);
  if (!EA || !EB || EA->Root != EB->Root ||
      EA->Subscripts.size() != EB->Subscripts.size())
    return true;
  Comparison C{Places.find(&Loop)->second.Around.size(),
               &Loop,
               Places.find(A.At)->second.Around,
               Places.find(B.At)->second.Around,
               /*AnyOrder=*/true,
               /*Within=*/&Loop};
  return !distinct(*EA, *EB, C);
}

bool Dependence::mayCoincide(const Stmt *Loop, const Access &A,
                             const Access &B) const {
  std::optional<Element> EA = element(A.Place, Loop),
                         EB = element(B.Place, Loop);
  auto AtA = Places.find(A.At), AtB = Places.find(B.At);
  if (!EA || !EB || EA->Root != EB->Root ||
      EA->Subscripts.size() != EB->Subscripts.size() || AtA == Places.end() ||
      AtB == Places.end())
    return true;
  Loops AroundA = AtA->second.Around, AroundB = AtB->second.Around;
  Comparison C{AroundA.size(),     nullptr, AroundA, AroundB,
               /*AnyOrder=*/false, Loop};
  return !distinct(*EA, *EB, C);
}

bool Dependence::distinct(const Element &Read, const Element &Write,
                          const Comparison &C) const {
  // A pointer set inside the loop may be another one in each iteration.
  if (depthOf(Write.Root) > C.SameLoops)
    return false;
  for (size_t I = 0; I < Read.Subscripts.size(); ++I)
    if (distinct(Read.Subscripts[I], Write.Subscripts[I], C))
      return true;
  return false;
}

/// The loop never comes from the reading iteration to a later one, or to any
/// other one, at that distance of counters.
static bool isImpossible(const Stmt &Loop, long Distance, bool AnyOrder) {
  bool Down = Loop.Negative || Loop.Descending;
  long Step = 1;
  if (!Loop.Descending && !llvm::to_integer(Loop.Step->Text, Step, 10))
    return false;
  if (Distance == 0 || Distance % Step != 0)
    return true;
  return !AnyOrder && (Down ? Distance > 0 : Distance < 0);
}

/// Removes the terms that are equal in both.
static void cancel(Polynomial &A, Polynomial &B) {
  Polynomial Common;
  for (const auto &[M, C] : A.terms()) {
    auto It = B.terms().find(M);
    if (M.empty() || It == B.terms().end() || It->second != C)
      continue;
    Polynomial Term = Polynomial::constant(C);
    for (Polynomial::Symbol S : M)
      Term = *Polynomial::product(Term, Polynomial::symbol(S));
    Common = *Polynomial::sum(Common, Term);
  }
  A = *Polynomial::sum(A, Common, -1);
  B = *Polynomial::sum(B, Common, -1);
}

bool Dependence::distinct(const Polynomial &ReadSubscript,
                          const Polynomial &Write, const Comparison &C) const {
  Polynomial Read = atRead(ReadSubscript, C);
  std::optional<Polynomial> Difference = Polynomial::sum(Write, Read, -1);
  if (!Difference)
    return false;
  if (std::optional<long> Constant = Difference->asConstant())
    return *Constant != 0;
  return (C.Differing && C.Differing->Kind == StmtKind::For &&
          distinctBlocks(Read, Write, C)) ||
         distinctRanges(*Difference, C);
}

/// What may have had another value at the read gets another symbol.
Polynomial Dependence::atRead(const Polynomial &P, const Comparison &C) const {
  return P.renamed([&](unsigned Symbol) {
    return Depths[Symbol / 2] > C.SameLoops ? Symbol + 1 : Symbol;
  });
}

/// P - Size * (Counter + Offset).
static std::optional<Polynomial> remainder(const Polynomial &P,
                                           Polynomial::Symbol Counter,
                                           const Polynomial &Size,
                                           long Offset) {
  std::optional<Polynomial> Blocks = Polynomial::sum(
      Polynomial::symbol(Counter), Polynomial::constant(Offset));
  std::optional<Polynomial> Multiple =
      Blocks ? Polynomial::product(*Blocks, Size) : std::nullopt;
  return Multiple ? Polynomial::sum(P, *Multiple, -1) : std::nullopt;
}

/// Both subscripts are Size * (counter + offset) + remainder with remainders
/// from 0 to Size - 1, and no earlier iteration reads the block that is
/// written.
bool Dependence::distinctBlocks(Polynomial Read, Polynomial Write,
                                const Comparison &C) const {
  cancel(Read, Write);
  const Stmt &Loop = *C.Differing;
  Polynomial::Symbol I = 2 * Loop.Var->Id;
  std::optional<Polynomial> Size = Write.coefficientOf(I),
                            ReadSize = Read.coefficientOf(I + 1);
  if (!Size || !ReadSize || Size->isZero() || Size->terms().size() != 1 ||
      Size->terms() != ReadSize->terms())
    return false;
  // Constants that may belong to the number of the block.
  auto Offsets = [&](const Polynomial &P) {
    const auto &[Unit, Each] = *Size->terms().begin();
    auto It = P.terms().find(Unit);
    long Whole = It == P.terms().end() ? 0 : It->second / Each;
    return std::vector<long>{Whole, Whole - 1, Whole + 1};
  };
  for (long W : Offsets(Write))
    for (long R : Offsets(Read)) {
      std::optional<Polynomial> RestW = remainder(Write, I, *Size, W),
                                RestR = remainder(Read, I + 1, *Size, R);
      if (!RestW || !RestR)
        continue;
      // Blocks are the same if i + W == i' + R.
      bool Apart = isImpossible(Loop, R - W, C.AnyOrder);
      if (!Apart)
        continue;
      bool Positive = isPositive(*Size, C);
      if (RestW->terms() == RestR->terms() && (Positive || Size->asConstant()))
        return true;
      if (Positive && liesWithin(*RestW, *Size, /*Read=*/false, C) &&
          liesWithin(*RestR, *Size, /*Read=*/true, C))
        return true;
    }
  return false;
}

/// A loop's bound, which the loop does not change.
std::optional<Polynomial> Dependence::bound(const Stmt &Loop, bool Upper,
                                            const Comparison &C) const {
  return polynomial(Upper ? Loop.Upper : Loop.Lower, C.Within);
}

/// Some loop around runs from 0 or more up to the variable, so that it is at
/// least 1 where the loop has an iteration.
bool Dependence::isUpperBound(Polynomial::Symbol S, Loops Around,
                              const Comparison &C) const {
  return llvm::any_of(Around, [&](const Stmt *Loop) {
    if (Loop->Kind != StmtKind::For || Loop->Negative || Loop->Inclusive)
      return false;
    std::optional<Polynomial> Low = bound(*Loop, /*Upper=*/false, C),
                              High = bound(*Loop, /*Upper=*/true, C);
    return Low && Low->asConstant().value_or(-1) >= 0 && High &&
           High->terms() == Polynomial::symbol(S).terms();
  });
}

bool Dependence::isPositive(const Polynomial &P, const Comparison &C) const {
  if (P.isZero())
    return false;
  for (const auto &[M, Factor] : P.terms()) {
    if (Factor <= 0)
      return false;
    for (Polynomial::Symbol S : M)
      if (!isUpperBound(S, C.Read, C) && !isUpperBound(S, C.Write, C))
        return false;
  }
  return true;
}

/// P with the counters of the loops at their ends, so that it is largest or
/// smallest.
std::optional<Polynomial> Dependence::extreme(Polynomial P, bool Most,
                                              bool Read,
                                              const Comparison &C) const {
  for (const Stmt *Loop : llvm::reverse(Read ? C.Read : C.Write)) {
    if (Loop->Kind != StmtKind::For)
      continue;
    for (Polynomial::Symbol I : {2 * Loop->Var->Id, 2 * Loop->Var->Id + 1}) {
      std::optional<Polynomial> Factor = P.coefficientOf(I);
      if (!Factor)
        return std::nullopt;
      if (Factor->isZero())
        continue;
      std::optional<Polynomial> Low = bound(*Loop, /*Upper=*/false, C),
                                High = bound(*Loop, /*Upper=*/true, C);
      if (!Low || !High || Loop->Negative)
        return std::nullopt;
      if (!Loop->Inclusive)
        High = Polynomial::sum(*High, Polynomial::constant(-1));
      std::optional<Polynomial> Opposite = Polynomial::sum({}, *Factor, -1);
      bool Grows = isPositive(*Factor, C);
      if (!High || !Opposite || (!Grows && !isPositive(*Opposite, C)))
        return std::nullopt;
      std::optional<Polynomial> Next =
          P.substitute(I, Grows == Most ? *High : *Low);
      if (!Next)
        return std::nullopt;
      P = *Next;
    }
  }
  return P;
}

/// 0 <= P < Size in all iterations of the loops around.
bool Dependence::liesWithin(const Polynomial &P, const Polynomial &Size,
                            bool Read, const Comparison &C) const {
  std::optional<Polynomial> Least = extreme(P, /*Most=*/false, Read, C),
                            Most = extreme(P, /*Most=*/true, Read, C);
  if (!Least || !Most)
    return false;
  auto NotNegative = [](const std::optional<Polynomial> &Q) {
    std::optional<long> Constant = Q ? Q->asConstant() : std::nullopt;
    return Constant && *Constant >= 0;
  };
  std::optional<Polynomial> Room = Polynomial::sum(Size, *Most, -1);
  return NotNegative(Least) && Room &&
         NotNegative(Polynomial::sum(*Room, Polynomial::constant(-1)));
}
