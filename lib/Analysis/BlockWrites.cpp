//===- BlockWrites.cpp - What the rest of a block writes ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "BlockWrites.h"

using namespace retrograd;
using namespace retrograd::ir;

const ObjectSet &BlockWrites::of(const Stmt &S) {
  auto Known = Writes.find(&S);
  if (Known != Writes.end())
    return *Known->second;
  auto Set = std::make_unique<ObjectSet>(Memory.writes(S));
  for (const Block *B : {&S.Body, &S.Else})
    for (const Stmt *Inner : *B)
      *Set |= of(*Inner);
  return *(Writes[&S] = std::move(Set));
}

const BlockWrites::LastWrites &BlockWrites::lastWrites(const Block &B) {
  std::unique_ptr<LastWrites> &Known = Last[&B];
  if (!Known) {
    Known = std::make_unique<LastWrites>();
    for (size_t I = 0; I < B.size(); ++I)
      for (unsigned O : of(*B[I]))
        (*Known)[O] = I;
  }
  return *Known;
}

bool BlockWrites::unchangedAfter(const ObjectSet &Objects, size_t Position,
                                 const Block &B) {
  // A few statements, as in a chain of else-ifs, are asked one by one.
  constexpr size_t Few = 8;
  if (B.size() - Position <= Few) {
    for (size_t I = Position + 1; I < B.size(); ++I)
      if (Memory.mayOverlap(of(*B[I]), Objects))
        return false;
    return true;
  }
  const LastWrites &Latest = lastWrites(B);
  for (unsigned O : Memory.withOverlaps(Objects)) {
    auto It = Latest.find(O);
    if (It != Latest.end() && It->second > Position)
      return false;
  }
  return true;
}
