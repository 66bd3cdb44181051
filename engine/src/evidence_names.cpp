// From free text to ids of the library: models, kernels, runtimes; and a row as a whole.

#include <algorithm>

#include "crossover/spec_json.h"
#include "evidence_rules.h"

namespace crossover {
namespace {

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

}  // namespace

Result<EvidenceNames> EvidenceNames::read(const Json& options) {
  EvidenceNames names;
  if (!options.is_object() || !options.contains("aliases") || !options["aliases"].is_object()) {
    return fail(ErrorCode::missing_field,
                "missing; the rules of specs/measurements/aliases.json are needed",
                "options.aliases");
  }
  names.aliases_ = options["aliases"];
  names.spelling_ = {texts_in(names.aliases_, "brands"), texts_in(names.aliases_, "variants")};
  if (options.contains("split")) names.fitted_ = list_in(options["split"], "fit");
  const auto inline_path = [](const char* key, std::size_t i) {
    return std::string("options.aliases.") + key + "[" + std::to_string(i) + "]";
  };
  const Json& models = list_in(names.aliases_, "inline_models");
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto model = read_model(models[i], inline_path("inline_models", i));
    if (!model) return tl::unexpected(model.error());
    const std::string id = model->id;
    names.models_.emplace(id, std::move(*model));
  }
  const Json& devices = list_in(names.aliases_, "inline_hardware");
  for (std::size_t i = 0; i < devices.size(); ++i) {
    auto device = read_hardware(devices[i], inline_path("inline_hardware", i));
    if (!device) return tl::unexpected(device.error());
    const std::string id = device->id;
    names.devices_.emplace(id, std::move(*device));
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

tl::expected<const Model*, std::string> EvidenceNames::model(Catalog& catalog,
                                                             const MeasuredRow& row) {
  const auto unknown = [&] { return tl::unexpected("no model of the library: " + row.model); };
  const Words words = spelling_.words(row.model);
  std::string id;
  for (const Json& rule : list_in(aliases_, "models")) {
    if (!applies(rule, words)) continue;
    if (const auto own = models_.find(text_in(rule, "inline", "")); own != models_.end()) {
      return &own->second;
    }
    id = text_in(rule, "id", "");
    break;
  }
  if (id.empty()) id = library_record(catalog, SpecKind::model, words);
  auto found = catalog.model(id);
  if (!found) return unknown();
  return *found;
}

const std::string& EvidenceNames::library_record(const Catalog& catalog, SpecKind kind,
                                                 const Words& name) {
  const auto [known, fresh] = records_.try_emplace({kind, name});
  if (fresh) known->second = spelling_.record(catalog, kind, name);
  return known->second;
}

Result<const Kernel*> EvidenceNames::kernel_named(Catalog& catalog, const std::string& id) const {
  if (const auto own = kernels_.find(id); own != kernels_.end()) return &own->second;
  return catalog.kernel(id);
}

tl::expected<KernelPair, std::string> EvidenceNames::kernel(Catalog& catalog,
                                                            const MeasuredRow& row,
                                                            const Hardware& hardware,
                                                            const Scheme& scheme) {
  const Words words = with_parts(words_of(row.kernel + " " + row.scheme));
  for (const Json& rule : list_in(aliases_, "kernels")) {
    if (!applies(rule, words) || !same_text(rule, "phase", row.phase) ||
        !same_text(rule, "act_format", name_of(scheme.act_format)) ||
        !same_number(rule, "weight_bits", scheme.weight_bits) ||
        number_in(rule, "min_compute_capability", 0.0) > hardware.compute_capability ||
        (rule.contains("accumulate") && hardware.fp16_accumulate <= 1) ||
        (rule.contains("vendor") && text_in(rule, "vendor", "") != hardware.vendor)) {
      continue;
    }
    if (rule.contains("left_out")) return tl::unexpected(text_in(rule, "left_out", ""));
    auto found = kernel_named(catalog, text_in(rule, "kernel", ""));
    auto dense = kernel_named(catalog, text_in(rule, "baseline_kernel", "cublas-fp16"));
    if (found && dense) {
      return KernelPair{*found, *dense, rule.contains("accumulate") ? hardware.fp16_accumulate : 1};
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
  const Words words = with_parts(words_of(row.kernel + " " + row.baseline + " " + row.project));
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

std::string EvidenceNames::phase(const MeasuredRow& row) const {
  const Json& rules = list_in(aliases_, "phases");
  for (const std::string& text : {row.phase, row.phase + " " + row.metric}) {
    const Words words = words_of(text);
    for (const Json& rule : rules) {
      if (applies(rule, words)) return text_in(rule, "phase", "");
    }
  }
  return row.phase;
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
  auto named = device(catalog, row);
  if (!named) return tl::unexpected(named.error());
  const Hardware* hardware = named->hardware;
  auto own = kernel(catalog, row, *hardware, *scheme);
  if (!own) return tl::unexpected(own.error());
  auto around = runtime(catalog, row);
  if (!around) return tl::unexpected(around.error());

  RooflineScenario scenario;
  scenario.hardware = hardware;
  scenario.kernel = own->own;
  scenario.baseline_kernel = own->dense;
  scenario.runtime = *around;
  scenario.scheme = *scheme;
  scenario.devices = row.devices.value_or(named->count.value_or(1));
  const bool matrix = row.phase == "gemm" && row.n && row.k;
  if (!matrix && (row.phase != "gemm" || !words_of(row.model).empty())) {
    auto found = model(catalog, row);
    if (!found) return tl::unexpected(found.error());
    scenario.model = *found;
  }

  MappedRow mapped;
  mapped.row = &row;
  mapped.hardware = hardware->id;
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
