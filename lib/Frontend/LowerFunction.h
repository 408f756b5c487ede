//===- LowerFunction.h - Lowers the body of one function ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One class over several files, a family of constructs each. An expression
// becomes a pure ir::Expr; its side effects are emitted as statements into the
// current block, in the order C++17 gives them. The invariant that holds this
// together: an ir::Expr obtained before a side effect still has the same value
// after it. Whoever lowers two operands keeps it by way of sequence().
//
// The first error ends the work: from then on every function returns at once.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_LOWERFUNCTION_H
#define RETROGRAD_FRONTEND_LOWERFUNCTION_H

#include "../Rules/Rules.h"
#include "Containers.h"
#include "LowerModule.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace retrograd {

struct CheckpointMark;

/// `this`, of its own type.
bool isPlainThis(const clang::Expr *E);
/// Only members and friends of a class may name it.
bool isPrivate(const clang::Decl *D);

class FunctionLowering {
public:
  FunctionLowering(ModuleLowering &M, ir::Function &F,
                   const clang::FunctionDecl *Definition);
  /// False after an error, which has been reported.
  bool run();

private:
  friend class OpaquePrinter;
  using Lazy = llvm::function_ref<const ir::Expr *()>;

  /// An operand with the statements that come before its value.
  struct Operand {
    const ir::Expr *Value = nullptr;
    ir::Block Before;
    /// What counts is where it is, not what it holds.
    bool IsLocation = false;
  };

  /// A construct that break and continue can name.
  struct Enclosing {
    bool IsLoop = true;
    /// Emitted before each `continue`.
    llvm::function_ref<void()> BeforeContinue;
    bool HasBreak = false;
  };

  // Frame (LowerFunction.cpp).
  void bindParameters();
  void error(clang::SourceLocation Loc, const std::string &Message,
             const std::string &Note);
  const ir::Expr *reject(const clang::Stmt *S, const std::string &Message,
                         const std::string &Note);
  const ir::Expr *poison() const { return Ctx.intLiteral(0); }
  const ir::Type *type(clang::QualType T, clang::SourceLocation Loc);
  void rejectPointerToArray(const ir::Type *Pointer, clang::SourceLocation Loc);
  ir::Location loc(const clang::Stmt *S) const;
  void emit(ir::Stmt *S) { Current->push_back(S); }
  void emit(const ir::Block &B);
  ir::Block within(llvm::function_ref<void()> Work);
  ir::Variable *temporary(const ir::Type *Ty, ir::Location Loc = 0,
                          llvm::StringRef Name = "t");
  ir::Variable *local(const clang::VarDecl *V, const ir::Type *Ty);
  const ir::Expr *keepValue(const ir::Expr *E);
  const ir::Expr *intoTemporary(const ir::Expr *E, llvm::StringRef Name = "t");
  void bind(const clang::ValueDecl *D, const ir::Expr *Location);

  // Order of evaluation (LowerOrder.cpp).
  Operand operand(Lazy Work, bool IsLocation = false);
  std::vector<const ir::Expr *>
  sequence(llvm::MutableArrayRef<Operand> Operands);
  std::pair<const ir::Expr *, const ir::Expr *> sequence(Lazy First,
                                                         Lazy Second);
  const ir::Expr *keepLocation(const ir::Expr *E);
  const ir::Expr *keepOwnLocation(const ir::Expr *Target);
  bool isFixed(const ir::Expr *E) const;
  bool isFixedLocation(const ir::Expr *E) const;
  bool readsMemory(const ir::Expr *E) const;

  // Values (LowerExpr.cpp).
  const ir::Expr *rvalue(const clang::Expr *E);
  const ir::Expr *literal(const clang::Expr *E);
  const ir::Expr *zero(clang::QualType T, const clang::Expr *E);
  const ir::Expr *unary(const clang::UnaryOperator *E);
  const ir::Expr *binary(const clang::BinaryOperator *E);
  const ir::Expr *logical(const clang::BinaryOperator *E);
  const ir::Expr *conditional(const clang::AbstractConditionalOperator *E);
  const ir::Expr *choose(const ir::Expr *Condition, Lazy Then, Lazy Else,
                         const ir::Type *Ty, ir::Location Loc);
  const ir::Expr *traitConstant(const clang::Expr *E);

  // Conversions (LowerCasts.cpp).
  const ir::Expr *cast(const clang::CastExpr *E);
  const ir::Expr *pointerCast(const clang::CastExpr *E);
  const ir::Expr *baseOf(const ir::Expr *Object, clang::QualType Base,
                         const clang::Expr *E);
  const ir::Expr *baseOf(const ir::Expr *Object, const clang::CastExpr *E);
  const ir::Expr *basePointer(const clang::CastExpr *E);
  const ir::Expr *decay(const clang::Expr *Array);

  // Locations (LowerLocations.cpp).
  const ir::Expr *lvalue(const clang::Expr *E);
  const ir::Expr *rejectPrivate(const clang::NamedDecl *D,
                                const clang::Expr *E);
  const ir::Expr *named(const clang::DeclRefExpr *E);
  const ir::Expr *variable(const clang::VarDecl *V, const clang::Expr *E);
  const ir::Expr *subscript(const clang::ArraySubscriptExpr *E);
  const ir::Expr *dereference(const ir::Expr *Pointer, ir::Location Loc);
  const ir::Expr *subscriptBase(const clang::Expr *E);
  const ir::Expr *addressOf(const ir::Expr *Location, const clang::Expr *E);
  const ir::Expr *member(const clang::MemberExpr *E);
  const ir::Expr *
  conditionalLocation(const clang::AbstractConditionalOperator *E);
  const ir::Expr *temporaryFor(const clang::Expr *E);
  void escape(const ir::Expr *Location, const clang::Expr *E, bool ReadOnly);

  // Side effects (LowerAssign.cpp).
  void effect(const clang::Expr *E);
  void conditionalEffect(const clang::AbstractConditionalOperator *E);
  const ir::Expr *assignment(const clang::BinaryOperator *E,
                             bool Discarded = false);
  const ir::Expr *compoundAssignment(const clang::CompoundAssignOperator *E,
                                     bool Discarded = false);
  const ir::Expr *increment(const clang::UnaryOperator *E, bool Discarded);
  void checkWritable(const ir::Expr *Target, const clang::Expr *E);
  void store(const ir::Expr *Target, const ir::Expr *Value, ir::AssignOp Op,
             const clang::Expr *E);

  // Calls (LowerCalls.cpp, LowerLibrary.cpp, LowerMemory.cpp). The result is
  // null for void.
  const ir::Expr *call(const clang::CallExpr *E, bool Discarded);
  const ir::Expr *userCall(const clang::CallExpr *E,
                           const clang::FunctionDecl *FD,
                           const clang::Expr *Object,
                           llvm::ArrayRef<const clang::Expr *> Arguments);
  bool isRecordAssignment(const clang::CallExpr *E) const;
  const ir::Expr *methodCall(const clang::CallExpr *E);
  bool isPlainOperator(const clang::CallExpr *E) const;
  ir::Function *callee(const clang::CallExpr *E, const clang::FunctionDecl *FD);
  Operand argument(const clang::Expr *E, const clang::ParmVarDecl *P);
  void protectArguments(const ir::Function &Callee,
                        std::vector<const ir::Expr *> &Args);
  const ir::Expr *pureCall(const clang::CallExpr *E,
                           const clang::FunctionDecl *FD);
  const ir::Expr *minMaxOfList(const clang::CallExpr *E,
                               const clang::FunctionDecl *FD);
  const ir::Expr *makePureCall(const clang::CallExpr *E,
                               const clang::FunctionDecl *FD,
                               std::vector<const ir::Expr *> Args,
                               const ir::Type *Ty);
  std::string functionText(const clang::Expr *Callee,
                           const clang::FunctionDecl *FD) const;
  /// What needs words of its own: frexp, swap, memcpy, free. Handled is false
  /// where FD is none of these.
  const ir::Expr *specialCall(const clang::CallExpr *E,
                              const clang::FunctionDecl *FD, bool &Handled);
  const ir::Expr *splitCall(const clang::CallExpr *E, llvm::StringRef Name);
  const ir::Expr *swapCall(const clang::CallExpr *E);
  const ir::Expr *fillMemory(const clang::CallExpr *E);
  const ir::Expr *copyMemory(const clang::CallExpr *E);
  void elementLoop(const ir::Expr *Count, const clang::Expr *E,
                   llvm::function_ref<void(const ir::Expr *)> Body);
  const ir::Expr *pointee(const clang::Expr *Pointer);
  const ir::Expr *newExpr(const clang::CXXNewExpr *E, ir::Variable *Into);
  const ir::Expr *malloc(const clang::CallExpr *E, const ir::Type *Ty,
                         ir::Variable *Into);
  const ir::Expr *countOf(const clang::Expr *Bytes, const ir::Type *Element);
  const ir::Expr *allocation(const clang::Expr *E, ir::Variable *Into,
                             bool &Handled);
  void release(const clang::Expr *Pointer, ir::AllocationKind Kind,
               const clang::Expr *E);

  // Opaque text (LowerOpaque.cpp).
  const ir::Expr *opaque(const clang::Expr *E, const ir::Type *Ty);
  const ir::Expr *opaqueText(const std::string &Text, const ir::Type *Ty,
                             const clang::Stmt *S);
  void opaqueEffect(const clang::Expr *E);
  const ir::Expr *classValue(const clang::Expr *E);
  const ir::Expr *classCall(const clang::CallExpr *E);
  const ir::Expr *enclosed(std::string Open,
                           llvm::ArrayRef<const clang::Expr *> Values,
                           const char *Close, const ir::Type *Ty,
                           const clang::Expr *E);
  const ir::Expr *constructed(const clang::CXXConstructExpr *E,
                              const ir::Type *Ty);
  const ir::Expr *braced(const clang::Expr *E, const clang::InitListExpr *List,
                         const ir::Type *Ty);
  bool mentionsLocals(const clang::Stmt *S) const;

  // Objects that hold reals (LowerRecords.cpp).
  bool isRecordType(clang::QualType T) const;
  void copyRecord(const ir::Expr *To, const ir::Expr *From, ir::Location Loc);
  const ir::Expr *opaqueZero(const ir::Type *Ty);
  void clearRecord(const ir::Expr *Place, ir::Location Loc);
  const ir::Expr *recordValue(const clang::Expr *E);
  const ir::Expr *freshRecord(const clang::Expr *E, llvm::StringRef Name = "t");
  void initialize(const ir::Expr *Place, const clang::Expr *Init);
  void initializeFields(const ir::Expr *Record,
                        const clang::InitListExpr *List);
  void initializeElements(const ir::Expr *Array,
                          const clang::InitListExpr *List);
  void construct(const ir::Expr *Place, const clang::CXXConstructExpr *E);
  void recordVariable(const clang::VarDecl *V, const ir::Type *Ty);
  const ir::Expr *recordAssignment(const clang::Expr *To,
                                   const clang::Expr *From,
                                   const clang::Expr *E);
  void bindFields(const clang::DecompositionDecl *D);

  // Elements of the library's containers (LowerContainers.cpp).
  bool isContainer(const ContainerCall &Call) const;
  bool rejectOwner(const ir::Type *Ty, clang::SourceLocation Loc);
  const ir::Expr *elements(const ir::Expr *Object, bool Const);
  const ir::Expr *elementCount(const ir::Expr *Object,
                               const ContainerCall &Call);
  std::pair<const ir::Expr *, const ir::Expr *>
  containerOperands(const ContainerCall &Call);
  const ir::Expr *containerCall(const ContainerCall &Call,
                                const clang::CallExpr *E);
  void emitCheck(const ir::Expr *Object, const ir::Expr *Index,
                 const clang::Expr *E);
  const ir::Expr *elementPointer(const ir::Expr *Object,
                                 const ContainerCall &Call,
                                 const clang::Expr *E);
  const ir::Expr *otherContainerCall(const ContainerCall &Call,
                                     const clang::CallExpr *E);
  void fillContainer(const ContainerCall &Call, const clang::CallExpr *E);
  const ir::Expr *rangeElement(const clang::CallExpr *E);

  // Functions in the place of their call (LowerInline.cpp).
  /// A lambda expression with what it has captured.
  struct Closure {
    std::vector<std::pair<const clang::ValueDecl *, const ir::Expr *>> Captures;
    std::vector<std::pair<const clang::ValueDecl *, const Closure *>> Closures;
    const ir::Expr *This = nullptr;
  };
  bool mustInline(const clang::FunctionDecl *FD) const;
  const Closure *closure(const clang::Expr *E);
  const Closure *makeClosure(const clang::LambdaExpr *L);
  const ir::Expr *captured(const clang::ValueDecl *D, const clang::Expr *Value);
  void bindArgument(const clang::ParmVarDecl *P, const clang::Expr *Arg,
                    const ir::Expr *Value);
  void bindArguments(const clang::FunctionDecl *FD,
                     llvm::ArrayRef<const clang::Expr *> Args);
  const clang::FunctionDecl *inlinable(const clang::FunctionDecl *FD,
                                       const clang::Expr *E);
  const clang::Expr *inlineBody(const clang::FunctionDecl *FD,
                                const clang::Expr *E);
  const ir::Expr *inlineCall(const clang::FunctionDecl *FD,
                             const clang::Expr *Object,
                             llvm::ArrayRef<const clang::Expr *> Args,
                             const clang::Expr *E);
  void inlineConstructor(const ir::Expr *Place,
                         const clang::CXXConstructExpr *E);
  void addFacts(const clang::FunctionDecl *FD);
  const ir::Expr *objectOf(const clang::Expr *Object);

  // Statements (LowerStmt.cpp).
  void statement(const clang::Stmt *S);
  void plainStatement(const clang::Stmt *S);
  void block(const clang::CompoundStmt *S);
  void ifStatement(const clang::IfStmt *S);
  void returnStatement(const clang::ReturnStmt *S);
  void breakStatement(const clang::BreakStmt *S);
  void continueStatement(const clang::ContinueStmt *S);
  void rejectStatement(const clang::Stmt *S);

  // Statements that are run again (LowerCheckpoint.cpp).
  void checkpointed(const clang::Stmt *S, CheckpointMark &Mark);
  ir::Stmt *lowerMark(const CheckpointMark &Mark);
  const ir::Expr *markExpr(const CheckpointMark &Mark, const ir::Expr *E);

  // Declarations (LowerDecl.cpp).
  void declaration(const clang::DeclStmt *S);
  void variableDeclaration(const clang::VarDecl *V);
  void reference(const clang::VarDecl *V);
  void arrayVariable(const clang::VarDecl *V, const ir::Type *Ty);
  void initializeArray(const ir::Expr *Array, const clang::InitListExpr *List,
                       bool Zeroed);
  void characterArray(ir::Variable *Array, const clang::StringLiteral *Text);
  void copyArray(const ir::Expr *To, const ir::Expr *From, ir::Location Loc);
  void structuredBinding(const clang::DecompositionDecl *D);
  const ir::Type *declaredType(const clang::VarDecl *V);
  void evaluateExtents(clang::QualType T);

  // Loops (LowerLoops.cpp).
  struct CountedLoop;
  void forStatement(const clang::ForStmt *S);
  std::optional<CountedLoop> recognize(const clang::ForStmt *S);
  bool matchCondition(const clang::ForStmt *S, CountedLoop &L);
  bool matchIncrement(const clang::ForStmt *S, CountedLoop &L);
  bool countedLoop(const clang::ForStmt *S);
  void countedBody(const clang::ForStmt *S, ir::Stmt *For);
  bool boundHolds(const ir::Expr *Bound, const BodyFacts &Body) const;
  void rangeFor(const clang::CXXForRangeStmt *S);
  void whileStatement(const clang::WhileStmt *S);
  void doStatement(const clang::DoStmt *S);
  void loopBody(const clang::Stmt *Body,
                llvm::function_ref<void()> BeforeContinue);
  void whileLoop(const clang::VarDecl *ConditionVariable,
                 const clang::Expr *Condition, const clang::Stmt *Body,
                 llvm::function_ref<void()> Increment, ir::Location Loc);

  // Switches (LowerSwitch.cpp).
  struct Section;
  void switchStatement(const clang::SwitchStmt *S);
  bool collectSections(const clang::SwitchStmt *S,
                       std::vector<Section> &Sections);
  void hoistDeclarations(const clang::DeclStmt *S);
  const ir::Expr *sectionCondition(const Section &S, const ir::Expr *Selector);
  ir::Block separateSections(llvm::ArrayRef<Section> Sections,
                             const ir::Expr *Selector);
  ir::Block fallingSections(llvm::ArrayRef<Section> Sections,
                            const ir::Expr *Selector);

  ModuleLowering &M;
  clang::ASTContext &AST;
  ir::Context &Ctx;
  ir::Function &F;
  const clang::FunctionDecl *FD;
  BodyFacts Facts;
  ir::Block *Current;
  bool Failed = false;
  /// While lowering something that only reads through the pointers it gets.
  bool ReadOnly = false;
  /// While lowering arguments of a function that no derivative flows through.
  bool AllowUntyped = false;
  /// Where each name of the source is in the IR.
  llvm::DenseMap<const clang::ValueDecl *, const ir::Expr *> Bindings;
  llvm::DenseMap<const ir::Variable *, const clang::VarDecl *> Declarations;
  /// Never written once they are declared.
  llvm::DenseSet<const ir::Variable *> Fixed;
  /// Values that Clang's own nodes share (a ?: b).
  llvm::DenseMap<const clang::Expr *, const ir::Expr *> SharedValues;
  /// The object whose members are named without it; null outside of one.
  const ir::Expr *This = nullptr;
  /// Variables and parameters that are lambda expressions.
  llvm::DenseMap<const clang::ValueDecl *, const Closure *> Closures;
  std::deque<Closure> AllClosures;
  /// Functions that are being lowered in the place of their call.
  std::vector<const clang::FunctionDecl *> Inlining;
  std::vector<Enclosing> Stack;
  /// Done already, or needless: breaks that end a section of a switch,
  /// declarations moved in front of one.
  llvm::DenseSet<const clang::Stmt *> Skipped;
};

/// Parentheses and other nodes that mean their only child.
const clang::Expr *lookThrough(const clang::Expr *E);

/// Pointers or names outside the function may reach the variable.
bool isShared(const ir::Variable *V);
/// Reads or writes of this expression go through a pointer.
bool isThroughPointer(const ir::Expr &E);

/// The note that fits most constructs without a derivative.
extern const char *const InactiveNote;

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_LOWERFUNCTION_H
