// The tutorial lens: the published first-order model of mlsysim, to the printed digit. MODEL.md §1
// derives each formula and names what this model is known to get wrong; the roofline lens (lower.h,
// cost.h) does those things right.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crossover/error.h"
#include "crossover/hardware.h"
#include "crossover/model.h"
#include "crossover/quantity.h"

namespace crossover {

/// The reference model's constants that are no property of a model, a device or a calibration. Each
/// is a heuristic of mlsysim's engine (github.com/harvard-edge/cs249r_book, mlsysim/), kept for
/// parity; MODEL.md §1.6 says what is wrong with them.
namespace tutorial_constants {

/// Activation traffic of one input as a share of the weight bytes; dimensionless. A rule of thumb
/// without a measurement.
inline constexpr double activation_share = 0.1;
/// Power drawn when idle and the part that grows with MFU, as shares of the TDP; dimensionless.
/// After Barroso and Hölzle, "The Case for Energy-Proportional Computing" (2007).
inline constexpr double idle_power_share = 0.3;
inline constexpr double dynamic_power_share = 0.7;
/// Host link of a device that lists none: PCIe 5.0 x16, one direction.
inline constexpr Bandwidth default_host_link = gigabytes_per_second(64);
/// Bits of the format that compression is measured against: FP32.
inline constexpr double compression_baseline_bits = 32;
/// Accuracy change by quantization, as a fraction. mlsysim cites Gholami et al., "A Survey of
/// Quantization Methods for Efficient Neural Network Inference" (2021); the values are its rules of
/// thumb.
inline constexpr double delta_8_bit = -0.002;
inline constexpr double delta_4_bit = -0.025;
inline constexpr double delta_below_4_bit = -0.05;
/// Accuracy change by pruning, as a fraction: a small step up to half the weights, then an
/// exponential. mlsysim cites Blalock et al., "What is the State of Neural Network Pruning?"
/// (2020).
inline constexpr double pruning_mild_up_to = 0.5;
inline constexpr double pruning_mild_delta = -0.001;
inline constexpr double pruning_steep_delta = -0.01;
inline constexpr double pruning_steep_exponent = 2;
/// What is left when everything is pruned: the ratio has to stay finite.
inline constexpr double ratio_of_everything_pruned = 100;
/// 2:4 sparsity doubles the rate at half the weights, within this distance of it; nowhere else.
/// NVIDIA A100 white paper (2020).
inline constexpr double n_m_sparsity = 0.5;
inline constexpr double n_m_tolerance = 0.05;
inline constexpr double n_m_speedup = 2;

}  // namespace tutorial_constants

/// A named set of the constants that the published tables differ by.
struct Calibration {
  std::string id;
  std::string name;
  Time layer_overhead;          ///< τ_layer
  double decode_bandwidth = 1;  ///< share of the peak bandwidth that decode reaches
  std::string fitted;  ///< what of it is fitted rather than published; empty when nothing is
};

struct TutorialSettings {
  Format precision = Format::fp16;  ///< of weights, activations and KV cache alike
  double batch = 1;                 ///< sequences, images: independent inputs of one step
  double efficiency = 0.5;          ///< η, share of the peak that compute reaches
  Time layer_overhead;              ///< τ_layer
  double decode_bandwidth = 1;      ///< share of the peak bandwidth that decode reaches
};

/// The peak rate at a precision. `fallback`: the device lists none, so it is the FP16 peak.
struct TutorialPeak {
  FlopRate rate;
  bool fallback = false;
};
TutorialPeak peak_of(const TutorialHardware& hardware, Format precision);

/// Weights at `bits` a parameter; the fixed size where there is no parameter count.
Bytes weights_of(const TutorialModel& model, double bits);
/// Forward FLOP of one input: the listed FLOP, else 2 an active parameter, else 2 a parameter;
/// times the denoising steps.
Flop flop_of(const TutorialModel& model);
/// KV cache of `batch` sequences of `context` tokens at `bits` an element. Needs a transformer
/// (`can_serve`).
Bytes kv_cache_of(const TutorialModel& model, double context, double batch, double bits);
/// The decode step's FLOP: one token for each sequence, attention over `context` tokens included.
/// Needs a transformer.
Flop decode_flop_of(const TutorialModel& model, double context, double batch);
/// A transformer with the shapes that serving needs.
bool can_serve(const TutorialModel& model);

struct ServingResult {
  bool feasible = false;  ///< weights + KV fit the device
  Time ttft, itl;
  Bytes kv, weights, total, capacity;
  bool fallback = false;  ///< computed at the FP16 peak: the device lists no rate for the precision
};
/// Decode and prefill of a transformer. `context` and `cached_prefix` in tokens; the prompt is the
/// context. Errors: unsupported where the model is not a transformer with shapes.
Result<ServingResult> serve(const TutorialModel& model, const TutorialHardware& hardware,
                            const TutorialSettings& settings, double context,
                            double cached_prefix = 0);

/// The memory that the weights are read from in a step.
enum class WeightPath { hbm, sram, flash, offload };
std::string_view name_of(WeightPath path);

struct StepResult {
  bool feasible = false;
  Time latency, compute, memory, overhead;
  Frequency throughput;  ///< inputs a second
  bool memory_bound = false;
  Intensity intensity;
  Intensity ridge;                ///< peak over the path's bandwidth
  Intensity ridge_at_efficiency;  ///< η times that: where this step turns compute-bound
  double mfu = 0;
  Energy energy;
  Bytes footprint;  ///< the weights alone
  Bytes capacity;
  Bandwidth bandwidth;  ///< of the path taken
  WeightPath path = WeightPath::hbm;
  bool fallback = false;
};
/// One forward pass of `settings.batch` inputs on one device.
StepResult step(const TutorialModel& model, const TutorialHardware& hardware,
                const TutorialSettings& settings);

enum class PruningPattern { unstructured, structured, n_m };

struct CompressionResult {
  Bytes original, compressed;  ///< the original is FP32
  double ratio = 1;
  double accuracy_delta = 0;  ///< fraction, not percent
  double savings = 0;         ///< fraction of the original
  double speedup = 1;
};
/// The tutorial's rule of thumb: accuracy change (a fraction) of weights in `bits`.
double accuracy_rule(double bits);
/// Against FP32. `bits` a weight, 1 to 32.
CompressionResult quantize(const TutorialModel& model, const TutorialHardware& hardware,
                           double bits);
/// Against FP32. `sparsity` is the share of weights removed, 0 to 1.
CompressionResult prune(const TutorialModel& model, double sparsity, PruningPattern pattern);

/// The self-check: which ceiling does an arithmetic intensity hit?
bool memory_bound(Intensity intensity, Intensity ridge);

}  // namespace crossover
