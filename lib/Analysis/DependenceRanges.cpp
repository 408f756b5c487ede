//===- DependenceRanges.cpp - Subscripts between their bounds -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The difference of two subscripts is smallest where each counter is at one of
// its bounds, which may be polynomials in outer counters. What is left is one
// in variables of which lower bounds are known, since the loops around have an
// iteration: n * n - n + 1 with n >= 3 is above 0, as n = m + 3 shows.
//
//===----------------------------------------------------------------------===//

#include "Dependence.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

/// With all symbols at their lower bounds or above, P is 0 or more.
static bool isNotNegative(const Polynomial &P,
                          const std::map<Polynomial::Symbol, long> &Low) {
  std::optional<Polynomial> Shifted = P;
  std::set<Polynomial::Symbol> Symbols;
  for (const auto &[M, C] : P.terms())
    Symbols.insert(M.begin(), M.end());
  for (Polynomial::Symbol S : Symbols) {
    auto It = Low.find(S);
    if (It == Low.end())
      return false;
    std::optional<Polynomial> Above = Polynomial::sum(
        Polynomial::symbol(S), Polynomial::constant(It->second));
    Shifted = Above ? Shifted->substitute(S, *Above) : std::nullopt;
    if (!Shifted)
      return false;
  }
  return llvm::all_of(Shifted->terms(),
                      [](const auto &Term) { return Term.second >= 0; });
}

/// What is known of variables where both accesses are: a loop around has an
/// iteration, so that its counter is no less than its first bound, and its
/// second bound is beyond that.
Dependence::Bounds Dependence::lowerBounds(const Comparison &C) const {
  Bounds Low;
  auto Raise = [&](Polynomial::Symbol S, long Bound) {
    auto [It, New] = Low.try_emplace(S, Bound);
    It->second = std::max(It->second, Bound);
  };
  for (bool Read : {true, false})
    for (const Stmt *Loop : Read ? C.Read : C.Write) {
      if (Loop->Kind != StmtKind::For || Loop->Negative)
        continue;
      std::optional<Polynomial> First = bound(*Loop, /*Upper=*/false, C),
                                Last = bound(*Loop, /*Upper=*/true, C);
      if (Last && Read)
        Last = atRead(*Last, C);
      std::optional<long> Least = First ? First->asConstant() : std::nullopt;
      if (!Least || std::abs(*Least) > 1000000)
        continue;
      Raise(2 * Loop->Var->Id, *Least);
      Raise(2 * Loop->Var->Id + 1, *Least);
      // n - 1 > 2, say; of a product nothing is concluded.
      if (!Last || Last->terms().size() > 2)
        continue;
      auto Lone = llvm::find_if(Last->terms(), [](const auto &Term) {
        return Term.first.size() == 1 && Term.second == 1;
      });
      if (Lone == Last->terms().end())
        continue;
      std::optional<Polynomial> Rest =
          Polynomial::sum(*Last, Polynomial::symbol(Lone->first[0]), -1);
      std::optional<long> Constant = Rest ? Rest->asConstant() : std::nullopt;
      if (Constant && std::abs(*Constant) <= 1000000)
        Raise(Lone->first[0], *Least + (Loop->Inclusive ? 0 : 1) - *Constant);
    }
  return Low;
}

/// Puts the counter of a loop at the end where P is smallest; false if nobody
/// knows which one that is.
bool Dependence::eliminate(Polynomial &P, const Stmt &Loop, bool Read,
                           const Comparison &C, const Bounds &Low) const {
  Polynomial::Symbol I = 2 * Loop.Var->Id;
  bool Renamed = Read && Depths[Loop.Var->Id] > C.SameLoops;
  std::optional<Polynomial> Factor = P.coefficientOf(Renamed ? I + 1 : I);
  if (!Factor)
    return false;
  if (Factor->isZero())
    return true;
  std::optional<Polynomial> End, Opposite = Polynomial::sum({}, *Factor, -1);
  if (isNotNegative(*Factor, Low)) {
    End = bound(Loop, /*Upper=*/false, C);
  } else if (Opposite && isNotNegative(*Opposite, Low)) {
    End = bound(Loop, /*Upper=*/true, C);
    if (End && !Loop.Inclusive)
      End = Polynomial::sum(*End, Polynomial::constant(-1));
  }
  if (!End || Loop.Negative)
    return false;
  std::optional<Polynomial> Next =
      P.substitute(Renamed ? I + 1 : I, Renamed ? atRead(*End, C) : *End);
  if (Next)
    P = *Next;
  return Next.has_value();
}

/// A lower bound of P without the counters of loops.
std::optional<Polynomial> Dependence::least(Polynomial P, const Comparison &C,
                                            const Bounds &Low) const {
  // Inner bounds depend on outer counters.
  for (size_t Depth = std::max(C.Read.size(), C.Write.size()); Depth-- > 0;)
    for (bool Read : {true, false}) {
      Loops Around = Read ? C.Read : C.Write;
      if (Depth < Around.size() && Around[Depth]->Kind == StmtKind::For &&
          !eliminate(P, *Around[Depth], Read, C, Low))
        return std::nullopt;
    }
  return P;
}

/// The difference of two subscripts is always above 0, or always below.
bool Dependence::distinctRanges(const Polynomial &Difference,
                                const Comparison &C) const {
  Bounds Low = lowerBounds(C);
  for (long Sign : {1, -1}) {
    std::optional<Polynomial> P = Polynomial::sum({}, Difference, Sign);
    if (P)
      P = least(*P, C, Low);
    if (P)
      P = Polynomial::sum(*P, Polynomial::constant(-1));
    if (P && isNotNegative(*P, Low))
      return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Coverage
//===----------------------------------------------------------------------===//

bool Dependence::isNeverNegative(const std::optional<Polynomial> &P,
                                 const Comparison &C) const {
  Bounds Low = lowerBounds(C);
  std::optional<Polynomial> Least = P ? least(*P, C, Low) : std::nullopt;
  return Least && isNotNegative(*Least, Low);
}

bool Dependence::overwrites(const Stmt &Loop, const Stmt &Write,
                            const Expr *PlaceRead, const Moment &Read) const {
  std::optional<Element> R = element(PlaceRead), W = element(Write.Target);
  if (!R || !W || R->Root != W->Root || depthOf(W->Root) != 0 ||
      R->Subscripts.size() != 1 || W->Subscripts.size() != 1 || Loop.Negative ||
      !(Loop.Descending || Loop.Step->isLiteral(1)))
    return false;
  const Polynomial::Symbol I = 2 * Loop.Var->Id;
  const Polynomial &Subscript = W->Subscripts[0];
  std::optional<Polynomial> Factor = Subscript.coefficientOf(I),
                            Lower = polynomial(Loop.Lower),
                            Upper = polynomial(Loop.Upper);
  if (!Factor || Factor->asConstant() != 1 || !Lower || !Upper)
    return false;
  std::optional<Polynomial> First = Subscript.substitute(I, *Lower),
                            End = Subscript.substitute(I, *Upper);
  if (!First || !End)
    return false;
  Comparison C{0, nullptr, Read.Loops, {}};
  Polynomial At = atRead(R->Subscripts[0], C);
  std::optional<Polynomial> Room = Polynomial::sum(*End, At, -1);
  if (Room && !Loop.Inclusive)
    Room = Polynomial::sum(*Room, Polynomial::constant(-1));
  return isNeverNegative(Polynomial::sum(At, *First, -1), C) &&
         isNeverNegative(Room, C);
}
