#include "crossover/import_hf.h"

#include <array>
#include <cmath>

#include "crossover/json_record.h"
#include "crossover/spec_json.h"
#include "import_hf_config.h"

namespace crossover {
namespace hugging_face {
namespace {

constexpr std::size_t longest_id = 48;

/// Lower case, digits, dots and hyphens, of the part behind the last slash.
std::string id_of(std::string_view repository) {
  const std::size_t slash = repository.find_last_of('/');
  if (slash != std::string_view::npos) repository.remove_prefix(slash + 1);
  std::string id;
  for (const char c : repository.substr(0, longest_id)) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool kept = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ||
                      lower == '.' || lower == '-' || lower == '_';
    if (kept) id += lower;
  }
  return id;
}

/// "8.03b": for a model without a name. From 999.5 million on it is a billion.
std::string size_of(double parameters) {
  constexpr double digits = 3;
  return parameters >= 999.5e6 ? rounded_text(parameters / 1e9, digits) + "b"
                               : rounded_text(parameters / 1e6, digits) + "m";
}

/// Where the checkpoint came from; saved configs may say nothing, or a long local path.
std::string repository_of(const Json& config) {
  const auto it = config.find("_name_or_path");
  if (it == config.end() || !it->is_string()) return "";
  const auto& name = it->get_ref<const std::string&>();
  return name.size() <= longest_id * 2 ? name : "";
}

/// The format of activations, from torch_dtype.
std::string dtype_of(const Json& config) {
  for (const char* key : {"torch_dtype", "dtype"}) {
    const auto it = config.find(key);
    if (it == config.end() || !it->is_string()) continue;
    if (*it == "bfloat16") return "bf16";
    if (*it == "float32") return "fp32";
  }
  return "fp16";
}

/// Multimodal configs keep the language model under text_config.
bool nested(const Json& config) {
  const auto text = config.find("text_config");
  return text != config.end() && text->is_object() && !config.contains("hidden_size");
}

/// Architectures whose language model is another one's, under its keys.
struct Alias {
  std::string_view model_type;
  std::string_view same_as;
};
constexpr std::array<Alias, 17> aliases{{
    {"RefinedWeb", "falcon"},
    {"RefinedWebModel", "falcon"},
    {"Yi", "llama"},
    {"aquila", "llama"},
    {"camembert", "roberta"},
    {"deepseek_v32", "deepseek_v3"},
    {"gemma3", "gemma3_text"},
    {"kimi_k2", "deepseek_v3"},
    {"llama4", "llama4_text"},
    {"mt5", "t5"},
    {"qwen2_5_vl", "qwen2"},
    {"qwen2_5_vl_text", "qwen2"},
    {"qwen2_vl", "qwen2"},
    {"qwen2_vl_text", "qwen2"},
    {"qwen3_vl_moe_text", "qwen3_moe"},
    {"qwen3_vl_text", "qwen3"},
    {"xlm-roberta", "roberta"},
}};

std::string model_type_of(const Json& config) {
  const auto it = config.find("model_type");
  if (it == config.end() || !it->is_string()) return "";
  auto type = it->get<std::string>();
  for (const Alias& alias : aliases) {
    if (alias.model_type == type) return std::string(alias.same_as);
  }
  return type;
}

}  // namespace

Json record_of(const Model& m) {
  static constexpr std::array<std::string_view, 8> families{
      "decoder", "encoder", "encoder_decoder", "cnn", "ssm", "diffusion", "recommendation", "mlp"};
  Json spec = Json::object();
  put(spec, "id", m.id);
  put(spec, "name", m.name);
  put(spec, "family", families[static_cast<std::size_t>(m.family)]);
  put(spec, "parameters", m.parameters);
  put(spec, "parameters_kind", "computed");
  put(spec, "other_parameters", m.other_parameters);
  put(spec, "layers", m.layers);
  put(spec, "hidden_dim", m.hidden_dim);
  put(spec, "intermediate_size", m.intermediate);
  put(spec, "gated_mlp", m.gated_mlp);
  put(spec, "heads", m.heads);
  put(spec, "kv_heads", m.kv_heads);
  put(spec, "head_dim", m.head_dim);
  put(spec, "vocab_size", m.vocab_size);
  put(spec, "tied_embeddings", m.tied_embeddings);
  put(spec, "max_context", m.max_context);
  if (m.moe) {
    Json& moe = put_object(spec, "moe");
    put(moe, "experts", m.moe->experts);
    put(moe, "active_experts", m.moe->active_experts);
    put(moe, "shared_experts", m.moe->shared_experts);
    put(moe, "expert_intermediate_size", m.moe->expert_intermediate);
    put(moe, "dense_layers", m.moe->dense_layers);
  }
  if (m.mla) {
    Json& mla = put_object(spec, "mla");
    put(mla, "kv_lora_rank", m.mla->kv_lora_rank);
    put(mla, "q_lora_rank", m.mla->q_lora_rank);
    put(mla, "qk_nope_head_dim", m.mla->qk_nope_head_dim);
    put(mla, "qk_rope_head_dim", m.mla->qk_rope_head_dim);
    put(mla, "v_head_dim", m.mla->v_head_dim);
  }
  if (m.window) {
    Json& window = put_object(spec, "sliding_window");
    put(window, "window", m.window->window);
    put(window, "local_layers", m.window->local_layers);
  }
  if (m.ssm) {
    Json& ssm = put_object(spec, "ssm");
    put(ssm, "state_size", m.ssm->state_size);
    put(ssm, "conv", m.ssm->conv);
    put(ssm, "expand", m.ssm->expand);
    put(ssm, "dt_rank", m.ssm->dt_rank);
    put(spec, "flop_per_input", 2 * m.parameters);  // of one token
    put(spec, "input_unit", "token");
  }
  return spec;
}

}  // namespace hugging_face

Result<ImportedModel> import_hugging_face(const Json& config) {
  using namespace hugging_face;
  if (!config.is_object()) {
    return fail(ErrorCode::wrong_type, "found " + shown(config) + "; a config.json is an object");
  }
  Config top(config, "");
  const bool inner = nested(config);
  const Json& text_json = inner ? config.at("text_config") : config;
  Config text(text_json, inner ? "text_config" : "");
  std::string type = model_type_of(text_json);
  if (type.empty()) type = model_type_of(config);
  if (type.empty()) {
    return fail(ErrorCode::missing_field, "missing; the name of the architecture is needed",
                "model_type");
  }
  text.find("quantization_config");

  Model model;
  read_architecture(text, type, model);
  if (text.failed()) return tl::unexpected<Error>(text.error());
  model.parameters = count_parameters(model).total();
  if (!(model.parameters >= 1 && model.parameters <= 1e15)) {
    return fail(ErrorCode::out_of_range, "the shape comes to " + shown(model.parameters) +
                                             " parameters; at most 1e15 are taken");
  }

  ImportedModel imported;
  const Json* quantization = top.find("quantization_config");
  if (quantization == nullptr) quantization = text.find("quantization_config");
  if (quantization != nullptr) {
    Config read(*quantization, "quantization_config");
    imported.scheme = read_quantization(read, dtype_of(text_json));
    if (read.failed()) return tl::unexpected<Error>(read.error());
    imported.unmapped = read.unmapped();
  }

  const std::string repository = repository_of(config);
  const std::string id = id_of(repository);
  model.id = "hf-" + (id.empty() ? type + "-" + size_of(model.parameters) : id);
  model.name = repository.empty() ? type + ", " + size_of(model.parameters) : repository;
  imported.model = record_of(model);
  put(imported.model, "notes", "Imported from a config.json of type " + type + ".");
  // What a config does not say but implies (the size of a head) may be none that a spec takes.
  if (const auto taken = read_model(imported.model, ""); !taken) {
    return tl::unexpected<Error>(taken.error());
  }
  if (!imported.scheme.is_null()) {
    const auto taken = read_scheme(imported.scheme, "quantization_config");
    if (!taken) return tl::unexpected<Error>(taken.error());
  }

  Config& outermost = inner ? top : text;
  for (const std::string_view part : {"vision_config", "audio_config"}) {
    if (outermost.has(part)) outermost.leave_out(part, "only the language model is read");
  }
  text.leave_out_unread();
  if (inner) {
    top.find("text_config");
    top.leave_out_unread();
    imported.unmapped.insert(imported.unmapped.end(), top.unmapped().begin(), top.unmapped().end());
  }
  imported.unmapped.insert(imported.unmapped.end(), text.unmapped().begin(), text.unmapped().end());
  return imported;
}

}  // namespace crossover
