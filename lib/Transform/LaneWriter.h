//===- LaneWriter.h - Rewrites a function to compute with lanes -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The rewriting behind Lanes.h, of one function that Uniformity has no
// objections against. Types of lanes are opaque types of the IR, by their
// spelling; what the IR cannot say, such as where(mask, place), is a call.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_LANEWRITER_H
#define RETROGRAD_TRANSFORM_LANEWRITER_H

#include "../Analysis/Uniformity.h"

namespace retrograd {

/// What all functions of a request write alike.
struct LaneNames {
  /// The template parameters: the number of lanes and the type of the mask.
  std::string Width = "W", Mask = "Mask";
  /// The reals that masks are as wide as. Masks are on the tape and passed by
  /// reference, so they are of one type everywhere.
  std::string MaskScalar = "float";
};

/// Whoever has the functions in lanes that this one calls.
class LaneCallees {
public:
  virtual ~LaneCallees() = default;
  virtual ir::Function *inLanes(ir::Function &Callee,
                                const std::vector<bool> &InLanes) = 0;
};

class LaneWriter {
public:
  LaneWriter(ir::Context &Ctx, ir::Function &F, const Uniformity &Shapes,
             const TapeShapes &Tape, LaneCallees &Callees,
             const LaneNames &Names);

  /// Rewrites F in place; its name is the caller's affair.
  void run();

private:
  // Types.
  std::string spelling(const ir::Type *Scalar) const;
  const ir::Type *inLanes(const ir::Type *Ty) const;
  void retype();

  // Expressions: LaneExpressions.cpp.
  /// The expression in lanes; one that does not vary stays a scalar.
  const ir::Expr *value(const ir::Expr *E);
  /// The same, converted to another scalar type.
  const ir::Expr *value(const ir::Expr *E, const ir::Type *As);
  /// The same, and in lanes whether it varies or not.
  const ir::Expr *spread(const ir::Expr *E, const ir::Type *As);
  /// As a condition, which is a mask if it varies.
  const ir::Expr *condition(const ir::Expr *E);
  const ir::Expr *uniform(const ir::Expr *E);
  const ir::Expr *place(const ir::Expr *LValue);
  const ir::Expr *read(const ir::Expr *LValue);
  const ir::Expr *binary(const ir::Expr *E);
  const ir::Expr *comparison(const ir::Expr *E);
  const ir::Expr *logical(const ir::Expr *E);
  const ir::Expr *choice(const ir::Expr *E);
  const ir::Expr *call(const ir::Expr *E);
  const ir::Expr *eachLane(const ir::Expr *E);
  const ir::Expr *convert(const ir::Expr *New, const ir::Type *From,
                          const ir::Type *To);
  const ir::Expr *make(llvm::StringRef Function,
                       std::vector<const ir::Expr *> Arguments,
                       const ir::Type *Ty);
  const ir::Expr *mask() const { return Ctx.var(Mask); }

  /// Base and index of a place whose index varies.
  struct Element {
    const ir::Expr *Base;
    const ir::Expr *Index; // in lanes if it varies; null for none
    const ir::Type *IndexType = nullptr;
  };
  Element element(const ir::Expr *LValue);
  Element pointee(const ir::Expr *Pointer);
  Element addIndex(Element To, const ir::Expr *Index, const ir::Type *Ty,
                   const char *Op);

  // Statements: LaneStatements.cpp.
  ir::Block block(const ir::Block &B);
  void statement(ir::Stmt &S, ir::Block &Into);
  void declare(ir::Stmt &S, ir::Block &Into);
  void assign(ir::Stmt &S, const ir::Expr *Target, const ir::Expr *Value,
              ir::Block &Into);
  void branch(ir::Stmt &S, ir::Block &Into);
  void side(const ir::Block &Body, ir::Variable *Taken, ir::Block &Into);
  void whileLoop(ir::Stmt &S, ir::Block &Into);
  void forLoop(ir::Stmt &S, ir::Block &Into);
  void divergentFor(ir::Stmt &S, ir::Block &Into);
  const ir::Expr *bound(const ir::Expr *E, const char *Function,
                        const char *Name, const ir::Expr *&InLanes,
                        ir::Block &Into);
  void call(ir::Stmt &S, ir::Block &Into);
  void onTape(ir::Stmt &S, ir::Block &Into);
  void pop(ir::Stmt &S, ir::Block &Into);
  ir::Variable *maskVariable(const char *Name, const ir::Expr *Init, bool Const,
                             ir::Block &Into);
  const ir::Expr *count(const ir::Expr *E);

  ir::Context &Ctx;
  ir::Function &F;
  const Uniformity &Shapes;
  const TapeShapes &Tape;
  LaneCallees &Callees;
  const LaneNames &Names;
  const ir::Type *MaskType;
  /// The lanes that execute the present statement.
  ir::Variable *Mask = nullptr;
};

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_LANEWRITER_H
