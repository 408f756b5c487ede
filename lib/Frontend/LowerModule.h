//===- LowerModule.h - What lowering knows of a whole file ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions, globals and types are lowered once a translation unit; the body of
// one function is the business of FunctionLowering.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_LOWERMODULE_H
#define RETROGRAD_FRONTEND_LOWERMODULE_H

#include "Containers.h"
#include "LowerFacts.h"
#include "Lowering.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace retrograd {

class ModuleLowering {
public:
  ModuleLowering(clang::ASTContext &AST, ir::Context &Ctx, Diagnostics &Diags,
                 Lowering::GeneratedLookup Lookup,
                 Lowering::Instantiation Instantiate, CheckpointMarks *Marks);

  // Functions; null after an error, which has been reported.
  ir::Function *lower(const clang::FunctionDecl *FD);
  ir::Function *declare(const clang::FunctionDecl *FD);
  ir::Function *declareRule(const clang::FunctionDecl *FD);
  /// The function with its body, or null if that is not visible here.
  const clang::FunctionDecl *definition(const clang::FunctionDecl *FD) const;

  // Remarks of the user.
  void markInactive(const clang::FunctionDecl *FD);
  void markInactive(const clang::ParmVarDecl *P);
  void setRule(const clang::FunctionDecl *Primal,
               const clang::FunctionDecl *Rule, bool Pullback);
  bool isInactive(const clang::FunctionDecl *FD) const;
  bool hasRule(const clang::FunctionDecl *FD) const;

  // Types and names.
  /// Null if the IR has no such type; Why then says what it is.
  const ir::Type *lowerType(clang::QualType T, std::string &Why);
  /// A real can be reached from values of this type, through members too.
  bool carriesReal(clang::QualType T);
  std::string typeName(clang::QualType T) const;
  /// Where the text that is made next will stand.
  void writeInto(const clang::DeclContext *Target);
  /// How the declaration is named there.
  std::string qualifiedName(const clang::NamedDecl *D) const;
  /// Null if its type has no place in the IR.
  ir::Variable *global(const clang::VarDecl *V, std::string &Why);

  // Calls.
  /// Without side effects, and its result depends on its arguments alone.
  bool isPure(const clang::FunctionDecl *FD);
  /// Of the C or C++ standard library, or a builtin.
  bool isLibrary(const clang::FunctionDecl *FD) const;
  /// Writes text or ends the program: no derivative can be lost in it.
  bool isHarmless(const clang::FunctionDecl *FD) const;
  /// Neither its result nor what it writes can be a real number.
  bool hidesNoReal(const clang::FunctionDecl *FD);

  void error(clang::SourceLocation Loc, const std::string &Message,
             const std::string &Note);
  ir::Location location(clang::SourceLocation Loc) const;

  clang::ASTContext &AST;
  ir::Context &Ctx;
  /// Extents of variable-length arrays, evaluated where they are declared.
  llvm::DenseMap<const clang::Expr *, const ir::Expr *> Extents;
  clang::PrintingPolicy Policy;
  CheckpointMarks *Marks;

private:
  enum class State { Declared, Lowering, Lowered, Failed };
  struct Entry {
    ir::Function *F = nullptr;
    State Status = State::Declared;
  };

  bool isHidden(const clang::NamedDecl *D) const;
  bool fillSignature(ir::Function &F, const clang::FunctionDecl *FD);
  std::string scopeText(const clang::FunctionDecl *FD) const;
  bool isInactive(const clang::FunctionDecl *FD, unsigned Parameter) const;
  bool isVector(clang::QualType T) const;
  bool isMethod(const clang::FunctionDecl *FD) const;
  void addObject(ir::Function &F, const clang::CXXMethodDecl *Method);
  bool addParameter(ir::Function &F, const clang::ParmVarDecl *P);
  bool mayLower(const clang::FunctionDecl *FD);
  const ir::Type *lowerBuiltin(clang::QualType T, std::string &Why);
  const ir::Type *lowerArray(clang::QualType T, std::string &Why);
  std::string recordName(const clang::CXXRecordDecl *Class) const;
  std::vector<ir::RecordField> containerFields(const Container &C,
                                               std::string &Why);
  const ir::Type *lowerRecord(const clang::CXXRecordDecl *Class,
                              std::string &Why);
  bool computePure(const clang::FunctionDecl *FD);

  Diagnostics &Diags;
  Lowering::GeneratedLookup Lookup;
  Lowering::Instantiation Instantiate;
  const clang::DeclContext *Scope = nullptr;
  llvm::DenseMap<const clang::FunctionDecl *, Entry> Functions;
  llvm::DenseMap<const clang::VarDecl *, ir::Variable *> Globals;
  llvm::DenseMap<const clang::RecordDecl *, bool> RealRecords;
  llvm::DenseMap<const clang::RecordDecl *, const ir::Type *> Records;
  llvm::DenseMap<const clang::FunctionDecl *, bool> Pure;
  llvm::DenseSet<const clang::FunctionDecl *> InactiveFunctions;
  llvm::DenseSet<std::pair<const clang::FunctionDecl *, unsigned>>
      InactiveParameters;
  llvm::DenseMap<const clang::FunctionDecl *, const clang::FunctionDecl *>
      Pullbacks, Pushforwards;
};

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_LOWERMODULE_H
