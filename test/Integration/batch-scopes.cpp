//===- batch-scopes.cpp - Descriptions in namespaces and of static functions ===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A description stands beside its function. Names that hide one another, in the
// function or in the description, are told apart.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "descriptions.h"
#include <retrograd/retrograd.h>

namespace model {
constexpr int size = 2;

#pragma retrograd batch sample(x[size]) shared(w[size])
double outer(const double *x, const double *w) {
  return std::sin(x[0] * w[0] + x[1] * w[1]);
}

namespace {
#pragma retrograd batch sample(x) shared(w)
double hidden(double x, double w) { return std::exp(x * w); }
} // namespace

inline namespace v1 {
#pragma retrograd batch sample(x) shared(w)
inline double versioned(double x, double w) { return x * w * w; }
} // namespace v1

#pragma retrograd batch sample(x) shared(w)
static double internal(double x, double w) { return std::cos(x * w); }
} // namespace model

double elsewhere(double x, double w);
namespace other {
double elsewhere(double x, double w) { return x / w; }
} // namespace other
#pragma retrograd batch(other::elsewhere) sample(x) shared(w)

extern "C" {
#pragma retrograd batch sample(x) shared(w)
double c_function(double x, double w) { return x * w; }
}

#pragma retrograd batch sample(x) shared(w)
constexpr double at_compile_time(double x, double w) { return x * w; }

// The parameters have the names of the function, of the description, of its
// members, of the derivative and of an adjoint.
namespace names {
#pragma retrograd batch sample(confusing, value, confusing_batch) \
    shared(gradient, confusing_batch_grad[d_gradient]) outputs(name)
double confusing(double confusing, int value, double gradient,
                 const double *confusing_batch_grad, int d_gradient,
                 double confusing_batch, double &name) {
  double sum = gradient * value;
  for (int i = 0; i < d_gradient; ++i)
    sum += confusing_batch_grad[i] * confusing * confusing_batch;
  name = sum;
  return sum * sum;
}
} // namespace names

template <class B> static void check_line(const B &batch) {
  oracle::samples<B>(batch, 2, {{.5, -1.5}}, {{{.75}}}).check();
}

int main() {
  oracle::samples<model::outer_batch>({}, 2, {{1, 2, 3, 4}}, {{{.5, -.25}}})
      .check();
  check_line(model::hidden_batch{});
  check_line(model::versioned_batch{});
  check_line(model::internal_batch{});
  check_line(other::elsewhere_batch{});
  check_line(c_function_batch{});
  check_line(at_compile_time_batch{});
  oracle::samples<names::confusing_batch>({}, 2,
                                          {{.5, 2}, {1, 3}, {2, 1.5}},
                                          {{{.25}, {.5, -.75, 1}}})
      .check();
  return oracle::result();
}
