// Crossovers: every integer batch at which a scheme's speed-up passes a threshold, and at which its
// regime changes. Every batch of the range is priced: nothing is assumed monotone.
#pragma once

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"

namespace crossover {

/// List of Crossing of wasm/engine.d.ts. `request` is a CrossoverRequest.
Result<Json> crossovers(Catalog& catalog, const Json& request);

/// List of RegimeChange of wasm/engine.d.ts, for the same request.
Result<Json> regime_changes(Catalog& catalog, const Json& request);

}  // namespace crossover
