// The functions that weigh one thing against another: what an investment gives, which scheme, at
// what cost in accuracy.
#include <array>

#include "api_arguments.h"
#include "crossover/accuracy.h"
#include "crossover/advise.h"
#include "crossover/sensitivity.h"

namespace crossover {

Result<Json> sensitivity_call(Catalog& catalog, const Json& arguments) {
  const auto scenario = scenario_argument(catalog, arguments);
  if (!scenario) return tl::unexpected(scenario.error());
  return sensitivity(*scenario);
}

Result<Json> accuracy_call(Catalog& catalog, const Json& arguments) {
  const auto scenario = scenario_argument(catalog, arguments);
  if (!scenario) return tl::unexpected(scenario.error());
  return accuracy_rows(*scenario);
}

Result<Json> advise_call(Catalog& catalog, const Json& arguments) {
  const auto scenario = scenario_argument(catalog, arguments);
  if (!scenario) return tl::unexpected(scenario.error());
  return advise(catalog, *scenario);
}

namespace {

constexpr std::array weighing{
    Function{"sensitivity", sensitivity_call},
    Function{"advise", advise_call},
    Function{"accuracy", accuracy_call},
};

}  // namespace

std::span<const Function> weigh_functions() { return weighing; }

}  // namespace crossover
