// The tutorial lens: the published first-order model of mlsysim, to the printed digit. MODEL.md §1 derives each formula
// and names what this model is known to get wrong; the roofline lens (lower.h, cost.h) does those things right.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crossover/error.h"
#include "crossover/hardware.h"
#include "crossover/model.h"
#include "crossover/quantity.h"

namespace crossover {

/// A named set of the constants that the published tables differ by.
struct Calibration {
  std::string id;
  std::string name;
  Time layer_overhead;          ///< τ_layer
  double decode_bandwidth = 1;  ///< share of the peak bandwidth that decode reaches
  std::string fitted;           ///< what of it is fitted rather than published; empty when nothing is
};

struct TutorialSettings {
  Format precision = Format::fp16;
  double batch = 1;
  double efficiency = 0.5;  ///< η, share of the peak that compute reaches
  Time layer_overhead;      ///< τ_layer
  double decode_bandwidth = 1;
};

struct ServingResult {
  bool feasible = false;  ///< weights + KV fit the device
  Time ttft, itl;
  Bytes kv, weights, total, capacity;
  bool fallback = false;  ///< computed at the FP16 peak: the device lists no rate for the precision
};
/// Decode and prefill of a transformer. `context` and `cached_prefix` in tokens.
/// Errors: unsupported where the model is not a transformer.
Result<ServingResult> serve(const TutorialModel& model, const TutorialHardware& hardware, const TutorialSettings& settings,
                            double context, double cached_prefix = 0);

/// The memory that the weights are read from in a step.
enum class WeightPath { hbm, sram, flash, offload };
std::string_view name_of(WeightPath path);

struct StepResult {
  bool feasible = false;
  Time latency, compute, memory, overhead;
  Frequency throughput;  ///< inputs a second
  bool memory_bound = false;
  Intensity intensity;
  Intensity ridge;       ///< at the precision's peak and the path's bandwidth
  double mfu = 0;
  Energy energy;
  Bytes footprint;
  Bandwidth bandwidth;   ///< of the path taken
  WeightPath path = WeightPath::hbm;
  bool fallback = false;
};
StepResult step(const TutorialModel& model, const TutorialHardware& hardware, const TutorialSettings& settings);

enum class PruningPattern { unstructured, structured, n_m };

struct CompressionResult {
  Bytes original, compressed;  ///< the original is FP32
  double ratio = 1;
  double accuracy_delta = 0;   ///< fraction, not percent
  double savings = 0;          ///< fraction of the original
  double speedup = 1;
};
CompressionResult quantize(const TutorialModel& model, const TutorialHardware& hardware, double bits);
CompressionResult prune(const TutorialModel& model, double sparsity, PruningPattern pattern);

/// The self-check: which ceiling does an arithmetic intensity hit?
bool memory_bound(Intensity intensity, Intensity ridge);

}  // namespace crossover
