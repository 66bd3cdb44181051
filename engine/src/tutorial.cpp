// The formulas of MODEL.md §1, in its order. Where the reference model surprises, the surprise is
// kept and named.
#include "crossover/tutorial.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace crossover {
namespace {

using namespace tutorial_constants;

/// Multiply and add are two FLOP for each parameter and token.
constexpr double flop_per_parameter = 2;
/// Scores and values are two matrix products, each a multiply and an add.
constexpr double attention_flop_per_element = 4;
/// Keys and values.
constexpr double tensors_in_kv_cache = 2;

double layers_of(const TutorialModel& model) { return model.layers.value_or(1); }

/// The whole head size, as the reference's integer division has it.
double head_dim_of(const TutorialModel& model) {
  return std::floor(*model.hidden_dim / *model.heads);
}

/// Attention of `tokens` new tokens, each over the full context: no causal half, an upper bound.
Flop attention_flop(const TutorialModel& model, double tokens, double context, double batch) {
  return flop(attention_flop_per_element * layers_of(model) * *model.heads * head_dim_of(model) *
              tokens * context * batch);
}

struct WeightSource {
  WeightPath path = WeightPath::hbm;
  Bandwidth bandwidth;
};

/// Weights that do not fit come over the host link; else they come from on-chip memory if that
/// holds them all, from flash if the device has any, and from device memory otherwise.
WeightSource weight_source(const TutorialHardware& hardware, Bytes weights) {
  if (weights > hardware.memory_capacity) {
    const Bandwidth link = hardware.host_link.value_or(default_host_link);
    return {WeightPath::offload, std::min(hardware.memory_bandwidth, link)};
  }
  if (hardware.sram_bandwidth && hardware.sram_capacity && weights <= *hardware.sram_capacity) {
    return {WeightPath::sram, *hardware.sram_bandwidth};
  }
  if (hardware.flash_bandwidth) return {WeightPath::flash, *hardware.flash_bandwidth};
  return {WeightPath::hbm, hardware.memory_bandwidth};
}

/// The format whose listed rate a weight of `bits` computes at. The reference names the key
/// int{bits} up to 8 bits and fp{bits} above; other widths have no such key.
std::optional<Format> compute_format(double bits) {
  if (bits == 4) return Format::int4;
  if (bits == 8) return Format::int8;
  if (bits == 16) return Format::fp16;
  if (bits == 32) return Format::fp32;
  return std::nullopt;
}

CompressionResult compressed(Bytes original, double ratio) {
  return {.original = original,
          .compressed = original / ratio,
          .ratio = ratio,
          .savings = 1 - 1 / ratio};
}

}  // namespace

/// The rule of thumb knows 16, 8 and 4 bits; what lies between takes the value of the next width
/// below, except that only exactly 8 bits gets the 8-bit value: 9 to 15 bits lose as much as 4.
/// That is the reference's own surprise.
double accuracy_rule(double bits) {
  if (bits >= 16) return 0;
  if (bits == 8) return delta_8_bit;
  return bits >= 4 ? delta_4_bit : delta_below_4_bit;
}

TutorialPeak peak_of(const TutorialHardware& hardware, Format precision) {
  if (const auto& listed = hardware.rates[index_of(precision)]) return {*listed, false};
  return {hardware.peak, precision != Format::fp16};
}

Bytes weights_of(const TutorialModel& model, double bits) {
  if (model.parameters) return bytes_of(*model.parameters, bits);
  return model.fixed_size.value_or(Bytes{});
}

Flop flop_of(const TutorialModel& model) {
  const double parameters = model.active_parameters.value_or(model.parameters.value_or(0));
  return model.flop.value_or(flop(flop_per_parameter * parameters)) *
         model.denoising_steps.value_or(1);
}

bool can_serve(const TutorialModel& model) {
  const bool transformer =
      model.kind == TutorialModel::Kind::transformer || model.kind == TutorialModel::Kind::moe;
  return transformer && model.parameters && model.hidden_dim && model.heads && *model.heads > 0;
}

Bytes kv_cache_of(const TutorialModel& model, double context, double batch, double bits) {
  const double tokens = context * batch;
  if (model.kv_lora_rank) {  // multi-head latent attention: one latent and one rope key a token and
                             // layer
    return bytes_of(
        layers_of(model) * (*model.kv_lora_rank + model.qk_rope_head_dim.value_or(0)) * tokens,
        bits);
  }
  const double kv_heads = model.kv_heads.value_or(*model.heads);
  return bytes_of(tensors_in_kv_cache * layers_of(model) * kv_heads * head_dim_of(model) * tokens,
                  bits);
}

Flop decode_flop_of(const TutorialModel& model, double context, double batch) {
  return flop_of(model) * batch + attention_flop(model, 1, context, batch);
}

Result<ServingResult> serve(const TutorialModel& model, const TutorialHardware& hardware,
                            const TutorialSettings& settings, double context,
                            double cached_prefix) {
  if (!can_serve(model)) {
    return fail(ErrorCode::unsupported,
                "found " + model.key +
                    "; serving needs a transformer with parameters, hidden_dim and heads",
                "model");
  }
  const double bits = bits_of(settings.precision);
  const TutorialPeak peak = peak_of(hardware, settings.precision);
  ServingResult result;
  result.weights = weights_of(model, bits);
  result.kv = kv_cache_of(model, context, settings.batch, bits);
  result.total = result.weights + result.kv;
  result.capacity = hardware.memory_capacity;
  result.feasible = result.total <= result.capacity;
  result.fallback = peak.fallback;

  // Decode reads weights and cache once: memory alone, no compute ceiling.
  const Bandwidth bandwidth = hardware.memory_bandwidth * settings.decode_bandwidth;
  result.itl = result.total / bandwidth + settings.layer_overhead * layers_of(model);

  // Prefill computes every new token with all parameters, also those of experts that it never
  // visits.
  const double new_tokens = std::max(1.0, context - cached_prefix);
  const Flop linear = flop(flop_per_parameter * *model.parameters * new_tokens * settings.batch);
  const Flop attention = attention_flop(model, new_tokens, context, settings.batch);
  result.ttft = (linear + attention) / (peak.rate * settings.efficiency) + hardware.dispatch;
  return result;
}

std::string_view name_of(WeightPath path) {
  constexpr std::array<std::string_view, 4> names{"hbm", "sram", "flash", "offload"};
  return names[static_cast<std::size_t>(path)];
}

StepResult step(const TutorialModel& model, const TutorialHardware& hardware,
                const TutorialSettings& settings) {
  const Bytes weights = weights_of(model, bits_of(settings.precision));
  const WeightSource source = weight_source(hardware, weights);
  const TutorialPeak peak = peak_of(hardware, settings.precision);
  const Flop work = flop_of(model) * settings.batch;
  const Bytes traffic = weights + weights * (activation_share * settings.batch);

  StepResult result;
  result.footprint = weights;
  result.capacity = hardware.memory_capacity;
  result.feasible = weights <= hardware.memory_capacity;
  result.path = source.path;
  result.bandwidth = source.bandwidth;
  result.fallback = peak.fallback;

  result.compute = work / (peak.rate * settings.efficiency);
  result.memory = traffic / source.bandwidth;
  result.overhead = hardware.dispatch + settings.layer_overhead * layers_of(model);
  result.latency = std::max(result.compute, result.memory) + result.overhead;
  result.throughput = per_second(settings.batch / result.latency.in(seconds));

  result.memory_bound = result.memory > result.compute;
  result.intensity = work / traffic;
  result.ridge = peak.rate / source.bandwidth;
  result.ridge_at_efficiency = result.ridge * settings.efficiency;
  result.mfu = std::min(1.0, work / result.latency / peak.rate);
  result.energy = hardware.tdp.value_or(Power{}) *
                  (idle_power_share + dynamic_power_share * result.mfu) * result.latency;
  return result;
}

CompressionResult quantize(const TutorialModel& model, const TutorialHardware& hardware,
                           double bits) {
  const Bytes original = weights_of(model, compression_baseline_bits);
  CompressionResult result = compressed(original, compression_baseline_bits / bits);
  result.accuracy_delta = accuracy_rule(bits);
  // One input at full peaks, FP32 weights: reading them less is the whole gain where memory is the
  // bound.
  if (original / hardware.memory_bandwidth > flop_of(model) / hardware.peak) {
    result.speedup = result.ratio;
  } else if (const auto format = compute_format(bits);
             format && hardware.rates[index_of(*format)]) {
    result.speedup = std::min(*hardware.rates[index_of(*format)] / hardware.peak, result.ratio);
  }
  return result;
}

CompressionResult prune(const TutorialModel& model, double sparsity, PruningPattern pattern) {
  const double ratio = sparsity < 1 ? 1 / (1 - sparsity) : ratio_of_everything_pruned;
  CompressionResult result = compressed(weights_of(model, compression_baseline_bits), ratio);
  result.accuracy_delta = sparsity <= pruning_mild_up_to
                              ? pruning_mild_delta
                              : pruning_steep_delta * std::exp(pruning_steep_exponent * sparsity);
  if (pattern == PruningPattern::structured) result.speedup = ratio;
  if (pattern == PruningPattern::n_m && std::abs(sparsity - n_m_sparsity) < n_m_tolerance)
    result.speedup = n_m_speedup;
  return result;
}

bool memory_bound(Intensity intensity, Intensity ridge) { return intensity < ridge; }

}  // namespace crossover
