// Advice: schemes of the library and the scenario's own, ranked for the scenario by latency,
// throughput at capacity, memory, accuracy, energy and cost.
#pragma once

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"
#include "crossover/scenario.h"

namespace crossover {

/// List of Advice of wasm/engine.d.ts, fastest first. Each scheme runs on the ideal kernel where
/// the scenario does, else on the fastest kernel of the library that takes it on this device;
/// schemes that no kernel takes are left out. The scenario's own scheme, where it is none of those
/// listed, runs on the scenario's own kernel.
Result<Json> advise(Catalog& catalog, const RooflineScenario& scenario);

}  // namespace crossover
