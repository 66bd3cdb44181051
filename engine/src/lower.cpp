#include "crossover/lower.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "crossover/json_reader.h"
#include "lowering.h"

namespace crossover {
namespace {

/// The next wider format that can hold the values of `format`; nothing past FP64.
std::optional<Format> wider(Format format) {
  switch (format) {
    case Format::int4:
      return Format::int8;
    case Format::int8:
      return Format::fp16;
    case Format::fp4:
      return Format::fp8;
    case Format::fp8:
      return Format::fp16;
    case Format::fp16:
      return Format::bf16;
    case Format::bf16:
    case Format::tf32:
      return Format::fp32;
    case Format::fp32:
      return Format::fp64;
    case Format::fp64:
      return std::nullopt;
  }
  return std::nullopt;
}

template <class List, class Name>
std::string joined(const List& list, Name name) {
  std::string text;
  for (const auto& item : list) text += (text.empty() ? "" : ", ") + std::string(name(item));
  return text;
}

/// More than a decode step has.
constexpr std::size_t usual_operators = 16;

/// A kernel runs a scheme on a device, or the error says what it takes.
std::optional<Error> refuse_kernel(const Kernel& kernel, const Scheme& scheme,
                                   const Hardware& hardware, std::string_view path) {
  const auto refuse = [&](std::string why) {
    return Error{ErrorCode::unsupported, "found \"" + kernel.id + "\", which " + std::move(why),
                 std::string(path)};
  };
  if (!kernel.vendor.empty() && kernel.vendor != hardware.vendor) {
    return refuse("runs on " + kernel.vendor + " devices; " + hardware.id + " is of " +
                  hardware.vendor);
  }
  if (kernel.min_compute_capability > hardware.compute_capability) {
    return refuse("needs compute capability " + number_text(kernel.min_compute_capability) + "; " +
                  hardware.id + " has " +
                  (hardware.compute_capability > 0 ? number_text(hardware.compute_capability)
                                                   : std::string("none stated")));
  }
  const auto has = [](const auto& list, auto value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
  };
  if (!has(kernel.weight_bits, scheme.weight_bits)) {
    return refuse("takes weights of " + joined(kernel.weight_bits, number_text) +
                  " bits; the scheme stores " + number_text(scheme.weight_bits));
  }
  if (!has(kernel.act_formats, scheme.act_format)) {
    return refuse("takes activations in " +
                  joined(kernel.act_formats, [](Format f) { return name_of(f); }) +
                  "; the scheme has " + std::string(name_of(scheme.act_format)));
  }
  if (!has(kernel.group_sizes, scheme.group_size)) {
    return refuse(
        "takes groups of " +
        joined(kernel.group_sizes,
               [](double g) { return g > 0 ? number_text(g) : std::string("a whole row"); }) +
        "; the scheme has " +
        (scheme.group_size > 0 ? number_text(scheme.group_size) : "a whole row"));
  }
  for (const KernelSegment& segment : kernel.segments) {
    const bool needs_sm =
        segment.dequant_weights_per_clock_sm > 0 || segment.vector_flop_per_clock_sm > 0;
    if (needs_sm && (hardware.sm_count <= 0 || hardware.clock <= hertz(0))) {
      return refuse("is modelled by SM count and clock; " + hardware.id + " states none");
    }
  }
  return std::nullopt;
}

std::optional<Error> refuse_phase(const RooflineScenario& scenario) {
  if (scenario.phase == Phase::gemm) return std::nullopt;
  const Model& model = *scenario.model;
  const auto refuse = [](std::string why, std::string path) {
    return Error{ErrorCode::unsupported, std::move(why), std::move(path)};
  };
  const bool generates = model.generates();
  if (scenario.phase == Phase::decode && !generates) {
    return refuse("found \"decode\", but " + model.id +
                      " generates no tokens; allowed: prefill (a forward pass), train",
                  "phase");
  }
  if (!model.shaped() && !model.flop_per_input) {
    return refuse("found \"" + model.id + "\", whose spec has neither shapes nor FLOP per input",
                  "model");
  }
  const bool cached = generates && !model.ssm;
  const bool prefill = scenario.phase == Phase::prefill;
  if (prefill && !cached && scenario.cached_prefix > 0) {
    return refuse("found " + number_text(scenario.cached_prefix) + ", but " + model.id +
                      " keeps no cache; allowed: 0",
                  "cached_prefix");
  }
  if (prefill && !cached && scenario.chunk > 0) {
    return refuse("found " + number_text(scenario.chunk) + ", but " + model.id +
                      " takes a prompt at once; allowed: none",
                  "chunk");
  }
  if (scenario.devices > 1 && !scenario.hardware->device_link && !scenario.hardware->host_link) {
    return refuse("found " + number_text(scenario.devices) + " devices, but " +
                      scenario.hardware->id + " states no link between them; allowed: 1",
                  "devices");
  }
  if (scenario.lowering == Lowering::lumped &&
      (!model.transformer() || scenario.phase == Phase::train)) {
    return refuse(
        "found \"lumped\", which takes a transformer in decode or prefill; allowed here: operators",
        "lowering");
  }
  if (scenario.lowering == Lowering::lumped && scenario.devices > 1) {
    return refuse("found " + number_text(scenario.devices) +
                      " devices, but lumped is one operator on one device",
                  "devices");
  }
  if (scenario.scheme.adapter.rank > 0 && scenario.phase != Phase::train) {
    return refuse("adapters are trained: they need phase train", "lora_rank");
  }
  if (scenario.scheme.adapter.rank > 0 && !model.transformer()) {
    return refuse("adapters stand beside a transformer's linears; " + model.id + " is none",
                  "lora_rank");
  }
  constexpr double most_chunks = 1024;
  if (scenario.chunk > 0 && scenario.prompt / scenario.chunk > most_chunks) {
    return Error{ErrorCode::too_large, "cuts the prompt into more than 1024 chunks", "chunk"};
  }
  return std::nullopt;
}

const Kernel& ideal_kernel() {
  static const Kernel kernel = [] {
    Kernel k;
    k.id = "ideal";
    k.segments.emplace_back();
    return k;
  }();
  return kernel;
}

/// A quantized baseline runs on the scenario's own kernel where that takes it and no other is
/// named.
const Kernel& baseline_kernel_for(const RooflineScenario& scenario) {
  const Scheme& scheme = scenario.baseline;
  const bool shared = scheme.quantized() && scenario.baseline_kernel_follows &&
                      !refuse_kernel(*scenario.kernel, scheme, *scenario.hardware, "kernel");
  return shared ? *scenario.kernel : *scenario.baseline_kernel;
}

}  // namespace

Result<ComputeFormat> compute_format(const Hardware& hardware, Format wanted) {
  std::optional<Format> format = wanted;
  while (format && !hardware.native(*format)) format = wider(*format);
  if (!format) {
    std::string listed;
    for (const FormatInfo& info : format_table) {
      if (hardware.native(info.format))
        listed += (listed.empty() ? "" : ", ") + std::string(info.name);
    }
    return fail(ErrorCode::unsupported,
                hardware.id + " computes in " + (listed.empty() ? "no listed format" : listed) +
                    "; allowed: devices that compute in " + std::string(name_of(wanted)) +
                    " or wider",
                "hardware");
  }
  ComputeFormat result{*format, *hardware.peak[index_of(*format)], {}};
  if (*format != wanted) {
    result.fallback = hardware.id + " has no native " + std::string(name_of(wanted)) +
                      ": computed in " + std::string(name_of(*format));
  }
  return result;
}

double Footprint::max_batch() const {
  const Bytes free = usable - weights - training - reserve;
  if (free <= Bytes{} || !bounded()) return 0;
  double batch = std::floor(free / per_sequence());
  constexpr double whole_numbers_end = 9007199254740992;  // 2^53: one more is no other double
  if (batch >= whole_numbers_end) return batch;
  while (batch > 0 && !fits(batch)) batch -= 1;  // the quotient may round up
  while (fits(batch + 1)) batch += 1;
  return batch;
}

Operator& add_linear(const LoweringContext& low, const LinearShape& shape) {
  const double devices = low.plan.devices;
  const bool quantized = low.scheme.quantized() && !shape.full_precision;
  Operator& op = low.add(shape.name);
  op.kind = OperatorKind::gemm;
  op.count = shape.count;
  op.quantized = quantized;
  op.kernel = quantized ? &low.kernel : &low.dense_kernel;
  op.format = quantized ? low.plan.compute.format : low.dense.format;
  op.tokens_per_sequence = shape.tokens_per_sequence;
  const double inputs = shape.inputs / (shape.cut == Cut::inputs ? devices : 1);
  const double outputs = shape.outputs / (shape.cut == Cut::outputs ? devices : 1);
  op.outputs = outputs;
  op.weights = inputs * outputs;
  op.weight_bytes =
      bytes_of(op.weights, shape.full_precision ? low.full_bits : low.stored_weight_bits());
  op.flop_per_token = flop(2 * op.weights);
  op.activation_per_token = bytes_of(inputs, quantized ? low.scheme.act_bits() : low.full_bits) +
                            bytes_of(outputs, low.full_bits);
  return op;
}

Result<Plan> lower(const RooflineScenario& scenario, Side side) {
  const bool baseline = side == Side::baseline;
  const Scheme& scheme = baseline ? scenario.baseline : scenario.scheme;
  const Hardware& hardware = *scenario.hardware;
  const bool lumped = scenario.lowering == Lowering::lumped;
  const std::string_view place = baseline ? "baseline_kernel" : "kernel";
  const Kernel& dense_kernel = lumped ? ideal_kernel() : scenario.full_precision_kernel();
  // A scheme that quantizes nothing runs on the dense kernel, whatever kernel the scenario names.
  const bool own_kernel = scheme.quantized() && !baseline;
  const Kernel& kernel = own_kernel ? *scenario.kernel
                         : lumped   ? ideal_kernel()
                         : baseline ? baseline_kernel_for(scenario)
                                    : dense_kernel;

  if (auto error = refuse_phase(scenario)) return tl::unexpected(*error);
  if (lumped && own_kernel && kernel.id != "ideal") {
    return fail(ErrorCode::unsupported,
                "found \"" + kernel.id + "\"; lumped is one operator under the ideal kernel",
                "kernel");
  }
  if (own_kernel || baseline) {
    if (auto error = refuse_kernel(kernel, scheme, hardware, place)) return tl::unexpected(*error);
  }

  Plan plan;
  plan.operators.reserve(usual_operators);
  plan.assumptions.reserve(usual_operators);
  if (scheme.quantized() && !kernel.unpacks(scheme)) {
    plan.assumptions.emplace_back("other_weight_format");
  }
  const Format full_format = bits_of(scheme.act_format) >= 16 ? scheme.act_format : Format::fp16;
  auto dense = compute_format(hardware, full_format);
  if (!dense) return tl::unexpected(dense.error());
  // Weights of 16 bits and more multiply at full precision, whatever the activations are stored in.
  // Training has recipes for floating-point multiplies below 16 bit, none for integers: those
  // weights are unpacked and multiplied wide.
  const bool integer_training =
      scenario.phase == Phase::train &&
      (scheme.act_format == Format::int8 || scheme.act_format == Format::int4);
  auto compute = compute_format(
      hardware, scheme.quantized() && !integer_training ? scheme.act_format : full_format);
  if (!compute) return tl::unexpected(compute.error());
  plan.compute = std::move(*compute);
  if (scheme.quantized() && integer_training)
    plan.assumptions.emplace_back("integers_trained_wide");
  for (const FormatInfo& info : format_table) {
    if (hardware.native(info.format)) {
      plan.rate[index_of(info.format)] =
          *hardware.peak[index_of(info.format)] * scenario.peak_factor;
    }
  }
  plan.compute.peak = plan.rate[index_of(plan.compute.format)];
  plan.bandwidth = scenario.bandwidth.value_or(hardware.memory_bandwidth);
  plan.sm_count = hardware.sm_count;
  // GA100 (8.0), GH100 (9.0) and GB100 (10.0) have four times the FP32 rate in packed FP16, the
  // others twice.
  const double capability = hardware.compute_capability;
  plan.vector_half2 = capability == 8.0 || capability == 9.0 || capability == 10.0 ? 2 : 1;
  plan.hopper = capability >= 9.0 && capability < 12.0;  // consumer Blackwell (12) has none
  plan.grouped = scheme.group_size > 0;
  plan.sm_clocks_per_s = hardware.sm_count * hardware.clock.in(hertz);
  plan.fp16_accumulate = hardware.fp16_accumulate;
  const RuntimeConstants& runtime = *scenario.runtime;
  plan.runtime = runtime;
  // A runtime that reaches the whole peak is the datasheet's own.
  if (runtime.device_share && runtime.compute_efficiency < 1) {
    plan.matmul_share = hardware.matmul_share;
  }
  plan.devices = scenario.devices;
  if (hardware.device_link) {
    plan.link = hardware.device_link->per_direction;
  } else if (hardware.host_link) {
    plan.link = hardware.host_link->per_direction;
    if (plan.devices > 1) plan.assumptions.emplace_back("link_over_host");
  }

  const LoweringContext low{
      scenario, scheme, kernel, dense_kernel, std::move(*dense), bits_of(full_format), plan};
  const Trainable trainable =
      scenario.phase == Phase::train ? trainable_parameters(low) : Trainable{};
  if (scenario.phase == Phase::gemm) {
    lower_gemm(low);
  } else if (lumped) {
    lower_lumped(low);
  } else if (scenario.model->transformer()) {
    lower_transformer(low);
  } else if (scenario.model->ssm) {
    lower_state_space(low);
  } else {
    lower_one_operator(low);
  }
  if (scenario.phase == Phase::train) lower_training(low, trainable);
  plan.footprint = footprint_of(low, trainable);
  return plan;
}

}  // namespace crossover
