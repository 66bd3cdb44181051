// From free text to ids of the library: devices, models, kernels, runtimes, schemes.

#include <algorithm>
#include <array>
#include <cmath>

#include "crossover/spec_json.h"
#include "evidence_parts.h"

namespace crossover {
namespace {

using Words = std::vector<std::string>;

bool has_word(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The rule's words all stand in the name. A rule without words applies to every name.
bool applies(const Json& rule, const Words& words) {
  if (!rule.is_object()) return false;
  const auto wanted = rule.find("words");
  if (wanted == rule.end()) return true;
  return std::all_of(wanted->begin(), wanted->end(), [&](const Json& word) {
    return word.is_string() && has_word(words, word.get_ref<const std::string&>());
  });
}

/// A condition of a rule holds where the rule does not state it.
bool same_text(const Json& rule, const char* key, std::string_view value) {
  if (!rule.is_object()) return false;
  const auto at = rule.find(key);
  return at == rule.end() || (at->is_string() && at->get_ref<const std::string&>() == value);
}
bool same_number(const Json& rule, const char* key, double value) {
  const auto at = rule.find(key);
  return at == rule.end() || (at->is_number() && at->get<double>() == value);
}

const Json& list_in(const Json& object, const char* key) {
  static const Json none = Json::array();
  const auto at = object.is_object() ? object.find(key) : object.end();
  return at != object.end() && at->is_array() ? *at : none;
}

/// A rule's field, or the fallback where it is absent or of another type.
std::string text_in(const Json& rule, const char* key, std::string_view fallback) {
  const auto at = rule.is_object() ? rule.find(key) : rule.end();
  return at != rule.end() && at->is_string() ? at->get<std::string>() : std::string(fallback);
}
double number_in(const Json& rule, const char* key, double fallback) {
  const auto at = rule.is_object() ? rule.find(key) : rule.end();
  return at != rule.end() && at->is_number() ? at->get<double>() : fallback;
}

struct Bounds {
  const char* name;
  std::optional<double> value;
  double low, high;
};

/// The first condition that no device could meet; empty when there is none.
std::string out_of_range(const MeasuredRow& row) {
  const Bounds all[] = {{"weight bits", row.weight_bits, 1, 64},
                        {"activation bits", row.act_bits, 1, 64},
                        {"KV bits", row.kv_bits, 1, 64},
                        {"group size", row.group_size, -1, 1e6},
                        {"devices", row.devices, 1, 1024},
                        {"batch", row.batch, 1, 1e6},
                        {"context", row.context, 0, 1e8},
                        {"generation length", row.generated, 0, 1e8},
                        {"m", row.m, 1, 1e8},
                        {"n", row.n, 1, 1e7},
                        {"k", row.k, 1, 1e7}};
  for (const Bounds& bounds : all) {
    if (bounds.value && !(*bounds.value >= bounds.low && *bounds.value <= bounds.high)) {
      return std::string(bounds.name) + " out of range";
    }
  }
  return {};
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return lower;
}

/// The number after `letter` in a word of that letter and digits: "g128" is 128.
std::optional<double> number_after(const Words& words, char letter) {
  for (const std::string& word : words) {
    if (word.size() < 2 || word.front() != letter) continue;
    const std::string digits = word.substr(1);
    if (std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
        digits.size() < 6) {
      return std::stod(digits);
    }
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 4> block_formats{"q8", "q4", "q5", "q6"};

}  // namespace

tl::expected<Scheme, std::string> scheme_of(const MeasuredRow& row) {
  if (!row.weight_bits) return tl::unexpected<std::string>("no weight bits");
  const Words words = words_of(row.scheme + " " + row.kernel);
  Scheme scheme;
  scheme.weight_bits = *row.weight_bits;
  scheme.kv_bits = row.kv_bits.value_or(16);
  const double act_bits = row.act_bits.value_or(16);
  const bool fp8 = has_word(words, "fp8");
  if (act_bits <= 4) {
    const bool fp4 = has_word(words, "fp4") || has_word(words, "nvfp4") || has_word(words, "mxfp4");
    scheme.act_format = fp4 ? Format::fp4 : Format::int4;
  } else if (act_bits <= 8) {
    scheme.act_format = fp8 ? Format::fp8 : Format::int8;
  }
  if (scheme.weight_bits >= 16) {
    scheme.id = "fp16";
    return scheme;
  }
  const bool nf4 = has_word(words, "nf4") || has_word(words, "bnb");
  const bool block =
      std::any_of(block_formats.begin(), block_formats.end(), [&](std::string_view format) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
          return word.starts_with(format) && row.scheme.find('_') != std::string::npos;
        });
      });
  const double stored = scheme.weight_bits;
  if (nf4) {
    scheme.group_size = 64;
    const bool twice = has_word(words, "double") || has_word(words, "dq");
    scheme.scale_bits = twice ? 8 : 32;
  } else if (block || (stored != std::floor(stored) && !has_word(words, "gptq"))) {
    // The published bits count the scales already.
    scheme.group_size = 0;
  } else {
    scheme.weight_bits = std::floor(stored);
    const bool grouped = has_word(words, "gptq") || has_word(words, "awq");
    scheme.group_size =
        row.group_size.value_or(number_after(words, 'g').value_or(grouped ? 128 : 0));
    if (scheme.group_size < 0) scheme.group_size = 0;
    if (scheme.group_size > 0 && has_word(words, "awq")) {
      scheme.zero_point_bits = scheme.weight_bits;
    }
  }
  const auto whole = [](double bits) {
    const std::string text = std::to_string(bits);
    return text.substr(0, text.find_last_not_of("0.") + 1);
  };
  scheme.id = nf4 ? "nf4"
                  : "w" + whole(scheme.weight_bits) + "a" + whole(act_bits) +
                        (scheme.group_size > 0 ? "-g" + whole(scheme.group_size) : "") +
                        (scheme.act_format == Format::fp8 ? "-fp8" : "");
  return scheme;
}

Result<EvidenceNames> EvidenceNames::read(const Json& options) {
  EvidenceNames names;
  if (!options.is_object() || !options.contains("aliases") || !options["aliases"].is_object()) {
    return fail(ErrorCode::missing_field,
                "missing; the rules of specs/measurements/aliases.json are needed",
                "options.aliases");
  }
  names.aliases_ = options["aliases"];
  if (options.contains("split")) names.fitted_ = list_in(options["split"], "fit");
  const Json& inline_models = list_in(names.aliases_, "inline_models");
  for (std::size_t i = 0; i < inline_models.size(); ++i) {
    auto model =
        read_model(inline_models[i], "options.aliases.inline_models[" + std::to_string(i) + "]");
    if (!model) return tl::unexpected(model.error());
    const std::string id = model->id;
    names.models_.emplace(id, std::move(*model));
  }
  const auto path_of = [](const char* key, std::size_t i) {
    return std::string("options.") + key + "[" + std::to_string(i) + "]";
  };
  const Json& kernels = list_in(options, "kernels");
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    auto kernel = read_kernel(kernels[i], path_of("kernels", i));
    if (!kernel) return tl::unexpected(kernel.error());
    names.kernels_.insert_or_assign(kernel->id, *kernel);
  }
  const Json& runtimes = list_in(options, "runtimes");
  for (std::size_t i = 0; i < runtimes.size(); ++i) {
    auto runtime = read_runtime(runtimes[i], path_of("runtimes", i));
    if (!runtime) return tl::unexpected(runtime.error());
    names.runtimes_.insert_or_assign(runtime->id, *runtime);
  }
  return names;
}

tl::expected<const Hardware*, std::string> EvidenceNames::hardware(Catalog& catalog,
                                                                   const MeasuredRow& row) {
  const Words words = words_of(row.hardware);
  for (const Json& rule : list_in(aliases_, "hardware")) {
    if (!applies(rule, words)) continue;
    auto found = catalog.hardware(text_in(rule, "id", ""));
    if (!found) return tl::unexpected("no device of the library: " + row.hardware);
    const double clock = number_in(rule, "clock_factor", 1.0),
                 share = number_in(rule, "device_share", 1.0);
    if (clock == 1 && share == 1) return *found;
    Hardware device = **found;
    device.clock = device.clock * clock;
    device.memory_bandwidth = device.memory_bandwidth * share;
    device.memory_capacity = device.memory_capacity * share;
    for (auto& peak : device.peak) {
      if (peak) peak = *peak * (clock * share);
    }
    variants_.push_back(std::move(device));
    return &variants_.back();
  }
  auto found = catalog.hardware(row.hardware);
  if (!found) found = catalog.hardware(lower_case(row.hardware));
  if (!found) return tl::unexpected("no device of the library: " + row.hardware);
  return *found;
}

tl::expected<const Model*, std::string> EvidenceNames::model(Catalog& catalog,
                                                             const MeasuredRow& row) {
  const Words words = words_of(row.model);
  for (const Json& rule : list_in(aliases_, "models")) {
    if (!applies(rule, words)) continue;
    if (const auto own = models_.find(text_in(rule, "inline", "")); own != models_.end()) {
      return &own->second;
    }
    auto found = catalog.model(text_in(rule, "id", ""));
    if (found) return *found;
    return tl::unexpected("no model of the library: " + row.model);
  }
  auto found = catalog.model(row.model);
  if (!found) found = catalog.model(lower_case(row.model));
  if (!found) return tl::unexpected("no model of the library: " + row.model);
  return *found;
}

Result<const Kernel*> EvidenceNames::kernel_named(Catalog& catalog, const std::string& id) const {
  if (const auto own = kernels_.find(id); own != kernels_.end()) return &own->second;
  return catalog.kernel(id);
}

tl::expected<KernelPair, std::string> EvidenceNames::kernel(Catalog& catalog,
                                                            const MeasuredRow& row,
                                                            const Hardware& hardware,
                                                            const Scheme& scheme) {
  const Words words = words_of(row.kernel + " " + row.scheme);
  for (const Json& rule : list_in(aliases_, "kernels")) {
    if (!applies(rule, words) || !same_text(rule, "phase", row.phase) ||
        !same_text(rule, "act_format", name_of(scheme.act_format)) ||
        !same_number(rule, "weight_bits", scheme.weight_bits) ||
        number_in(rule, "min_compute_capability", 0.0) > hardware.compute_capability ||
        !same_text(rule, "hardware", hardware.id) ||
        (rule.contains("vendor") && text_in(rule, "vendor", "") != hardware.vendor)) {
      continue;
    }
    if (rule.contains("left_out")) return tl::unexpected(text_in(rule, "left_out", ""));
    auto found = kernel_named(catalog, text_in(rule, "kernel", ""));
    auto dense = kernel_named(catalog, text_in(rule, "baseline_kernel", "cublas-fp16"));
    if (found && dense) {
      return KernelPair{*found, *dense, number_in(rule, "peak_factor", 1.0)};
    }
    break;
  }
  // 16-bit rows run on the dense library, whatever they are called.
  auto dense = kernel_named(catalog, "cublas-fp16");
  if (!scheme.quantized() && dense) return KernelPair{*dense, *dense};
  return tl::unexpected("no kernel spec for " + row.kernel);
}

tl::expected<const Runtime*, std::string> EvidenceNames::runtime(Catalog& catalog,
                                                                 const MeasuredRow& row) {
  const Words words = words_of(row.kernel + " " + row.baseline + " " + row.project);
  for (const Json& rule : list_in(aliases_, "runtimes")) {
    if (!applies(rule, words) || !same_text(rule, "phase", row.phase)) continue;
    const std::string id = text_in(rule, "runtime", "");
    if (const auto own = runtimes_.find(id); own != runtimes_.end()) return &own->second;
    auto found = catalog.runtime(id);
    if (found) return *found;
    break;
  }
  return tl::unexpected("no runtime spec for " + row.kernel + ", " + row.baseline);
}

EvidenceRole EvidenceNames::role(const MappedRow& mapped) const {
  for (const Json& fit : fitted_) {
    if (!same_text(fit, "kernel", mapped.kernel) ||
        !same_text(fit, "project", mapped.row->project) ||
        !same_text(fit, "hardware", mapped.hardware) ||
        !same_text(fit, "phase", mapped.row->phase)) {
      continue;
    }
    const auto alone = fit.find("in_sample");
    return alone != fit.end() && *alone == true ? EvidenceRole::in_sample : EvidenceRole::fit;
  }
  return EvidenceRole::judged;
}

tl::expected<MappedRow, std::string> EvidenceNames::map(Catalog& catalog, const MeasuredRow& row) {
  for (const Json& rule : list_in(aliases_, "left_out")) {
    const Json& ids = list_in(rule, "ids");
    if (std::find(ids.begin(), ids.end(), row.id) != ids.end() && !row.id.empty()) {
      return tl::unexpected(text_in(rule, "reason", "left out"));
    }
  }
  if (std::string fault = out_of_range(row); !fault.empty()) return tl::unexpected(fault);
  auto scheme = scheme_of(row);
  if (!scheme) return tl::unexpected(scheme.error());
  auto device = hardware(catalog, row);
  if (!device) return tl::unexpected(device.error());
  auto own = kernel(catalog, row, **device, *scheme);
  if (!own) return tl::unexpected(own.error());
  auto around = runtime(catalog, row);
  if (!around) return tl::unexpected(around.error());

  RooflineScenario scenario;
  scenario.hardware = *device;
  scenario.kernel = own->own;
  scenario.baseline_kernel = own->dense;
  scenario.runtime = *around;
  scenario.scheme = *scheme;
  scenario.devices = row.devices.value_or(1);
  const bool matrix = row.phase == "gemm" && row.n && row.k;
  if (!matrix && (row.phase != "gemm" || !words_of(row.model).empty())) {
    auto found = model(catalog, row);
    if (!found) return tl::unexpected(found.error());
    scenario.model = *found;
  }

  MappedRow mapped;
  mapped.row = &row;
  mapped.hardware = (*device)->id;
  mapped.model = scenario.model != nullptr ? scenario.model->id : "";
  mapped.kernel = own->own->id;
  mapped.runtime = (*around)->id;
  mapped.scheme = scheme->id;
  mapped.spec = **around;
  mapped.scheme_peak_factor = own->peak_factor;
  mapped.role = role(mapped);
  if (auto built = build_work(mapped, scenario); !built) return tl::unexpected(built.error());
  return mapped;
}

}  // namespace crossover
