//===- pragma-target.cpp - What a pragma may stand before ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function and nothing else; everything else is named in the error. Members of
// classes are in pragma-members.cpp, templates in pragma-templates.cpp.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s

#include <coroutine>
#include <initializer_list>

// expected-error@+1 {{'#pragma retrograd gradient' needs a function, but a variable follows}}
#pragma retrograd gradient
// expected-note@+1 {{move the pragma to the function}}
double variable{1.0};

// expected-error@+1 {{'#pragma retrograd gradient' needs a function, but a lambda follows}}
#pragma retrograd gradient
// expected-note@+1 {{move the pragma to the function}}
auto lambda = [](double x) { return x; };

// expected-error@+1 {{'#pragma retrograd inactive' needs a function, but a type follows}}
#pragma retrograd inactive
struct type { // expected-note {{move the pragma to the function}}
  double member(double x) { return x; }
};

// expected-error@+1 {{'#pragma retrograd gradient' needs a function, but a type alias follows}}
#pragma retrograd gradient
// expected-note@+1 {{move the pragma to the function}}
typedef double real;

// expected-error@+2 {{cannot apply 'gradient' to 'deleted': a deleted function has no body}}
// expected-note@+1 {{annotate a function with a body}}
#pragma retrograd gradient
double deleted(double x) = delete;

// expected-error@+2 {{cannot apply 'gradient' to 'evaluated': a consteval function is not supported}}
// expected-note@+1 {{declare it constexpr}}
#pragma retrograd gradient
consteval double evaluated(double x) { return x; }

// expected-error@+2 {{cannot apply 'gradient' to 'variadic': a function with '...' is not supported}}
// expected-note@+1 {{give the function a fixed list of parameters}}
#pragma retrograd gradient
double variadic(double x, ...) { return x; }

// expected-error@+2 {{cannot apply 'vjp' to 'main': 'main' cannot be called}}
// expected-note@+1 {{move the computation to a function of its own}}
#pragma retrograd vjp
int main() { return 0; }

// expected-error@+2 {{the body of 'bodiless' is not visible here}}
// expected-note@+1 {{write the pragma after the function's definition}}
#pragma retrograd gradient
double bodiless(double x);

// expected-error@+2 {{'gradient' needs a function that returns a floating type, but 'nothing' returns 'void'}}
// expected-note@+1 {{use 'vjp'}}
#pragma retrograd gradient
void nothing(double *x) { *x = 0; }

// expected-error@+2 {{'value' needs a function that returns a floating type, but 'still_nothing' returns 'void'}}
// expected-note@+1 {{remove 'value'}}
#pragma retrograd vjp value
void still_nothing(double *x) { *x = 0; }

double body(double x) {
// expected-error@+2 {{no function follows '#pragma retrograd gradient'}}
// expected-note@+1 {{write the pragma directly before a function, or name one: 'gradient(f)'}}
#pragma retrograd gradient
  {
    x += 1;
  }
// expected-error@+2 {{'#pragma retrograd' must stand outside of functions and classes}}
// expected-note@+1 {{move it to namespace scope}}
#pragma retrograd gradient(body)
  return x;
}

double parameters(double x,
// expected-error@+2 {{no function follows '#pragma retrograd gradient'}}
// expected-note@+1 {{write the pragma directly before a function}}
#pragma retrograd gradient
                  std::initializer_list<double>);

// expected-error@+2 {{no function follows '#pragma retrograd vjp'}}
// expected-note@+1 {{write the pragma directly before a function}}
#pragma retrograd vjp
namespace inner {
// expected-error@+2 {{no function follows '#pragma retrograd inactive'}}
// expected-note@+1 {{write the pragma directly before a function}}
#pragma retrograd inactive
} // namespace inner

// expected-error@+2 {{no function follows '#pragma retrograd vjp'}}
// expected-note@+1 {{write the pragma directly before a function}}
#pragma retrograd vjp
extern "C" {
double in_block(double x);
}

// expected-error@+1 {{'#pragma retrograd gradient' needs a function, but a type follows}}
#pragma retrograd gradient
template <class T> struct class_template { T t; }; // expected-note {{move the pragma to the function}}

// expected-error@+1 {{'#pragma retrograd gradient' needs a function, but a declaration follows}}
#pragma retrograd gradient
template <class T> concept anything = true; // expected-note {{move the pragma to the function}}

double with_rule(double x);
// expected-error@+2 {{cannot apply 'rule' to 'templated_rule': a function template is no rule}}
// expected-note@+1 {{write the rule as an ordinary function}}
#pragma retrograd rule(with_rule)
template <class T> void templated_rule(T, T, T *) {}

struct task {
  struct promise_type {
    task get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
// expected-error@+2 {{cannot apply 'vjp' to 'later': a coroutine is not supported}}
// expected-note@+1 {{compute the value in an ordinary function}}
#pragma retrograd vjp
task later(double *x) {
  *x *= 2;
  co_return;
}

// expected-error@+2 {{'value' needs a function that returns a floating type, but 'count' returns 'int'}}
// expected-note@+1 {{remove 'value'}}
#pragma retrograd jvp value
int count(double x) { return x; }

// The body of a function try block ends behind its handlers.
#pragma retrograd gradient
double tried(double x) try { // expected-error {{'try' is not supported}}
                             // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return x * x;
} catch (...) {
  return 0;
}
double tried_later(double x);
#pragma retrograd declare gradient(tried_later)
double tried_later(double x) try { // expected-error {{'try' is not supported}}
                                   // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  if (x > 0) {
  }
  return x * x;
} catch (...) {
  return 0;
}

#define HANDLER catch (int)
#define LAST_HANDLER ANY_HANDLER { return 1; }
#define ANY_HANDLER catch (...)
#pragma retrograd gradient
double tried_by_macro(double x) try { // expected-error {{'try' is not supported}}
                                      // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return x * x;
} HANDLER {
  return 0;
}
LAST_HANDLER
#define NO_HANDLER NO_HANDLER
#pragma retrograd gradient
double before_macro(double x) { return x * x; }
#undef NO_HANDLER
#define NO_HANDLER
#pragma retrograd gradient
double before_nothing(double x) { return x * x; }
NO_HANDLER

// An error of Clang's own in the function is not followed by one of ours.
#pragma retrograd gradient
double broken(double x) { return x + y; } // expected-error {{undeclared identifier 'y'}}

struct amount {};
// expected-error@+2 {{cannot apply 'gradient' to 'operator*': an operator has no name that its derivative could be called by}}
// expected-note@+1 {{choose one with 'name(...)'}}
#pragma retrograd gradient
double operator*(amount, double x) { return x; }

// expected-error@+2 {{no function follows '#pragma retrograd jvp'}}
// expected-note@+1 {{write the pragma directly before a function}}
#pragma retrograd jvp
