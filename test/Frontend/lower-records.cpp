//===- lower-records.cpp - Classes that have no derivative ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each reason why an object with reals is more than its fields, or is out of
// reach for the text of a derivative, told where the object is used.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify \
// RUN:   -Wno-unused-variable -Wno-unused-private-field %s

#include <complex>
#include <retrograd/retrograd.h>

struct base {
  double a;
};
struct second : base {
  double b;
};
struct virtually : virtual base {
  double b;
};
#pragma retrograd gradient
double of_virtual_base(double x) {
  virtually d; // expected-error {{'d' is an object that holds real numbers, and its base class 'base' is virtual, which is not supported yet}}
               // expected-note@-1 {{use separate variables or an array}}
  d.b = x;
  return d.b;
}

struct inherits : private base {
  double b;
};
#pragma retrograd gradient
double of_private_base(double x) {
  inherits d; // expected-error {{'d' is an object that holds real numbers, and its base class 'base' is not public, which is not supported yet}}
              // expected-note@-1 {{use separate variables or an array}}
  d.b = x;
  return d.b;
}

struct other : base {};
struct twofold : second, other {};
#pragma retrograd gradient
double of_base_twice(double x) {
  twofold d; // expected-error {{'d' is an object that holds real numbers, and it has one base class twice, which is not supported yet}}
             // expected-note@-1 {{use separate variables or an array}}
  d.b = x;
  return d.b;
}

#pragma retrograd gradient
double down(double x) {
  second d = {{x}, x};
  base &b = d;
  second &e = static_cast<second &>(b); // expected-error {{this way to name a variable is not supported}}
                                        // expected-note@-1 {{use the variable itself, or a pointer to it}}
  return e.b;
}

struct counts {
  int n;
};
struct more_counts : counts {};
#pragma retrograd gradient
double of_no_reals(double x, const more_counts &m) {
  return x * m.n; // expected-error {{this conversion to a base class is not supported}}
                  // expected-note@-1 {{pass the numbers that the function needs as parameters}}
}

#pragma retrograd gradient
double bound_base(double x) {
  struct base b = {x};
  other d = {b};
  auto [a] = d; // expected-error {{a structured binding of a class with base classes is not supported}}
                // expected-note@-1 {{name the fields themselves}}
  return a;
}

struct dynamic {
  double a;
  virtual double get() const;
};
#pragma retrograd gradient
double virtual_function(double x, const dynamic &d) {
  return x * d.a; // expected-error {{the member 'a' holds real numbers; its class is not supported yet, since it has virtual functions}}
                  // expected-note@-1 {{pass the members that the function needs as parameters}}
}

struct on_dynamic : dynamic {
  double b;
};
#pragma retrograd gradient
double of_dynamic_base(double x) {
  on_dynamic d; // expected-error {{'d' is an object that holds real numbers, and it has virtual functions, which is not supported yet}}
                // expected-note@-1 {{use separate variables or an array}}
  d.b = x;
  return d.b;
}

struct of_const {
  const double c;
};
struct on_const : of_const {
  double b;
};
#pragma retrograd gradient
double of_const_base(double x) {
  on_const d{{x}, x}; // expected-error {{'d' is an object that holds real numbers, and it has the base class 'of_const', and its field 'c' is 'const', which is not supported yet}}
                      // expected-note@-1 {{use separate variables or an array}}
  return d.b;
}

union either {
  double a;
  float b;
};
#pragma retrograd gradient
double of_union(double x) {
  either e{x}; // expected-error {{'e' is an object that holds real numbers, and it is a union, which is not supported yet}}
               // expected-note@-1 {{use separate variables or an array}}
  return e.a;
}

struct open_file {
  double a;
  ~open_file();
};
#pragma retrograd gradient
double destructor(double x) {
  open_file f{x}; // expected-error {{'f' is an object that holds real numbers, and it has a destructor that does something, which is not supported yet}}
                  // expected-note@-1 {{use separate variables or an array}}
  return f.a;
}

struct counted {
  double a;
  counted &operator=(const counted &);
};
#pragma retrograd gradient
double copying(double x, counted &c) {
  c.a = x; // expected-error {{the member 'a' holds real numbers; its class is not supported yet, since copying it is more than copying its fields}}
           // expected-note@-1 {{pass the members that the function needs as parameters}}
  return x;
}

#pragma retrograd gradient
double local_class(double x) {
  struct {
    double a;
  } s; // expected-error {{a class declared in a function is not supported in a function that is differentiated}}
       // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  s.a = x;
  return s.a;
}

#pragma retrograd gradient
double standard(double x) {
  std::complex<double> c; // expected-error {{'c' is an object that holds real numbers, and it is a class of the standard library, which is not supported yet}}
                          // expected-note@-1 {{use separate variables or an array}}
  return x;
}

class closed {
  double a;
};
struct bits {
  double a;
  int b : 3;
};
struct changing {
  double a;
  mutable double b;
};
struct referring {
  double a;
  double &b;
};
struct constant {
  double a;
  const double b = 1;
};
struct unstable {
  double a;
  volatile double b;
};
struct unnamed {
  double a;
  union {
    int b;
    float c;
  };
};
struct calling {
  double a;
  double (*f)(double);
};
struct open_ended {
  double a;
  double b[]; // expected-warning 0-1 {{flexible array}}
};
struct outer {
  bits inner;
};
class outside {
  struct within {
    double a;
  };

public:
  within w;
};

#pragma retrograd gradient
double hidden_field(double x, const closed &c) {
  closed d = c; // expected-error {{its field 'a' is not public}}
                // expected-note@-1 {{use separate variables or an array}}
  return x;
}
#pragma retrograd gradient
double bit_field(double x, const bits &b) {
  return x * b.a; // expected-error {{its field 'b' is a bit-field}}
                  // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double mutable_field(double x, const changing &b) {
  return x * b.a; // expected-error {{its field 'b' is 'mutable'}}
                  // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double reference_field(double x, const referring &b) {
  return x * b.a; // expected-error {{its field 'b' is a reference}}
                  // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double const_field(double x, const constant &b) {
  return x * b.a; // expected-error {{its field 'b' is 'const'}}
                  // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double volatile_field(double x, const unstable &b) {
  return x * b.a; // expected-error {{its field 'b' is 'volatile'}}
                  // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double anonymous_field(double x, const unnamed &b) {
  return x * b.a; // expected-error {{it has an anonymous union or class in it}}
                  // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double function_field(double x, const calling &b) {
  return x * b.a; // expected-error {{its field 'f' is of a type that is not supported}}
                  // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double flexible_field(double x, const open_ended &b) {
  return x * b.a; // expected-error {{its field 'b' is an array of unknown extent}}
                  // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double nested_field(double x, const outer &b) {
  return x * b.inner.a; // expected-error {{its field 'b' is a bit-field}}
                        // expected-note@-1 {{pass the members}}
}
#pragma retrograd gradient
double nested_object(double x, const outer &b) {
  outer c = b; // expected-error {{its field 'inner' is an object, and its field 'b' is a bit-field}}
               // expected-note@-1 {{use separate variables or an array}}
  return x * c.inner.a;
}
#pragma retrograd gradient
double hidden_class(double x, const outside &b) {
  outside c = b; // expected-error {{its field 'w' is an object, and other functions cannot name it}}
                 // expected-note@-1 {{use separate variables or an array}}
  return x * c.w.a;
}

//===----------------------------------------------------------------------===//
// What is not supported of the others
//===----------------------------------------------------------------------===//

struct vec {
  double x, y;
};

#pragma retrograd gradient
double written(vec &v) { // expected-error {{'written' writes to the object that 'v' leads to, which a gradient cannot have}}
                         // expected-note@-1 {{use 'vjp', whose adjoint holds the seed of what is written, or pass the object by reference to const}}
  v.x *= v.y;
  return v.x;
}

#pragma retrograd vjp directions(3)
double in_directions(double x) {
  vec v = {x, x}; // expected-error {{'v' is, or leads to, an object that holds real numbers, which is not supported together with 'directions'}}
                  // expected-note@-1 {{use separate variables or arrays}}
  return v.x * v.y;
}

#pragma retrograd gradient
double run_again(double x, int n) {
  vec v = {x, x}; // expected-error {{which is not supported together with '#pragma retrograd checkpoint'}}
                  // expected-note@-1 {{use separate variables or arrays}}
#pragma retrograd checkpoint
  for (int i = 0; i < n; ++i)
    v.x *= v.y;
  return v.x;
}

struct view {
  double *data;
};
#pragma retrograd vjp
view returned(double *x) { // expected-error {{'returned' returns a pointer to memory that derivatives flow through}}
  return {x};              // expected-note@-1 {{pass the pointer out through a parameter, or compute it in the caller}}
}

struct halves {
  double a, b;
  template <int I> double get() const { return I == 0 ? a : b; }
};
template <> struct std::tuple_size<halves> {
  static constexpr int value = 2;
};
template <std::size_t I> struct std::tuple_element<I, halves> {
  using type = double;
};
#pragma retrograd gradient
double bound(double x) {
  auto [p, q] = halves{x, x}; // expected-error {{a structured binding by way of 'get' is not supported}}
                              // expected-note@-1 {{name the fields themselves}}
  return p * q;
}

void keep(vec &v);
#pragma retrograd gradient
double unseen(double x) {
  vec v = {x, x};
  keep(v); // expected-error {{a derivative flows through 'keep', whose body is not visible here}}
           // expected-note@-1 {{give its derivative with '#pragma retrograd rule(keep)', or mark it '#pragma retrograd inactive'}}
  return v.x;
}

vec global;
#pragma retrograd gradient
double written_global(double x) {
  global.x = x; // expected-error {{the global variable 'global' is written in a function that is differentiated}}
                // expected-note@-1 {{pass it as a parameter by reference}}
  return x;
}

#pragma retrograd gradient
double copied_global(double x) {
  global = {x, x}; // expected-error {{the global variable 'global' is written in a function that is differentiated}}
                   // expected-note@-1 {{pass it as a parameter by reference}}
  return x;
}

template <class T> struct stream {};
template <class T> stream<T> &operator>>(stream<T> &, vec &);
#pragma retrograd gradient
double read(double x, stream<char> &in) {
  vec v = {x, x};
  in >> v; // expected-error {{an object could be written here without being seen}}
           // expected-note@-1 {{pass its fields, or pass it by reference to const}}
  return v.x;
}
