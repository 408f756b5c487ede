//===- RecordTypes.h - Which classes are records of the IR ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An object of class type that holds real numbers has a derivative if its value
// is the values of its fields, no more: then a shadow of the same type holds
// the derivatives, and copying one is copying fields. Everything else is an
// error where it is used. The text of a derivative names the class, makes
// objects of it and reads and writes their fields from outside of the class.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_RECORDTYPES_H
#define RETROGRAD_FRONTEND_RECORDTYPES_H

#include <string>

namespace clang {
class ASTContext;
class CXXRecordDecl;
class QualType;
} // namespace clang

namespace retrograd {

/// A real can be reached from values of this type, through members too.
bool leadsToReal(clang::QualType T, const clang::ASTContext &AST);

/// What keeps objects of this class, which is defined, from having a
/// derivative: "it has virtual functions"; empty if nothing does.
std::string whyNoRecord(const clang::CXXRecordDecl *Class,
                        const clang::ASTContext &AST);

/// The type is a class whose objects hold reals and have a derivative.
bool isRecord(clang::QualType T, const clang::ASTContext &AST);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_RECORDTYPES_H
