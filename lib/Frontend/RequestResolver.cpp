//===- RequestResolver.cpp - From a parsed pragma to a Request ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Entries first, on Clang's declarations, so that their errors come before any
// error of lowering; then extents, on the lowered function's variables.
//
//===----------------------------------------------------------------------===//

#include "RequestResolver.h"
#include "ClangDiagnostics.h"
#include "DerivativeSignature.h"
#include "NameLookup.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Lex/Preprocessor.h"

namespace retrograd {

using clang::FunctionDecl;
using clang::Token;
using clang::ValueDecl;
using llvm::StringRef;
namespace tok = clang::tok;

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

static const ValueDecl *findEntry(const PragmaQualifiedName &Name,
                                  const FunctionDecl *F,
                                  const NameLookup &Names) {
  if (!Name.Global && Name.Qualifier.empty())
    for (const clang::ParmVarDecl *P : F->parameters())
      if (P->getName() == Name.Name.Text)
        return P;
  for (const clang::NamedDecl *D : Names.find(Name))
    if (const auto *V = llvm::dyn_cast<clang::VarDecl>(D))
      if (V->isFileVarDecl())
        return V;
  return nullptr;
}

static void reportUnknownEntry(const PragmaQualifiedName &Name,
                               const FunctionDecl *F, ClangDiagnostics &Diags) {
  llvm::SmallVector<StringRef> Known;
  std::string List;
  for (const clang::ParmVarDecl *P : F->parameters()) {
    if (P->getName().empty())
      continue;
    Known.push_back(P->getName());
    List += (List.empty() ? "'" : ", '") + P->getName().str() + "'";
  }
  std::string Way = List.empty()
                        ? "'" + F->getNameAsString() + "' names no parameter"
                        : "the parameters are " + List;
  std::string Message = "'" + Name.text() + "' is no parameter of '" +
                        F->getNameAsString() + "' and no global variable";
  StringRef Meant = closestSpelling(Name.Name.Text, Known);
  if (Meant.empty() || !Name.Qualifier.empty()) {
    Diags.report(Name.range(), Message, Way);
    return;
  }
  Diags.report(Name.range(), Message + "; did you mean '" + Meant.str() + "'?",
               Way,
               clang::FixItHint::CreateReplacement(
                   clang::SourceRange(Name.Name.Loc), Meant));
}

/// Reports an entry that no derivative flows through. V: null for the object.
static bool checkEntry(const PragmaWrtEntry &Entry, const ValueDecl *V,
                       const FunctionDecl *F, ClangDiagnostics &Diags) {
  const clang::ASTContext &AST = F->getASTContext();
  clang::QualType T = V ? V->getType() : objectType(F, AST);
  std::string Name = "'" + Entry.Name.text() + "'";
  if (!carriesReal(T, AST)) {
    Diags.report(Entry.Name.range(),
                 "no derivative flows through " + Name + ", which has type '" +
                     T.getAsString(AST.getPrintingPolicy()) + "'",
                 "remove it from 'wrt'; derivatives flow through floating "
                 "types and pointers, references and arrays of them");
    return false;
  }
  if (V && !llvm::isa<clang::ParmVarDecl>(V) && T.isConstant(AST)) {
    Diags.report(Entry.Name.range(),
                 "no derivative flows through the constant " + Name,
                 "remove it from 'wrt', or drop its const");
    return false;
  }
  if (!Entry.Extent.empty() &&
      (!V || isDifferentiableScalar(T.getNonReferenceType()))) {
    Diags.report(Entry.Extent.front().getLocation(),
                 "an extent needs an array or a pointer, but " + Name +
                     " has type '" + T.getAsString(AST.getPrintingPolicy()) +
                     "'",
                 "write " + Name + " alone");
    return false;
  }
  return true;
}

std::optional<std::vector<ResolvedEntry>> resolveWrt(const Pragma &P,
                                                     const FunctionDecl *F,
                                                     const NameLookup &Names,
                                                     ClangDiagnostics &Diags) {
  std::vector<ResolvedEntry> Result;
  for (const PragmaWrtEntry &Entry : P.Wrt) {
    bool Object = Entry.Name.Name.Text == "this" &&
                  !objectType(F, F->getASTContext()).isNull();
    const ValueDecl *V = Object ? nullptr : findEntry(Entry.Name, F, Names);
    if (!V && !Object) {
      reportUnknownEntry(Entry.Name, F, Diags);
      return std::nullopt;
    }
    if (!checkEntry(Entry, V, F, Diags))
      return std::nullopt;
    Result.push_back({V, &Entry});
  }
  if (P.Wrt.empty() && defaultIndependents(F, F->getASTContext()).empty()) {
    Diags.report(P.ModeWord.Loc,
                 "'" + F->getNameAsString() +
                     "' has no parameter that a derivative can flow through",
                 "give it a parameter of floating type, or name a global "
                 "variable with 'wrt(...)'");
    return std::nullopt;
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Extents
//===----------------------------------------------------------------------===//

const char *const ExtentWay =
    "an extent is an integer expression over parameters, literals and "
    "constants, as in 'x[2 * n]'";

namespace {

/// Reads the tokens of an extent, alternately operands and operators, into the
/// pieces of an opaque expression.
class ExtentReader {
public:
  ExtentReader(const PragmaWrtEntry &Entry, const ir::Function &Primal,
               ir::Context &Ctx, const NameLookup &Names,
               const clang::Preprocessor &PP, ClangDiagnostics &Diags,
               const char *Way)
      : Entry(Entry), Primal(Primal), Ctx(Ctx), Names(Names), PP(PP),
        Diags(Diags), Way(Way) {}

  const ir::Expr *read();

private:
  bool readToken(size_t &I);
  bool readName(size_t &I);
  bool readNumber(const Token &Tok);
  bool fail(const Token &Tok, const llvm::Twine &Message);
  clang::NamedDecl *findConstant(const PragmaQualifiedName &Name) const;
  ir::Variable *parameter(StringRef Name) const;

  const PragmaWrtEntry &Entry;
  const ir::Function &Primal;
  ir::Context &Ctx;
  const NameLookup &Names;
  const clang::Preprocessor &PP;
  ClangDiagnostics &Diags;
  const char *Way;

  std::vector<std::string> Pieces = {""};
  std::vector<const ir::Expr *> Operands;
  bool NeedOperand = true;
  unsigned Depth = 0;
};

} // namespace

bool ExtentReader::fail(const Token &Tok, const llvm::Twine &Message) {
  Diags.report(Tok.getLocation(), Message, Way);
  return false;
}

ir::Variable *ExtentReader::parameter(StringRef Name) const {
  for (ir::Variable *V : Primal.Params)
    if (V->Name == Name)
      return V;
  return nullptr;
}

clang::NamedDecl *
ExtentReader::findConstant(const PragmaQualifiedName &Name) const {
  for (clang::NamedDecl *D : Names.find(Name)) {
    if (llvm::isa<clang::EnumConstantDecl>(D))
      return D;
    const auto *V = llvm::dyn_cast<clang::VarDecl>(D);
    if (V && V->getType()->isIntegralOrEnumerationType() &&
        V->getType().isConstQualified())
      return D;
  }
  return nullptr;
}

bool ExtentReader::readName(size_t &I) {
  const std::vector<Token> &Tokens = Entry.Extent;
  const Token &First = Tokens[I];
  PragmaQualifiedName Name;
  Name.Global = First.is(tok::coloncolon);
  I += Name.Global;
  while (true) {
    if (I == Tokens.size() || Tokens[I].isNot(tok::identifier))
      return fail(Tokens[I - 1], "expected a name after '::'");
    Name.Name = {PP.getSpelling(Tokens[I]), Tokens[I].getLocation()};
    if (I + 1 == Tokens.size() || Tokens[I + 1].isNot(tok::coloncolon))
      break;
    Name.Qualifier.push_back(Name.Name);
    I += 2;
  }
  NeedOperand = false;
  ir::Variable *V = Name.Global || !Name.Qualifier.empty()
                        ? nullptr
                        : parameter(Name.Name.Text);
  if (V && !V->Ty->isInteger())
    return fail(First, "'" + Name.text() + "' is no integer");
  if (V) {
    Operands.push_back(Ctx.var(V, First.getLocation().getRawEncoding()));
    Pieces.push_back("");
    return true;
  }
  clang::NamedDecl *Constant = findConstant(Name);
  if (!Constant)
    return fail(First, "'" + Name.text() + "' is no integer parameter of '" +
                           Primal.Name + "' and no constant");
  // The text may not mention it, so Clang could call it unused.
  Constant->setReferenced();
  Pieces.back() += Name.text();
  return true;
}

bool ExtentReader::readNumber(const Token &Tok) {
  std::string Text = PP.getSpelling(Tok);
  bool Hexadecimal = StringRef(Text).starts_with_insensitive("0x");
  if (StringRef(Text).find_first_of(Hexadecimal ? ".pP" : ".eE") !=
      StringRef::npos)
    return fail(Tok, "'" + Text + "' is no integer");
  NeedOperand = false;
  Pieces.back() += Text;
  return true;
}

bool ExtentReader::readToken(size_t &I) {
  const Token &Tok = Entry.Extent[I];
  if (NeedOperand) {
    if (Tok.isOneOf(tok::identifier, tok::coloncolon))
      return readName(I);
    if (Tok.is(tok::numeric_constant))
      return readNumber(Tok);
    if (Tok.is(tok::l_paren)) {
      ++Depth;
      Pieces.back() += "(";
      return true;
    }
    return fail(Tok, "unexpected '" + PP.getSpelling(Tok) + "' in an extent");
  }
  if (Tok.is(tok::r_paren) && Depth) {
    --Depth;
    Pieces.back() += ")";
    return true;
  }
  if (!Tok.isOneOf(tok::plus, tok::minus, tok::star, tok::slash, tok::percent,
                   tok::lessless, tok::greatergreater))
    return fail(Tok, "unexpected '" + PP.getSpelling(Tok) + "' in an extent");
  Pieces.back() += " " + PP.getSpelling(Tok) + " ";
  NeedOperand = true;
  return true;
}

const ir::Expr *ExtentReader::read() {
  for (size_t I = 0; I < Entry.Extent.size(); ++I)
    if (!readToken(I))
      return nullptr;
  const Token &Last = Entry.Extent.back();
  if (NeedOperand || Depth) {
    fail(Last, "the extent is incomplete");
    return nullptr;
  }
  ir::Location Loc = Entry.Extent.front().getLocation().getRawEncoding();
  if (Entry.Extent.size() == 1)
    return Operands.empty() ? Ctx.literal(Ctx.intType(), Pieces.front(), Loc)
                            : Operands.front();
  return Ctx.opaque(std::move(Pieces), std::move(Operands), Ctx.intType(), Loc);
}

const ir::Expr *resolveExtent(const PragmaWrtEntry &Entry,
                              const ir::Function &Primal, ir::Context &Ctx,
                              const NameLookup &Names,
                              const clang::Preprocessor &PP,
                              ClangDiagnostics &Diags, const char *Way) {
  return ExtentReader(Entry, Primal, Ctx, Names, PP, Diags, Way).read();
}

} // namespace retrograd
