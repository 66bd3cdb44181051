// Finds the tutorial's view of a model or a device: its own record, else what the full spec says.
#include "crossover/tutorial_json.h"

namespace crossover {
namespace {

using Kind = TutorialModel::Kind;

Kind kind_of(const Model& model) {
  if (model.transformer()) return model.moe ? Kind::moe : Kind::transformer;
  switch (model.family) {
    case ModelFamily::cnn:
      return Kind::cnn;
    case ModelFamily::ssm:
      return Kind::ssm;
    case ModelFamily::diffusion:
      return Kind::diffusion;
    case ModelFamily::decoder:
    case ModelFamily::encoder:
    case ModelFamily::encoder_decoder:
    case ModelFamily::recommendation:
    case ModelFamily::mlp:
      break;
  }
  return Kind::plain;
}

std::optional<double> unless_zero(double value) {
  return value > 0 ? std::optional<double>(value) : std::nullopt;
}

/// Parameters that one token visits: all but those of the routed experts that it does not.
double active_parameters(const Model& model) {
  constexpr double matrices_of_gated_mlp = 3;
  const MixtureOfExperts& moe = *model.moe;
  const double expert = matrices_of_gated_mlp * model.hidden_dim * moe.expert_intermediate;
  const double idle = moe.experts - moe.active_experts;
  return model.parameters - (model.layers - moe.dense_layers) * idle * expert;
}

}  // namespace

TutorialModel tutorial_view(const Model& model) {
  TutorialModel view;
  view.key = model.id;
  view.kind = kind_of(model);
  view.parameters = unless_zero(model.parameters);
  view.flop = model.flop_per_input;
  if (model.moe) view.active_parameters = active_parameters(model);
  view.layers = unless_zero(model.layers);
  view.hidden_dim = unless_zero(model.hidden_dim);
  view.heads = unless_zero(model.heads);
  view.kv_heads = unless_zero(model.kv_heads);
  if (model.mla) {
    view.kv_lora_rank = model.mla->kv_lora_rank;
    view.qk_rope_head_dim = model.mla->qk_rope_head_dim;
  }
  return view;
}

std::optional<TutorialHardware> tutorial_view(const Hardware& hardware) {
  const auto& fp16 = hardware.peak[index_of(Format::fp16)];
  const auto& peak = fp16 ? fp16 : hardware.peak[index_of(Format::bf16)];
  if (!peak) return std::nullopt;
  TutorialHardware view;
  view.key = hardware.id;
  view.peak = *peak;
  view.rates = hardware.peak;
  view.memory_capacity = hardware.memory_capacity;
  view.memory_bandwidth = hardware.memory_bandwidth;
  view.tdp = hardware.tdp;
  if (hardware.host_link) view.host_link = hardware.host_link->per_direction;
  return view;
}

Result<const TutorialModel*> tutorial_model(Catalog& catalog, std::string_view id,
                                            std::string_view path) {
  const Result<const Model*> found = catalog.model(id, path);
  if (!found) return tl::unexpected(found.error());
  const std::vector<TutorialModel>& records = (*found)->tutorial;
  for (const TutorialModel& record : records) {
    if (record.key == id) return &record;
  }
  return &records.front();
}

Result<const TutorialHardware*> tutorial_hardware(Catalog& catalog, std::string_view id,
                                                  std::string_view path) {
  const Result<const Hardware*> found = catalog.hardware(id, path);
  if (!found) return tl::unexpected(found.error());
  const Hardware& hardware = **found;
  if (hardware.tutorial) return &*hardware.tutorial;
  return fail(ErrorCode::unsupported,
              "found " + hardware.id + ", which lists no 16-bit rate; the tutorial lens needs one",
              std::string(path));
}

TutorialSettings settings_of(const Calibration& calibration, Format precision, double batch,
                             double efficiency) {
  return {.precision = precision,
          .batch = batch,
          .efficiency = efficiency,
          .layer_overhead = calibration.layer_overhead,
          .decode_bandwidth = calibration.decode_bandwidth};
}

}  // namespace crossover
