//===- lower-statements.cpp - Statements without an IR --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Control flow is structured: what jumps elsewhere is refused at the jump.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

#include <coroutine>

#pragma retrograd gradient
double jump(double x) {
  if (x > 0)
    goto end; // expected-error {{'goto' is not supported}}
              // expected-note@-1 {{rewrite it with 'if', 'for' and 'while'}}
  x = -x;
end:
  return x * x;
}

#pragma retrograd gradient
double label(double x) {
again: // expected-error {{a label is not supported}}
       // expected-note@-1 {{rewrite it with 'if', 'for' and 'while'}}
  x *= x;
  if (x > 1)
    goto again;
  return x;
}

#pragma retrograd gradient
double nested_case(double x, int n) {
  switch (n) {
  case 0:
    if (x > 0) {
    case 1: // expected-error {{a case label inside another statement is not supported}}
            // expected-note@-1 {{put each label directly into the switch}}
      x *= x;
    }
  }
  return x;
}

#pragma retrograd gradient
double before_first_case(double x, int n) {
  switch (n) {
    x *= x; // expected-error {{a statement before the first case label is not supported}}
            // expected-note@-1 {{move it in front of the switch}}
  case 0:
    x += 1;
  }
  return x;
}

#pragma retrograd gradient
double assembly(double x) {
  asm volatile(""); // expected-error {{an asm statement is not supported}}
                    // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return x * x;
}

#pragma retrograd gradient
double handler(double x) {
  try { // expected-error {{'try' is not supported}}
        // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
    x *= x;
  } catch (...) {
  }
  return x;
}

struct task {
  struct promise_type {
    task get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
task later(double *x) { // expected-error {{a coroutine is not supported}}
                        // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  *x *= 2;
  co_return;
}
#pragma retrograd gradient
double waits(double x) {
  later(&x);
  return x;
}
