#include "crossover/minimize.h"

#include <algorithm>

namespace crossover {

Minimum minimize(const std::function<double(const std::vector<double>&)>& function,
                 const std::vector<double>& start, double step, double tolerance, int limit) {
  const std::size_t n = start.size();
  int evaluations = 0;
  const auto corner_at = [&](std::vector<double> at) {
    ++evaluations;
    const double value = function(at);
    return Minimum{std::move(at), value};
  };
  std::vector<Minimum> corners{corner_at(start)};
  if (n == 0) return corners.front();
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> at = start;
    at[i] += step;
    corners.push_back(corner_at(std::move(at)));
  }
  const auto lower = [](const Minimum& a, const Minimum& b) { return a.value < b.value; };
  while (true) {
    std::stable_sort(corners.begin(), corners.end(), lower);
    const Minimum& worst = corners.back();
    if (worst.value - corners.front().value <= tolerance || evaluations >= limit) break;
    std::vector<double> center(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) center[j] += corners[i].at[j] / static_cast<double>(n);
    }
    // The worst corner moved along the line through the center of the others; -1 mirrors it.
    const auto moved = [&](double factor) {
      std::vector<double> at(n);
      for (std::size_t j = 0; j < n; ++j) {
        at[j] = center[j] + factor * (worst.at[j] - center[j]);
      }
      return corner_at(std::move(at));
    };
    Minimum mirrored = moved(-1);
    if (mirrored.value < corners.front().value) {
      Minimum further = moved(-2);
      corners.back() = std::min(further, mirrored, lower);
      continue;
    }
    if (mirrored.value < corners[n - 1].value) {
      corners.back() = std::move(mirrored);
      continue;
    }
    Minimum nearer = moved(mirrored.value < worst.value ? -0.5 : 0.5);
    if (nearer.value < std::min(mirrored.value, worst.value)) {
      corners.back() = std::move(nearer);
      continue;
    }
    for (std::size_t i = 1; i <= n; ++i) {
      std::vector<double> at(n);
      for (std::size_t j = 0; j < n; ++j) {
        at[j] = (corners[i].at[j] + corners.front().at[j]) / 2;
      }
      corners[i] = corner_at(std::move(at));
    }
  }
  return corners.front();
}

}  // namespace crossover
