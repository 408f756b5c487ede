static double f(double x, double *a) {
  a[0] = a[0] * x + std::sin(x);
  return a[0] * a[1];
}
static void call(const number *x, number *y, long long *k) {
  double a[2] = {static_cast<double>(x[1]), static_cast<double>(x[2])};
  y[0] = static_cast<number>(f(static_cast<double>(x[0]), a));
  y[1] = x[0];
  y[2] = static_cast<number>(a[0]);
  y[3] = static_cast<number>(a[1]);
  k[0] += 0;
}
