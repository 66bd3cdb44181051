// Arguments of a facade call, by position.
#pragma once

#include <string>
#include <string_view>

#include "crossover/api.h"
#include "crossover/scenario_json.h"

namespace crossover {

/// Argument `index` of the call, or an error that names it.
Result<const Json*> argument(const Json& arguments, std::size_t index, std::string_view name);
Result<std::string> text_argument(const Json& arguments, std::size_t index, std::string_view name);
/// The first argument as a roofline scenario.
Result<RooflineScenario> scenario_argument(Catalog& catalog, const Json& arguments);

Result<Json> evaluate_call(Catalog& catalog, const Json& arguments);
// In more than one list of functions (crossover/api.h).
Result<Json> explain_call(Catalog& catalog, const Json& arguments);
Result<Json> sensitivity_call(Catalog& catalog, const Json& arguments);
Result<Json> advise_call(Catalog& catalog, const Json& arguments);
Result<Json> accuracy_call(Catalog& catalog, const Json& arguments);
Result<Json> calibrate_call(Catalog& catalog, const Json& arguments);
Result<Json> import_call(Catalog& catalog, const Json& arguments);

}  // namespace crossover
