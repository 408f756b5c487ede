//===- LowerModule.cpp - Functions of a translation unit ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function is created before its body is lowered, so that recursion finds it.
//
//===----------------------------------------------------------------------===//

#include "LowerModule.h"
#include "../Rules/Rules.h"
#include "LowerFunction.h"
#include "RecordTypes.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;
using namespace retrograd;

ModuleLowering::ModuleLowering(ASTContext &AST, ir::Context &Ctx,
                               Diagnostics &Diags,
                               Lowering::GeneratedLookup Lookup,
                               Lowering::Instantiation Instantiate,
                               CheckpointMarks *Marks)
    : AST(AST), Ctx(Ctx), Policy(AST.getLangOpts()), Marks(Marks), Diags(Diags),
      Lookup(std::move(Lookup)), Instantiate(std::move(Instantiate)) {
  Policy.SuppressTagKeyword = true;
  Policy.SuppressUnwrittenScope = true;
  Policy.SuppressInlineNamespace =
      llvm::to_underlying(PrintingPolicy::SuppressInlineNamespaceMode::All);
  Policy.FullyQualifiedName = true;
  Policy.PrintAsCanonical = true;
  Policy.ConstantsAsWritten = true;
}

ir::Location ModuleLowering::location(SourceLocation Loc) const {
  return AST.getSourceManager().getExpansionLoc(Loc).getRawEncoding();
}

void ModuleLowering::error(SourceLocation Loc, const std::string &Message,
                           const std::string &Note) {
  Diags.error(location(Loc), Message, Note);
}

//===----------------------------------------------------------------------===//
// Remarks
//===----------------------------------------------------------------------===//

void ModuleLowering::markInactive(const FunctionDecl *FD) {
  InactiveFunctions.insert(FD->getCanonicalDecl());
  if (ir::Function *F = Functions.lookup(FD->getCanonicalDecl()).F)
    F->Inactive = true;
}

void ModuleLowering::markInactive(const ParmVarDecl *P) {
  const auto *FD = cast<FunctionDecl>(P->getDeclContext());
  unsigned I = P->getFunctionScopeIndex();
  InactiveParameters.insert({FD->getCanonicalDecl(), I});
  if (ir::Function *F = Functions.lookup(FD->getCanonicalDecl()).F)
    F->Params[I + F->Method]->Inactive = true;
}

void ModuleLowering::setRule(const FunctionDecl *Primal,
                             const FunctionDecl *Rule, bool Pullback) {
  (Pullback ? Pullbacks : Pushforwards)[Primal->getCanonicalDecl()] = Rule;
  ir::Function *F = Functions.lookup(Primal->getCanonicalDecl()).F;
  if (F)
    (Pullback ? F->Pullback : F->Pushforward) = declareRule(Rule);
}

/// What is said of a template holds for each of its functions.
bool ModuleLowering::isInactive(const FunctionDecl *FD) const {
  const FunctionDecl *Pattern = FD->getTemplateInstantiationPattern();
  return InactiveFunctions.contains(FD->getCanonicalDecl()) ||
         (Pattern && InactiveFunctions.contains(Pattern->getCanonicalDecl()));
}

bool ModuleLowering::isInactive(const FunctionDecl *FD, unsigned I) const {
  const FunctionDecl *Pattern = FD->getTemplateInstantiationPattern();
  return InactiveParameters.contains({FD->getCanonicalDecl(), I}) ||
         (Pattern &&
          InactiveParameters.contains({Pattern->getCanonicalDecl(), I}));
}

bool ModuleLowering::hasRule(const FunctionDecl *FD) const {
  return Pullbacks.contains(FD->getCanonicalDecl()) ||
         Pushforwards.contains(FD->getCanonicalDecl());
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

static std::string specifiers(const FunctionDecl *FD) {
  std::string Text;
  if (FD->getStorageClass() == SC_Static && !isa<CXXMethodDecl>(FD))
    Text += "static ";
  // What is defined in a class, or by a template, may be in many files.
  if (FD->isInlined() || FD->isTemplateInstantiation())
    Text += "inline ";
  if (FD->hasAttr<CUDAHostAttr>())
    Text += "__host__ ";
  if (FD->hasAttr<CUDADeviceAttr>())
    Text += "__device__ ";
  return Text;
}

static std::vector<std::string> namespaces(const FunctionDecl *FD) {
  std::vector<std::string> Names;
  const DeclContext *DC = FD->getDeclContext()->getEnclosingNamespaceContext();
  for (; DC; DC = DC->getParent())
    if (const auto *N = dyn_cast<NamespaceDecl>(DC))
      Names.insert(Names.begin(), N->getNameAsString());
  return Names;
}

/// What qualified names of the namespace begin with.
std::string ModuleLowering::scopeText(const FunctionDecl *FD) const {
  const NamedDecl *Outermost = FD;
  while (Outermost->getDeclContext()->isRecord())
    Outermost = cast<NamedDecl>(Outermost->getDeclContext());
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  Outermost->printNestedNameSpecifier(OS, Policy);
  return Text;
}

/// Whose reals a derivative flows through.
bool ModuleLowering::isVector(QualType T) const {
  auto C = asContainer(T->getAsCXXRecordDecl());
  return C && !C->Extent && isRecord(T, AST);
}

bool ModuleLowering::addParameter(ir::Function &F, const ParmVarDecl *P) {
  QualType T = P->getType();
  std::string Why;
  const ir::Type *Ty = lowerType(T, Why);
  if (!Ty) {
    error(P->getLocation(), Why + " not supported in a parameter",
          "move it to a function marked '#pragma retrograd inactive'");
    return false;
  }
  if (isVector(T)) {
    error(P->getLocation(),
          "a 'std::vector' that is passed by value is not supported yet",
          "pass it by reference");
    return false;
  }
  std::string Name = P->getNameAsString();
  ir::Variable *V =
      F.addVariable(Name.empty() ? "unused" : Name, Ty,
                    ir::VariableKind::Parameter, location(P->getLocation()));
  V->Generated = Name.empty();
  V->Reference = T->isReferenceType();
  V->RValue = T->isRValueReferenceType();
  V->Restrict = T.isRestrictQualified();
  V->Const = T.getNonReferenceType().isConstQualified() ||
             AST.getBaseElementType(T.getNonReferenceType()).isConstQualified();
  F.Params.push_back(V);
  return true;
}

bool ModuleLowering::fillSignature(ir::Function &F, const FunctionDecl *FD) {
  // An operator is found by its operands, be it a friend that no scope names.
  F.QualifiedName =
      FD->isOverloadedOperator() ? FD->getNameAsString() : qualifiedName(FD);
  F.Scope = scopeText(FD);
  F.Namespaces = namespaces(FD);
  F.Specifiers = specifiers(FD);
  F.Kind = ir::FunctionKind::External;
  F.Loc = location(FD->getLocation());
  std::string Why;
  F.ReturnType = lowerType(FD->getReturnType(), Why);
  if (FD->getReturnType()->isReferenceType()) {
    Why = "a reference is";
    F.ReturnType = nullptr;
  } else if (isVector(FD->getReturnType())) {
    Why = "a 'std::vector' is";
    F.ReturnType = nullptr;
  }
  if (!F.ReturnType) {
    error(FD->getLocation(),
          Why + " not supported as the result of '" + FD->getNameAsString() +
              "'",
          "return a value or a pointer");
    return false;
  }
  if (isMethod(FD))
    addObject(F, llvm::cast<CXXMethodDecl>(FD));
  for (const ParmVarDecl *P : FD->parameters())
    if (!addParameter(F, P))
      return false;
  return true;
}

bool ModuleLowering::isMethod(const FunctionDecl *FD) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  return Method && Method->isImplicitObjectMemberFunction() &&
         isRecord(AST.getCanonicalTagType(Method->getParent()), AST);
}

/// The object of a member function is its first parameter.
void ModuleLowering::addObject(ir::Function &F, const CXXMethodDecl *Method) {
  F.Method = true;
  F.QualifiedName = Method->getNameAsString();
  std::string Why;
  ir::Variable *Self = F.addVariable(
      "self", lowerType(AST.getCanonicalTagType(Method->getParent()), Why),
      ir::VariableKind::Parameter, location(Method->getLocation()));
  Self->Generated = Self->Reference = true;
  Self->Const = Method->isConst();
  F.Params.push_back(Self);
}

/// A part of the names of the halves of a function: Vec_norm, Vec_add.
static std::string stemOf(const FunctionDecl *FD) {
  static const std::pair<OverloadedOperatorKind, const char *> Words[] = {
      {OO_Plus, "add"},          {OO_Minus, "subtract"},
      {OO_Star, "multiply"},     {OO_Slash, "divide"},
      {OO_PlusEqual, "add_to"},  {OO_MinusEqual, "subtract_from"},
      {OO_StarEqual, "scale"},   {OO_SlashEqual, "divide_by"},
      {OO_Subscript, "element"}, {OO_Call, "call"},
      {OO_EqualEqual, "equal"},  {OO_Less, "less"}};
  std::string Stem;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD))
    Stem = Method->getParent()->getNameAsString() + "_";
  if (FD->getIdentifier())
    return Stem + FD->getName().str();
  for (auto [Kind, Word] : Words)
    if (FD->getOverloadedOperator() == Kind)
      return Stem + Word;
  return Stem + (isa<CXXConversionDecl>(FD) ? "convert" : "operate");
}

ir::Function *ModuleLowering::declare(const FunctionDecl *FD) {
  if (Lookup)
    if (ir::Function *Generated = Lookup(FD))
      return Generated;
  const FunctionDecl *Key = FD->getCanonicalDecl();
  if (Functions[Key].Status == State::Failed)
    return nullptr;
  if (ir::Function *Known = Functions[Key].F)
    return Known;
  if (const FunctionDecl *Definition = FD->getDefinition())
    FD = Definition;

  ir::Function *F = Ctx.addFunction(FD->getNameAsString());
  Functions[Key].F = F;
  if (!fillSignature(*F, FD)) {
    Functions[Key].Status = State::Failed;
    return nullptr;
  }
  F->Stem = stemOf(FD);
  F->Inactive = isInactive(FD);
  for (unsigned I = F->Method; I < F->Params.size(); ++I)
    F->Params[I]->Inactive = isInactive(FD, I - F->Method);
  if (const FunctionDecl *Rule = Pullbacks.lookup(Key))
    F->Pullback = declareRule(Rule);
  if (const FunctionDecl *Rule = Pushforwards.lookup(Key))
    F->Pushforward = declareRule(Rule);
  return F;
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

/// Clang makes the body of a template's function at the end of the file, unless
/// a type depends on it.
const FunctionDecl *ModuleLowering::definition(const FunctionDecl *FD) const {
  const FunctionDecl *Definition = nullptr;
  if (!FD->hasBody(Definition) && FD->isTemplateInstantiation())
    Instantiate(FD);
  if (!FD->hasBody(Definition) || Definition->willHaveBody() ||
      !Definition->getBody())
    return nullptr;
  return Definition;
}

/// Refuses kinds of functions that are not supported, at their definition.
bool ModuleLowering::mayLower(const FunctionDecl *FD) {
  const char *Kind = nullptr;
  if (FD->isVariadic())
    Kind = "a function with '...'";
  else if (FD->hasAttr<CUDAGlobalAttr>())
    Kind = "a '__global__' function";
  else if (FD->isConsteval())
    Kind = "a 'consteval' function";
  if (!Kind)
    return true;
  error(FD->getLocation(),
        std::string("differentiating ") + Kind + " is not supported yet: '" +
            FD->getNameAsString() + "'",
        "write it as a free function, or give it a rule with '#pragma "
        "retrograd rule(" +
            FD->getNameAsString() + ")'");
  return false;
}

ir::Function *ModuleLowering::declareRule(const FunctionDecl *FD) {
  ir::Function *Rule = declare(FD);
  if (Rule)
    Rule->IsRule = true;
  return Rule;
}

ir::Function *ModuleLowering::lower(const FunctionDecl *FD) {
  ir::Function *F = declare(FD);
  if (!F || F->Kind == ir::FunctionKind::Derivative || F->Inactive ||
      F->Pullback || F->Pushforward)
    return F;
  const FunctionDecl *Key = FD->getCanonicalDecl();
  if (Functions[Key].Status != State::Declared)
    return F;
  const FunctionDecl *Definition = definition(FD);
  if (!Definition)
    return F;

  Functions[Key].Status = State::Lowering;
  bool Done = mayLower(Definition);
  if (Done) {
    // A declaration seen earlier may have named the parameters otherwise.
    for (unsigned I = F->Method; I < F->Params.size(); ++I)
      if (std::string Name =
              Definition->getParamDecl(I - F->Method)->getNameAsString();
          !Name.empty())
        F->Params[I]->Name = Name;
    F->Kind = ir::FunctionKind::Primal;
    Done = FunctionLowering(*this, *F, Definition).run();
  }
  Functions[Key].Status = Done ? State::Lowered : State::Failed;
  return Done ? F : nullptr;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

bool ModuleLowering::isLibrary(const FunctionDecl *FD) const {
  if (FD->getBuiltinID())
    return true;
  for (const DeclContext *DC = FD->getDeclContext(); DC; DC = DC->getParent())
    if (DC->isStdNamespace())
      return true;
  return FD->getDeclContext()->getRedeclContext()->isTranslationUnit() &&
         FD->isExternC() &&
         AST.getSourceManager().isInSystemHeader(FD->getLocation());
}

bool ModuleLowering::isHarmless(const FunctionDecl *FD) const {
  static const llvm::StringSet<> Names = {"printf",
                                          "fprintf",
                                          "vprintf",
                                          "vfprintf",
                                          "puts",
                                          "fputs",
                                          "putchar",
                                          "fputc",
                                          "putc",
                                          "fflush",
                                          "perror",
                                          "abort",
                                          "exit",
                                          "_Exit",
                                          "quick_exit",
                                          "_exit",
                                          "__assert_fail",
                                          "__assert_perror_fail",
                                          "__builtin_trap",
                                          "__builtin_unreachable",
                                          "__builtin_assume",
                                          "terminate"};
  return FD->getIdentifier() && isLibrary(FD) && Names.contains(FD->getName());
}

bool ModuleLowering::hidesNoReal(const FunctionDecl *FD) {
  if (!FD->getIdentifier() || carriesReal(FD->getReturnType()))
    return false;
  if (FD->isVariadic())
    return FD->getName() == "snprintf" || FD->getName() == "sprintf";
  return llvm::none_of(FD->parameters(), [&](const ParmVarDecl *P) {
    QualType T = P->getType();
    return (T->isPointerType() || T->isReferenceType()) &&
           !T->getPointeeType().isConstQualified() && carriesReal(T);
  });
}

/// Values in, a value out: nothing is reached through memory.
static bool isArithmeticOnly(const FunctionDecl *FD) {
  auto IsPlain = [](QualType T) {
    if (T->isReferenceType() && T->getPointeeType().isConstQualified())
      T = T->getPointeeType();
    return T->isArithmeticType() || T->isEnumeralType();
  };
  return IsPlain(FD->getReturnType()) && !FD->isVariadic() &&
         llvm::all_of(FD->parameters(), [&](const ParmVarDecl *P) {
           return IsPlain(P->getType());
         });
}

bool ModuleLowering::computePure(const FunctionDecl *FD) {
  if (!FD->getIdentifier() || !isArithmeticOnly(FD) || isInactive(FD) ||
      hasRule(FD))
    return false;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD);
      Method && !Method->isStatic())
    return false;
  if (isLibrary(FD)) {
    if (findRule(canonicalFunctionName(FD->getName()), FD->getNumParams()))
      return true;
    // Without a rule a real result must not depend on real arguments.
    bool Reals = llvm::any_of(FD->parameters(), [&](const ParmVarDecl *P) {
      return carriesReal(P->getType());
    });
    if (Reals && carriesReal(FD->getReturnType()))
      return false;
    if (FD->isConstexpr() || FD->hasAttr<ConstAttr>() ||
        FD->hasAttr<PureAttr>())
      return true;
    unsigned ID = FD->getBuiltinID();
    return ID && (AST.BuiltinInfo.isConst(ID) || AST.BuiltinInfo.isPure(ID) ||
                  AST.BuiltinInfo.isConstWithoutErrnoAndExceptions(ID));
  }
  // A user's function that a derivative could flow through is lowered.
  if (FD->getReturnType()->isRealFloatingType())
    return false;
  const FunctionDecl *Definition = definition(FD);
  if (!Definition)
    return false;
  BodyFacts Facts = gatherFacts(*this, {Definition->getBody()});
  return !Facts.WritesIntegers && !Facts.WritesReals && !Facts.ImpureCalls &&
         !Facts.OtherEffects && !Facts.HasStaticLocals;
}

bool ModuleLowering::isPure(const FunctionDecl *FD) {
  const FunctionDecl *Key = FD->getCanonicalDecl();
  // Without its body, which may come later, nothing is known for good.
  if (!isLibrary(FD) && !definition(FD))
    return false;
  // A function that calls itself counts as impure while it is looked at.
  auto [Known, New] = Pure.try_emplace(Key, false);
  if (!New)
    return Known->second;
  return Pure[Key] = computePure(FD);
}
