// Reads a model. Ranges reach from a keyword spotter to 10^15 parameters.

#include <cmath>

#include "crossover/spec_json.h"
#include "spec_fields.h"

namespace crossover {
namespace {

constexpr Range parameter_range{1, 1e15};
constexpr Range width_range{1, 1e7};
constexpr Range layer_range{1, 1e5};
constexpr Range flop_range{0, 1e21};

std::optional<MixtureOfExperts> read_moe(ObjectReader& parent, const Model& model) {
  if (!parent.has("moe")) return std::nullopt;
  ObjectReader reader = parent.object("moe");
  MixtureOfExperts moe;
  moe.experts = reader.whole("experts", {1, 1e5});
  moe.active_experts = reader.whole("active_experts", {1, moe.experts});
  moe.shared_experts = reader.whole_or("shared_experts", 0, {0, 1e4});
  moe.expert_intermediate =
      reader.whole_or("expert_intermediate_size", model.intermediate, {0, width_range.high});
  moe.dense_layers = reader.whole_or("dense_layers", 0, {0, model.layers});
  reader.finish();
  return moe;
}

std::optional<LatentAttention> read_mla(ObjectReader& parent) {
  if (!parent.has("mla")) return std::nullopt;
  ObjectReader reader = parent.object("mla");
  LatentAttention mla;
  mla.kv_lora_rank = reader.whole("kv_lora_rank", width_range);
  mla.q_lora_rank = reader.whole_or("q_lora_rank", 0, {0, width_range.high});
  mla.qk_nope_head_dim = reader.whole("qk_nope_head_dim", width_range);
  mla.qk_rope_head_dim = reader.whole("qk_rope_head_dim", width_range);
  mla.v_head_dim = reader.whole("v_head_dim", width_range);
  reader.finish();
  return mla;
}

std::optional<SlidingWindow> read_window(ObjectReader& parent, const Model& model) {
  if (!parent.has("sliding_window")) return std::nullopt;
  ObjectReader reader = parent.object("sliding_window");
  SlidingWindow window;
  window.window = reader.whole("window", {1, 1e9});
  window.local_layers = reader.whole_or("local_layers", model.layers, {0, model.layers});
  reader.finish();
  return window;
}

std::optional<StateSpace> read_ssm(ObjectReader& parent) {
  if (!parent.has("ssm")) return std::nullopt;
  ObjectReader reader = parent.object("ssm");
  StateSpace ssm;
  ssm.state_size = reader.whole("state_size", width_range);
  ssm.conv = reader.whole_or("conv", 4, {0, 1e3});
  ssm.expand = reader.number_or("expand", 2, {1, 64});
  ssm.dt_rank = reader.whole("dt_rank", width_range);
  reader.finish();
  return ssm;
}

TutorialModel read_tutorial(ObjectReader& reader) {
  static constexpr std::array<std::string_view, 6> kinds{"transformer", "moe",       "cnn",
                                                         "ssm",         "diffusion", "plain"};
  TutorialModel model;
  model.key = reader.text("key");
  reader.text_or("name", "");
  model.kind = static_cast<TutorialModel::Kind>(reader.choice("kind", kinds));
  model.parameters = reader.optional_number("parameters", parameter_range);
  model.flop = reader.optional_quantity("flop", flop, flop_range);
  model.active_parameters = reader.optional_number("active_parameters", parameter_range);
  model.layers = reader.optional_number("layers", layer_range);
  model.hidden_dim = reader.optional_number("hidden_dim", width_range);
  model.heads = reader.optional_number("heads", width_range);
  model.kv_heads = reader.optional_number("kv_heads", width_range);
  model.kv_lora_rank = reader.optional_number("kv_lora_rank", width_range);
  model.qk_rope_head_dim = reader.optional_number("qk_rope_head_dim", width_range);
  model.denoising_steps = reader.optional_number("denoising_steps", {1, 1e5});
  model.fixed_size = reader.optional_quantity("fixed_size_bytes", bytes, {1, 1e16});
  reader.optional_number("state_size", width_range);
  if (!model.parameters && !model.fixed_size) {
    reader.fail(ErrorCode::missing_field, "missing; parameters or fixed_size_bytes is needed",
                "parameters");
  }
  return model;
}

/// Sizes of the layers; absent ones stay 0, and head counts follow from each other as
/// configurations leave them out.
void read_shape(ObjectReader& reader, Model& model) {
  model.layers = reader.whole_or("layers", 0, layer_range);
  model.hidden_dim = reader.whole_or("hidden_dim", 0, width_range);
  model.intermediate = reader.whole_or("intermediate_size", 0, width_range);
  model.gated_mlp = reader.flag_or("gated_mlp", false);
  model.heads = reader.whole_or("heads", 0, {1, 1e5});
  model.kv_heads = reader.whole_or("kv_heads", model.heads, {1, 1e5});
  const double head_dim = model.heads > 0 ? std::floor(model.hidden_dim / model.heads) : 0;
  model.head_dim = reader.whole_or("head_dim", head_dim, {1, 1e5});
  model.vocab_size = reader.whole_or("vocab_size", 0, {1, 1e8});
  model.tied_embeddings = reader.flag_or("tied_embeddings", false);
  model.max_context = reader.whole_or("max_context", 0, {1, 1e12});
  // Before anything that counts layers, so that the error names what is missing.
  if (model.layers == 0 && (model.heads > 0 || reader.has("ssm") || reader.has("moe"))) {
    reader.fail(ErrorCode::missing_field, "missing; a model with heads or a state needs its layers",
                "layers");
  }
  model.other_parameters = reader.whole_or("other_parameters", 0, {0, parameter_range.high});
}

/// What one field alone does not show.
void check_shape(ObjectReader& reader, const Model& model) {
  if (model.kv_heads > model.heads) {
    reader.fail(ErrorCode::out_of_range,
                "found " + shown(model.kv_heads) + "; at most the " + shown(model.heads) + " heads",
                "kv_heads");
  } else if (model.kv_heads > 0 && std::fmod(model.heads, model.kv_heads) != 0) {
    reader.fail(ErrorCode::out_of_range,
                "found " + shown(model.kv_heads) + "; the " + shown(model.heads) +
                    " heads must divide evenly among them",
                "kv_heads");
  }
  if (model.ssm && model.hidden_dim == 0) {
    reader.fail(ErrorCode::missing_field, "missing; a state-space model needs it", "hidden_dim");
  }
  if (model.family == ModelFamily::encoder_decoder && std::fmod(model.layers, 2) != 0) {
    reader.fail(ErrorCode::out_of_range,
                "found " + shown(model.layers) + "; half are encoder, half decoder layers",
                "layers");
  }
}

}  // namespace

Result<Model> read_model(const Json& json, std::string path) {
  static constexpr std::array<std::string_view, 8> families{
      "decoder", "encoder", "encoder_decoder", "cnn", "ssm", "diffusion", "recommendation", "mlp"};
  static constexpr std::array<std::string_view, 4> parameter_kinds{"computed", "published",
                                                                   "rounded", "estimate"};
  ObjectReader reader(json, std::move(path));
  Model model;
  const SpecHeader header = read_header(reader);
  model.id = header.id;
  model.name = header.name;
  model.family = static_cast<ModelFamily>(reader.choice("family", families));
  reader.choice_or("parameters_kind", parameter_kinds, 0);
  read_shape(reader, model);
  model.moe = read_moe(reader, model);
  model.mla = read_mla(reader);
  model.window = read_window(reader, model);
  model.ssm = read_ssm(reader);
  model.flop_per_input = reader.optional_quantity("flop_per_input", flop, flop_range);
  model.input_unit = reader.text_or("input_unit", "");
  model.activation_bytes_per_input =
      reader.optional_quantity("activation_bytes_per_input", bytes, {0, 1e15});
  read_elements(reader, "tutorial", 16,
                [&](ObjectReader& record) { model.tutorial.push_back(read_tutorial(record)); });
  check_shape(reader, model);
  // A transformer's parameters follow from its shape; anything else has to state them.
  const double counted = reader.failed() ? 0 : count_parameters(model).total();
  model.parameters = counted > 0 ? reader.number_or("parameters", counted, parameter_range)
                                 : reader.number("parameters", parameter_range);
  if (model.tutorial.empty()) model.tutorial.push_back(tutorial_view(model));
  return finished(reader, std::move(model));
}

}  // namespace crossover
