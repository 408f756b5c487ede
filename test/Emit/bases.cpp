//===- bases.cpp - Members of base classes, as text -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A member of a base class has a qualified name where the plain one means
// something else, and an object is converted where its base class is meant.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -- -std=c++20 -I%include | FileCheck %s

#include <retrograd/retrograd.h>

struct Point {
  double x, y;
};
struct Plain : Point {
  double z;
};
struct Further : Plain {
  double w;
};
struct Hiding : Further {
  int y() const;
};

double sum(const Point *p, const Point &q);
#pragma retrograd rule(sum)
void sum_pullback(const Point *p, const Point &q, double seed, Point *d_p,
                  Point *d_q);

// CHECK: void plain_grad(const Further &f, Further *d_f) {
// CHECK-NEXT: d_f->x += f.w;
// CHECK-NEXT: d_f->w += f.x;
#pragma retrograd gradient
double plain(const Further &f) { return f.x * f.w; }

// CHECK: void hidden_grad(const Hiding &h, Hiding *d_h) {
// CHECK-NEXT: d_h->Point::x += h.Further::w;
// CHECK-NEXT: d_h->Further::w += h.Point::x;
#pragma retrograd gradient
double hidden(const Hiding &h) { return h.x * h.w; }

// CHECK: void converted_grad(const Plain *p, Further *f,
// CHECK: sum_pullback(static_cast<const Point *>(&p[1]),
// CHECK-SAME: static_cast<Point &>(*f), 1.0,
// CHECK-NEXT: static_cast<Point *>(&d_p[1]), static_cast<Point *>(d_f));
#pragma retrograd gradient
double converted(const Plain *p, Further *f) { return sum(&p[1], *f); }
