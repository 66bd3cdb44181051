// The one input of the engine. The same object, as JSON, is the URL state, the embed attributes,
// the presets and the test fixtures; scenario_json.cpp reads it and names the path of whatever it
// refuses.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "crossover/hardware.h"
#include "crossover/kernel.h"
#include "crossover/model.h"
#include "crossover/quantity.h"
#include "crossover/runtime.h"
#include "crossover/scheme.h"

namespace crossover {

enum class Phase { decode, prefill, train, gemm };
enum class Lowering { operators, lumped };
enum class Optimizer { sgd, momentum, adam };

/// A GEMM of its own: M tokens against an N x K weight matrix.
struct GemmShape {
  double m = 0, n = 0, k = 0;
};

/// Roofline lens. Specs are held by pointer: they live in the Catalog.
struct RooflineScenario {
  const Model* model = nullptr;  ///< null for phase gemm
  const Hardware* hardware = nullptr;
  const Kernel* kernel = nullptr;
  const Runtime* runtime = nullptr;
  Scheme scheme;
  Scheme baseline;  ///< what the speed-up is over
  const Kernel* baseline_kernel = nullptr;
  bool baseline_kernel_follows =
      true;  ///< not given: ideal beside ideal, the dense library beside a real kernel
  /// Of what stays at full precision, where that is not the baseline's kernel.
  const Kernel* dense_kernel = nullptr;
  std::optional<double> kv_bits;  ///< overrides the KV precision of schemes that leave it at 16 bit
  Phase phase = Phase::decode;
  Lowering lowering = Lowering::operators;
  double devices = 1;               ///< tensor parallel
  double batch = 1;                 ///< sequences (or images) in the step
  double context = 2048;            ///< decode: tokens in the KV cache
  double new_tokens = 1;            ///< decode: new tokens a sequence
  double prompt = 2048;             ///< prefill, train: tokens a sequence
  double cached_prefix = 0;         ///< prefill: tokens whose KV is there already
  double chunk = 0;                 ///< prefill: tokens a chunk; 0: the whole prompt at once
  double generated = 0;             ///< tokens still to come: memory only
  double memory_utilization = 0.9;  ///< share of the capacity that may be used
  Bytes memory_reserve;             ///< taken by the runtime before any weight
  Optimizer optimizer = Optimizer::adam;
  GemmShape gemm;
  // What if: the device with another memory or other arithmetic units.
  std::optional<Bandwidth> bandwidth;  ///< instead of the datasheet's
  double peak_factor = 1;              ///< on every peak rate
  // Energy and cost.
  std::optional<Power> power;  ///< drawn by one device; absent: its TDP
  std::optional<MoneyRate>
      price;  ///< of one device; absent: its list price over amortization_years
  double amortization_years = 3;

  /// Runs what stays at full precision.
  const Kernel& full_precision_kernel() const {
    return dense_kernel ? *dense_kernel : *baseline_kernel;
  }
};

}  // namespace crossover
