// Derivations of the tutorial lens's numbers.
#pragma once

#include <string>

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"

namespace crossover {

/// `scenario` is a TutorialScenario, `quantity` a key of its result ("itl_s", "latency_s",
/// "ratio"). Result: Derivation of wasm/engine.d.ts. Errors: as the scenario's reader; unknown_id
/// for a key without a derivation.
Result<Json> explain_tutorial(Catalog& catalog, const Json& scenario, const std::string& quantity);

}  // namespace crossover
