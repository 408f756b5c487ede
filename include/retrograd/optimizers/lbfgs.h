//===- lbfgs.h - L-BFGS with a line search, for full batches --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// D. C. Liu, J. Nocedal: On the limited memory BFGS method for large scale
// optimization, Math. Programming 45 (1989); the two loops are algorithm 7.4 of
// J. Nocedal, S. J. Wright, Numerical Optimization, 2nd edition, 2006, and the
// line search is its algorithms 3.5 and 3.6. For functions without noise: the
// curvature is taken from differences of gradients.
//
// The driver owns the evaluations: a closure computes the loss and its gradient
// wherever it is asked to.
//
//   auto summary = retrograd::minimize(
//       retrograd::LBFGS{}, p, [&](auto x, auto gradient) { ... });
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_LBFGS_H
#define RETROGRAD_OPTIMIZERS_LBFGS_H

#include <retrograd/parameters.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace retrograd {

/// How far an iteration goes along its direction d, from x with the loss f.
enum class line_search {
  /// t with f(x + t d) <= f(x) + c1 t f'(x) d and |f'(x + t d) d| <=
  /// c2 |f'(x) d|, the strong Wolfe conditions. Where the decrease drowns in
  /// rounding, f(x + t d) may exceed f(x) by a few units in the last place.
  strong_wolfe,
  /// t = lr, and min(1, 1 / |g|_1) lr in the first iteration: PyTorch's
  /// default.
  /// It may diverge.
  none,
};

/// L-BFGS:
///
///   d <- -H g,   H from the last pairs s = x' - x, y = g' - g and (s y) / (y
///   y) I x <- x + t d
struct LBFGS {
  double lr = 1; ///< First t that the line search tries, in (0, inf).
  /// Iterations, at least 1.
  std::int64_t max_iter = 1000;
  /// Evaluations, at least 1; 0 is 5 / 4 of max_iter, at least 25 more.
  std::int64_t max_eval = 0;
  /// Ends where no entry of the gradient is larger, in [0, inf).
  double tolerance_grad = 1e-7;
  /// Ends where neither an entry of the parameters nor the loss changes by
  /// more, in [0, inf).
  double tolerance_change = 1e-9;
  std::int64_t history_size = 100; ///< Pairs that are kept, at least 1.
  line_search line_search_fn = line_search::strong_wolfe;
  double sufficient_decrease = 1e-4; ///< c1, in (0, 1).
  double curvature = 0.9;            ///< c2, in (c1, 1).
  std::int64_t max_line_search = 25; ///< Evaluations a search, at least 1.

  static constexpr const char *name = "LBFGS";

  /// std::invalid_argument names the field, its value and its range.
  void validate() const;
};

/// Why an L-BFGS run is over.
enum class lbfgs_end {
  running,            ///< It is not.
  gradient,           ///< tolerance_grad is reached.
  change,             ///< tolerance_change is reached.
  iterations,         ///< max_iter are done.
  evaluations,        ///< max_eval are done.
  line_search_failed, ///< Not even steepest descent decreases the loss.
  not_finite,         ///< The loss or the gradient at the start is not finite.
};

struct lbfgs_summary {
  lbfgs_end why = lbfgs_end::running;
  std::string message; ///< The same in words, with the numbers.
  std::int64_t iterations = 0;
  std::int64_t evaluations = 0;
  double first_loss = 0;
  double final_loss = 0;
  double gradient_max = 0; ///< The largest entry of the last gradient.

  /// Whether a minimum has been found as exactly as was asked for.
  bool converged() const {
    return why == lbfgs_end::gradient || why == lbfgs_end::change;
  }
};

/// Returns the loss at x, and stores its gradient into g, which has the same
/// length and holds anything before. Where the loss is not finite, the line
/// search goes back.
template <class T>
using objective = std::function<double(std::span<const T> x, std::span<T> g)>;

/// L-BFGS one iteration at a time, for those who want to watch it or to write
/// checkpoints. T is float or double. Entries of frozen blocks stay as they
/// are.
template <class T> class lbfgs_state {
public:
  /// Validates the options, and that no block has an lr or a weight_decay of
  /// its own: std::invalid_argument. A penalty belongs into the loss.
  lbfgs_state(const LBFGS &options, const parameters<T> &p);

  /// One iteration. False if the run is over, and then nothing changes any
  /// more; a state that is loaded under a larger max_iter goes on.
  bool iterate(parameters<T> &p, const objective<T> &f);

  const lbfgs_summary &summary() const { return summary_; }
  /// The gradient at the parameters, after the first iteration.
  std::span<const T> gradient() const { return gradient_; }
  std::int64_t steps() const { return summary_.iterations; }

  /// What a checkpoint keeps beside the parameters: the pairs, one behind the
  /// other, and where the run stands. std::invalid_argument if what was loaded
  /// has more pairs than the history holds.
  template <class Archive> void fields(Archive &archive) {
    auto why = static_cast<std::int64_t>(summary_.why);
    archive("why", why);
    summary_.why = static_cast<lbfgs_end>(why);
    archive("message", summary_.message);
    archive("step", summary_.iterations);
    archive("evaluations", summary_.evaluations);
    archive("first_loss", summary_.first_loss);
    archive("final_loss", summary_.final_loss);
    archive("gradient_max", summary_.gradient_max);
    archive("LBFGS.gradient", std::span<T>(gradient_));
    flat_history flat = flatten();
    archive("LBFGS.s", flat.s);
    archive("LBFGS.y", flat.y);
    archive("LBFGS.products", flat.products);
    restore(flat);
  }

private:
  struct pair {
    detail::aligned_vector<T> s, y;
    double sy = 0, yy = 0;
  };
  /// All pairs in one array each, and (s y, y y) of each pair.
  struct flat_history {
    std::vector<T> s, y;
    std::vector<double> products;
  };
  /// A point of the line search: t, and value and slope there.
  struct point {
    double t, value, slope;
    bool finite;
  };

  bool start(const parameters<T> &p, const objective<T> &f);
  bool end(lbfgs_end why, std::string message);
  double evaluate(const parameters<T> &p, const objective<T> &f);
  void find_direction();
  point try_step(parameters<T> &p, const objective<T> &f, double t);
  point search(parameters<T> &p, const objective<T> &f, const point &origin,
               double t);
  point zoom(parameters<T> &p, const objective<T> &f, const point &origin,
             point low, point high, std::int64_t tries);
  point settle(parameters<T> &p, const objective<T> &f, const point &origin,
               const point &best);
  bool decreases(const point &origin, const point &p) const;
  bool is_flat(const point &origin, const point &p) const;
  void remember(const parameters<T> &p);
  bool conclude(const parameters<T> &p, double old_loss);
  flat_history flatten() const;
  void restore(const flat_history &flat);

  LBFGS options_;
  lbfgs_summary summary_;
  std::vector<pair> history_; ///< The oldest first.
  detail::aligned_vector<T> gradient_;
  detail::aligned_vector<T> old_gradient_;
  detail::aligned_vector<T> old_values_;
  detail::aligned_vector<T> direction_;
  double current_t_ = 0; ///< Where the parameters are on the line.
};

extern template class lbfgs_state<float>;
extern template class lbfgs_state<double>;

/// Runs L-BFGS from the parameters, which hold the best point at the end.
template <class T>
lbfgs_summary minimize(const LBFGS &options, parameters<T> &p,
                       const std::type_identity_t<objective<T>> &f);
extern template lbfgs_summary minimize(const LBFGS &, parameters<float> &,
                                       const objective<float> &);
extern template lbfgs_summary minimize(const LBFGS &, parameters<double> &,
                                       const objective<double> &);

/// The same for numbers of the caller.
template <class T>
lbfgs_summary minimize(const LBFGS &options, std::span<T> x,
                       const std::type_identity_t<objective<T>> &f) {
  auto p = parameters<T>::borrow("x", x);
  return minimize(options, p, f);
}
template <class T>
lbfgs_summary minimize(const LBFGS &options, std::vector<T> &x,
                       const std::type_identity_t<objective<T>> &f) {
  return minimize(options, std::span<T>(x), f);
}

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_LBFGS_H
