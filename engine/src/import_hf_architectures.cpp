// The shapes of the known architectures. Norms, biases and other small parameters are counted here,
// as each architecture has them; tests/engine/import_test.cpp works them out by hand.

#include <array>
#include <cmath>

#include "import_hf_config.h"

namespace crossover::hugging_face {
namespace {

constexpr Range width{1, 1e7};
constexpr Range few{1, 1e5};
constexpr Range or_none{0, 1e7};

/// Vectors of one layer and of the whole model, in parameters.
struct SmallOnes {
  double layer = 0;
  double once = 0;
};

double qkv_width(const Model& m) { return (m.heads + 2 * m.kv_heads) * m.head_dim; }

void read_heads(Config& config, Model& m, Names names, double head_dim = 0) {
  m.heads = config.whole(names, few);
  m.kv_heads = config.whole_or({"num_key_value_heads", "num_kv_heads", "n_head_kv"}, m.heads, few);
  const double quotient = head_dim > 0 ? head_dim : std::floor(m.hidden_dim / m.heads);
  m.head_dim = config.whole_or({"head_dim"}, quotient, few);
  if (config.failed()) return;
  if (m.head_dim < 1) {
    config.fail(ErrorCode::out_of_range,
                "found " + shown(m.hidden_dim) + "; less than the " + shown(m.heads) + " heads",
                "hidden_size");
  } else if (m.kv_heads > m.heads || std::fmod(m.heads, m.kv_heads) != 0) {
    config.fail(ErrorCode::out_of_range,
                "found " + shown(m.kv_heads) + "; the " + shown(m.heads) +
                    " heads must divide evenly among them",
                "num_key_value_heads");
  }
}

void read_core(Config& config, Model& m) {
  m.layers = config.whole({"num_hidden_layers", "n_layer", "num_layers"}, few);
  m.hidden_dim = config.whole({"hidden_size", "n_embd", "d_model"}, width);
  m.vocab_size = config.whole({"vocab_size"}, {1, 1e8});
  m.max_context = config.whole_or({"max_position_embeddings", "n_positions", "n_ctx"}, 0, {0, 1e9});
}

void set_small_ones(Model& m, SmallOnes small) {
  m.other_parameters = m.layers * small.layer + small.once;
}

/// Layers that attend to a window only, from layer_types; `fallback` where the list is absent.
double local_layers(Config& config, const Model& m, double fallback) {
  const Json* types = config.find("layer_types");
  if (types == nullptr) return fallback;
  if (!types->is_array() || static_cast<double>(types->size()) != m.layers) {
    config.fail(
        types->is_array() ? ErrorCode::out_of_range : ErrorCode::wrong_type,
        "found " + shown(*types) + "; a list of the " + shown(m.layers) + " layers is needed",
        "layer_types");
    return 0;
  }
  double local = 0;
  for (const Json& type : *types) {
    if (type == "sliding_attention") {
      ++local;
    } else if (type != "full_attention") {
      config.fail(ErrorCode::unsupported,
                  "found a layer of type " + shown(type) +
                      "; sliding_attention and full_attention are known",
                  "layer_types");
    }
  }
  return local;
}

/// `fallback_local`: how many layers are local where layer_types does not say; `fallback_window`:
/// transformers' default of the architecture, 0 for none.
void read_window(Config& config, Model& m, double fallback_local, double fallback_window = 0) {
  const double window = config.whole_or({"sliding_window"}, fallback_window, {0, 1e9});
  const double local = local_layers(config, m, fallback_local);
  if (window > 0 && local > 0 && (m.max_context == 0 || window < m.max_context)) {
    m.window = SlidingWindow{window, local};
  }
}

// ---- Llama and its relatives: RMSNorm, gated MLP, rotary positions

struct Relative {
  std::string_view model_type;
  bool tied = false;      ///< transformers' default of tie_word_embeddings
  double norms = 2;       ///< RMSNorms of a layer, hidden_dim wide
  bool qkv_bias = false;  ///< always, without a key
  bool qk_norm = false;   ///< a norm for queries and one for keys, a head wide
  double head_dim = 0;    ///< default; 0: hidden_dim / heads
};
constexpr std::array<Relative, 12> relatives{{
    {.model_type = "llama"},
    {.model_type = "mistral"},
    {.model_type = "mixtral"},
    {.model_type = "qwen2", .qkv_bias = true},
    {.model_type = "qwen2_moe", .qkv_bias = true},
    {.model_type = "qwen3", .qk_norm = true, .head_dim = 128},
    {.model_type = "qwen3_moe", .qk_norm = true},
    {.model_type = "gemma", .tied = true, .head_dim = 256},
    {.model_type = "gemma2", .tied = true, .norms = 4, .head_dim = 256},
    {.model_type = "gemma3_text", .tied = true, .norms = 4, .qk_norm = true, .head_dim = 256},
    {.model_type = "phi3"},
    {.model_type = "gpt_oss", .head_dim = 64},
}};

/// Experts of Mixtral, Qwen and gpt-oss; adds the small parameters of routers and experts.
void read_experts(Config& config, std::string_view type, Model& m, SmallOnes& small) {
  MixtureOfExperts moe;
  moe.experts = config.whole({"num_local_experts", "num_experts"}, few);
  moe.active_experts = config.whole({"num_experts_per_tok", "experts_per_token"}, {1, moe.experts});
  moe.expert_intermediate = config.whole_or({"moe_intermediate_size"}, m.intermediate, width);
  if (type == "gpt_oss") {
    small.layer += m.heads + moe.experts;  // a sink a head, biases of the router
    small.layer += moe.experts * (2 * moe.expert_intermediate + m.hidden_dim);
  }
  const double step = config.whole_or({"decoder_sparse_step"}, 1, few);
  moe.dense_layers = m.layers - std::floor(m.layers / step);
  if (const Json* dense = config.find("mlp_only_layers"); dense != nullptr && dense->is_array()) {
    moe.dense_layers += static_cast<double>(dense->size());
  }
  if (moe.dense_layers > m.layers) {
    config.fail(ErrorCode::out_of_range, "more dense layers than layers", "mlp_only_layers");
  }
  const double shared = config.whole_or({"shared_expert_intermediate_size"}, 0, or_none);
  if (shared > 0) {
    moe.shared_experts = std::floor(shared / moe.expert_intermediate);
    small.layer += m.hidden_dim;  // the gate of the shared expert
    if (std::fmod(shared, moe.expert_intermediate) != 0) {
      config.leave_out("shared_expert_intermediate_size",
                       "rounded down to a multiple of moe_intermediate_size");
    }
  }
  m.moe = moe;
}

void read_relative_window(Config& config, std::string_view type, Model& m) {
  if (type == "gemma2") {
    read_window(config, m, std::ceil(m.layers / 2), 4096);  // every other layer, the first one too
  } else if (type == "gemma3_text") {
    const double pattern =
        config.whole_or({"sliding_window_pattern", "_sliding_window_pattern"}, 6, few);
    read_window(config, m, m.layers - std::floor(m.layers / pattern), 4096);
  } else if (type == "gpt_oss") {
    read_window(config, m, std::ceil(m.layers / 2), 128);
  } else if (type.starts_with("qwen")) {
    const bool used = config.flag_or("use_sliding_window", false);
    const double first = config.whole_or({"max_window_layers"}, 28, {0, few.high});
    if (used) {
      read_window(config, m, std::max(0.0, m.layers - first));
    } else {
      config.find("sliding_window");  // stated, not used
      local_layers(config, m, 0);
    }
  } else {
    read_window(config, m, m.layers);
  }
}

void read_relative(Config& config, const Relative& relative, Model& m) {
  const std::string_view type = relative.model_type;
  const bool gemma3 = type == "gemma3_text";
  m.family = ModelFamily::decoder;
  m.gated_mlp = true;
  m.layers = config.whole({"num_hidden_layers"}, few);
  m.hidden_dim = config.whole({"hidden_size"}, width);
  m.intermediate = config.whole({"intermediate_size"}, width);
  // Configs of Gemma 3 leave out what equals transformers' defaults.
  m.vocab_size = gemma3 ? config.whole_or({"vocab_size"}, 262208, {1, 1e8})
                        : config.whole({"vocab_size"}, {1, 1e8});
  m.max_context = config.whole_or({"max_position_embeddings"}, gemma3 ? 131072 : 0, {0, 1e9});
  if (gemma3 && !config.has("num_attention_heads")) {
    m.heads = 8;
    m.kv_heads = config.whole_or({"num_key_value_heads"}, 4, few);
    m.head_dim = config.whole_or({"head_dim"}, 256, few);
  } else {
    read_heads(config, m, {"num_attention_heads"}, relative.head_dim);
  }
  m.tied_embeddings = config.flag_or("tie_word_embeddings", relative.tied);

  SmallOnes small{relative.norms * m.hidden_dim, m.hidden_dim};
  const bool bias = config.flag_or("attention_bias", type == "gpt_oss");
  if (bias || relative.qkv_bias) small.layer += qkv_width(m);
  if (bias) small.layer += m.hidden_dim;  // of the output projection
  if (relative.qk_norm) small.layer += 2 * m.head_dim;
  if (config.flag_or("mlp_bias", false)) small.layer += 2 * m.intermediate + m.hidden_dim;
  if (type == "mixtral" || type.ends_with("_moe") || type == "gpt_oss") {
    read_experts(config, type, m, small);
  }
  set_small_ones(m, small);
  read_relative_window(config, type, m);
}

// ---- DeepSeek V2 and V3: latent attention

void read_deepseek(Config& config, std::string_view type, Model& m) {
  m.family = ModelFamily::decoder;
  m.gated_mlp = true;
  read_core(config, m);
  m.intermediate = config.whole({"intermediate_size"}, width);
  LatentAttention mla;
  mla.kv_lora_rank = config.whole({"kv_lora_rank"}, width);
  mla.q_lora_rank = config.whole_or({"q_lora_rank"}, 0, or_none);
  mla.qk_nope_head_dim = config.whole({"qk_nope_head_dim"}, few);
  mla.qk_rope_head_dim = config.whole({"qk_rope_head_dim"}, few);
  mla.v_head_dim = config.whole({"v_head_dim"}, few);
  read_heads(config, m, {"num_attention_heads"}, mla.qk_nope_head_dim);
  m.mla = mla;
  m.tied_embeddings = config.flag_or("tie_word_embeddings", false);
  SmallOnes small{2 * m.hidden_dim + mla.kv_lora_rank + mla.q_lora_rank, m.hidden_dim};
  if (config.has("n_routed_experts")) {
    MixtureOfExperts moe;
    moe.experts = config.whole({"n_routed_experts"}, few);
    moe.active_experts = config.whole({"num_experts_per_tok"}, {1, moe.experts});
    moe.shared_experts = config.whole_or({"n_shared_experts"}, 0, {0, 1e4});
    moe.expert_intermediate = config.whole({"moe_intermediate_size"}, width);
    moe.dense_layers = config.whole_or({"first_k_dense_replace"}, 0, {0, m.layers});
    const double every = config.whole_or({"moe_layer_freq"}, 1, few);
    if (every > 1)
      config.leave_out("moe_layer_freq", "every layer after the dense ones is counted");
    // V3 corrects each expert's score by a bias.
    const bool corrected =
        config.text_or("topk_method", type == "deepseek_v2" ? "greedy" : "noaux_tc") == "noaux_tc";
    if (corrected) small.once += (m.layers - moe.dense_layers) * moe.experts;
    m.moe = moe;
  }
  if (config.flag_or("attention_bias", false)) {
    config.leave_out("attention_bias", "biases of latent attention are not counted");
  }
  if (config.whole_or({"num_nextn_predict_layers"}, 0, few) > 0) {
    config.leave_out("num_nextn_predict_layers",
                     "layers of multi-token prediction are not counted");
  }
  set_small_ones(m, small);
}

// ---- LayerNorm, plain MLP, biases: GPT-2, OPT, Phi, BERT, Falcon

/// Biases of attention and MLP in one layer.
double layer_biases(const Model& m) {
  return qkv_width(m) + m.hidden_dim + m.intermediate + m.hidden_dim;
}

void read_gpt2(Config& config, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"n_head", "num_attention_heads"});
  m.intermediate = config.whole_or({"n_inner"}, 4 * m.hidden_dim, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  set_small_ones(m, {4 * m.hidden_dim + layer_biases(m), (m.max_context + 2) * m.hidden_dim});
}

void read_opt(Config& config, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"num_attention_heads"});
  m.intermediate = config.whole({"ffn_dim"}, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  const bool last_norm = config.flag_or("do_layer_norm_before", true) &&
                         !config.flag_or("_remove_final_layer_norm", false);
  const double biases = config.flag_or("enable_bias", true) ? layer_biases(m) : 0;
  const double positions = m.max_context + 2;  // OPT keeps two in reserve
  set_small_ones(m, {4 * m.hidden_dim + biases, (positions + (last_norm ? 2 : 0)) * m.hidden_dim});
  if (config.whole_or({"word_embed_proj_dim"}, m.hidden_dim, width) != m.hidden_dim) {
    config.leave_out("word_embed_proj_dim", "embeddings are counted as wide as the layers");
  }
}

void read_phi(Config& config, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"num_attention_heads"});
  m.intermediate = config.whole_or({"intermediate_size", "n_inner"}, 4 * m.hidden_dim, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", false);
  // One LayerNorm for attention and MLP; a final one; the head has a bias.
  SmallOnes small{2 * m.hidden_dim + layer_biases(m), 2 * m.hidden_dim + m.vocab_size};
  if (config.flag_or("qk_layernorm", false)) small.layer += 4 * m.head_dim;
  set_small_ones(m, small);
}

void read_falcon(Config& config, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  const bool new_architecture = config.flag_or("new_decoder_architecture", false);
  const bool multi_query = config.flag_or("multi_query", true);
  const bool parallel = config.flag_or("parallel_attn", true);
  m.heads = config.whole({"num_attention_heads", "n_head"}, few);
  const double stated = config.whole_or({"num_kv_heads", "n_head_kv"}, m.heads, few);
  m.kv_heads = new_architecture ? stated : multi_query ? 1 : m.heads;
  m.head_dim = std::floor(m.hidden_dim / m.heads);
  if (!config.failed() && (m.kv_heads > m.heads || std::fmod(m.heads, m.kv_heads) != 0)) {
    config.fail(ErrorCode::out_of_range,
                "found " + shown(m.kv_heads) + "; the " + shown(m.heads) +
                    " heads must divide evenly among them",
                "num_kv_heads");
  }
  m.intermediate = config.whole_or({"ffn_hidden_size"}, 4 * m.hidden_dim, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  // The new architecture has one LayerNorm for attention and one for the MLP, unless it says one.
  const double in_parallel = config.whole_or({"num_ln_in_parallel_attn"}, 2, {1, 2});
  const double norms = new_architecture ? in_parallel : parallel ? 1 : 2;
  SmallOnes small{norms * 2 * m.hidden_dim, 2 * m.hidden_dim};
  if (config.flag_or("bias", false)) small.layer += layer_biases(m);
  set_small_ones(m, small);
}

void read_bert(Config& config, std::string_view type, Model& m) {
  m.family = ModelFamily::encoder;
  read_core(config, m);
  read_heads(config, m, {"num_attention_heads"});
  m.intermediate = config.whole({"intermediate_size"}, width);
  m.tied_embeddings = true;  // no head of its own
  const double segments = config.whole_or({"type_vocab_size"}, type == "bert" ? 2 : 1, {0, 1e4});
  const double pooler = (m.hidden_dim + 1) * m.hidden_dim;
  set_small_ones(m, {4 * m.hidden_dim + layer_biases(m),
                     (m.max_context + segments + 2) * m.hidden_dim + pooler});
}

// ---- Mamba: a state instead of a cache

void read_mamba(Config& config, Model& m) {
  m.family = ModelFamily::ssm;
  read_core(config, m);
  StateSpace ssm;
  ssm.state_size = config.whole({"state_size"}, few);
  ssm.conv = config.whole_or({"conv_kernel"}, 4, {1, 1e3});
  ssm.expand = config.whole_or({"expand"}, 2, {1, 64});
  const Json* rank = config.find("time_step_rank");
  ssm.dt_rank = rank == nullptr || rank->is_string() ? std::ceil(m.hidden_dim / 16)
                                                     : config.whole({"time_step_rank"}, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  const double inner =
      config.whole_or({"intermediate_size", "d_inner"}, ssm.expand * m.hidden_dim, width);
  if (!config.failed() && inner != ssm.expand * m.hidden_dim) {
    config.fail(ErrorCode::out_of_range,
                "found " + shown(inner) + "; expand times hidden_size is " +
                    shown(ssm.expand * m.hidden_dim),
                "intermediate_size");
  }
  // Convolution, A and D, the bias of dt, a norm.
  SmallOnes small{inner * (ssm.conv + ssm.state_size + 2) + m.hidden_dim, m.hidden_dim};
  if (config.flag_or("use_conv_bias", true)) small.layer += inner;
  if (config.flag_or("use_bias", false)) small.layer += 2 * inner + m.hidden_dim;
  m.ssm = ssm;
  set_small_ones(m, small);
}

}  // namespace

void read_architecture(Config& config, std::string_view type, Model& m) {
  for (const Relative& relative : relatives) {
    if (relative.model_type == type) return read_relative(config, relative, m);
  }
  if (type == "deepseek_v2" || type == "deepseek_v3") return read_deepseek(config, type, m);
  if (type == "gpt2") return read_gpt2(config, m);
  if (type == "opt") return read_opt(config, m);
  if (type == "phi") return read_phi(config, m);
  if (type == "falcon") return read_falcon(config, m);
  if (type == "bert" || type == "roberta") return read_bert(config, type, m);
  if (type == "mamba") return read_mamba(config, m);
  config.fail(ErrorCode::unsupported,
              not_among("architecture known here", type, known_model_types()), "model_type");
}

std::vector<std::string> known_model_types() {
  std::vector<std::string> types;
  for (const Relative& relative : relatives) types.emplace_back(relative.model_type);
  for (const std::string_view type : {"gemma3", "deepseek_v2", "deepseek_v3", "gpt2", "opt", "phi",
                                      "falcon", "bert", "roberta", "mamba"}) {
    types.emplace_back(type);
  }
  return types;
}

}  // namespace crossover::hugging_face
