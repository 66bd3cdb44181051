#include "crossover/minimize.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace crossover;

TEST_CASE("the bottom of Rosenbrock's valley is found at (1, 1)") {
  const auto valley = [](const std::vector<double>& x) {
    const double along = x[1] - x[0] * x[0], across = 1 - x[0];
    return 100 * along * along + across * across;
  };
  const Minimum found = minimize(valley, {-1.2, 1}, 0.5, 1e-14, 5000);
  CHECK(found.at[0] == doctest::Approx(1).epsilon(1e-5));
  CHECK(found.at[1] == doctest::Approx(1).epsilon(1e-5));
  CHECK(found.value < 1e-10);
}

TEST_CASE("nothing to vary gives the start's value") {
  const Minimum found = minimize([](const std::vector<double>&) { return 7.0; }, {}, 0.1);
  CHECK(found.at.empty());
  CHECK(found.value == 7);
}

TEST_CASE("the limit of evaluations ends a search that never settles") {
  int evaluations = 0;
  const auto slope = [&](const std::vector<double>& x) {
    ++evaluations;
    return -x[0];
  };
  minimize(slope, {0}, 1, 0, 50);
  CHECK(evaluations <= 53);
}
