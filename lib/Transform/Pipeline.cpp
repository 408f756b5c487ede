//===- Pipeline.cpp - From a request to the text of a derivative ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The state that outlives a request is what has been generated already: the
// derivatives, which later requests may name, and the helpers, which later
// derivatives may call.
//
//===----------------------------------------------------------------------===//

#include "Pipeline.h"
#include "../Emit/BatchPrinter.h"
#include "../Emit/Printer.h"
#include "../IR/Records.h"
#include "../IR/Walk.h"
#include "Adjoint.h"
#include "Batch.h"
#include "BatchLanes.h"
#include "CountLoops.h"
#include "DerivativeRemarks.h"
#include "Directions.h"
#include "InlineCalls.h"
#include "LoopRemarks.h"
#include "Polish.h"
#include "StructureExits.h"
#include "Tangent.h"
#include "Unaliased.h"
#include "Verify.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

struct Pipeline::Impl : DerivativeProvider {
  Impl(Context &Ctx, Diagnostics &Diags, PipelineOptions Options)
      : Ctx(Ctx), Diags(Diags), Options(std::move(Options)) {}

  std::optional<std::string> run(const Request &R);
  std::optional<std::string> derive(const Request &R);
  void forget();

  // DerivativeProvider.
  const Function *inlined(Function *Callee) override;
  const SplitFunctions *split(const SplitRequest &Request) override;
  Function *tangent(Function *Callee, const std::vector<bool> &Active) override;
  unsigned directions() const override { return Directions; }
  Function *outlined(const Function &From, llvm::StringRef Suffix) override;

  bool prints(const char *Step) const;
  void print(const char *Step, llvm::StringRef Text);
  void printFunctionAfter(const char *Step, const Function &F);
  void structure(Function &F);
  Function *newHelper(const Function &Callee, llvm::StringRef Suffix);
  void remarkOn(const Function &F, llvm::ArrayRef<const Function *> Sweeps,
                const PlanRemarks &Plan);
  void finish(Function &F);
  void direct(Function &F);
  Function *verified(const Request &R, Function *F);
  void structureCallees(const Function &F, std::set<const Function *> &Seen);
  std::string description(const Request &R, const Function &Gradient);
  std::string inLanes(const Request &R, const Function &Gradient,
                      BatchDescription &B);
  std::string text(const std::vector<Function *> &Functions);
  void addCalledOutlined(const Function &F, std::vector<Function *> &Into);

  Context &Ctx;
  Diagnostics &Diags;
  PipelineOptions Options;

  std::set<const Function *> Structured;
  std::map<std::string, Function *> Generated;
  std::map<std::string, SplitFunctions> Halves;
  std::map<std::string, Function *> Tangents;
  std::set<std::string> HelperNames;
  /// Outlined functions, in the order of their making, and those of them that
  /// have been written.
  std::vector<Function *> Outlined;
  std::set<const Function *> Written;
  // The request being served.
  const Function *Primal = nullptr;
  unsigned Directions = 0;
  std::vector<Function *> Helpers;
  std::set<const Function *> Unfinished, Prototypes;
  Remarks Told;
  /// The remarks about loops of all primals that are not counted.
  Remarks Uncounted;
  /// The keys of what was made for it.
  std::vector<std::string> NewHalves, NewTangents;
  std::vector<const Function *> NewlyWritten;
};

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

static std::string key(const Function *Callee, unsigned Directions,
                       std::initializer_list<const std::vector<bool> *> Masks) {
  std::string Key = std::to_string(reinterpret_cast<uintptr_t>(Callee)) + "x" +
                    std::to_string(Directions);
  for (const std::vector<bool> *Mask : Masks) {
    Key += '/';
    for (bool Bit : *Mask)
      Key += Bit ? '1' : '0';
  }
  return Key;
}

/// A function beside the derivative that calls it, which nobody else can name.
Function *Pipeline::Impl::newHelper(const Function &Callee,
                                    llvm::StringRef Suffix) {
  std::string Stem = Callee.Stem.empty() ? Callee.Name : Callee.Stem;
  std::string Name = Stem + Suffix.str();
  for (unsigned N = 1; !HelperNames.insert(Name).second; ++N)
    Name = Stem + Suffix.str() + std::to_string(N);
  Function *F = Ctx.addFunction(Name);
  F->Kind = FunctionKind::Derivative;
  F->Namespaces = Primal->Namespaces;
  F->QualifiedName.clear();
  for (const std::string &Namespace : F->Namespaces)
    if (!Namespace.empty())
      F->QualifiedName += Namespace + "::";
  F->QualifiedName += Name;
  F->Loc = Callee.Loc;
  F->Directions = Directions;
  // Internal, unless the primal may be defined in many files.
  llvm::StringRef Specifiers = Callee.Specifiers;
  bool Inline = llvm::StringRef(Primal->Specifiers).contains("inline ");
  F->Specifiers = Inline ? "inline " : "static ";
  for (const char *Target : {"__host__ ", "__device__ "})
    if (Specifiers.contains(Target))
      F->Specifiers += Target;
  Unfinished.insert(F);
  return F;
}

void Pipeline::Impl::structure(Function &F) {
  if (F.Kind != FunctionKind::Primal || !Structured.insert(&F).second)
    return;
  countLoops(Ctx, F);
  if (Options.Remark)
    llvm::append_range(Uncounted, uncountedLoops(F));
  structureExits(Ctx, F);
}

/// Whether a function uses the tape through its own statements or its callees.
static bool usesTape(const Function &F) {
  bool Uses = false;
  forEachStmt(F.Body, [&](const Stmt &S) { Uses |= recordsOnTape(S); });
  return Uses;
}

void Pipeline::Impl::remarkOn(const Function &F,
                              llvm::ArrayRef<const Function *> Sweeps,
                              const PlanRemarks &Plan) {
  if (!Options.Remark)
    return;
  llvm::append_range(Told, settle(Plan, Sweeps));
  llvm::append_range(Told, derivativeRemarks(F, Sweeps, Uncounted));
}

void Pipeline::Impl::finish(Function &F) {
  polish(Ctx, F);
  Unfinished.erase(&F);
}

/// The derivative F and the functions made for it get their directions.
void Pipeline::Impl::direct(Function &F) {
  for (Function *Helper : Helpers)
    addDirections(Ctx, *Helper, Directions, /*Public=*/false);
  addDirections(Ctx, F, Directions, /*Public=*/true);
  print("directions", printFunction(F));
}

const Function *Pipeline::Impl::inlined(Function *Callee) {
  if (!canInline(*Callee))
    return nullptr;
  structure(*Callee);
  int Statements = 0;
  forEachStmt(Callee->Body, [&](const Stmt &) { ++Statements; });
  return Statements <= Options.InlineLimit ? Callee : nullptr;
}

/// Where nothing is active there is nothing to pull back.
static bool usesPullback(const SplitRequest &Request) {
  return Request.Callee->Pullback && llvm::is_contained(Request.Active, true);
}

const SplitFunctions *Pipeline::Impl::split(const SplitRequest &Request) {
  std::vector<bool> Kind = {Request.UnknownCode, Request.Disposable};
  for (UserMemory User : Request.User)
    for (UserMemory Least : {UserMemory::Behind, UserMemory::Direct})
      Kind.push_back(User >= Least);
  std::string Key = key(Request.Callee, Directions, {&Request.Active, &Kind});
  auto [It, New] = Halves.try_emplace(Key);
  SplitFunctions &Pair = It->second;
  if (!New) {
    for (const Function *Half : {Pair.Forward, Pair.Reverse})
      if (Half && Unfinished.count(Half))
        Prototypes.insert(Half);
    return Pair.Forward ? &Pair : nullptr;
  }
  NewHalves.push_back(Key);
  structure(*Request.Callee);
  Pair.Forward = newHelper(*Request.Callee, "_forward");
  Pair.Reverse = newHelper(*Request.Callee, "_reverse");
  Pair.Forward->TakesTape = Pair.Reverse->TakesTape = true;
  Pair.ForwardTakesShadows = movesPointers(*Request.Callee);
  PlanRemarks Plan;
  if (usesPullback(Request))
    makeRuleHalves(Ctx, Request, Pair);
  else if (Request.Callee->Checkpoint) {
    if (!makeCheckpointHalves(Ctx, Request, Pair, *this))
      return nullptr;
  } else if (!makeHalves(Ctx, Request, Pair, *this, Diags,
                         Options.Remark ? &Plan : nullptr))
    return nullptr;
  finish(*Pair.Forward);
  finish(*Pair.Reverse);
  remarkOn(*Request.Callee, {Pair.Forward, Pair.Reverse}, Plan);
  Helpers.push_back(Pair.Forward);
  Helpers.push_back(Pair.Reverse);
  return &Pair;
}

Function *Pipeline::Impl::tangent(Function *Callee,
                                  const std::vector<bool> &Active) {
  std::string Key = key(Callee, Directions, {&Active});
  auto [It, New] = Tangents.try_emplace(Key);
  if (!New) {
    if (Unfinished.count(It->second))
      Prototypes.insert(It->second);
    return It->second;
  }
  NewTangents.push_back(Key);
  structure(*Callee);
  Function *F = It->second = newHelper(*Callee, "_tangent");
  F->TakesTape = Callee->TakesTape;
  if (!makeTangentCallee(Ctx, *Callee, Active, *F, *this, Diags))
    return nullptr;
  finish(*F);
  Helpers.push_back(F);
  return F;
}

/// What is taken out of a function is in the shape that its exits are in.
Function *Pipeline::Impl::outlined(const Function &From,
                                   llvm::StringRef Suffix) {
  Function *F = newHelper(From, Suffix);
  F->Kind = FunctionKind::Primal;
  F->Directions = 0;
  F->ReturnType = Ctx.voidType();
  Unfinished.erase(F);
  Structured.insert(F);
  Outlined.push_back(F);
  return F;
}

/// Appends the outlined functions that F calls and nobody has written, each
/// behind those that it calls itself.
void Pipeline::Impl::addCalledOutlined(const Function &F,
                                       std::vector<Function *> &Into) {
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (!llvm::is_contained(Outlined, S.Callee) ||
        !Written.insert(S.Callee).second)
      return;
    NewlyWritten.push_back(S.Callee);
    addCalledOutlined(*S.Callee, Into);
    Into.push_back(S.Callee);
  });
}

//===----------------------------------------------------------------------===//
// Requests
//===----------------------------------------------------------------------===//

/// Texts that nobody asked for are not made: they would cost more than all
/// other steps.
bool Pipeline::Impl::prints(const char *Step) const {
  return Options.PrintStream &&
         (Options.PrintAfter == Step || Options.PrintAfter == "all");
}

void Pipeline::Impl::print(const char *Step, llvm::StringRef Text) {
  if (prints(Step))
    *Options.PrintStream << "// " << Primal->QualifiedName << " after " << Step
                         << "\n"
                         << Text;
}

void Pipeline::Impl::printFunctionAfter(const char *Step, const Function &F) {
  if (prints(Step))
    print(Step, printFunction(F));
}

std::string Pipeline::Impl::text(const std::vector<Function *> &Functions) {
  std::string Text;
  for (const Function *F : Functions)
    if (Prototypes.count(F))
      Text += printSignature(*F) + ";\n";
  for (const Function *F : Functions)
    Text += (Text.empty() ? "" : "\n") + printFunction(*F);
  return Text;
}

/// Everything that carries reals, if the user named nothing.
static std::vector<Independent> independents(const Request &R) {
  std::vector<Independent> All = R.Independents;
  if (All.empty())
    for (Variable *P : R.Primal->Params)
      if (P->Ty->carriesReal() && !P->Inactive)
        All.push_back({P, nullptr, P->Loc ? P->Loc : R.Loc});
  return All;
}

/// What is emitted for a derivative: itself, or a check and a call of it.
Function *Pipeline::Impl::verified(const Request &R, Function *F) {
  if (Options.VerifyCalls == 0 || !canVerify(R, *F, Diags))
    return F;
  Function *Unchecked = newHelper(*F, "_unchecked");
  Unfinished.erase(Unchecked);
  Helpers.push_back(Unchecked);
  return makeVerified(Ctx, R, *F, *Unchecked, Options.VerifyCalls);
}

/// Those that no derivative flows through have not been needed so far.
void Pipeline::Impl::structureCallees(const Function &F,
                                      std::set<const Function *> &Seen) {
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (!S.Callee || !Seen.insert(S.Callee).second)
      return;
    structure(*S.Callee);
    structureCallees(*S.Callee, Seen);
  });
}

std::string Pipeline::Impl::description(const Request &R,
                                        const Function &Gradient) {
  std::set<const Function *> Seen;
  structureCallees(*R.Primal, Seen);
  std::vector<const Expr *> Reasons;
  BatchDescription B = describeBatch(Ctx, R, Gradient, Reasons);
  if (prints("batch"))
    print("batch", printBatchFacts(B, Reasons));
  std::string Lanes;
  if (R.Lanes)
    Lanes = inLanes(R, Gradient, B);
  return Lanes + "\n" + printBatch(B);
}

/// The functions in lanes, which compilers that have no lanes.h skip; nothing
/// where there are none.
std::string Pipeline::Impl::inLanes(const Request &R, const Function &Gradient,
                                    BatchDescription &B) {
  std::string Text;
  for (const Function *F : batchInLanes(Ctx, R, Gradient, HelperNames, B, Told))
    Text += "\n" + printFunction(*F);
  print("lanes", Text);
  if (Text.empty())
    return Text;
  if (const std::string &Scope = R.Batch->Scope; !Scope.empty())
    Text = Scope + " {\n" + Text + "}\n";
  return "\n#ifdef RETROGRAD_LANES_H\n" + Text + "#endif\n";
}

/// The function that mentions V and is called by F, directly or not, and
/// differentiated there; null if there is none.
static const Function *calleeThatReads(const Function &F, const Variable *V,
                                       std::set<const Function *> &Seen) {
  const Function *Found = nullptr;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind != StmtKind::Call || S.Callee->Inactive || S.Callee->Pullback ||
        S.Callee->Pushforward || !Seen.insert(S.Callee).second)
      return;
    forEachStmt(S.Callee->Body, [&](const Stmt &Inner) {
      forEachExpr(Inner, [&](const Expr &E) {
        if (E.Var == V)
          Found = S.Callee;
      });
    });
    if (const Function *Deeper = calleeThatReads(*S.Callee, V, Seen))
      Found = Deeper;
  });
  return Found;
}

/// The derivatives of called functions have adjoints of their parameters only:
/// they would take a global that is an independent for a constant.
static bool checkGlobals(const Request &R, Diagnostics &Diags) {
  for (const Independent &I : R.Independents) {
    std::set<const Function *> Seen;
    if (!I.Var->isGlobal())
      continue;
    const Function *Reader = calleeThatReads(*R.Primal, I.Var, Seen);
    if (!Reader)
      continue;
    Diags.error(
        I.Loc,
        "'" + I.Var->Name + "' is in 'wrt' and is read by '" + Reader->Name +
            "', which is called; its derivative there is not "
            "supported",
        "pass '" + I.Var->Name + "' to '" + Reader->Name + "' as an argument");
    return false;
  }
  return true;
}

static bool hasCheckpoint(const Function &F, std::set<const Function *> &Seen) {
  bool Found = false;
  if (Seen.insert(&F).second)
    forEachStmt(F.Body, [&](const Stmt &S) {
      Found |= S.Kind == StmtKind::Checkpoint ||
               (S.Callee && hasCheckpoint(*S.Callee, Seen));
    });
  return Found;
}

/// Objects with reals have no rows of derivatives, no lanes and no checkpoints.
static bool checkRecords(const Request &R, Diagnostics &Diags) {
  const Variable *V = findRecord(*R.Primal);
  if (!V)
    return true;
  std::set<const Function *> Seen;
  const char *With = R.Directions ? "'directions'"
                     : R.Batch    ? "'batch'"
                     : hasCheckpoint(*R.Primal, Seen)
                         ? "'#pragma retrograd checkpoint'"
                         : nullptr;
  if (With)
    Diags.error(V->Loc ? V->Loc : R.Loc,
                "'" + V->Name +
                    "' is, or leads to, an object that holds real numbers, "
                    "which is not supported together with " +
                    With,
                "use separate variables or arrays");
  const Type *Returned = R.Primal->ReturnType;
  if (Returned->isRecord() && Returned->holdsPointer())
    return rejectReturnedPointer(*R.Primal, Diags);
  return !Diags.hadError();
}

/// What a text that nobody will see defines must be defined again.
void Pipeline::Impl::forget() {
  for (const std::string &Key : NewHalves)
    Halves.erase(Key);
  for (const std::string &Key : NewTangents)
    Tangents.erase(Key);
  for (const Function *F : NewlyWritten)
    Written.erase(F);
  NewHalves.clear();
  NewTangents.clear();
  NewlyWritten.clear();
}

std::optional<std::string> Pipeline::Impl::run(const Request &R) {
  Primal = R.Primal;
  Directions = R.Directions;
  Diags.beginRequest();
  Told.clear();
  Helpers.clear();
  Prototypes.clear();
  Unfinished.clear();
  NewHalves.clear();
  NewTangents.clear();
  NewlyWritten.clear();
  std::optional<std::string> Text = derive(R);
  if (!Text)
    forget();
  return Text;
}

std::optional<std::string> Pipeline::Impl::derive(const Request &Asked) {
  Request R = Asked;
  printFunctionAfter("lower", *R.Primal);
  structure(*R.Primal);
  printFunctionAfter("structure", *R.Primal);
  R.Independents = independents(R);
  if (R.Batch && !prepareBatch(Ctx, R, Diags))
    return std::nullopt;
  auto Printer = [&](const char *Step, llvm::StringRef Text) {
    print(Step, Text);
  };
  bool Tangent = R.DerivativeMode == Mode::Jvp;
  if (!checkGlobals(R, Diags) || !checkRecords(R, Diags))
    return std::nullopt;
  PlanRemarks Plan;
  Function *F =
      Tangent ? makeJvp(Ctx, R, *this, Diags)
              : makeAdjoint(Ctx, R, *this, Diags,
                            prints("plan") ? StepPrinter(Printer) : nullptr,
                            Options.Remark ? &Plan : nullptr);
  if (!F || Diags.hadError())
    return std::nullopt;
  static const char *const Suffixes[] = {"_grad", "_vjp", "_jvp"};
  F->Kind = FunctionKind::Derivative;
  F->Name = R.Name.empty() ? R.Primal->Name +
                                 Suffixes[static_cast<int>(R.DerivativeMode)] +
                                 (Directions ? "s" : "")
                           : R.Name;
  F->Stem.clear();
  F->QualifiedName = R.Primal->Scope + F->Name;
  if (llvm::StringRef(R.Primal->QualifiedName).starts_with("::"))
    F->QualifiedName = "::" + F->QualifiedName;
  F->OpensTape = usesTape(*F);
  printFunctionAfter(Tangent ? "tangent" : "adjoint", *F);
  finish(*F);
  if (Directions)
    direct(*F);
  F->OpensTape = usesTape(*F);
  if (!Tangent)
    remarkOn(*R.Primal, {F}, Plan);
  for (Function *Each : Helpers)
    markUnaliased(*Each);
  markUnaliased(*F);
  std::string Description = R.Batch ? description(R, *F) : "";
  Helpers.push_back(verified(R, F));
  Generated[F->QualifiedName + "(" + printParameterTypes(*F) + ")"] = F;
  std::vector<Function *> All;
  for (const Function *Helper : Helpers)
    addCalledOutlined(*Helper, All);
  All.insert(All.end(), Helpers.begin(), Helpers.end());
  std::string Text = text(All) + Description;
  print("emit", Text);
  return Text;
}

Pipeline::Pipeline(Context &Ctx, Diagnostics &Diags, PipelineOptions Options)
    : State(std::make_unique<Impl>(Ctx, Diags, std::move(Options))) {}
Pipeline::~Pipeline() = default;

std::optional<std::string> Pipeline::run(const Request &R) {
  return State->run(R);
}

const Remarks &Pipeline::remarks() const { return State->Told; }

void Pipeline::forget() { State->forget(); }

Function *Pipeline::findGenerated(llvm::StringRef QualifiedName,
                                  llvm::StringRef ParameterTypes) {
  auto It = State->Generated.find(QualifiedName.str() + "(" +
                                  ParameterTypes.str() + ")");
  return It == State->Generated.end() ? nullptr : It->second;
}

llvm::ArrayRef<const char *> Pipeline::stepNames() {
  static const char *const Steps[] = {
      "lower",      "structure", "plan",  "adjoint", "tangent",
      "directions", "batch",     "lanes", "emit",    "all"};
  return Steps;
}
