// Sensitivity: where to invest. The elasticity of the step time to each property of the device, the
// scheme and the runtime: -1 means that 1 % more of it makes the step 1 % shorter.
#pragma once

#include "crossover/error.h"
#include "crossover/json_reader.h"
#include "crossover/scenario.h"

namespace crossover {

/// List of Elasticity of wasm/engine.d.ts.
Result<Json> sensitivity(const RooflineScenario& scenario);

}  // namespace crossover
