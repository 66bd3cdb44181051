// What quantization costs in accuracy: the tutorial's rule of thumb, and beside it what was
// published for the model. Never interpolated, never compared across datasets.
#pragma once

#include <string_view>

#include "crossover/json_reader.h"
#include "crossover/scenario.h"

namespace crossover {

/// The published measurements, as the build embeds specs/measurements/accuracy.json: one line a
/// group ("=", model, model id, dataset, metric, higher_is_better, source) followed by its rows
/// (method, weight_bits, act_bits, kv_bits, group_size, value, baseline_value, weight_format: empty
/// for integers), separated by tabs.
std::string_view embedded_accuracy();

/// Rows of wasm/engine.d.ts, AccuracyRow: first the rule for the scheme's bits, then every
/// measurement of the model in the scheme's weight format at its weight, activation and KV bits, by dataset and method.
/// `delta` is value - baseline_value in the metric's own unit; the rule's is a fraction.
Json accuracy_rows(const RooflineScenario& scenario);

}  // namespace crossover
