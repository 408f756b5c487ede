#include <cstdio>
#include <retrograd/retrograd.h>

#pragma retrograd gradient
static double f(double x, double y) { return x * y + 0.5 * x * x * x; }

int main() {
  double dx = 0, dy = 0;
  f_grad(2.0, 0.5, &dx, &dy);
  std::printf("df/dx = %g, df/dy = %g\n", dx, dy);
}
