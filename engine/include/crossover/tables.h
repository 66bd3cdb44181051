// The lesson's tables, as rows and columns of plain numbers: the page formats them and computes
// nothing.
#pragma once

#include <string_view>

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"

namespace crossover {

/// One of five tables by the tutorial lens. `request` is the TableScenario of wasm/engine.d.ts;
/// null asks for the published one: Llama3_8B on H100 with 2048 tokens at batch 1, ResNet50_4p1G on
/// A100 at batch 256, calibration tutorial-2026-05.
///
/// | name                | rows                                 | answers | | bytes_per_parameter |
/// fp32, fp16, int8, int4               | what does a number format weigh?                  | |
/// decode              | fp16, int8, int4                     | how long does one token take? | |
/// training            | fp16, int8, int4                     | how long does one step take? (a
/// forward pass only) | | regimes             | fp16, int8, int4                     | decode
/// beside training: what bounds each?         | | compression         | 16, 8, 4 bits; pruning 0.5,
/// 0.75, 0.9 | what does it save, and what does accuracy pay?    |
///
/// A row is in SI. Units: `fraction` is a change as a fraction, shown as a signed percentage
/// (-0.025); `percent` is a share in percent (87.5); the others are what they say. Notes are keys
/// of sentences that the reader must be told:
///   fallback_fp16_peak    a row computes at the FP16 peak, since the device lists no rate for its
///   precision fitted_calibration    a constant of the calibration is fitted, not published
///   does_not_fit          a row needs more memory than the device has
///   fixed_size            the model has a size but no parameter count: its size is the same at
///   every precision kv_follows_weights    decode: the lens stores the KV cache at the precision of
///   the weights no_compute_ceiling    decode: the lens charges memory time only, whatever the
///   batch forward_pass_only     training: the published row counts a forward pass
///   first_order_intensity regimes: decode's intensity is 2 FLOP a parameter (plus attention) over
///   weights and KV cache between_ridges        regimes: an intensity lies under the datasheet's
///   ridge point and above what efficiency leaves of it baseline_is_fp32      compression: ratio,
///   savings and accuracy are against FP32, not FP16 accuracy_is_a_rule    compression: the
///   accuracy change is a rule of thumb, the same for every model
/// Errors: unknown_id (table, model, device, calibration), unsupported (a model that cannot
/// decode), and whatever is wrong with the request's fields.
Result<Json> table(Catalog& catalog, std::string_view name, const Json& request);

}  // namespace crossover
