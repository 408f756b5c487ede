//===- objects.cpp - Objects without real numbers -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No derivative flows through them, but factors come out of them: members,
// elements, results of member functions. They are printed back as text, and
// what they say when a statement reads them must reach the reverse sweep, though
// the object may be another one by then.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <compare>
#include <retrograd/retrograd.h>
#include <string>
#include <vector>

struct number {
  int i;
  auto operator<=>(const number &) const = default;
  number &operator=(int n) {
    i = n;
    return *this;
  }
  number &operator+=(int n) {
    i += n;
    return *this;
  }
  void set(int n) { i = n; }
};

struct node {
  static constexpr int least = 2;
  static int most;
  int count;
  number inner;
  const node *next;
  int table[3];
  int get() const { return count; }
};
int node::most = 5;

struct made {
  int n;
  made(int n, int m = 3) : n(n * m) {}
  ~made() {}
};

static int value_of(number a) { return a.i; }
static int size_of(const made &a) { return a.n; }
static double times(double x, const number &a) { return x * a.i * x; }
static double times_copy(double x, number a) { return x * a.i * x; }

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double members(double x, const node *p, const node &r, int n) {
  double y = x * p->count + x * p->inner.i + x * r.least + x * p->most +
             x * r.most + x * p->next->inner.i;
  y += times(x, p->inner) + times_copy(x, r.inner);
  y += x * r.get() + x * p->get() + x * p->table[n] + x * r.table[n - 1];
  node many[2] = {};
  y += x * many[0].count + x * (many + 1)->count;
  return y * y;
}

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double compared(double x, const number &a, const number &b, int n) {
  double y = x * (a != b) + 2 * x * (a < b) + 4 * x * (a == b) +
             8 * x * (a >= b) + x * (n <=> 1 == 0) + x * ((n <=> 1) > 0);
  if (a > b)
    y *= x;
  return y * x;
}

// What has no type's name in the source gets one in the text.
#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double constructed(double x, const number &given, int n) {
  double y = x * (value_of(given) + value_of({n + 1}) + value_of({n}));
  y += x * number{n}.i + x * size_of(made(n)) + x * size_of(made(n, 2)) +
       x * size_of(n) + x * size_of({n, 5}) + x * static_cast<made>(n).n;
  number here = {n};
  const number there = given, *q = &there;
  const number &bound = number{n + 3};
  return y * (x * here.i + x * q->i + x * bound.i);
}

#pragma retrograd gradient
#pragma retrograd jvp
double containers(double x, int n) {
  std::string s = "abc";
  double y = x * s.size() + x * s[0] + x * s.at(1) + x * (s == "abc") +
             x * std::string("abcd").size() + x * (s + "d").size();
  std::vector<int> v = {1, 2, n};
  return y * (x * v[2] + x * v.at(n) + x * v.size());
}

#pragma retrograd inactive
static void doubled(number *a) { a->i *= 2; }

#pragma retrograd gradient wrt(x)
#pragma retrograd jvp wrt(x)
double changed(double x, number &a, const number &c) {
  number b = a;
  double y = x * b.i;
  b = c;
  y *= x * b.i;
  b.set(3);
  y *= x * b.i;
  b = 4;
  y *= x * b.i * a.i;
  a = b;
  y *= x * b.i * a.i;
  for (int k = 0; k < 3; ++k) {
    y *= x * b.i;
    b += 1;
    number d = b;
    y *= x * d.i;
    d += 1;
    y *= x * d.i;
  }
  b = 1;
  number *p = &b;
  doubled(p);
  y *= x * b.i;
  doubled(&b);
  y *= x * p->i;
  b.i > 3 ? (void)(y *= x) : b.set(4);
  y *= x * b.i;
  number many[2] = {{1}, {2}};
  y *= x * many[1].i;
  many[1] = b;
  return y * many[1].i;
}

#pragma retrograd gradient
#pragma retrograd jvp
double growing(double x) {
  std::vector<int> v(3, 2);
  double y = x * v[0] * v.at(1);
  v.assign(3, 1);
  v.resize(2);
  for (int i = 0; i < 3; ++i) {
    y *= x * v.size() + v[0];
    v.push_back(i);
  }
  v.clear();
  return y;
}

// The right side comes first, before the effects of the left one.
#pragma retrograd gradient
#pragma retrograd jvp
double right_side_first(double x) {
  std::vector<int> v(3, 2);
  double a[2] = {x, x};
  a[(v.push_back(1), 1)] = x * v.size();
  return a[0] * a[1] * v.size();
}

static int calls = 0;
static int unseen();

// A function that may do something is called as often as in the primal.
#pragma retrograd gradient
#pragma retrograd jvp
double called_once(double x) {
  double y = x;
  for (int i = 0; i < 2; ++i)
    y *= x * std::to_string(unseen()).size();
  return y;
}
static int unseen() { return ++calls % 2 ? 1 : 100; }

template <class Call> static auto with_new(number &a, Call call) {
  return [&a, call](auto... arguments) {
    a = 2;
    calls = 0;
    return call(a, arguments...);
  };
}

int main() {
  node last{1, {7}, nullptr, {}}, p{3, {4}, &last, {5, 6, 7}};
  node r{8, {9}, &p, {2, 3, 4}};
  oracle::test("members", [&](double x) { return members(x, &p, r, 2); }, 0.5)
      .gradient([&](double x, double *d) { members_grad(x, &p, r, 2, d); })
      .jvp([&](double x, double t) { return members_jvp(x, &p, r, 2, t); });
  for (int n : {0, 1, 2}) {
    number a{1}, b{n};
    oracle::test(
        "compared", [=](double x) { return compared(x, a, b, n); }, 0.5)
        .gradient([=](double x, double *d) { compared_grad(x, a, b, n, d); })
        .jvp([=](double x, double t) { return compared_jvp(x, a, b, n, t); });
    oracle::test(
        "constructed", [=](double x) { return constructed(x, b, n); }, 0.5)
        .gradient([=](double x, double *d) { constructed_grad(x, b, n, d); })
        .jvp([=](double x, double t) { return constructed_jvp(x, b, n, t); });
    CHECK_GRADIENT(containers, 0.5, n);
  }
  number a{2}, c{3};
  oracle::test(
      "changed",
      with_new(a, [&](number &a, double x) { return changed(x, a, c); }), 0.5)
      .gradient(with_new(a, [&](number &a, double x,
                                double *d) { changed_grad(x, a, c, d); }))
      .jvp(with_new(a, [&](number &a, double x, double t) {
        return changed_jvp(x, a, c, t);
      }));
  oracle::equal("changed, memory", 4, a.i);
  CHECK_GRADIENT(growing, 0.5);
  CHECK_GRADIENT(right_side_first, 0.5);
  oracle::test("called_once",
               with_new(a, [](number &, double x) { return called_once(x); }),
               0.5)
      .gradient(with_new(
          a, [](number &, double x, double *d) { called_once_grad(x, d); }))
      .jvp(with_new(a, [](number &, double x, double t) {
        return called_once_jvp(x, t);
      }));
  return oracle::result();
}
