//===- DerivativeSignature.h - The types of a derivative's parameters -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For R f(P1 p1, ...), which types the derivatives take, in Clang's types:
//
//   gradient   void (p..., adjoint(w)...)
//   vjp        void (p..., [R seed, if R is floating], adjoint(w)...)
//   jvp        R (p..., tangent(w)...)
//
// and with directions(K), for K of each,
//
//   vjp        void (p..., [const R *seed], adjoint(w)...)
//   jvp        void (p..., tangent(w)..., [R *t_result])
//
// where adjoint(T), adjoint(T &), adjoint(const T *) and adjoint(T[n]) are T *,
// and a tangent is passed like its primal, but references become pointers.
// In K directions a tangent of a number is a const T * and pointers to anything
// else than numbers get one dimension more, T (*)[3][K].
//
// Rules that users write are matched against these, and so is a function that
// already has the name of a derivative. The emitted signature itself is made
// from the IR.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_DERIVATIVESIGNATURE_H
#define RETROGRAD_FRONTEND_DERIVATIVESIGNATURE_H

#include "../Transform/Pipeline.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class FunctionDecl;
class ValueDecl;
} // namespace clang

namespace retrograd {

struct DerivativeParameter {
  clang::QualType Type;
  std::string Name;
};

struct DerivativeSignature {
  clang::QualType Return;
  std::vector<DerivativeParameter> Parameters;

  /// "void name(double x, double *d_x)".
  std::string print(llvm::StringRef Name, const clang::ASTContext &AST) const;
  /// "(double x, double *d_x)".
  std::string printParameters(const clang::ASTContext &AST) const;
  /// F is declared, but nowhere defined, with as many parameters and those of
  /// the primal, and differs in the types of seeds, adjoints or tangents: in
  /// const, in precision, or between a number and its address.
  bool isMistakenFor(const clang::FunctionDecl *F, unsigned PrimalParameters,
                     const clang::ASTContext &AST) const;
  /// The parameter types of F are exactly these.
  bool matches(const clang::FunctionDecl *F,
               const clang::ASTContext &AST) const;
};

/// _Float16, float, double or long double.
bool isDifferentiableScalar(clang::QualType T);

/// A derivative can flow through values of this type or the memory it reaches.
bool carriesReal(clang::QualType T, const clang::ASTContext &AST);

/// What a derivative takes the object of a member function as, `const C &` or
/// `C &`; null for any other function. The object is its first parameter.
clang::QualType objectType(const clang::FunctionDecl *F,
                           const clang::ASTContext &AST);

/// The parameters of F that carry reals; null stands for the object.
llvm::SmallVector<const clang::ValueDecl *>
defaultIndependents(const clang::FunctionDecl *F, const clang::ASTContext &AST);

DerivativeSignature
derivativeSignature(Mode M, const clang::FunctionDecl *Primal,
                    llvm::ArrayRef<const clang::ValueDecl *> Independents,
                    const clang::ASTContext &AST, unsigned Directions = 0,
                    bool Value = false);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_DERIVATIVESIGNATURE_H
