#include "crossover/scenario_json.h"

#include <algorithm>
#include <array>

#include "crossover/json_record.h"
#include "spec_fields.h"

namespace crossover {
namespace {

constexpr std::array<std::string_view, 4> phase_names{"decode", "prefill", "train", "gemm"};
constexpr std::array<std::string_view, 2> lowering_names{"operators", "lumped"};
constexpr std::array<std::string_view, 3> optimizer_names{"sgd", "momentum", "adam"};

constexpr Range counts{1, 1e9};  // batch, tokens, matrix sizes
constexpr Range counts_from_zero{0, 1e9};
constexpr double default_tokens = 2048;              // context and prompt of the tutorial's rows
constexpr std::string_view ideal = "ideal";          // kernel and runtime unless they are named
constexpr std::string_view default_scheme = "fp16";  // and that of the baseline

/// The dense kernel that a kernel is compared with unless the scenario names one.
std::string_view baseline_of(const Kernel& kernel) {
  return kernel.id == ideal ? ideal : "cublas-fp16";
}

/// The scheme's name for an object that gives none: "w4a16kv16-g128".
std::string inline_id(const Scheme& scheme) {
  std::string id = "w";
  id += number_text(scheme.weight_bits);
  id += "a";
  id += number_text(scheme.act_bits());
  id += "kv";
  id += number_text(scheme.kv_bits);
  if (scheme.group_size > 0) {
    id += "-g";
    id += number_text(scheme.group_size);
  }
  return id;
}

Format format_of_bits(double bits) {
  if (bits == 32) return Format::fp32;
  if (bits == 8) return Format::int8;
  if (bits == 4) return Format::int4;
  return Format::fp16;
}

Result<Scheme> read_inline_scheme(const Json& json, std::string path) {
  ObjectReader reader(json, std::move(path));
  Scheme scheme;
  scheme.weight_bits = reader.number("weight_bits", {1, 32});
  if (const auto bits = reader.optional_number("act_bits", {4, 32})) {
    if (*bits != 4 && *bits != 8 && *bits != 16 && *bits != 32) {
      reader.fail(ErrorCode::out_of_range,
                  "found " + shown(Json(*bits)) + "; allowed: 4, 8, 16, 32", "act_bits");
    }
    scheme.act_format = format_of_bits(*bits);
  } else if (scheme.weight_bits > 16) {
    scheme.act_format = Format::fp32;
  }
  if (reader.has("act_format")) {
    std::array<std::string_view, format_count> names;
    std::transform(format_table.begin(), format_table.end(), names.begin(),
                   [](const FormatInfo& f) { return f.name; });
    const Format chosen = format_table[reader.choice("act_format", names)].format;
    if (reader.has("act_bits") && bits_of(chosen) != scheme.act_bits() && !reader.failed()) {
      reader.fail(ErrorCode::unsupported, "contradicts act_bits", "act_format");
    }
    scheme.act_format = chosen;
  }
  scheme.weight_format = read_weight_format(reader, scheme);
  scheme.kv_bits = reader.number_or("kv_bits", 16, {1, 32});
  scheme.group_size = reader.whole_or("group_size", 0, {0, 65536});
  scheme.scale_bits = reader.number_or("scale_bits", 16, {0, 32});
  scheme.zero_point_bits = reader.number_or("zero_point_bits", 0, {0, 32});
  scheme.quantize_head = reader.flag_or("quantize_head", false);
  scheme.id = reader.text_or("id", inline_id(scheme));
  scheme.name = reader.text_or("name", scheme.id);
  if (const auto error = reader.finish()) return tl::unexpected(*error);
  return scheme;
}

}  // namespace

void apply_kv_override(RooflineScenario& scenario) {
  constexpr double usual_kv_bits = 16;
  if (scenario.kv_bits && scenario.scheme.kv_bits == usual_kv_bits) {
    scenario.scheme.kv_bits = *scenario.kv_bits;
  }
}

Result<Scheme> read_scheme_choice(Catalog& catalog, const Json& json, std::string_view path) {
  if (json.is_string()) return catalog.scheme(json.get_ref<const std::string&>(), path);
  if (json.is_object()) return read_inline_scheme(json, std::string(path));
  return fail(ErrorCode::wrong_type,
              "found " + shown(json) + "; a scheme's id or an object is needed", std::string(path));
}

Result<RooflineScenario> read_roofline(Catalog& catalog, const Json& json, std::string path) {
  ObjectReader reader(json, std::move(path));
  RooflineScenario s;
  constexpr std::array<std::string_view, 1> lenses{"roofline"};
  reader.choice_or("lens", lenses, 0);

  // The first refusal of a lookup becomes the reader's error, with its own path.
  std::optional<Error> refused;
  const auto look_up = [&](auto result, auto& target) {
    if (result) {
      target = std::move(*result);
    } else if (!refused) {
      refused = std::move(result.error());
      refused->path = reader.path_of(refused->path);
    }
  };

  if (reader.has("phase")) s.phase = static_cast<Phase>(reader.choice("phase", phase_names));
  const bool gemm = s.phase == Phase::gemm;
  if (gemm) {
    s.gemm = {reader.whole("m", counts), reader.whole("n", counts), reader.whole("k", counts)};
    reader.has("model");  // allowed, not needed
  } else {
    look_up(catalog.model(reader.text("model")), s.model);
  }
  look_up(catalog.hardware(reader.text("hardware")), s.hardware);
  if (reader.failed()) return tl::unexpected(*reader.finish());
  if (refused) return tl::unexpected(*refused);

  const Json fp16 = default_scheme;
  const auto scheme_at = [&](std::string_view key) {
    const Json* found = reader.find(key);
    return read_scheme_choice(catalog, found == nullptr ? fp16 : *found, key);
  };
  look_up(scheme_at("scheme"), s.scheme);
  look_up(scheme_at("baseline_scheme"), s.baseline);
  look_up(catalog.kernel(reader.text_or("kernel", ideal)), s.kernel);
  s.baseline_kernel_follows = !reader.has("baseline_kernel");
  const std::string_view dense =
      reader.text_or("baseline_kernel", s.kernel == nullptr ? ideal : baseline_of(*s.kernel));
  look_up(catalog.kernel(dense, "baseline_kernel"), s.baseline_kernel);
  if (s.baseline.quantized() && s.kernel != nullptr && !s.baseline_kernel_follows) {
    look_up(catalog.kernel(baseline_of(*s.kernel)), s.dense_kernel);
  }
  look_up(catalog.runtime(reader.text_or("runtime", ideal)), s.runtime);
  if (reader.failed()) return tl::unexpected(*reader.finish());
  if (refused) return tl::unexpected(*refused);

  const bool generates = gemm || s.model->generates();
  if (!reader.has("phase")) s.phase = generates ? Phase::decode : Phase::prefill;
  s.lowering = static_cast<Lowering>(reader.choice_or("lowering", lowering_names, 0));
  s.optimizer = static_cast<Optimizer>(reader.choice_or("optimizer", optimizer_names, 2));
  s.devices = reader.whole_or("devices", 1, {1, 8});
  s.batch = gemm ? s.gemm.m : reader.whole_or("batch", 1, counts);
  s.context = reader.whole_or("context", default_tokens, counts_from_zero);
  s.new_tokens = reader.whole_or("new_tokens", 1, {1, 1e6});
  const bool short_encoder = !gemm && !generates && s.model->max_context > 0;
  s.prompt = reader.whole_or(
      "prompt", short_encoder ? std::min(default_tokens, s.model->max_context) : default_tokens,
      counts);
  s.cached_prefix = reader.whole_or("cached_prefix", 0, counts_from_zero);
  s.chunk = reader.whole_or("chunk", 0, counts);
  s.generated = reader.whole_or("generated", 0, counts_from_zero);
  s.memory_utilization = reader.number_or("memory_utilization", 0.9, {0.01, 1});
  s.memory_reserve = reader.quantity_or("memory_reserve_bytes", bytes, Bytes{}, {0, 1e15});
  s.bandwidth = reader.optional_quantity("bandwidth_bytes_per_s", bytes_per_second, {1, 1e18});
  s.peak_factor = reader.number_or("peak_factor", 1, {1e-6, 1e6});
  s.power = reader.optional_quantity("power_w", watts, {1e-6, 1e6});
  s.price = reader.optional_quantity("price_usd_per_hour", dollars_per_hour, {0, 1e6});
  s.amortization_years = reader.number_or("amortization_years", s.amortization_years, {0.01, 100});
  s.kv_bits = reader.optional_number("kv_bits", {1, 32});
  apply_kv_override(s);
  s.scheme.adapter.rank = reader.whole_or("lora_rank", 0, {1, 65536});
  if (reader.has("lora_rank")) s.baseline.adapter.rank = s.scheme.adapter.rank;
  if (!gemm) {
    for (const std::string_view key : {"m", "n", "k"}) {
      if (reader.has(key))
        reader.fail(ErrorCode::unsupported, "a GEMM's size needs phase gemm", key);
    }
  }
  if (const auto error = reader.finish()) return tl::unexpected(*error);
  return s;
}

Json completed(const Json& json, const RooflineScenario& scenario) {
  const RooflineScenario& s = scenario;
  Json all = record({{"lens", "roofline"},
                     {"scheme", default_scheme},
                     {"kernel", s.kernel->id},
                     {"runtime", s.runtime->id},
                     {"baseline_scheme", default_scheme},
                     {"phase", phase_names[static_cast<std::size_t>(s.phase)]},
                     {"lowering", lowering_names[static_cast<std::size_t>(s.lowering)]},
                     {"devices", s.devices},
                     {"memory_utilization", s.memory_utilization},
                     {"memory_reserve_bytes", s.memory_reserve.in(bytes)},
                     {"peak_factor", s.peak_factor},
                     {"amortization_years", s.amortization_years}});
  if (s.phase != Phase::gemm) set(all, {{"batch", s.batch}});
  if (s.phase == Phase::decode) set(all, {{"context", s.context}, {"new_tokens", s.new_tokens}});
  if (s.phase == Phase::train) {
    set(all, {{"optimizer", optimizer_names[static_cast<std::size_t>(s.optimizer)]}});
  }
  if ((s.phase == Phase::prefill || s.phase == Phase::train) && s.model->shaped())
    set(all, {{"prompt", s.prompt}});
  if (s.phase == Phase::prefill) set(all, {{"cached_prefix", s.cached_prefix}});
  if (s.phase == Phase::decode || s.phase == Phase::prefill) set(all, {{"generated", s.generated}});
  for (const auto& [key, value] : json.items()) {
    if (!value.is_null()) all[key] = value;
  }
  return all;
}

bool same_baseline(const RooflineScenario& a, const RooflineScenario& b) {
  return a.baseline_kernel == b.baseline_kernel && a.runtime == b.runtime;
}

Result<std::vector<Variant>> read_variants(Catalog& catalog, const RooflineScenario& scenario,
                                           const Json* schemes, const std::string& path) {
  if (schemes == nullptr) return std::vector<Variant>{{scenario.scheme.id, scenario}};
  if (!schemes->is_array() || schemes->empty()) {
    return fail(ErrorCode::wrong_type,
                "found " + shown(*schemes) + "; a list of 1 to " + std::to_string(max_variants) +
                    " schemes is needed",
                path);
  }
  if (schemes->size() > max_variants) {
    return fail(ErrorCode::too_large,
                "found " + std::to_string(schemes->size()) + " schemes; at most " +
                    std::to_string(max_variants) + " are compared",
                path);
  }
  std::vector<Variant> variants;
  for (std::size_t i = 0; i < schemes->size(); ++i) {
    const std::string here = path + "[" + std::to_string(i) + "]";
    const Json& entry = (*schemes)[i];
    Json choice = entry;
    Json kernel, runtime;
    std::string label;
    if (entry.is_string()) {
      label = entry.get<std::string>();
      if (const std::size_t at = label.find('@'); at != std::string::npos) {
        choice = label.substr(0, at);
        kernel = label.substr(at + 1);
      }
    } else if (entry.is_object() && entry.contains("scheme")) {
      ObjectReader reader(entry, here);
      if (const Json* found = reader.find("scheme")) {
        choice = *found;
      } else {
        reader.fail(ErrorCode::missing_field, "missing; a scheme's id or an object is needed",
                    "scheme");
      }
      if (reader.has("kernel")) kernel = reader.text("kernel");
      if (reader.has("runtime")) runtime = reader.text("runtime");
      label = reader.text_or("label", "");
      if (const auto error = reader.finish()) return tl::unexpected(*error);
    }
    Variant variant{label, scenario};
    const LowRankAdapter adapter = scenario.scheme.adapter;
    auto scheme = read_scheme_choice(catalog, choice, here);
    if (!scheme) return tl::unexpected(scheme.error());
    variant.scenario.scheme = *scheme;
    variant.scenario.scheme.adapter = adapter;
    apply_kv_override(variant.scenario);
    if (label.empty()) variant.label = scheme->id;
    if (!kernel.is_null()) {
      auto found = catalog.kernel(kernel.get<std::string>(), here + ".kernel");
      if (!found) return tl::unexpected(found.error());
      variant.scenario.kernel = *found;
      if (scenario.baseline_kernel_follows) {
        auto dense = catalog.kernel(baseline_of(**found), here + ".kernel");
        if (!dense) return tl::unexpected(dense.error());
        variant.scenario.baseline_kernel = *dense;
      }
    }
    if (!runtime.is_null()) {
      auto found = catalog.runtime(runtime.get<std::string>(), here + ".runtime");
      if (!found) return tl::unexpected(found.error());
      variant.scenario.runtime = *found;
    }
    variants.push_back(std::move(variant));
  }
  return variants;
}

}  // namespace crossover
