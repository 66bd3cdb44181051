// Calibration: a user's own measurements of an unquantized baseline become the constants of a
// runtime, with which the quantized curves are then predicted. MODEL.md §2.6.
#pragma once

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"
#include "crossover/scenario.h"

namespace crossover {

inline constexpr std::size_t max_calibration_points = 256;

/// `points`: list of CalibrationPoint, `scenario`: RooflineScenario (its baseline scheme is what
/// was measured; each point replaces batch and, where given, context and model). Result:
/// CalibrationResult of wasm/engine.d.ts. Errors: missing_field below two points, wrong_type and
/// out_of_range at the point's path.
Result<Json> calibrate(Catalog& catalog, const Json& points, const Json& scenario);

}  // namespace crossover
