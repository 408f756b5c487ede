// Compiles each row of the rule table as it stands, for each precision, and
// compares its partials with central differences.
//
// RUN: %clangxx -std=c++20 -Wall -Werror -I%include -I%source/lib %s -o %t
// RUN: %t
// RUN: %gxx -Wall -Wextra -Werror -I%source/lib %s -o %t.gcc
// RUN: %t.gcc

#include "Inputs/differences.h"
#include "Inputs/rows.h"

namespace retrograd::partials {

/// One row at one point: Row<T> against differences of Row<long double>.
template <template <class> class Row, class T>
void check_at(const char *type, typename Row<T>::X x, typename Row<T>::Y y,
              typename Row<T>::Z z, long double tolerance) {
  using R = Row<T>;
  using Exact = Row<long double>;
  const T r = R::value(x, y, z);
  auto compare = [&](int i, long double got, long double at, auto function) {
    const string_view text = R::texts[i];
    if (text == "INTEGER" || text == "UNKNOWN")
      return;
    retrograd_test::expect_close(R::name, text.data(), type, x, y, z, got,
                                 retrograd_test::difference(function, at, got),
                                 tolerance);
  };
  compare(0, R::dx(x, y, z, r), x,
          [&](long double v) { return Exact::value(v, y, z); });
  compare(1, R::dy(x, y, z, r), y,
          [&](long double v) { return Exact::value(x, v, z); });
  compare(2, R::dz(x, y, z, r), z,
          [&](long double v) { return Exact::value(x, y, v); });
}

template <template <class> class Row, class T>
void check(const char *type, long double tolerance) {
  using R = Row<T>;
  retrograd_test::points<typename R::X> xs(R::low, R::high, 1);
  retrograd_test::points<typename R::Y> ys(R::low, R::high, 2);
  retrograd_test::points<typename R::Z> zs(R::low, R::high, 3);
  for (int i = 0; i < 40; ++i) {
    const auto x = xs.next();
    const auto y = ys.next();
    const auto z = zs.next();
    // clamp is undefined unless low <= high.
    if (string_view(R::name) != "clamp" || y <= z)
      check_at<Row, T>(type, x, y, z, tolerance);
  }
}

template <template <class> class Row> void check_all() {
  check<Row, float>("float", 5e-5L);
  check<Row, double>("double", 1e-10L);
  check<Row, long double>("long double", 1e-11L);
}

} // namespace retrograd::partials

int main() {
#define RULE1(NAME, LOW, HIGH, DX)                                             \
  retrograd::partials::check_all<retrograd::partials::NAME##1>();
#define RULE2(NAME, LOW, HIGH, DX, DY)                                         \
  retrograd::partials::check_all<retrograd::partials::NAME##2>();
#define RULE3(NAME, LOW, HIGH, DX, DY, DZ)                                     \
  retrograd::partials::check_all<retrograd::partials::NAME##3>();
#include "Rules/Rules.def"
  return retrograd_test::failures != 0;
}
