// Reads GEMM kernels and runtimes.

#include <algorithm>

#include "crossover/spec_json.h"
#include "spec_fields.h"

namespace crossover {
namespace {

constexpr Range fraction_range{1e-3, 1};
constexpr Range time_range{0, 1};

KernelSegment read_segment(ObjectReader& reader) {
  static constexpr std::array<std::string_view, 6> paths{"ideal",  "baseline", "tensor_core",
                                                         "vector", "reread",   "dequantize"};
  KernelSegment segment;
  segment.path = static_cast<KernelPath>(reader.choice("path", paths));
  segment.up_to_tokens = reader.whole_or("up_to_tokens", 0, {0, 1e9});
  segment.softness = reader.number_or("softness", 0, {0, 100});
  segment.pad_tokens = reader.whole_or("pad_tokens", 1, {1, 1e5});
  segment.tile_tokens = reader.whole_or("tile_tokens", 0, {0, 1e5});
  segment.dequant_weights_per_clock_sm =
      reader.number_or("dequant_weights_per_clock_sm", 0, {0, 1e5});
  segment.tile_outputs = reader.whole_or("tile_outputs", 0, {0, 1e5});
  segment.dequant_grouped_weights_per_clock_sm =
      reader.number_or("dequant_grouped_weights_per_clock_sm", 0, {0, 1e5});
  segment.vector_half2 = reader.flag_or("vector_half2", false);
  segment.vector_flop_per_clock_sm = reader.number_or("vector_flop_per_clock_sm", 0, {0, 1e6});
  segment.bandwidth_fraction = reader.number_or("bandwidth_fraction", 1, fraction_range);
  segment.compute_fraction = reader.number_or("compute_fraction", 1, fraction_range);
  if (segment.path == KernelPath::vector && segment.vector_flop_per_clock_sm == 0) {
    reader.fail(ErrorCode::missing_field, "missing; the vector path needs its rate",
                "vector_flop_per_clock_sm");
  }
  if (segment.tile_outputs > 0 && segment.tile_tokens == 0) {
    reader.fail(ErrorCode::missing_field, "missing; a tile has tokens and outputs", "tile_tokens");
  }
  return segment;
}

/// Segments rise in tokens and the last has no end, so that every M has its path.
void check_order(ObjectReader& reader, const std::vector<KernelSegment>& segments) {
  if (segments.empty()) {
    reader.fail(ErrorCode::missing_field, "missing; a kernel needs at least one segment",
                "segments");
    return;
  }
  double last = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const double end = segments[i].up_to_tokens;
    const std::string place = "segments[" + std::to_string(i) + "].up_to_tokens";
    const bool final = i + 1 == segments.size();
    if (final && end != 0) {
      reader.fail(ErrorCode::out_of_range, "found " + shown(end) + "; the last segment has no end",
                  place);
    } else if (!final && end <= last) {
      reader.fail(
          ErrorCode::out_of_range,
          "found " + shown(end) + "; segments rise, so more than " + shown(last) + " is needed",
          place);
    }
    last = end;
  }
}

}  // namespace

Result<Kernel> read_kernel(const Json& json, std::string path) {
  ObjectReader reader(json, std::move(path));
  Kernel kernel;
  const SpecHeader header = read_header(reader);
  kernel.id = header.id;
  kernel.name = header.name;
  kernel.vendor = reader.text_or("vendor", "");
  kernel.min_compute_capability = reader.number_or("min_compute_capability", 0, {0, 100});
  kernel.hopper_compute_fraction = reader.number_or("hopper_compute_fraction", 1, fraction_range);
  kernel.fp16_accumulate = reader.flag_or("fp16_accumulate", false);
  kernel.weight_bits = read_numbers(reader, "weight_bits", {1, 64});
  for (const std::string& name : read_texts(reader, "weight_formats")) {
    const auto found = std::find(weight_format_names.begin(), weight_format_names.end(), name);
    if (found == weight_format_names.end()) {
      const std::vector<std::string> known(weight_format_names.begin(), weight_format_names.end());
      reader.fail(ErrorCode::unknown_id, not_among("weight format", name, known), "weight_formats");
      break;
    }
    kernel.weight_formats.push_back(static_cast<WeightFormat>(found - weight_format_names.begin()));
  }
  kernel.act_formats = read_formats(reader, "act_formats");
  kernel.group_sizes = read_numbers(reader, "group_sizes", {0, 1e6});
  read_elements(reader, "segments", 16,
                [&](ObjectReader& segment) { kernel.segments.push_back(read_segment(segment)); });
  if (!reader.failed()) check_order(reader, kernel.segments);
  reader.ignore("fit");
  return finished(reader, std::move(kernel));
}

Result<Runtime> read_runtime(const Json& json, std::string path) {
  static constexpr std::array<std::string_view, 2> executions{"graph", "eager"};
  ObjectReader reader(json, std::move(path));
  Runtime runtime;
  const SpecHeader header = read_header(reader);
  runtime.id = header.id;
  runtime.name = header.name;
  runtime.eager = reader.choice("execution", executions) == 1;
  runtime.memory_efficiency = reader.number_or("memory_efficiency", 1, fraction_range);
  runtime.compute_efficiency = reader.number_or("compute_efficiency", 1, fraction_range);
  runtime.device_share = reader.flag_or("device_share", true);
  const auto time = [&](std::string_view key) {
    return reader.quantity_or(key, seconds, Time{}, time_range);
  };
  runtime.gemm_launch = time("gemm_launch_s");
  runtime.layer = time("layer_s");
  runtime.quantized_linear = time("quantized_linear_s");
  runtime.sequence = time("sequence_s");
  runtime.step = time("step_s");
  runtime.host_layer = time("host_layer_s");
  runtime.host_quantized_linear = time("host_quantized_linear_s");
  runtime.kv_copy_factor = reader.number_or("kv_copy_factor", 1, {1, 100});
  runtime.link_latency = time("link_latency_s");
  runtime.link_efficiency = reader.number_or("link_efficiency", 1, fraction_range);
  reader.ignore("fit");
  return finished(reader, std::move(runtime));
}

}  // namespace crossover
