//===- judge.cpp - Compares derivatives with all oracles -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The main program of a batch. For each program and point it finds the Jacobian
// J and H v, the Hessian times a direction, by jets, and compares with them what
// the derivatives return. Jets in turn are compared with differences and the
// complex step, and the derivatives with each other: <u, J t> = <J^T u, t> and
// <u, H v> = <v, H u>.
//
//===----------------------------------------------------------------------===//

#include "judge.h"
#include "differences.h"
#include <csignal>
#include <cstdio>
#include <cstring>
#include <retrograd/tape.h>
#include <unistd.h>

namespace oracle {

namespace {

/// Beyond this distance from a kink, differences do not see it.
constexpr number smooth_distance = 1e-3L;
constexpr number largest_step = 0x1p-6L;
/// Differences over shorter steps are rounding.
constexpr number smallest_step = 0x1p-20L;

class judge {
public:
  judge(const program &p, const lifted &l)
      : p(p), l(l), n(p.inputs), rows(p.inputs + 1) {}

  bool run() {
    std::printf("start %s\n", p.name);
    std::fflush(stdout);
    std::size_t skipped = 0;
    for (point = 0; point < p.points; ++point)
      skipped += !judge_point();
    if (failures == 0)
      std::printf("ok %s points=%zu skipped=%zu checks=%zu differences=%zu/%zu "
                  "complex=%zu\n",
                  p.name, p.points, skipped, checks, converged, differences,
                  complexes);
    std::fflush(stdout);
    return failures == 0;
  }

private:
  /// False if derivatives mean nothing here, or are a matter of convention.
  bool judge_point() {
    x.assign(p.x + point * n, p.x + (point + 1) * n);
    k.assign(p.k + point * p.integers, p.k + (point + 1) * p.integers);
    y.assign(rows, 0);
    k_after = k;
    p.primal(x.data(), y.data(), k_after.data());
    v = directions();
    if (!find_jacobian())
      return false;
    judge_gradient();
    judge_vjp();
    judge_jvp();
    judge_product();
    judge_second_order();
    judge_differences();
    judge_complex_step();
    return true;
  }

  bool find_jacobian() {
    watched = {};
    entries.assign(rows * n, {});
    second.assign(n, {});
    reach.assign(n, 1);
    for (std::size_t i = 0; i < n; ++i) {
      watched.reach = 1;
      std::vector<jet<number>> at, out(rows);
      for (std::size_t j = 0; j < n; ++j)
        at.emplace_back(x[j], parts{number(i == j), v[j], 0, number(i == j), 0});
      std::vector<long long> integers = k;
      l.jets(at.data(), out.data(), integers.data());
      for (std::size_t r = 0; r < rows; ++r) {
        entries[r * n + i] = {out[r].d.a, out[r].d.size_a};
        if (!std::isfinite(out[r].value) || !std::isfinite(out[r].d.size_a))
          return false;
        number slack = 1e3L * p.epsilon * (1 + std::fabs(y[r]));
        if (std::fabs(out[r].value - y[r]) > slack)
          return skip_or_report(r, out[r].value);
      }
      if (integers != k_after)
        return skip_or_report(0, NAN);
      second[i] = {out[0].d.ab, out[0].d.size_ab};
      reach[i] = watched.reach;
    }
    return !watched.tie;
  }

  /// Jets and the primal take different branches: right beside a jump rounding
  /// may do that, elsewhere something is wrong.
  bool skip_or_report(std::size_t row, number value) {
    if (watched.distance > 1e4L * p.epsilon)
      report("primal", row, y[row], value, 0);
    return false;
  }

  void judge_gradient() {
    if (!p.gradient)
      return;
    numbers before = directions(), d = before, again = before;
    after_call("gradient", [&](number *out, long long *integers) {
      p.gradient(x.data(), d.data(), out, integers);
    });
    for (std::size_t i = 0; i < n; ++i)
      compare("gradient", i, d[i],
              bounded{before[i], std::fabs(before[i])} + at(0, i));
    after_call("gradient", [&](number *out, long long *integers) {
      p.gradient(x.data(), again.data(), out, integers);
    });
    require("a second call returns the same", again == d);
  }

  void judge_vjp() {
    seeds = directions();
    seeds.push_back(direction());
    numbers d(seeds.begin() + 1, seeds.end());
    after_call("vjp", [&](number *out, long long *integers) {
      p.vjp(x.data(), seeds[0], d.data(), out, integers);
    });
    for (std::size_t i = 0; i < n; ++i) {
      bounded expected{0, 0};
      for (std::size_t r = first_row(); r < rows; ++r)
        expected = expected + at(r, i).scaled(seeds[r]);
      compare("vjp", i, d[i], expected);
    }
    pulled = d;
  }

  void judge_jvp() {
    direction_t = directions();
    numbers t = direction_t;
    number s = 0;
    after_call("jvp", [&](number *out, long long *integers) {
      p.jvp(x.data(), t.data(), &s, out, integers);
    });
    pushed = t;
    pushed.insert(pushed.begin(), s);
    for (std::size_t r = first_row(); r < rows; ++r) {
      bounded expected{0, 0};
      for (std::size_t i = 0; i < n; ++i)
        expected = expected + at(r, i).scaled(direction_t[i]);
      compare("jvp", r, pushed[r], expected);
    }
  }

  /// <u, J t> = <J^T u, t>, between the derivatives themselves.
  void judge_product() {
    bounded left{0, 0};
    number right = 0;
    for (std::size_t r = first_row(); r < rows; ++r)
      left = left + bounded{seeds[r] * pushed[r], 0};
    for (std::size_t i = 0; i < n; ++i) {
      right += pulled[i] * direction_t[i];
      for (std::size_t r = first_row(); r < rows; ++r)
        left.size += std::fabs(seeds[r] * direction_t[i]) * at(r, i).size;
    }
    compare("product", 0, right, left);
  }

  void judge_second_order() {
    if (!p.gradient_jvp)
      return;
    numbers hv = hessian_times(v), u = directions(), hu = hessian_times(u);
    bounded left{0, 0};
    number right = 0;
    for (std::size_t i = 0; i < n; ++i) {
      compare("hessian", i, hv[i], second[i]);
      left = left + second[i].scaled(u[i]);
      left.value += u[i] * hv[i] - u[i] * second[i].value;
      right += v[i] * hu[i];
    }
    // The other side has the same terms in sum, so about the same size.
    left.size *= 4;
    if (left.size > largest())
      return;
    left.size += std::fabs(right);
    compare("symmetry", 0, right, left);
  }

  numbers hessian_times(const numbers &direction) {
    numbers before = directions(), d = directions(), s = before;
    after_call("hessian", [&](number *out, long long *integers) {
      p.gradient_jvp(x.data(), direction.data(), d.data(), s.data(), out,
                     integers);
    });
    for (std::size_t i = 0; i < n; ++i) {
      second[i].size += std::fabs(before[i]);
      s[i] -= before[i];
    }
    return s;
  }

  /// Differences of the text over long double, away from kinks.
  void judge_differences() {
    if (watched.distance < smooth_distance)
      return;
    for (std::size_t i = 0; i < n; ++i) {
      auto map = [&](number xi) {
        numbers at = x, out(rows);
        std::vector<long long> integers = k;
        at[i] = xi;
        l.wide(at.data(), out.data(), integers.data());
        return out;
      };
      // A staircase seen from afar is a slope: steps stay before the first kink.
      number h = std::fmin(largest_step, reach[i] / 4);
      std::vector<estimate> columns = differentiate(map, x[i], h);
      for (std::size_t r = first_row(); r < rows; ++r) {
        const bounded &e = at(r, i);
        ++differences;
        number enough = 1e-8L * (1 + std::fabs(e.value));
        if (h < smallest_step || !(columns[r].error < enough))
          continue;
        ++converged;
        // Floating-point steps of the program are not those of long double.
        number allowed = 20 * columns[r].error + 1e-9L * (1 + e.size) +
                         1e5L * p.epsilon * (1 + e.size);
        if (std::fabs(columns[r].value - e.value) > allowed &&
            agrees_at(x[i], map))
          report("differences", r * n + i, e.value, columns[r].value, allowed);
      }
    }
  }

  /// Whether long double takes the branches that the program takes.
  template <class Map> bool agrees_at(number xi, Map map) {
    numbers out = map(xi);
    for (std::size_t r = 0; r < rows; ++r)
      if (std::fabs(out[r] - y[r]) > 1e5L * p.epsilon * (1 + std::fabs(y[r])))
        return false;
    return true;
  }

  void judge_complex_step() {
    if (!l.complex || watched.distance < smooth_distance)
      return;
    const number h = 0x1p-80L;
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<complex_step> in(x.begin(), x.end()), out(rows);
      std::vector<long long> integers = k;
      in[i].z.imag(h);
      l.complex(in.data(), out.data(), integers.data());
      for (std::size_t r = first_row(); r < rows; ++r) {
        const bounded &e = at(r, i);
        if (std::fabs(out[r].z.real() - y[r]) >
            1e5L * p.epsilon * (1 + std::fabs(y[r])))
          return;
        ++complexes;
        number value = out[r].z.imag() / h;
        number allowed = 1e6L * p.epsilon * (1 + e.size);
        if (!(std::fabs(value - e.value) <= allowed))
          report("complex", r * n + i, e.value, value, allowed);
      }
    }
  }

  /// Calls a derivative, after which memory must be as the primal leaves it and
  /// the tape empty.
  template <class Call> void after_call(const char *what, Call call) {
    numbers out(rows);
    std::vector<long long> integers = k;
    call(out.data(), integers.data());
    for (std::size_t r = 1; r < rows; ++r)
      if (!same(out[r], y[r]))
        report("memory", r, out[r], y[r], 0);
    if (!std::isnan(out[0]) && !std::isnan(y[0]))
      compare("value", 0, out[0], {y[0], std::fabs(y[0])});
    checks += rows;
    require("integers are as the primal leaves them", integers == k_after);
    require("the tape is empty", retrograd::tape::local().empty());
    (void)what;
  }

  bool same(number a, number b) const {
    number slack = 8 * p.epsilon * std::fabs(b);
    return std::fabs(a - b) <= slack || (std::isnan(a) && std::isnan(b));
  }

  void compare(const char *what, std::size_t index, number actual,
               const bounded &expected) {
    if (expected.size > largest())
      return;
    ++checks;
    number allowed = 64 * p.epsilon * (expected.size + std::fabs(actual)) +
                     underflow();
    if (!(std::fabs(actual - expected.value) <= allowed))
      report(what, index, actual, expected.value, allowed);
  }

  void require(const char *what, bool holds) {
    ++checks;
    if (holds)
      return;
    ++failures;
    std::printf("fail %s point=%zu require: %s\n", p.name, point, what);
  }

  void report(const char *what, std::size_t index, number actual,
              number expected, number allowed) {
    ++failures;
    std::printf("fail %s point=%zu %s[%zu]: %.17Lg, expected %.17Lg, off by "
                "%.2Lg, allowed %.2Lg, distance to a kink %.2Lg\n",
                p.name, point, what, index, actual, expected,
                std::fabs(actual - expected), allowed, watched.distance);
  }

  /// Terms of this size overflow in the least precise type of the program.
  number largest() const {
    return p.epsilon >= 0x1p-10L   ? 0x1p15L
           : p.epsilon >= 0x1p-23L ? 0x1p127L
                                   : 0x1p1023L;
  }

  /// Below this, the least precise type of the program rounds absolutely.
  number underflow() const {
    return p.epsilon >= 0x1p-10L   ? 0x1p-14L
           : p.epsilon >= 0x1p-23L ? 0x1p-116L
                                   : 0x1p-1010L;
  }

  const bounded &at(std::size_t row, std::size_t column) const {
    return entries[row * n + column];
  }
  /// A function without a result has no first row.
  std::size_t first_row() const { return p.returns ? 0 : 1; }

  /// Short numbers, which every type holds exactly.
  number direction() {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<number>(static_cast<long long>(state >> 40) % 65 - 32) /
           32;
  }
  numbers directions() {
    numbers r(n);
    for (number &value : r)
      value = direction();
    return r;
  }

  const program &p;
  const lifted &l;
  std::size_t n, rows, point = 0;
  numbers x, y, v;
  std::vector<long long> k, k_after;
  std::vector<bounded> entries, second;
  /// How far each input may move before a kink.
  numbers reach;
  /// What the derivatives returned, for the dot-product test.
  numbers seeds, pulled, direction_t, pushed;
  unsigned long long state = 0x9e3779b97f4a7c15;
  std::size_t failures = 0, checks = 0, differences = 0, converged = 0,
              complexes = 0;
};

} // namespace

bool judge_all(const char *only, unsigned seconds) {
  bool good = true;
  for (std::size_t i = 0; i < program_count; ++i) {
    if (only && std::strcmp(only, programs[i].name) != 0)
      continue;
    alarm(seconds);
    good &= judge(programs[i], lifteds[i]).run();
  }
  return good;
}

} // namespace oracle

int main(int argc, char **argv) {
  const char *only = nullptr;
  if (argc == 3 && std::strcmp(argv[1], "--only") == 0)
    only = argv[2];
  else if (argc != 1) {
    std::fprintf(stderr, "usage: %s [--only <program>]\n", argv[0]);
    return 2;
  }
  return oracle::judge_all(only, 20) ? 0 : 1;
}
