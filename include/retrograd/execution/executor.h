//===- executor.h - Who runs the tasks of a batch -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An executor calls task(0), ..., task(tasks - 1), each once, in any order and
// on any threads, and returns when all have returned. If one throws, tasks that
// have not begun may be left out, and the exception that came first is thrown
// to the caller. That is all that it knows: how a batch is cut, and in which
// order results are added, is decided above (shards.h), so that results do not
// depend on the executor.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_EXECUTOR_H
#define RETROGRAD_EXECUTION_EXECUTOR_H

#include <atomic>
#include <concepts>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <type_traits>

namespace retrograd {

/// Refers to a callable object, void(std::size_t), that outlives it.
class task_ref {
public:
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, task_ref> &&
             std::is_object_v<std::remove_reference_t<F>> &&
             std::invocable<F &, std::size_t>)
  task_ref(F &&f) noexcept
      : object_(
            const_cast<void *>(static_cast<const void *>(std::addressof(f)))),
        call_([](void *object, std::size_t i) {
          (*static_cast<std::remove_reference_t<F> *>(object))(i);
        }) {}

  void operator()(std::size_t i) const { call_(object_, i); }

private:
  void *object_;
  void (*call_)(void *, std::size_t);
};

/// `width()` is the number of threads that may be busy at the same time.
template <class E>
concept executor = requires(E &e, std::size_t tasks, task_ref task) {
  e.run(tasks, task);
  { e.width() } -> std::convertible_to<std::size_t>;
};

/// Keeps the exception that came first, of any thread.
class first_exception {
public:
  bool happened() const { return taken_.load(std::memory_order_relaxed); }

  /// Runs a task unless one has failed already.
  void guard(task_ref task, std::size_t i) noexcept {
    if (happened())
      return;
    try {
      task(i);
    } catch (...) {
      if (!taken_.exchange(true))
        exception_ = std::current_exception();
    }
  }

  /// Call it when all tasks have ended.
  void rethrow() {
    if (exception_)
      std::rethrow_exception(exception_);
  }

private:
  std::atomic<bool> taken_ = false;
  std::exception_ptr exception_;
};

namespace detail {

template <class E> std::string executor_name(const E &e) {
  if constexpr (requires { e.name(); })
    return e.name();
  else
    return "an executor of width " + std::to_string(e.width());
}

template <class E>
inline constexpr bool asks_for_lanes = requires { requires E::uses_lanes; };

} // namespace detail

/// Any executor, chosen at run time. Copies share what is behind.
class any_executor {
  struct interface {
    virtual ~interface() = default;
    virtual void run(std::size_t tasks, task_ref task) = 0;
    virtual std::size_t width() const = 0;
    virtual std::string name() const = 0;
  };
  template <executor E> struct holder final : interface {
    explicit holder(E e) : executor(std::move(e)) {}
    void run(std::size_t tasks, task_ref task) override {
      executor.run(tasks, task);
    }
    std::size_t width() const override { return executor.width(); }
    std::string name() const override {
      return detail::executor_name(executor);
    }
    E executor;
  };

public:
  /// serial.
  any_executor();

  template <class E>
    requires(executor<E> && !std::same_as<E, any_executor>)
  any_executor(E e)
      : held_(std::make_shared<holder<E>>(std::move(e))),
        lanes_(detail::asks_for_lanes<E>) {}

  void run(std::size_t tasks, task_ref task) { held_->run(tasks, task); }
  std::size_t width() const { return held_->width(); }
  std::string name() const { return held_->name(); }
  /// Whether samples are to run in lanes, as simd asks for.
  bool lanes() const { return lanes_; }

private:
  std::shared_ptr<interface> held_;
  bool lanes_ = false;
};

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_EXECUTOR_H
