// Explain: any number of a result with the formula, the value, unit and source of each symbol.
// MODEL.md lists the formula ids.
#pragma once

#include <string_view>

#include "crossover/catalog.h"
#include "crossover/derivation.h"
#include "crossover/error.h"
#include "crossover/scenario.h"

namespace crossover {

/// Quantities of a roofline result that have a derivation: step_s, speedup, tokens_per_s,
/// weight_bytes, kv_bytes, total_bytes, traffic_bytes, flop, intensity, ridge, mfu, mbu, max_batch,
/// energy_j, cost_usd_per_million_tokens, …. Errors: unknown_id for another name, unsupported where
/// the scenario has no such number, too_large where the step has more than 200 operators (a prompt
/// in many chunks).
Result<Derivation> explain(Catalog& catalog, const RooflineScenario& scenario,
                           std::string_view quantity);

/// Reads the scenario (either lens) and explains one of its numbers.
Result<Json> explain(Catalog& catalog, const Json& scenario, const std::string& quantity);

}  // namespace crossover
