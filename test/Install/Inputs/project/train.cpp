#include <cstdio>
#include <retrograd/batch.h>
#include <retrograd/data.h>
#include <retrograd/fit.h>
#include <retrograd/retrograd.h>
#include <vector>

#pragma retrograd batch sample(x) shared(mean[1])
static double distance(double x, const double *mean) {
  return (x - mean[0]) * (x - mean[0]);
}

int main() {
  std::vector<double> x = {1, 2, 3, 4, 5}, mean = {0};
  retrograd::dataset data(retrograd::column("x", x));
  retrograd::fit(distance_batch{}, mean, data, retrograd::SGD{.lr = 0.1},
                 {.batch_size = 5, .epochs = 100});
  std::printf("the mean is %.2f\n", mean[0]);
}
