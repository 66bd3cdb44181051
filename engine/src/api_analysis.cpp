// The functions that views other than a first page's ask for: why, what if, which, and at what cost in accuracy.
#include <array>

#include "api_arguments.h"
#include "crossover/accuracy.h"
#include "crossover/advise.h"
#include "crossover/explain.h"
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

Result<Json> explain_call(Catalog& catalog, const Json& arguments) {
  const auto scenario = argument(arguments, 0, "scenario");
  if (!scenario) return tl::unexpected(scenario.error());
  const auto quantity = text_argument(arguments, 1, "quantity");
  if (!quantity) return tl::unexpected(quantity.error());
  return explain(catalog, *scenario, *quantity);
}

namespace {

constexpr std::array analysis{
    Function{"explain", explain_call},
    Function{"sensitivity", sensitivity_call},
    Function{"advise", advise_call},
    Function{"accuracy", accuracy_call},
};

}  // namespace

std::span<const Function> analysis_functions() { return analysis; }

}  // namespace crossover
