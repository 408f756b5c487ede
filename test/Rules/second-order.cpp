// Derives each partial of the rule table by the table itself, and compares with
// differences of the partial: a guard that hides a second derivative, or a
// function in a partial without a row, is found here.
//
// RUN: %clangxx -std=c++20 -Wall -Werror -I%include -I%source/lib %s -o %t
// RUN: %t

#include "Inputs/differences.h"
#include "Inputs/duals.h"

namespace retrograd::duals {

/// The argument to derive by, if it is the chosen one.
inline dual seeded(long double x, bool chosen) {
  return {x, chosen ? 1.0L : 0};
}
inline int seeded(int x, bool) { return x; }

inline long double shifted(long double x, long double by) { return x + by; }
inline int shifted(int x, long double) { return x; }

/// The First-th partial.
template <int First, class Row, class X, class Y, class Z>
auto partial(X x, Y y, Z z) {
  const auto r = Row::value(x, y, z);
  if constexpr (First == 0)
    return Row::dx(x, y, z, r);
  else if constexpr (First == 1)
    return Row::dy(x, y, z, r);
  else
    return Row::dz(x, y, z, r);
}

template <template <class> class Row, int First, int Second>
void check_at(typename Row<long double>::X x, typename Row<long double>::Y y,
              typename Row<long double>::Z z) {
  using R = Row<long double>;
  for (std::string_view text : {R::texts[First], R::texts[Second]})
    if (text == "INTEGER" || text == "UNKNOWN")
      return;
  met_unknown = false;
  const dual got = partial<First, Row<dual>>(
      seeded(x, Second == 0), seeded(y, Second == 1), seeded(z, Second == 2));
  if (met_unknown)
    return;
  const long double expected = retrograd_test::difference(
      [&](long double by) -> long double {
        return partial<First, R>(shifted(x, Second == 0 ? by : 0),
                                 shifted(y, Second == 1 ? by : 0),
                                 shifted(z, Second == 2 ? by : 0));
      },
      0, got.derivative);
  retrograd_test::expect_close(R::name, R::texts[First].data(),
                               &"by x\0by y\0by z"[5 * Second], x, y, z,
                               got.derivative, expected, 1e-8L);
}

template <template <class> class Row> void check() {
  using R = Row<long double>;
  retrograd_test::points<typename R::X> xs(R::low, R::high, 1);
  retrograd_test::points<typename R::Y> ys(R::low, R::high, 2);
  retrograd_test::points<typename R::Z> zs(R::low, R::high, 3);
  for (int i = 0; i < 20; ++i) {
    const auto x = xs.next();
    const auto y = ys.next();
    const auto z = zs.next();
    check_at<Row, 0, 0>(x, y, z);
    check_at<Row, 0, 1>(x, y, z);
    check_at<Row, 0, 2>(x, y, z);
    check_at<Row, 1, 0>(x, y, z);
    check_at<Row, 1, 1>(x, y, z);
    check_at<Row, 1, 2>(x, y, z);
    check_at<Row, 2, 0>(x, y, z);
    check_at<Row, 2, 1>(x, y, z);
    check_at<Row, 2, 2>(x, y, z);
  }
}

} // namespace retrograd::duals

int main() {
#define RULE1(NAME, LOW, HIGH, DX)                                             \
  retrograd::duals::check<retrograd::partials::NAME##1>();
#define RULE2(NAME, LOW, HIGH, DX, DY)                                         \
  retrograd::duals::check<retrograd::partials::NAME##2>();
#define RULE3(NAME, LOW, HIGH, DX, DY, DZ)                                     \
  retrograd::duals::check<retrograd::partials::NAME##3>();
#include "Rules/Rules.def"
  return retrograd_test::failures != 0;
}
