//===- formulas.cpp - Options against the formulas of the documentation ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// PyTorch has neither the other placements of epsilon nor all kinds of decay:
// those are compared with their formulas, evaluated here in long double from the
// first to the third step. So is a rule that a user has written.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t

#include "../Inputs/check.h"
#include <cmath>
#include <functional>
#include <retrograd/optimizers.h>
#include <vector>

using namespace retrograd;
using real = long double;

/// Three steps with these gradients, and what `formula(t, p, g)` makes of them.
template <class T, class Optimizer>
static void compare(const Optimizer &optimizer,
                    const std::function<real(int, real, real)> &formula) {
  const T gradients[] = {T(0.25), T(-0.01), T(3)};
  parameters<T> p;
  p.add("p", 1, T(0.75));
  optimizer_state state(optimizer, p);
  real expected = T(0.75);
  for (int t = 1; t <= 3; ++t) {
    const std::vector<T> g = {gradients[t - 1]};
    state.step(p, g);
    expected = formula(t, expected, g[0]);
  }
  const real bound = 16 * std::numeric_limits<T>::epsilon();
  CHECK_THAT(std::fabs(p.values()[0] - expected) <= bound);
}

template <class T>
static void adam_placements(epsilon_placement placement,
                            std::function<real(real, real)> denominator) {
  const real b1 = 0.9, b2 = 0.999;
  for (const bool amsgrad : {false, true}) {
    real m = 0, v = 0, w = 0;
    compare<T>(Adam{.lr = 0.1,
                    .eps = 1e-3,
                    .amsgrad = amsgrad,
                    .eps_placement = placement},
               [&](int t, real p, real g) {
                 m = b1 * m + (1 - b1) * g;
                 v = b2 * v + (1 - b2) * g * g;
                 w = amsgrad ? std::max(w, v) : v;
                 return p - 0.1L * m / (1 - std::pow(b1, t)) /
                                denominator(w, 1 - std::pow(b2, t));
               });
  }
  real m = 0, v = 0, product = 1;
  compare<T>(NAdam{.lr = 0.1, .eps = 1e-3, .eps_placement = placement},
             [&](int t, real p, real g) {
               const auto mu = [&](int k) {
                 return b1 * (1 - std::pow(0.96L, k * 4e-3L) / 2);
               };
               m = b1 * m + (1 - b1) * g;
               v = b2 * v + (1 - b2) * g * g;
               product *= mu(t);
               return p - 0.1L *
                              ((1 - mu(t)) / (1 - product) * g +
                               mu(t + 1) / (1 - product * mu(t + 1)) * m) /
                              denominator(v, 1 - std::pow(b2, t));
             });
  // R = 2 / (1 - 0.5) - 1 = 3 never exceeds 5: no step is rectified.
  const real c2 = 0.5;
  m = v = 0;
  compare<T>(RAdam{.lr = 0.1,
                   .beta2 = 0.5,
                   .eps = 1e-3,
                   .eps_placement = placement},
             [&](int t, real p, real g) {
               m = b1 * m + (1 - b1) * g;
               v = c2 * v + (1 - c2) * g * g;
               return p - 0.1L * m / (1 - std::pow(b1, t));
             });
}

/// The rectified steps of RAdam, which start at the sixth.
template <class T>
static void rectified(epsilon_placement placement,
                      std::function<real(real, real)> denominator) {
  const real b1 = 0.9, b2 = 0.999, limit = 2 / (1 - b2) - 1;
  parameters<T> p;
  p.add("p", 1, T(0.75));
  optimizer_state state(
      RAdam{.lr = 0.1, .eps = 1e-3, .eps_placement = placement}, p);
  real m = 0, v = 0, x = T(0.75);
  for (int t = 1; t <= 9; ++t) {
    const std::vector<T> g = {T(0.25) * T(t % 3)};
    state.step(p, g);
    m = b1 * m + (1 - b1) * g[0];
    v = b2 * v + (1 - b2) * g[0] * g[0];
    const real bc2 = 1 - std::pow(b2, t);
    const real rho = limit - 2 * t * std::pow(b2, t) / bc2;
    CHECK_THAT((rho > 5) == (t >= 6));
    const real r = std::sqrt((rho - 4) * (rho - 2) * limit /
                             ((limit - 4) * (limit - 2) * rho));
    x -= 0.1L * m / (1 - std::pow(b1, t)) *
         (rho > 5 ? r / denominator(v, bc2) : 1);
  }
  CHECK_THAT(std::fabs(p.values()[0] - x) <=
             64 * std::numeric_limits<T>::epsilon());
}

template <class T> static void placements() {
  const auto outside = [](real v, real bc) { return std::sqrt(v / bc) + 1e-3L; };
  const auto hat = [](real v, real bc) {
    return (std::sqrt(v) + 1e-3L) / std::sqrt(bc);
  };
  const auto root = [](real v, real bc) { return std::sqrt(v / bc + 1e-3L); };
  adam_placements<T>(epsilon_placement::outside, outside);
  adam_placements<T>(epsilon_placement::hat, hat);
  adam_placements<T>(epsilon_placement::root, root);
  rectified<T>(epsilon_placement::outside, outside);
  rectified<T>(epsilon_placement::hat, hat);
  rectified<T>(epsilon_placement::root, root);

  real s = 0.1L;
  compare<T>(Adagrad{.lr = 0.1,
                     .initial_accumulator_value = 0.1,
                     .eps = 1e-3,
                     .eps_placement = epsilon_placement::root},
             [&](int, real p, real g) {
               s += g * g;
               return p - 0.1L * g / std::sqrt(s + 1e-3L);
             });
  for (const bool centered : {false, true}) {
    real v = 0, mean = 0, b = 0;
    compare<T>(RMSProp{.lr = 0.1,
                       .eps = 1e-3,
                       .momentum = 0.5,
                       .centered = centered,
                       .eps_placement = epsilon_placement::root},
               [&](int, real p, real g) {
                 v = 0.99L * v + 0.01L * g * g;
                 mean = 0.99L * mean + 0.01L * g;
                 const real w = centered ? v - mean * mean : v;
                 b = 0.5L * b + g / std::sqrt(w + 1e-3L);
                 return p - 0.1L * b;
               });
  }
}

/// Decoupled decay shrinks the parameter, and then does what no decay does; l2
/// decay is a gradient.
template <class T, class Optimizer>
static void decays(Optimizer optimizer, double lr, bool same = false) {
  optimizer.lr = lr;
  optimizer.weight_decay = 0;
  parameters<T> plain, shrunk, penalised, by_hand;
  for (auto *p : {&plain, &shrunk, &penalised, &by_hand})
    p->add("p", 1, T(0.75));
  Optimizer decoupled = optimizer, l2 = optimizer;
  decoupled.weight_decay = l2.weight_decay = 0.25;
  decoupled.decay_kind = decay::decoupled;
  l2.decay_kind = decay::l2;
  optimizer_state a(optimizer, plain), b(decoupled, shrunk), c(l2, penalised),
      d(optimizer, by_hand);
  const T bound = 8 * std::numeric_limits<T>::epsilon();
  for (const T g : {T(0.5), T(-2), T(0.125)}) {
    plain.values()[0] = shrunk.values()[0] * static_cast<T>(1 - lr * 0.25);
    a.step(plain, std::vector<T>{g});
    b.step(shrunk, std::vector<T>{g});
    CHECK_THAT(std::fabs(plain.values()[0] - shrunk.values()[0]) <= bound);
    const T with_penalty = g + T(0.25) * by_hand.values()[0];
    c.step(penalised, std::vector<T>{g});
    d.step(by_hand, std::vector<T>{with_penalty});
    CHECK_THAT(std::fabs(penalised.values()[0] - by_hand.values()[0]) <= bound);
  }
  CHECK_THAT(same == (std::fabs(shrunk.values()[0] - penalised.values()[0]) <= bound));
}

template <class T> static void all_decays() {
  decays<T>(SGD{}, 0.1, true); // Where steps are linear, the two are one.
  decays<T>(SGD{.momentum = 0.5}, 0.1);
  decays<T>(Adagrad{}, 0.1);
  decays<T>(Adadelta{}, 0.5);
  decays<T>(RMSProp{}, 0.1);
  decays<T>(RMSProp{.momentum = 0.5, .centered = true}, 0.1);
  decays<T>(Adam{}, 0.1);
  decays<T>(Adamax{}, 0.1);
  decays<T>(NAdam{}, 0.1);
  decays<T>(RAdam{}, 0.1);
  decays<T>(Lion{}, 0.1);
}

//===- A rule of the user's -----------------------------------------------===//

namespace mine {

/// p <- p - lr g^3: nonsense with everything that a rule has.
struct cubes {
  enum form : int { plain };
  static constexpr int forms = 1;
  static constexpr int slots(form) { return 1; }
  template <class T> struct constants {
    form kind;
    T lr;
  };
  template <form, class T>
  RETROGRAD_RULE static void update(const constants<T> &c, T &p, T g, T *s) {
    s[0] = s[0] + 1;
    p = p - c.lr * g * g * g;
  }
};

struct Cubes {
  double lr = 0.5;
  static constexpr const char *name = "Cubes";
  using rule = cubes;
  int slots() const { return 1; }
  static const char *slot_name(int) { return "count"; }
  void validate() const {}
  template <class T> cubes::constants<T> at(const rule_position &t) const {
    return {cubes::plain, static_cast<T>(t.lr)};
  }
};

} // namespace mine

template <class T> static void own_rule() {
  parameters<T> p;
  p.add("p", 37, T(1));
  optimizer_state state(mine::Cubes{}, p);
  const std::vector<T> g(37, T(2));
  state.step(p, g);
  state.step(p, g, {.lr_factor = 0.5});
  for (std::size_t i = 0; i < 37; ++i) {
    CHECK_THAT(p.values()[i] == T(1 - 4 - 2));
    CHECK_THAT(state.slot(0)[i] == 2);
  }
}

//===- Bias corrections ---------------------------------------------------===//

static void bias_corrections() {
  using detail::bias_correction;
  CHECK_THAT(bias_correction(0, 1) == 1);
  for (const double beta : {0.5, 0.9, 0.999, 0.999999999})
    for (const std::int64_t t : {1, 2, 10, 1000, 1000000}) {
      const real exact = -std::expm1(t * std::log(static_cast<real>(beta)));
      CHECK_THAT(std::fabs(bias_correction(beta, t) - exact) <=
                 4e-16L * exact);
    }
  // Beyond 2^24, where a counter in float would stop.
  CHECK_THAT(bias_correction(0.999, std::int64_t{1} << 40) == 1);
  const double slow = 1 - 0x1p-50;
  CHECK_THAT(std::fabs(bias_correction(slow, std::int64_t{1} << 30) / 0x1p-20 -
                       1) < 1e-6);
}

int main() {
  placements<float>();
  placements<double>();
  all_decays<float>();
  all_decays<double>();
  own_rule<float>();
  own_rule<double>();
  bias_corrections();
}
