// What the rule table answers where there is no derivative, and where the
// usual formula would be 0 / 0: kinks, poles, ties, NaN. docs/rules.md tells
// why.
//
// RUN: %clangxx -std=c++20 -Wall -Werror -I%include -I%source/lib %s -o %t
// RUN: %t

#include "Inputs/differences.h"
#include "Inputs/duals.h"

namespace retrograd::partials {

constexpr long double infinity = numeric_limits<long double>::infinity();
constexpr long double nan = numeric_limits<long double>::quiet_NaN();

void expect(int line, const char *what, long double got, long double expected) {
  const bool same =
      isnan(expected)
          ? isnan(got)
          : got == expected || fabs(got - expected) <= 2e-6L * fabs(expected);
  if (same)
    return;
  ++retrograd_test::failures;
  std::printf("line %d: %s is %Lg, expected %Lg\n", line, what, got, expected);
}

/// The partial by the argument By at a point.
template <int By, class R>
auto at(typename R::X x, typename R::Y y = 0, typename R::Z z = 0) {
  const auto r = R::value(x, y, z);
  if constexpr (By == 0)
    return R::dx(x, y, z, r);
  else if constexpr (By == 1)
    return R::dy(x, y, z, r);
  else
    return R::dz(x, y, z, r);
}

#define BY_X(ROW, VALUE, ...)                                                  \
  expect(__LINE__, #ROW " by x at " #__VA_ARGS__, at<0, ROW<T>>(__VA_ARGS__),  \
         VALUE)
#define BY_Y(ROW, VALUE, ...)                                                  \
  expect(__LINE__, #ROW " by y at " #__VA_ARGS__, at<1, ROW<T>>(__VA_ARGS__),  \
         VALUE)
#define BY_Z(ROW, VALUE, ...)                                                  \
  expect(__LINE__, #ROW " by z at " #__VA_ARGS__, at<2, ROW<T>>(__VA_ARGS__),  \
         VALUE)

template <class T> void poles() {
  BY_X(sqrt1, infinity, 0);
  BY_X(cbrt1, infinity, 0);
  BY_X(asin1, infinity, 1);
  BY_X(acos1, -infinity, -1);
  BY_X(acosh1, infinity, 1);
  BY_X(atanh1, infinity, 1);
  BY_X(log1, infinity, 0);
  BY_X(log1p1, infinity, -1);
  BY_X(atan22, nan, 0, 0);
  BY_Y(atan22, nan, 0, 0);
  BY_X(comp_ellint_21, -infinity, 1);
  BY_Z(assoc_legendre3, -infinity, 2, 1, 1);
}

template <class T> void powers() {
  // The exponent 0 is the constant 1, even at 0.
  BY_X(pow2, 0, 0, 0);
  BY_Y(pow2, 0, 0, 0);
  BY_X(pow2, 0, 2, 0);
  BY_Y(pow2, constants::ln2<long double>, 2, 0);
  BY_X(pow2, 1, 0, 1);
  BY_X(pow2, 0, 0, 2);
  BY_Y(pow2, 0, 0, 2);
  BY_X(pow2, infinity, 0, T(0.5));
  // A negative base has powers for integer exponents only, so none to derive.
  BY_X(pow2, 12, -2, 3);
  BY_Y(pow2, nan, -2, 3);
  BY_X(hypot2, 0, 0, 0);
  BY_Y(hypot2, 0, 0, 0);
  BY_Z(hypot3, 0, 0, 0, 0);
  BY_Z(hypot3, -1, 0, 0, -2);
  BY_X(cbrt1, 1 / 12.0L, -8);
}

template <class T> void kinks() {
  BY_X(fabs1, 0, 0);
  BY_X(fabs1, 0, T(-0.0));
  BY_X(abs1, -1, -3);
  BY_X(copysign2, 0, 0, -1);
  BY_X(copysign2, -1, 2, T(-0.0));
  BY_X(copysign2, 1, -2, -1);
  BY_X(fdim2, 0, 1, 1);
  BY_Y(fdim2, 0, 1, 1);
  BY_X(frexp_mantissa1, 1, 0);
  BY_X(frexp_mantissa1, 1 / 16.0L, 8);

  // A tie is shared, as torch.maximum and jax.numpy.maximum do.
  BY_X(min2, 0.5, 1, 1);
  BY_Y(min2, 0.5, 1, 1);
  BY_X(max2, 0.5, 1, 1);
  BY_Y(max2, 0.5, 1, 1);
  BY_X(fmin2, 0.5, 1, 1);
  BY_Y(fmax2, 0.5, 1, 1);

  // The value is followed up to both bounds, as torch.clamp does.
  BY_X(clamp3, 1, 0, 0, 1);
  BY_X(clamp3, 1, 1, 0, 1);
  BY_X(clamp3, 0, 2, 0, 1);
  BY_Y(clamp3, 1, -1, 0, 1);
  BY_Y(clamp3, 0, 0, 0, 1);
  BY_Z(clamp3, 1, 2, 0, 1);
}

/// The derivative goes to the argument that was chosen.
template <class T> void not_a_number() {
  const T none = T(nan);
  BY_X(fmin2, 1, 1, none);
  BY_Y(fmin2, 0, 1, none);
  BY_X(fmax2, 0, none, 1);
  BY_Y(fmax2, 1, none, 1);
  BY_X(min2, 1, none, 1);
  BY_Y(min2, 0, 1, none);
  BY_X(max2, 1, 1, none);
  BY_Y(max2, 0, 1, none);
}

template <class T> void divisions() {
  // In double 1 / 0.1 rounds to 10, but 0.1 goes into 1 only nine times.
  const T tenth = T(0.1);
  const T quotient = trunc((1 - fmod(T(1), tenth)) / tenth + T(0.5));
  BY_Y(fmod2, -quotient, 1, tenth);
  BY_Y(remainder2, -10, 1, tenth);
  BY_Y(fmod2, 0, 1, T(infinity));
  BY_Y(fmod2, 2, -5, 2);
}

/// Ends of a range where the quotient of the textbook is 0 / 0.
template <class T> void removable() {
  BY_Y(cyl_bessel_j2, 0, 0, 0);
  BY_Y(cyl_bessel_j2, 0.5, 1, 0);
  BY_Y(cyl_bessel_j2, 0, 2, 0);
  BY_Y(cyl_bessel_i2, 0.5, 1, 0);
  BY_X(j11, 0.5, 0);
  BY_Y(jn2, 0.5, 1, 0);
  BY_Y(sph_bessel2, 1 / 3.0L, 1, 0);
  BY_Y(legendre2, 6, 3, 1);
  BY_Y(legendre2, -3, 2, -1);
  BY_Z(assoc_legendre3, 6, 3, 0, 1);
  BY_Z(assoc_legendre3, -30, 3, 2, 1);
  BY_Z(assoc_legendre3, 0, 0, 1, 1);
  BY_Z(assoc_legendre3, 0, 1, 2, 1.5);
  BY_X(comp_ellint_11, 0, 0);
  BY_X(comp_ellint_21, 0, 0);
  BY_X(ellint_12, 0, 0, 1);
  BY_X(ellint_22, 0, 0, 1);
}

template <class T> void far_out() {
  BY_X(tanh1, 0, 100);
  BY_X(erf1, 0, 10000);
  BY_X(expm11, 0, -1000);
  BY_X(exp1, 0, -20000);
}

/// A second derivative, by the table, at a point where a guard decides.
template <int First, int Second, template <class> class Row, class... Args>
long double second(Args... args) {
  duals::dual point[] = {(long double)args...};
  point[Second].derivative = 1;
  if constexpr (is_same_v<typename Row<duals::dual>::X, int>)
    return at<First, Row<duals::dual>>(int(point[0].value), point[1])
        .derivative;
  else if constexpr (sizeof...(Args) == 1)
    return at<First, Row<duals::dual>>(point[0]).derivative;
  else
    return at<First, Row<duals::dual>>(point[0], point[1]).derivative;
}

void second_order() {
  expect(__LINE__, "pow at (2, 0)", second<0, 1, pow2>(2, 0), 0.5);
  expect(__LINE__, "pow at (2, 0)", second<1, 0, pow2>(2, 0), 0.5);
  expect(__LINE__, "pow at (0, 2)", second<0, 0, pow2>(0, 2), 2);
  expect(__LINE__, "pow at (0, 1)", second<0, 0, pow2>(0, 1), 0);
  expect(__LINE__, "J0 at 0", second<1, 1, cyl_bessel_j2>(0, 0), -0.5);
  expect(__LINE__, "j0 at 0", second<0, 0, j01>(0), -0.5);
  expect(__LINE__, "spherical j0 at 0", second<1, 1, sph_bessel2>(0, 0),
         -1 / 3.0L);
  expect(__LINE__, "legendre at 1", second<1, 1, legendre2>(3, 1), 15);
}

/// The amplitude beyond a quarter period, and a negative modulus.
void elliptic_range() {
  for (long double k : {-0.7L, 0.4L})
    for (long double phi : {-4.0L, -1.0L, 2.0L, 5.0L, 9.0L}) {
      auto compare = [&](const char *name, long double got, auto function) {
        expect(__LINE__, name, got,
               retrograd_test::difference(function, k, got));
      };
      compare("ellint_1", at<0, ellint_12<long double>>(k, phi),
              [&](long double m) { return ellint_1(m, phi); });
      compare("ellint_2", at<0, ellint_22<long double>>(k, phi),
              [&](long double m) { return ellint_2(m, phi); });
    }
}

/// Between the poles of the gamma function.
void negative_gamma() {
  for (long double x : {-0.5L, -1.3L, -2.7L}) {
    expect(__LINE__, "lgamma", at<0, lgamma1<long double>>(x),
           retrograd_test::difference([](long double v) { return lgamma(v); },
                                      x, at<0, lgamma1<long double>>(x)));
    expect(__LINE__, "tgamma", at<0, tgamma1<long double>>(x),
           retrograd_test::difference([](long double v) { return tgamma(v); },
                                      x, at<0, tgamma1<long double>>(x)));
  }
}

template <class T> void check() {
  poles<T>();
  powers<T>();
  kinks<T>();
  not_a_number<T>();
  divisions<T>();
  removable<T>();
  far_out<T>();
}

} // namespace retrograd::partials

int main() {
  using namespace retrograd::partials;
  check<float>();
  check<double>();
  check<long double>();
  second_order();
  elliptic_range();
  negative_gamma();
  return retrograd_test::failures != 0;
}
