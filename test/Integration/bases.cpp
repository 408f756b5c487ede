//===- bases.cpp - Base classes -------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Classes with base classes, several and in several steps: members by plain and
// by qualified names, conversions of references, pointers and objects,
// constructors, and memory that is known by both types.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wself-assign-overloaded"
#endif

namespace {

struct Point {
  double x, y;
  double norm() const { return std::sqrt(x * x + y * y); }
  void scale(double s) {
    x *= s;
    y *= s;
  }
  double &operator[](int i) { return i == 0 ? x : y; }
};

struct Named {
  int id = 3;
  double weight = 0.5;
};

template <class T> struct Massive {
  T mass = 1;
  Massive() = default;
  explicit Massive(T m) : mass(m * m) {}
  T heavy(T by) const { return mass * by; }
};

// Its own x hides that of Point, and its mass is from the third base.
struct Body : Point, Named, Massive<double> {
  double x = 2;
  Body() = default;
  Body(double a, double m) : Point{a, a * m}, Massive(m), x(a * 2) {}
  double energy() const { return heavy(norm()) * Point::x * x * weight; }
  void move(double by) {
    scale(by);
    this->Point::x += x;
    x += this->y * by;
  }
};

struct Car : Body {
  float wheels[2] = {0.5f, 0.25f};
  double speed = 1;
  Car() = default;
  explicit Car(double v) : Body(v, v * v), speed(v) { scale(v); }
  double total() const { return energy() * speed + y * wheels[1]; }
};

// An aggregate, whose first values are those of its base.
struct Marked : Point {
  double z;
};

struct Empty {};
struct OfEmpty : Empty, Point {};

double twice(const Point &p) { return p.norm() * p.x; }
double entry(const Point *p, int i) { return p[i].x * p->y; }
void change(Point &p, double s) {
  p.x += s * p.y;
  p.scale(s);
}
// The two may be one object.
void feed(Point &p, Body &b) {
  p.x *= b.y;
  b.y += p.x * b.x;
  b.x = p.y * p.y;
}
Point halved(Point p) {
  p.scale(0.5);
  return p;
}
double chosen(const Point *p) { return p ? p->x * p->y : 2; }

} // namespace

#pragma retrograd gradient
#pragma retrograd jvp
double members(double a, double m) {
  Body b(a, m);
  b.move(m);
  b.Point::x *= b.x;
  b.weight += a;
  b[1] = b.y * b[0];
  return b.energy() + b.Point::x + b.x * b.Named::weight + b.id * b.mass;
}

#pragma retrograd gradient
#pragma retrograd jvp
double conversions(double v) {
  Car c(v), d = c;
  change(c, v);
  Point p = d;
  static_cast<Point &>(d) = c;
  Body *b = &c;
  b->mass *= v;
  Point &q = *b;
  q.y += b->x;
  const Body &e = d;
  Massive<double> *m = b;
  m->mass += c.y;
  return c.total() + twice(c) + entry(&d, 0) + p.x * c.speed + e.y * e.mass +
         twice(halved(e)) + chosen(&d) + chosen(static_cast<Car *>(nullptr));
}

#pragma retrograd gradient
#pragma retrograd jvp
double aggregates(double x, double y) {
  Marked a = {{x, x * y}, y}, b = {{y}, x}, c{}, d = {.z = x};
  Marked at[3] = {{{x, y}, 1}, a};
  Point *p = &at[1];
  p->scale(y);
  const Point *r = at + 1;
  OfEmpty o = {{}, {x, y}};
  c = a;
  a = a;
  static_cast<Point &>(c) = b;
  return a.z * b.norm() + c.x * c.z + at[1].x * at[0].y + at[2].z + d.z * r->y +
         o.norm() * o.x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double one_object(double x, double y, int same) {
  Body a(x, y), b(y, x);
  Body &second = same ? a : b;
  feed(a, second);
  feed(second, second);
  return a.energy() * b.x + second.y * a.Point::x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double overwritten(const double *x, int n) {
  Body all[2] = {Body(0.5, 1), Body(0.25, 2)};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    Point &p = all[i % 2];
    const Point before = p;
    p.x = p.x * x[i] + before.y;
    all[(i + 1) % 2].y += before.x * p.x;
    static_cast<Massive<double> &>(all[i % 2]).mass *= p.y;
    s += all[0].energy() * all[1].mass;
  }
  return s;
}

//===----------------------------------------------------------------------===//
// Of the caller
//===----------------------------------------------------------------------===//

struct Spring : Point {
  double k;
#pragma retrograd gradient
#pragma retrograd jvp
  double energy(double s) const { return 0.5 * k * norm() * s * x; }
#pragma retrograd vjp
#pragma retrograd jvp
  void pull(Point &at) {
    at.x += k * x;
    scale(at.y);
    k *= at.x;
  }
};

static Spring spring(const double *v) { return {{v[0], v[1]}, v[2]}; }
static void add(double *to, const Spring &d) {
  to[0] += d.x;
  to[1] += d.y;
  to[2] += d.k;
}
static void set(double *to, const Spring &d) {
  to[0] = d.x;
  to[1] = d.y;
  to[2] = d.k;
}

static void of_caller() {
  double v[] = {0.5, -0.75, 1.25};
  oracle::test(
      "energy", [](const double *v, double s) { return spring(v).energy(s); }, v,
      0.75)
      .gradient([](const double *v, double s, double *d_v, double *d_s) {
        Spring d = {};
        energy_grad(spring(v), s, &d, d_s);
        add(d_v, d);
      })
      .jvp([](const double *v, double s, const double *t_v, double t_s) {
        Spring t = spring(t_v);
        return energy_jvp(spring(v), s, &t, t_s);
      });
  // A spring that pulls at itself.
  oracle::test("pull itself",
               [](double *v) {
                 Spring s = spring(v);
                 s.pull(s);
                 set(v, s);
               },
               v)
      .vjp([](double *v, double *d_v) {
        Spring s = spring(v), d = spring(d_v);
        pull_vjp(s, s, &d, &d);
        set(v, s);
        set(d_v, d);
      })
      .jvp([](double *v, double *t_v) {
        Spring s = spring(v), t = spring(t_v);
        pull_jvp(s, s, &t, &t);
        set(v, s);
        set(t_v, t);
      });
}

#pragma retrograd jvp(conversions_grad)
#pragma retrograd jvp(overwritten_grad)

int main() {
  double x[] = {0.5, 1.5, -0.75, 1.25};
  CHECK_GRADIENT(members, 1.5, 0.75);
  CHECK_GRADIENT(conversions, 0.75);
  CHECK_GRADIENT(aggregates, 1.5, 0.75);
  CHECK_GRADIENT(one_object, 1.5, 0.75, 0);
  CHECK_GRADIENT(one_object, 1.5, 0.75, 1);
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(overwritten, x, n);
  of_caller();
  CHECK_HESSIAN(conversions, 0.75);
  CHECK_HESSIAN(overwritten, x, 3);
  return oracle::result();
}
