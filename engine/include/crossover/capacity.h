// Throughput at capacity: how many sequences fit under each scheme, and how many tokens a second
// they make.
#pragma once

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"

namespace crossover {

/// List of CapacityRow of wasm/engine.d.ts, the baseline first. `request`: {scenario, schemes?}.
Result<Json> capacity(Catalog& catalog, const Json& request);

}  // namespace crossover
