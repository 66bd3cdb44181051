// explain, the facade's function: where a number comes from.
#include <array>

#include "api_arguments.h"
#include "crossover/explain.h"

namespace crossover {

Result<Json> explain_call(Catalog& catalog, const Json& arguments) {
  const auto scenario = argument(arguments, 0, "scenario");
  if (!scenario) return tl::unexpected(scenario.error());
  const auto quantity = text_argument(arguments, 1, "quantity");
  if (!quantity) return tl::unexpected(quantity.error());
  return explain(catalog, **scenario, *quantity);
}

namespace {

constexpr std::array only{Function{"explain", explain_call}};

}  // namespace

std::span<const Function> explain_functions() { return only; }

}  // namespace crossover
