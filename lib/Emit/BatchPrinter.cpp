//===- BatchPrinter.cpp - The description of a batch as C++ text ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Fields have the names of the parameters that they are passed for, so that
// extents can be printed as they are. A name of the function that something in
// the description hides is written with its namespaces.
//
//===----------------------------------------------------------------------===//

#include "BatchPrinter.h"
#include "Printer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

using namespace retrograd;
using namespace retrograd::ir;

bool retrograd::isBatchMember(llvm::StringRef Name) {
  static const llvm::StringSet<> Members = {
      "value_type",     "sample_types",   "shared_types",   "output_types",
      "name",           "sample_names",   "shared_names",   "output_names",
      "shared_access",  "sample_extents", "shared_extents", "output_extents",
      "with_extents",   "tape_bytes",     "value",          "gradient",
      "gradient_lanes", "value_lanes",    "has_lanes"};
  return Members.contains(Name);
}

namespace {

class BatchPrinter {
public:
  explicit BatchPrinter(const BatchDescription &B);
  std::string print();
  /// The terms of the sum, or nothing if it is not known.
  static std::string tapeBytes(const TapeSize &Size);

private:
  using Entries = llvm::ArrayRef<BatchEntry>;

  void printFields();
  void printTypes();
  void printNames();
  void printExtents(const char *What, Entries List);
  void printWithExtents();
  void printCalls();
  void printLanes();
  void printLaneCall(const char *Member, llvm::StringRef Callee, bool Adjoints);
  std::string columns(Entries List, bool Const) const;
  std::string arguments() const;
  std::string visible(llvm::StringRef Qualified) const;
  llvm::raw_ostream &line() { return OS.indent(2); }

  const BatchDescription &B;
  const Function &F;
  /// Names that the function's own would not be found behind.
  llvm::StringSet<> Hiding;
  std::vector<const Variable *> Fields;
  std::vector<std::string> Adjoints;
  std::string Text;
  llvm::raw_string_ostream OS;
};

} // namespace

static const Variable *findVariable(llvm::ArrayRef<BatchEntry> List,
                                    const Variable *V) {
  return llvm::any_of(List, [&](const BatchEntry &E) { return E.Var == V; })
             ? V
             : nullptr;
}

BatchPrinter::BatchPrinter(const BatchDescription &B)
    : B(B), F(*B.Primal), OS(Text) {
  for (const Variable *P : F.Params) {
    Hiding.insert(P->Name);
    if (!findVariable(B.Roles.Samples, P) && !findVariable(B.Roles.Shared, P) &&
        !findVariable(B.Roles.Outputs, P))
      Fields.push_back(P);
  }
  llvm::StringSet<> Taken = Hiding;
  for (const BatchEntry &E : B.Roles.Shared) {
    std::string Name = "d_" + E.Var->Name;
    for (unsigned N = 1; !Taken.insert(Name).second; ++N)
      Name = "d_" + E.Var->Name + std::to_string(N);
    Adjoints.push_back(Name);
    Hiding.insert(Name);
  }
}

//===----------------------------------------------------------------------===//
// Pieces
//===----------------------------------------------------------------------===//

/// The type of one element of a column, without const.
static std::string elementType(const Variable *V) {
  return printType(V->Ty->isPointer() ? V->Ty->Element->scalar()
                                      : V->Ty->scalar());
}

/// Joins what Print makes of each entry.
template <class List, class Fn>
static std::string commas(const List &All, Fn Print) {
  std::string Text;
  for (const auto &Item : All)
    Text += (Text.empty() ? "" : ", ") + Print(Item);
  return Text;
}

static std::string extentText(const BatchEntry &E) {
  if (!E.Extent)
    return "1";
  std::string Text = printExpr(E.Extent);
  // The name of a constant is a literal, too.
  return E.Extent->is(ExprKind::Literal) && llvm::isDigit(Text.front())
             ? Text
             : "static_cast<std::size_t>(" + Text + ")";
}

std::string BatchPrinter::visible(llvm::StringRef Qualified) const {
  llvm::StringRef Last = Qualified.substr(Qualified.rfind(':') + 1);
  return Hiding.contains(Last) || isBatchMember(Last) || Last == B.Roles.Name
             ? "::" + Qualified.str()
             : Last.str();
}

/// "const float *x, const int *label".
std::string BatchPrinter::columns(Entries List, bool Const) const {
  return commas(List, [&](const BatchEntry &E) {
    return (Const ? "const " : "") + elementType(E.Var) + " *" + E.Var->Name;
  });
}

/// The parameters of the function, from columns and fields.
std::string BatchPrinter::arguments() const {
  return commas(F.Params, [&](const Variable *P) {
    bool Scalar = !P->Ty->isPointer();
    return std::string(Scalar && !llvm::is_contained(Fields, P) ? "*" : "") +
           P->Name;
  });
}

//===----------------------------------------------------------------------===//
// Members
//===----------------------------------------------------------------------===//

void BatchPrinter::printFields() {
  for (const Variable *V : Fields) {
    bool Deduced = llvm::any_of(
        B.Roles.Deduced, [&](const DeducedExtent &D) { return D.Var == V; });
    line() << printDeclarator(V->Ty, V->Name);
    if (Deduced && V->Ty->Spelling == "int")
      OS << " = retrograd::deduced";
    else if (Deduced)
      OS << " = static_cast<" << printType(V->Ty) << ">(retrograd::deduced)";
    OS << ";\n";
  }
  if (!Fields.empty())
    OS << "\n";
}

void BatchPrinter::printTypes() {
  auto Tuple = [&](const char *What, Entries List) {
    line() << "using " << What << "_types = std::tuple<"
           << commas(List,
                     [](const BatchEntry &E) { return elementType(E.Var); })
           << ">;\n";
  };
  line() << "using value_type = " << printType(F.ReturnType) << ";\n";
  Tuple("sample", B.Roles.Samples);
  Tuple("shared", B.Roles.Shared);
  Tuple("output", B.Roles.Outputs);
}

void BatchPrinter::printNames() {
  auto Array = [&](const char *What, Entries List) {
    line() << "static constexpr std::array<const char *, " << List.size()
           << "> " << What << "_names = {"
           << commas(
                  List,
                  [](const BatchEntry &E) { return "\"" + E.Var->Name + "\""; })
           << "};\n";
  };
  line() << "static constexpr const char *name = \"" << F.Name << "\";\n";
  Array("sample", B.Roles.Samples);
  Array("shared", B.Roles.Shared);
  Array("output", B.Roles.Outputs);
  line() << "static constexpr std::array<retrograd::access, " << B.Access.size()
         << "> shared_access = {"
         << commas(B.Access,
                   [](SharedAccess A) {
                     return std::string(A == SharedAccess::Uniform
                                            ? "retrograd::access::uniform"
                                            : "retrograd::access::indexed");
                   })
         << "};\n\n";
}

void BatchPrinter::printExtents(const char *What, Entries List) {
  line() << "std::array<std::size_t, " << List.size() << "> " << What
         << "_extents() const {\n";
  line() << "  return {" << commas(List, extentText) << "};\n";
  line() << "}\n";
}

void BatchPrinter::printWithExtents() {
  std::string Array =
      "std::array<std::size_t, " + std::to_string(B.Roles.Shared.size()) + ">";
  line() << B.Roles.Name << " with_extents(" << Array
         << (B.Roles.Deduced.empty() ? "" : " shared") << ") const {\n";
  if (B.Roles.Deduced.empty()) {
    line() << "  return *this;\n";
    line() << "}\n";
    return;
  }
  line() << "  " << B.Roles.Name << " filled = *this;\n";
  for (const DeducedExtent &D : B.Roles.Deduced) {
    std::string Type = printType(D.Var->Ty), Field = "filled." + D.Var->Name;
    std::string Missing = Type == "int"
                              ? "retrograd::deduced"
                              : "static_cast<" + Type + ">(retrograd::deduced)";
    line() << "  if (" << Field << " == " << Missing << ")\n";
    line() << "    " << Field << " = static_cast<" << Type << ">(shared["
           << D.From << "]);\n";
  }
  line() << "  return filled;\n";
  line() << "}\n";
}

void BatchPrinter::printCalls() {
  std::string Return, Result = printType(F.ReturnType);
  for (const char *Target : {"__host__ ", "__device__ "})
    if (llvm::StringRef(F.Specifiers).contains(Target))
      Return += Target;
  Return += Result + (Result.back() == '*' ? "" : " ");
  std::string Columns = columns(B.Roles.Samples, /*Const=*/true) + ", " +
                        columns(B.Roles.Shared, /*Const=*/true);
  if (!B.Roles.Outputs.empty())
    Columns += ", " + columns(B.Roles.Outputs, /*Const=*/false);
  std::string Buffers;
  for (size_t I = 0; I < Adjoints.size(); ++I)
    Buffers += ", " + elementType(B.Roles.Shared[I].Var) + " *" + Adjoints[I];
  line() << Return << "value(" << Columns << ") const {\n";
  line() << "  return " << visible(F.QualifiedName) << "(" << arguments()
         << ");\n";
  line() << "}\n";
  llvm::StringRef Scope = F.QualifiedName;
  Scope = Scope.substr(0, Scope.rfind(':') + 1);
  line() << Return << "gradient(" << Columns << Buffers << ") const {\n";
  line() << "  return " << visible(Scope.str() + B.Gradient) << "("
         << arguments();
  for (const std::string &Adjoint : Adjoints)
    OS << ", " << Adjoint;
  OS << ");\n";
  line() << "}\n";
}

/// A member for W samples at once. A full tile needs no mask, and an empty one
/// nothing.
void BatchPrinter::printLaneCall(const char *Member, llvm::StringRef Callee,
                                 bool WithAdjoints) {
  auto Claim = [&](std::string Name) {
    while (Hiding.contains(Name))
      Name += "_";
    return Name;
  };
  const std::string Width = Claim("W"), Active = Claim("active");
  auto Lanes = [&](const std::string &Scalar) {
    return "retrograd::lanes<" + Scalar + ", " + Width + ">";
  };
  const std::string Result = Lanes(printType(F.ReturnType));
  std::string Parameters = "retrograd::lane_mask<" + printType(F.ReturnType) +
                           ", " + Width + "> " + Active;
  for (const BatchEntry &E : B.Roles.Samples)
    Parameters += ", const " + Lanes(elementType(E.Var)) + " *" + E.Var->Name;
  Parameters += ", " + columns(B.Roles.Shared, /*Const=*/true);
  for (const BatchEntry &E : B.Roles.Outputs)
    Parameters += ", " + Lanes(elementType(E.Var)) + " *" + E.Var->Name;
  std::string Arguments = arguments();
  for (size_t I = 0; WithAdjoints && I < Adjoints.size(); ++I) {
    Parameters +=
        ", " + Lanes(elementType(B.Roles.Shared[I].Var)) + " *" + Adjoints[I];
    Arguments += ", " + Adjoints[I];
  }
  llvm::StringRef Scope = F.QualifiedName;
  Scope = Scope.substr(0, Scope.rfind(':') + 1);
  const std::string Call =
      visible(Scope.str() + Callee.str()) + "<" + Width + ">(";
  line() << "template <int " << Width << ">\n";
  line() << "[[gnu::always_inline]] " << Result << " " << Member << "("
         << Parameters << ") const {\n";
  line() << "  if (retrograd::all(" << Active << "))\n";
  line() << "    return " << Call << "retrograd::all_lanes(), " << Arguments
         << ");\n";
  line() << "  if (retrograd::none(" << Active << "))\n";
  line() << "    return 0;\n";
  line() << "  return " << Call << Active << ", " << Arguments << ");\n";
  line() << "}\n";
}

void BatchPrinter::printLanes() {
  if (B.GradientLanes.empty())
    return;
  OS << "\n#ifdef RETROGRAD_LANES_H\n";
  line() << "static constexpr bool has_lanes = true;\n";
  printLaneCall("value_lanes", B.ValueLanes, /*Adjoints=*/false);
  printLaneCall("gradient_lanes", B.GradientLanes, /*Adjoints=*/true);
  OS << "#endif\n";
}

//===----------------------------------------------------------------------===//
// Bytes of tape
//===----------------------------------------------------------------------===//

static std::string bytesOf(const TapeRecord &R) {
  std::string Type = printType(R.Element);
  auto Factor = [](const Expr *E) {
    return E->is(ExprKind::Literal)
               ? printExpr(E)
               : "static_cast<std::size_t>(" + printExpr(E) + ")";
  };
  std::string Text;
  for (const Expr *Trip : R.Trips)
    Text += Factor(Trip) + " * ";
  switch (R.What) {
  case TapeRecord::Kind::Value:
    return Text + "sizeof(" + Type + ")";
  case TapeRecord::Kind::Block:
    return Text + Factor(R.Count) + " * sizeof(" + Type + ")";
  case TapeRecord::Kind::Array:
    return Text + "retrograd::tape::reserved_bytes<" + Type + ">(" +
           printExpr(R.Count) + ")";
  case TapeRecord::Kind::Rewound:
    return Text + "retrograd::tape::rewound_bytes<" + Type + ">()";
  case TapeRecord::Kind::Deferred:
    return Text + "2 * sizeof(void *)";
  }
  llvm_unreachable("covered switch");
}

std::string BatchPrinter::tapeBytes(const TapeSize &Size) {
  if (!Size.Known)
    return "retrograd::unknown_size";
  if (Size.Records.empty())
    return "0";
  // Equal terms are counted, in the order of their first ones.
  std::vector<std::pair<std::string, unsigned>> Terms;
  for (const TapeRecord &R : Size.Records) {
    std::string Term = bytesOf(R);
    auto Known = llvm::find_if(Terms, [&](auto &T) { return T.first == Term; });
    if (Known == Terms.end())
      Terms.emplace_back(Term, 1);
    else
      ++Known->second;
  }
  std::string Sum;
  for (const auto &[Term, Count] : Terms)
    Sum += (Sum.empty() ? "" : " + ") +
           (Count == 1 ? "" : std::to_string(Count) + " * ") + Term;
  return Sum;
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

std::string BatchPrinter::print() {
  const std::string &Scope = B.Roles.Scope;
  if (!Scope.empty())
    OS << Scope << " {\n";
  OS << "// How to run '" << F.Name
     << "' for one sample out of many; see <retrograd/batch.h>.\n"
     << "struct " << B.Roles.Name << " {\n";
  printFields();
  printTypes();
  printNames();
  printExtents("sample", B.Roles.Samples);
  printExtents("shared", B.Roles.Shared);
  printExtents("output", B.Roles.Outputs);
  printWithExtents();
  line() << "std::size_t tape_bytes() const {\n";
  line() << "  return " << tapeBytes(B.Tape) << ";\n";
  line() << "}\n";
  printCalls();
  printLanes();
  OS << "};\n";
  if (!Scope.empty())
    OS << "}\n";
  return Text;
}

std::string retrograd::printBatch(const BatchDescription &B) {
  return BatchPrinter(B).print();
}

std::string retrograd::printBatchFacts(const BatchDescription &B,
                                       llvm::ArrayRef<const Expr *> Reasons) {
  std::string Text;
  for (size_t I = 0; I < B.Access.size(); ++I) {
    Text += "// access: " + B.Roles.Shared[I].Var->Name + ": ";
    if (B.Access[I] == SharedAccess::Uniform)
      Text += "uniform\n";
    else
      Text +=
          "indexed" + (Reasons[I] ? ": " + printExpr(Reasons[I]) : "") + "\n";
  }
  return Text + "// tape: " + BatchPrinter::tapeBytes(B.Tape) + "\n";
}
