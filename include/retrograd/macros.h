//===- macros.h - Declarations of derivatives for headers -------*- C++ -*-===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// RETROGRAD_GRADIENT(f), RETROGRAD_VJP(f) and RETROGRAD_JVP(f) declare f_grad,
// f_vjp and f_jvp by a type that is computed from the type of f, and ask the
// plugin to define them wherever it sees the body of f. So a header can offer
// derivatives, and an editor that knows no plugin completes and checks their
// calls.
//
//   double loss(const double *weights, double rate);
//   RETROGRAD_GRADIENT(loss) // void loss_grad(const double *, double,
//                            //                double *, double *);
//
// The name must be an unqualified one of a function that is not overloaded and
// not static. Whoever needs wrt, name or value writes the pragma instead.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_MACROS_H
#define RETROGRAD_MACROS_H

#include <cstddef>
#include <type_traits>

namespace retrograd {
namespace detail {

template <class... Types> struct type_list {};

template <class... Lists> struct concat {
  using type = type_list<>;
};
template <class... Types> struct concat<type_list<Types...>> {
  using type = type_list<Types...>;
};
template <class... First, class... Second, class... Rest>
struct concat<type_list<First...>, type_list<Second...>, Rest...>
    : concat<type_list<First..., Second...>, Rest...> {};

template <class T>
struct is_real : std::is_floating_point<std::remove_cv_t<T>> {};
#if defined(__clang__) && defined(__FLT16_MANT_DIG__)
template <> struct is_real<_Float16> : std::true_type {};
template <> struct is_real<const _Float16> : std::true_type {};
#endif

// A derivative flows through T or through the memory that it reaches.
template <class T> struct carries_real : is_real<T> {};
template <class T> struct carries_real<T &> : carries_real<T> {};
template <class T> struct carries_real<T &&> : carries_real<T> {};
template <class T> struct carries_real<T *> : carries_real<T> {};
template <class T> struct carries_real<T *const> : carries_real<T> {};
template <class T> struct carries_real<T[]> : carries_real<T> {};
template <class T, std::size_t N>
struct carries_real<T[N]> : carries_real<T> {};

// What a parameter points or refers to, or the scalar itself.
template <class T> struct memory_of {
  using type = T;
};
template <class T> struct memory_of<T &> : memory_of<T> {};
template <class T> struct memory_of<T &&> : memory_of<T> {};
template <class T> struct memory_of<T *> {
  using type = T;
};
template <class T> struct memory_of<T *const> {
  using type = T;
};
template <class T, std::size_t N> struct memory_of<T[N]> {
  using type = T;
};

// The same with numbers that are not const: adjoints are incremented.
template <class T> struct numbers_without_const {
  using type = std::remove_const_t<T>;
};
template <class T> struct numbers_without_const<T *> {
  using type = typename numbers_without_const<T>::type *;
};
template <class T> struct numbers_without_const<T *const> {
  using type = typename numbers_without_const<T>::type *const;
};

template <class T>
using adjoint_t =
    typename numbers_without_const<typename memory_of<T>::type>::type *;

template <class T>
using tangent_t = std::conditional_t<is_real<T>::value, std::remove_const_t<T>,
                                     typename memory_of<T>::type *>;

template <class T>
using adjoint_parameter =
    std::conditional_t<carries_real<T>::value, type_list<adjoint_t<T>>,
                       type_list<>>;

template <class T>
using tangent_parameter =
    std::conditional_t<carries_real<T>::value, type_list<tangent_t<T>>,
                       type_list<>>;

// void has no seed.
template <class R>
using seed_parameter =
    std::conditional_t<is_real<R>::value, type_list<R>, type_list<>>;

template <class R, class List> struct function_of;
template <class R, class... Types> struct function_of<R, type_list<Types...>> {
  using type = R(Types...);
};

template <class F> struct derivatives;
template <class R, class... Parameters> struct derivatives<R(Parameters...)> {
  using gradient = typename function_of<
      void, typename concat<type_list<Parameters...>,
                            adjoint_parameter<Parameters>...>::type>::type;
  using vjp = typename function_of<
      void, typename concat<type_list<Parameters...>, seed_parameter<R>,
                            adjoint_parameter<Parameters>...>::type>::type;
  using jvp = typename function_of<
      R, typename concat<type_list<Parameters...>,
                         tangent_parameter<Parameters>...>::type>::type;
};
#if defined(__cpp_noexcept_function_type)
template <class R, class... Parameters>
struct derivatives<R(Parameters...) noexcept> : derivatives<R(Parameters...)> {
};
#endif

} // namespace detail

/// The function type of a derivative of a function of type F.
template <class F>
using gradient_function = typename detail::derivatives<F>::gradient;
template <class F> using vjp_function = typename detail::derivatives<F>::vjp;
template <class F> using jvp_function = typename detail::derivatives<F>::jvp;

} // namespace retrograd

// Only clang++ loads the plugin, and a clang++ without it is to be silent.
#if defined(__clang__)
#define RETROGRAD_DETAIL_PRAGMA(...) _Pragma(#__VA_ARGS__)
#define RETROGRAD_DETAIL_REQUEST(...)                                          \
  RETROGRAD_DETAIL_PRAGMA(clang diagnostic push)                               \
  RETROGRAD_DETAIL_PRAGMA(clang diagnostic ignored "-Wunknown-pragmas")        \
  RETROGRAD_DETAIL_PRAGMA(retrograd declare __VA_ARGS__)                       \
  RETROGRAD_DETAIL_PRAGMA(clang diagnostic pop)
#else
#define RETROGRAD_DETAIL_REQUEST(...)
#endif

#define RETROGRAD_GRADIENT(f)                                                  \
  ::retrograd::gradient_function<decltype(f)> f##_grad;                        \
  RETROGRAD_DETAIL_REQUEST(gradient(f))

#define RETROGRAD_VJP(f)                                                       \
  ::retrograd::vjp_function<decltype(f)> f##_vjp;                              \
  RETROGRAD_DETAIL_REQUEST(vjp(f))

#define RETROGRAD_JVP(f)                                                       \
  ::retrograd::jvp_function<decltype(f)> f##_jvp;                              \
  RETROGRAD_DETAIL_REQUEST(jvp(f))

#endif // RETROGRAD_MACROS_H
