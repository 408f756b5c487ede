//===- Pipeline.h - From a request to the text of a derivative ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one function that reads as the list of the compiler's steps:
//
//   request -> structured IR -> activity -> plan -> sweeps -> text
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_PIPELINE_H
#define RETROGRAD_TRANSFORM_PIPELINE_H

#include "../IR/Batch.h"
#include "../IR/Diagnostics.h"
#include "../IR/IR.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>
#include <vector>

namespace retrograd {

enum class Mode { Gradient, Vjp, Jvp };

/// One entry of wrt(...): a parameter or a global of the primal.
struct Independent {
  ir::Variable *Var = nullptr;
  /// Number of elements, from `wrt(x[n])`; null when not given.
  const ir::Expr *Extent = nullptr;
  ir::Location Loc = 0;
};

/// What a pragma asks for, resolved.
struct Request {
  Mode DerivativeMode = Mode::Gradient;
  ir::Function *Primal = nullptr;
  /// Resolved wrt entries in order; empty: all parameters that carry reals and
  /// are not inactive.
  std::vector<Independent> Independents;
  /// From name(...); empty for the default f_grad, f_vjp, f_jvp.
  std::string Name;
  /// The derivative also returns the primal's value.
  bool Value = false;
  /// A gradient with value for the shared parameters, which are the
  /// independents; a description of the batch is written behind it.
  std::optional<BatchRoles> Batch;
  /// The description has the functions for several samples at once, too.
  bool Lanes = false;
  ir::Location Loc = 0;
};

/// Options that the user can set; see `-fplugin-arg-retrograd-help`.
struct PipelineOptions {
  /// Print the state after this step, one of Pipeline::stepNames(), to
  /// PrintStream; "all" for each.
  std::string PrintAfter;
  llvm::raw_ostream *PrintStream = nullptr;
  /// Each derivative verifies so many of its calls at run time.
  int VerifyCalls = 0;
  /// Called functions of no more statements are differentiated in the place of
  /// their calls.
  int InlineLimit = 40;
};

/// Runs all steps for one request over one translation unit's Context. The text
/// holds, in the primal's innermost namespace, the helper functions that have
/// not been written before in this translation unit and the derivative itself.
/// Returns nothing after an error, which has been reported.
class Pipeline {
public:
  Pipeline(ir::Context &Ctx, Diagnostics &Diags, PipelineOptions Options);
  ~Pipeline();

  /// The function is derived, its text returned, and its IR registered, so
  /// that a later request can name it.
  std::optional<std::string> run(const Request &R);

  /// Says that nobody will see the text of the last run: later texts must not
  /// call the functions that it defines.
  void forget();

  /// The IR of a derivative generated earlier, by qualified name and the
  /// printed types of its parameters ("double", "const double *", "double &",
  /// joined by ", "); null if there is none.
  ir::Function *findGenerated(llvm::StringRef QualifiedName,
                              llvm::StringRef ParameterTypes);

  /// Names of steps, for option checking.
  static llvm::ArrayRef<const char *> stepNames();

private:
  struct Impl;
  std::unique_ptr<Impl> State;
};

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_PIPELINE_H
