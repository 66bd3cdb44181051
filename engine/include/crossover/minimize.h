// Minimizes a function of a few variables without derivatives: Nelder and Mead (1965), The Computer
// Journal 7(4), with the usual coefficients 1, 2, 1/2, 1/2.
#pragma once

#include <functional>
#include <vector>

namespace crossover {

struct Minimum {
  std::vector<double> at;
  double value = 0;
};

/// Starts from a simplex of `start` and one corner a variable, `step` away. Deterministic; ends
/// when the corners' values agree within `tolerance` or after `limit` evaluations.
Minimum minimize(const std::function<double(const std::vector<double>&)>& function,
                 const std::vector<double>& start, double step, double tolerance = 1e-10,
                 int limit = 2000);

}  // namespace crossover
