//===- Uniformity.h - What is the same in all lanes -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// When one function runs for several samples at once, one in each lane, most of
// it stays as it is: loops over parameters, indices, shared values. A value is
// uniform if it is the same in all lanes that are active where it is read, and
// varying if it may not be (R. Karrenberg, S. Hack, "Whole-function
// vectorization", CGO 2011, section 4; M. Pharr, W. R. Mark, "ispc: a SPMD
// compiler for high-performance CPU programming", InPar 2012, section 3).
//
// A variable is varying if
//
//   * it is a sample, or a varying value is assigned to it, or
//   * it is assigned in a region that only some lanes execute, and lives
//     outside of it: a region is the body of a loop or a side of a branch whose
//     condition varies.
//
// Memory is either one value for all lanes or has an element for each lane. All
// that one pointer may point to is of the same sort (B. Steensgaard,
// "Points-to analysis in almost linear time", POPL 1996). Pointers themselves
// are uniform.
//
// The analysis also says what cannot be done in lanes: pointers that vary, code
// that it does not see into, writes to memory that all samples share.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_UNIFORMITY_H
#define RETROGRAD_ANALYSIS_UNIFORMITY_H

#include "../IR/IR.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <map>
#include <optional>
#include <set>
#include <string>

namespace retrograd {

/// Why a function has no lanes, in words that follow "since".
struct LaneRefusal {
  ir::Location Loc = 0;
  std::string Why;
};

/// What varies on the tape, by type: the sweep that takes a value off must know
/// what the other one, maybe in another function, has put there. It grows only;
/// all functions of a request are analysed until it does not.
struct TapeShapes {
  std::set<std::string> Varying;
  bool Grown = false;

  bool contains(const std::string &Key) const { return Varying.count(Key); }
  void add(const std::string &Key) { Grown |= Varying.insert(Key).second; }
};

/// What is in lanes when a function is called: for each parameter, its value or
/// the memory behind it; and what it returns.
struct CallShape {
  std::vector<bool> Parameters;
  bool Result = false;
};

/// Whoever analyses the functions that are called.
class CalleeShapes {
public:
  virtual ~CalleeShapes() = default;
  /// The shape of a call with at least these parameters in lanes; nothing if
  /// there can be none, which Refusal explains.
  virtual std::optional<CallShape> shapeOf(ir::Function &Callee,
                                           const std::vector<bool> &InLanes,
                                           LaneRefusal &Refusal) = 0;
};

/// How a function is called in lanes.
struct UniformityRequest {
  /// For each parameter: its value differs, or, for a pointer or a reference,
  /// the memory behind it has an element a lane.
  std::vector<bool> InLanes;
  /// The memory behind the others is shared, and must not be written. Otherwise
  /// it is put in lanes if it is.
  bool OthersAreShared = false;
};

class Uniformity {
public:
  Uniformity(const ir::Function &F, const UniformityRequest &Request,
             TapeShapes &Tape, CalleeShapes &Callees);

  /// The first thing that cannot be done in lanes.
  const std::optional<LaneRefusal> &refusal() const { return Refused; }

  /// The value of a scalar expression may differ from lane to lane.
  bool isVarying(const ir::Expr *E) const;
  /// The variable, or the memory that it consists of or points to, has a value
  /// for each lane.
  bool inLanes(const ir::Variable *V) const;
  /// The variable whose memory an lvalue is part of or a pointer points into;
  /// null for memory that no variable leads to.
  static const ir::Variable *rootOf(const ir::Expr *E);
  /// The address of an lvalue, or a pointer, differs from lane to lane.
  bool addressVaries(const ir::Expr *E) const;

  /// Some lanes only execute this assignment (or Pop, or Rewind), and its
  /// target outlives them.
  bool isMasked(const ir::Stmt &S) const { return Masked.contains(&S); }
  /// A call that is made once for all lanes.
  bool isUniformCall(const ir::Stmt &S) const {
    return UniformCalls.contains(&S);
  }
  /// The shape that a call in lanes was found to have.
  CallShape shape() const;

  /// There are lanes of that scalar type.
  static bool hasLanes(const ir::Type *Ty);
  /// Under which key TapeShapes has values of a type.
  static std::string tapeKey(const ir::Type *Ty);

private:
  using Region = unsigned;
  static constexpr Region Outside = ~0u;

  void unify();
  void join(const ir::Variable *A, const ir::Expr *Pointer);
  const ir::Variable *find(const ir::Variable *V) const;
  void refuse(ir::Location Loc, const std::string &Why);
  void mark(const ir::Variable *V, ir::Location Loc);

  void visit(const ir::Block &B, Region R);
  void visit(const ir::Stmt &S, Region R);
  void visitDeclare(const ir::Stmt &S, Region R);
  void visitAssign(const ir::Stmt &S, const ir::Expr *Target, bool ValueVaries,
                   Region R);
  void visitPointer(const ir::Stmt &S, const ir::Expr *Target, Region R);
  void visitTape(const ir::Stmt &S, Region R);
  void visitPop(const ir::Stmt &S, Region R);
  void visitFor(const ir::Stmt &S, Region R);
  void visitBodies(const ir::Stmt &S, Region R, bool Divergent);
  void visitAllocation(const ir::Stmt &S, Region R);
  void visitCall(const ir::Stmt &S, Region R);
  bool argumentsFit(const ir::Stmt &S);
  bool callStaysUniform(const ir::Stmt &S, Region R,
                        const std::vector<bool> &InLanes) const;
  void syncTape(const std::string &Key, const ir::Variable *V,
                ir::Location Loc);
  void checkExpressions(const ir::Stmt &S);
  void checkExpression(const ir::Expr &E, ir::Location Loc);
  Region regionOf(const ir::Variable *Root) const;
  Region regionOfTarget(const ir::Expr *Target) const;

  const ir::Function &F;
  TapeShapes &Tape;
  CalleeShapes &Callees;
  std::optional<LaneRefusal> Refused;
  bool Changed = false;

  /// Union-find over variables whose memory is of one sort.
  mutable llvm::DenseMap<const ir::Variable *, const ir::Variable *> Parent;
  llvm::DenseSet<const ir::Variable *> Lanes, Shared;
  std::map<std::pair<const ir::Stmt *, bool>, Region> Regions;
  llvm::DenseMap<const ir::Variable *, Region> Declared;
  llvm::DenseSet<const ir::Stmt *> Masked, UniformCalls;
};

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_UNIFORMITY_H
