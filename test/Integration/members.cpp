//===- members.cpp - Derivatives of member functions ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pragmas on members: in the class and outside of it, const and not, static,
// operators, friends, of nested and of overloaded names. The derivative takes
// the object first. Here objects are arrays that hold their fields.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

namespace shapes {

struct Ring {
  double inner, outer;
  float weight[2];

#pragma retrograd gradient
#pragma retrograd jvp
  double area(double s) const { return s * (square(outer) - square(inner)); }

  // It is named behind the class, too.
  double mass(double density) const {
    return density * area(weight[0]) * weight[1];
  }

#pragma retrograd vjp
#pragma retrograd jvp
  double widen(double by) {
    outer += by * inner;
    inner *= outer;
    for (float &w : weight)
      w = w * w + static_cast<float>(by);
    return inner * by;
  }

#pragma retrograd vjp
#pragma retrograd jvp
  void swallow(Ring &other) {
    outer += other.outer * inner;
    other.inner = 0.5 * outer;
    weight[1] *= other.weight[0];
  }

#pragma retrograd gradient
#pragma retrograd jvp
  static double square(double x) { return x * x; }

#pragma retrograd gradient name(density_grad)
#pragma retrograd jvp name(density_jvp)
  double operator()(double x) const { return std::exp(-x * inner) * outer; }

#pragma retrograd gradient wrt(this) name(total_by_ring)
#pragma retrograd gradient wrt(x, this) name(total_by_both)
  double total(const double *x, int n) const {
    double s = 0;
    for (int i = 0; i < n; ++i)
      s += (*this)(x[i]) * weight[i % 2];
    return s;
  }

#pragma retrograd gradient
#pragma retrograd jvp
  friend double distance(const Ring &a, const Ring &b) {
    return std::hypot(a.inner - b.inner, a.outer - b.outer);
  }

  struct Hole {
    double size;
#pragma retrograd gradient
#pragma retrograd jvp
    double area(double s) const { return halved(s * size) * size; }

  private:
    double halved(double x) const { return 0.5 * x + size; }
  };

  double outside(double x) const;
  double outside(double x);
};

#pragma retrograd gradient
#pragma retrograd jvp
double Ring::outside(double x) const { return x * inner * outer; }

} // namespace shapes

#pragma retrograd gradient(shapes::Ring::mass)
#pragma retrograd jvp(shapes::Ring::mass)

struct Rate {
  double k;
  double operator*(double x) const { return k * x * x; }
};
#pragma retrograd gradient name(times_grad)
#pragma retrograd jvp name(times_jvp)
double operator-(const Rate &a, double x) { return a * x - x; }

using shapes::Ring;

//===----------------------------------------------------------------------===//
// Objects in arrays of numbers
//===----------------------------------------------------------------------===//

/// A ring is two numbers here: those that are not double are constant.
static const Ring made(const double *p) { return {p[0], p[1], {0.5f, 1.5f}}; }

static void add(double *to, const Ring &d) {
  to[0] += d.inner;
  to[1] += d.outer;
}

static Ring tangent(const double *t) { return {t[0], t[1], {0, 0}}; }

static void of_const() {
  double r[] = {0.5, 1.25};
  oracle::test(
      "area", [](const double *r, double s) { return made(r).area(s); }, r,
      0.75)
      .gradient([](const double *r, double s, double *d_r, double *d_s) {
        Ring d = {};
        area_grad(made(r), s, &d, d_s);
        add(d_r, d);
      })
      .jvp([](const double *r, double s, const double *t_r, double t_s) {
        Ring t = tangent(t_r);
        return area_jvp(made(r), s, &t, t_s);
      });
  oracle::test(
      "mass", [](const double *r, double s) { return made(r).mass(s); }, r,
      0.75)
      .gradient([](const double *r, double s, double *d_r, double *d_s) {
        Ring d = {};
        mass_grad(made(r), s, &d, d_s);
        add(d_r, d);
      })
      .jvp([](const double *r, double s, const double *t_r, double t_s) {
        Ring t = tangent(t_r);
        return mass_jvp(made(r), s, &t, t_s);
      });
  oracle::test(
      "operator()", [](const double *r, double x) { return made(r)(x); }, r,
      0.75)
      .gradient([](const double *r, double x, double *d_r, double *d_x) {
        Ring d = {};
        density_grad(made(r), x, &d, d_x);
        add(d_r, d);
      })
      .jvp([](const double *r, double x, const double *t_r, double t_x) {
        Ring t = tangent(t_r);
        return density_jvp(made(r), x, &t, t_x);
      });
  oracle::test(
      "outside", [](const double *r, double x) { return made(r).outside(x); },
      r, 0.75)
      .gradient([](const double *r, double x, double *d_r, double *d_x) {
        Ring d = {};
        outside_grad(made(r), x, &d, d_x);
        add(d_r, d);
      })
      .jvp([](const double *r, double x, const double *t_r, double t_x) {
        Ring t = tangent(t_r);
        return outside_jvp(made(r), x, &t, t_x);
      });
}

// The object is changed; the float fields are in the precision of the others.
struct Three {
  double a, b, c;
#pragma retrograd vjp
#pragma retrograd jvp
  double mix(double by) {
    a += by * b;
    b *= a;
    c = a * b + c * by;
    return c * by;
  }
#pragma retrograd vjp
#pragma retrograd jvp
  void join(Three &other) {
    a *= other.b;
    other.c += a * other.a;
    b = other.c;
  }
#pragma retrograd gradient wrt(this) name(scaled_by_this)
#pragma retrograd gradient wrt(x) name(scaled_by_x)
  double scaled(const double *x) const { return a * x[0] + b * x[1] * c; }
};

static Three &three(double *p) { return *reinterpret_cast<Three *>(p); }
static void of_changed() {
  double t[] = {0.5, -0.75, 1.25}, u[] = {1.5, 0.25, -0.5};
  oracle::test(
      "mix", [](double *t, double by) { return three(t).mix(by); }, t, 0.75)
      .vjp([](double *t, double by, double seed, double *d_t, double *d_by) {
        mix_vjp(three(t), by, seed, &three(d_t), d_by);
      })
      .jvp([](double *t, double by, double *t_t, double t_by) {
        return mix_jvp(three(t), by, &three(t_t), t_by);
      });
  oracle::test(
      "join", [](double *t, double *u) { three(t).join(three(u)); }, t, u)
      .vjp([](double *t, double *u, double *d_t, double *d_u) {
        join_vjp(three(t), three(u), &three(d_t), &three(d_u));
      })
      .jvp([](double *t, double *u, double *t_t, double *t_u) {
        join_jvp(three(t), three(u), &three(t_t), &three(t_u));
      });
  // An object and itself.
  oracle::test(
      "join itself", [](double *t) { three(t).join(three(t)); }, t)
      .vjp([](double *t, double *d_t) {
        join_vjp(three(t), three(t), &three(d_t), &three(d_t));
      })
      .jvp([](double *t, double *t_t) {
        join_jvp(three(t), three(t), &three(t_t), &three(t_t));
      });
}

static void of_wrt() {
  const double x[] = {0.5, -0.75};
  const Three t = {1.5, 0.25, -0.5};
  Three d = {};
  scaled_by_this(t, x, &d);
  oracle::require("scaled", "by this",
                  d.a == 0.5 && d.b == -0.75 * -0.5 && d.c == -0.75 * 0.25);
  double d_x[2] = {};
  scaled_by_x(t, x, d_x);
  oracle::require("scaled", "by x", d_x[0] == 1.5 && d_x[1] == -0.125);

  const Ring r = {0.5, 1.25, {0.5f, 1.5f}};
  Ring by_ring = {}, by_both = {};
  total_by_ring(r, x, 2, &by_ring);
  total_by_both(r, x, 2, d_x, &by_both);
  oracle::require("total", "by ring and by both",
                  by_ring.inner == by_both.inner && by_ring.inner != 0 &&
                      by_ring.weight[1] == by_both.weight[1]);
}

static void of_others() {
  oracle::test("square", Ring::square, 1.25)
      .gradient(shapes::square_grad)
      .jvp(shapes::square_jvp);
  double a[] = {0.5, 1.25}, b[] = {0.75, -0.25};
  oracle::test(
      "distance",
      [](const double *a, const double *b) { return distance(made(a), made(b)); },
      a, b)
      .gradient([](const double *a, const double *b, double *d_a, double *d_b) {
        Ring d = {}, e = {};
        distance_grad(made(a), made(b), &d, &e);
        add(d_a, d);
        add(d_b, e);
      })
      .jvp([](const double *a, const double *b, const double *t_a,
              const double *t_b) {
        Ring t = tangent(t_a), u = tangent(t_b);
        return distance_jvp(made(a), made(b), &t, &u);
      });
  oracle::test(
      "Hole::area",
      [](double size, double s) { return Ring::Hole{size}.area(s); }, 1.25, 0.5)
      .gradient([](double size, double s, double *d_size, double *d_s) {
        Ring::Hole d = {};
        area_grad(Ring::Hole{size}, s, &d, d_s);
        *d_size += d.size;
      })
      .jvp([](double size, double s, double t_size, double t_s) {
        Ring::Hole t = {t_size};
        return area_jvp(Ring::Hole{size}, s, &t, t_s);
      });
  oracle::test(
      "operator-", [](double k, double x) { return Rate{k} - x; }, 1.25, 0.5)
      .gradient([](double k, double x, double *d_k, double *d_x) {
        Rate d = {};
        times_grad(Rate{k}, x, &d, d_x);
        *d_k += d.k;
      })
      .jvp([](double k, double x, double t_k, double t_x) {
        Rate t = {t_k};
        return times_jvp(Rate{k}, x, &t, t_x);
      });
}

// Float fields, by the numbers of double they convert to.
static void of_floats() {
  Ring r = {0.5, 1.25, {0.5f, 1.5f}};
  Ring d = {1, 0, {0, 1}};
  double d_by = 0;
  widen_vjp(r, 0.25, 0, &d, &d_by);
  // outer' = outer + by inner, inner' = inner outer', w' = w w + by.
  oracle::require("widen", "weights",
                  d.weight[0] == 0 && d.weight[1] == 2 * 1.5f);
  oracle::require("widen", "inner",
                  d.inner == 1.375 + 0.5 * 0.25 && d.outer == 0.5);
  oracle::require("widen", "by", d_by == 0.5 * 0.5 + 1);
  oracle::require("widen", "memory", r.outer == 1.375 && r.inner == 0.6875 &&
                                         r.weight[1] == 2.5f);
}

int main() {
  of_const();
  of_changed();
  of_wrt();
  of_others();
  of_floats();
  return oracle::result();
}
