//===- verify.h - Derivatives that check themselves -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the text of a derivative calls that was compiled with `verify=<n>`:
//
//   void f_grad(double x, double *d_x) {
//     static retrograd::verification check("f_grad", "x", 3);
//     check.gradient(static_cast<double (*)(double)>(f), f_grad_unchecked, x);
//     f_grad_unchecked(x, d_x);
//   }
//
// The check has copies of the arguments and adjoints of its own, so that the
// call itself is what it is without. It reports and does not interfere. While a
// thread verifies, derivatives that it calls do not verify themselves.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_VERIFY_H
#define RETROGRAD_VERIFY_H

#include <atomic>
#include <cstdlib>
#include <retrograd/check.h>

namespace retrograd {

/// Verifies the first calls of one derivative, of all threads together.
class verification {
public:
  /// `parameters` are the names of the primal's, as in "x, y".
  constexpr verification(const char *derivative, const char *parameters,
                         int calls)
      : derivative_(derivative), parameters_(parameters), calls_(calls) {}

  template <std::size_t... Wrt, class F, class Gradient, class... A>
  void gradient(F f, Gradient f_grad, const A &...arguments) {
    verify([&](const check_options &options) {
      return check_gradient<Wrt...>(options, f, f_grad, arguments...);
    });
  }

  template <std::size_t... Wrt, class F, class Vjp, class... A>
  void vjp(F f, Vjp f_vjp, const A &...arguments) {
    verify([&](const check_options &options) {
      return check_vjp<Wrt...>(options, f, f_vjp, arguments...);
    });
  }

  template <std::size_t... Wrt, class F, class Jvp, class... A>
  void jvp(F f, Jvp f_jvp, const A &...arguments) {
    verify([&](const check_options &options) {
      return check_jvp<Wrt...>(options, f, f_jvp, arguments...);
    });
  }

private:
  /// Whether this thread is verifying.
  static bool &busy() {
    static thread_local bool flag = false;
    return flag;
  }

  template <class Check> void verify(Check &&check) {
    if (done_.load(std::memory_order_relaxed) >= calls_ || busy())
      return;
    const int call = done_.fetch_add(1, std::memory_order_relaxed) + 1;
    if (call > calls_)
      return;
    check_options options;
    options.name = derivative_;
    options.parameters = parameters_;
    busy() = true;
    check_result result;
    // Out of memory, for instance; what the functions throw is caught before.
    if (!detail::completes([&] { result = check(options); }))
      result.problem = "the check has thrown an exception";
    busy() = false;
    report(result, call);
  }

  /// One block to the standard error stream, unless all is well.
  void report(const check_result &result, int call) const {
    if (result || (result.components.empty() && result.problem.empty()))
      return;
    const std::string prefix =
        std::string("retrograd: verify: ") + derivative_ + ": ";
    const std::string suffix = " (call " + std::to_string(call) + ")\n";
    std::string text;
    if (!result.problem.empty())
      text = prefix + "not verified: " + result.problem + suffix;
    const std::size_t shown = 10;
    const std::vector<const component *> bad = result.disagreeing();
    for (std::size_t i = 0; i < bad.size() && i < shown; ++i)
      text += prefix + bad[i]->text() + suffix;
    if (bad.size() > shown)
      text += prefix + "and " + std::to_string(bad.size() - shown) + " more" +
              suffix;
    std::fputs(text.c_str(), stderr);
    if (result.count(verdict::differs) != 0 &&
        std::getenv("RETROGRAD_VERIFY_ABORT") != nullptr)
      std::abort();
  }

  const char *derivative_;
  const char *parameters_;
  int calls_;
  std::atomic<int> done_{0};
};

} // namespace retrograd

#endif // RETROGRAD_VERIFY_H
