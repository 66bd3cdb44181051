// Llama and its relatives: RMSNorm, gated MLP, rotary positions, and where each departs from that.
// Norms, biases and other small parameters are counted here, as each architecture has them;
// tests/engine/import_test.cpp works them out by hand.

#include <array>
#include <cmath>

#include "import_hf_shapes.h"

namespace crossover::hugging_face {
namespace {

/// Norms of queries and keys: none, a head wide, or all heads wide.
enum class QkNorm { none, head, all };

struct Relative {
  std::string_view model_type;
  bool tied = false;        ///< transformers' default of tie_word_embeddings
  double norms = 2;         ///< norms of a layer, hidden_dim wide; without any, no final one either
  bool layer_norm = false;  ///< LayerNorm: a bias beside each weight
  bool gated = true;
  bool qkv_bias = false;    ///< always, without a key
  bool output_bias = true;  ///< attention_bias means the output projection too
  QkNorm qk_norm = QkNorm::none;
  std::string_view qk_switch{};  ///< the key that turns qk_norm on; empty: always
  double head_dim = 0;           ///< default; 0: hidden_dim / heads
};
constexpr std::array<Relative, 35> relatives{{
    {.model_type = "llama"},
    {.model_type = "llama4_text"},
    {.model_type = "mistral"},
    {.model_type = "mixtral"},
    {.model_type = "qwen", .qkv_bias = true},
    {.model_type = "qwen2", .qkv_bias = true},
    {.model_type = "qwen2_moe", .qkv_bias = true},
    {.model_type = "qwen3", .qk_norm = QkNorm::head, .head_dim = 128},
    {.model_type = "qwen3_moe", .qk_norm = QkNorm::head},
    {.model_type = "gemma", .tied = true, .head_dim = 256},
    {.model_type = "gemma2", .tied = true, .norms = 4, .head_dim = 256},
    {.model_type = "gemma3_text",
     .tied = true,
     .norms = 4,
     .qk_norm = QkNorm::head,
     .head_dim = 256},
    {.model_type = "phi3"},
    {.model_type = "phimoe", .layer_norm = true},
    {.model_type = "gpt_oss", .head_dim = 64},
    {.model_type = "stablelm",
     .layer_norm = true,
     .qk_norm = QkNorm::all,
     .qk_switch = "qk_layernorm"},
    {.model_type = "starcoder2", .tied = true, .layer_norm = true, .gated = false},
    {.model_type = "nemotron", .layer_norm = true, .gated = false},
    {.model_type = "olmo", .norms = 0},
    {.model_type = "olmo2", .qk_norm = QkNorm::all},
    {.model_type = "olmo3", .qk_norm = QkNorm::all},
    {.model_type = "olmoe", .qk_norm = QkNorm::all},
    {.model_type = "cohere",
     .tied = true,
     .norms = 1,
     .qk_norm = QkNorm::all,
     .qk_switch = "use_qk_norm"},
    {.model_type = "cohere2", .tied = true, .norms = 1},
    {.model_type = "granite"},
    {.model_type = "granitemoe"},
    {.model_type = "glm", .output_bias = false, .head_dim = 128},
    {.model_type = "glm4", .norms = 4, .output_bias = false, .head_dim = 128},
    {.model_type = "glm4_moe",
     .output_bias = false,
     .qk_norm = QkNorm::head,
     .qk_switch = "use_qk_norm"},
    {.model_type = "minimax_m2", .qk_norm = QkNorm::all, .qk_switch = "use_qk_norm"},
    {.model_type = "internlm2"},
    {.model_type = "baichuan"},
    {.model_type = "exaone"},
    {.model_type = "smollm3", .tied = true},
    {.model_type = "deepseek"},
}};

/// Layers with an ordinary MLP: those before first_k_dense_replace, those that a step leaves out,
/// those listed.
double dense_layers(Config& config, const Model& m) {
  const double first = config.whole_or({"first_k_dense_replace"}, 0, {0, m.layers});
  const double step = config.whole_or({"decoder_sparse_step", "interleave_moe_layer_step"}, 1, few);
  if (config.whole_or({"moe_layer_freq"}, 1, few) > 1) {
    config.leave_out("moe_layer_freq", "every layer after the dense ones is counted");
  }
  double dense = first + m.layers - std::floor(m.layers / step);
  if (const Json* listed = config.find("mlp_only_layers"); listed != nullptr && listed->is_array())
    dense += static_cast<double>(listed->size());
  if (dense > m.layers) {
    config.fail(ErrorCode::out_of_range, "more dense layers than layers", "mlp_only_layers");
  }
  return dense;
}

/// Experts; adds the small parameters of routers and experts.
void read_experts(Config& config, std::string_view type, Model& m, SmallOnes& small) {
  MixtureOfExperts moe;
  moe.experts = config.whole({"num_local_experts", "num_experts", "n_routed_experts"}, few);
  moe.active_experts = config.whole({"num_experts_per_tok", "experts_per_token"}, {1, moe.experts});
  moe.expert_intermediate = config.whole_or({"moe_intermediate_size"}, m.intermediate, width);
  moe.shared_experts = config.whole_or({"n_shared_experts"}, 0, {0, 1e4});
  moe.dense_layers = dense_layers(config, m);
  if (type == "gpt_oss") {
    small.layer += m.heads + moe.experts;  // a sink a head, biases of the router
    small.layer += moe.experts * (2 * moe.expert_intermediate + m.hidden_dim);
  } else if (type == "llama4_text") {
    m.intermediate = config.whole_or({"intermediate_size_mlp"}, m.intermediate, width);
    moe.shared_experts = 1;
  } else if (type == "glm4_moe" || type == "minimax_m2") {
    small.once += (m.layers - moe.dense_layers) * moe.experts;  // corrections of the scores
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

bool has_experts(Config& config, std::string_view type) {
  if (type == "deepseek") return config.has("n_routed_experts");
  return type == "mixtral" || type == "olmoe" || type == "phimoe" || type == "granitemoe" ||
         type == "minimax_m2" || type == "llama4_text" || type == "gpt_oss" ||
         type.ends_with("_moe");
}

void read_relative_window(Config& config, std::string_view type, Model& m) {
  // Of every so many layers, all but one are local.
  const auto all_but_one_of = [&](double pattern) {
    return m.layers - std::floor(m.layers / pattern);
  };
  if (type == "gemma2") {
    read_window(config, m, std::ceil(m.layers / 2), 4096);  // every other layer, the first one too
  } else if (type == "gemma3_text") {
    const double pattern =
        config.whole_or({"sliding_window_pattern", "_sliding_window_pattern"}, 6, few);
    read_window(config, m, all_but_one_of(pattern), 4096);
  } else if (type == "cohere2") {
    const double pattern = config.whole_or({"sliding_window_pattern", "layer_switch"}, 4, few);
    read_window(config, m, all_but_one_of(pattern), 4096);
  } else if (type == "olmo3") {
    read_window(config, m, all_but_one_of(4), 4096);
  } else if (type == "llama4_text") {
    const double chunk = config.whole_or({"attention_chunk_size"}, 8192, lengths);
    const double every = config.whole_or({"no_rope_layer_interval"}, 4, few);
    const double local = local_layers(config, m, all_but_one_of(every));
    if (chunk > 0 && local > 0) {
      m.window = SlidingWindow{chunk, local};
      config.leave_out("attention_chunk_size", "chunks are counted as sliding windows");
    }
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

/// Small parameters of a layer without experts, and of the final norm.
SmallOnes small_ones(Config& config, const Relative& relative, const Model& m) {
  const std::string_view type = relative.model_type;
  const double vectors = (relative.layer_norm ? 2 : 1) * m.hidden_dim;
  const bool parallel = type == "stablelm" && config.flag_or("use_parallel_residual", false);
  SmallOnes small{(parallel ? 1 : relative.norms) * vectors, relative.norms > 0 ? vectors : 0};

  const bool everywhere = type == "starcoder2" && config.flag_or("use_bias", true);
  const bool stated =
      config.flag_or(type == "internlm2" ? "bias" : "attention_bias", type == "gpt_oss");
  const bool bias = everywhere || stated;
  const bool of_queries = relative.qkv_bias || config.flag_or("use_qkv_bias", false);
  if (bias || of_queries) small.layer += qkv_width(m);
  if (bias && relative.output_bias) small.layer += m.hidden_dim;
  if (everywhere || config.flag_or("mlp_bias", false)) {
    small.layer += (m.gated_mlp ? 2 : 1) * m.intermediate + m.hidden_dim;
  }
  const bool qk_norm = relative.qk_switch.empty() || config.flag_or(relative.qk_switch, false);
  if (qk_norm && relative.qk_norm == QkNorm::head) small.layer += 2 * m.head_dim;
  if (qk_norm && relative.qk_norm == QkNorm::all)
    small.layer += (m.heads + m.kv_heads) * m.head_dim;
  if (config.flag_or("lm_head_bias", false)) small.once += m.vocab_size;
  return small;
}

void read_relative(Config& config, const Relative& relative, Model& m) {
  const std::string_view type = relative.model_type;
  const bool gemma3 = type == "gemma3_text";
  m.family = ModelFamily::decoder;
  m.gated_mlp = relative.gated;
  m.layers = config.whole({"num_hidden_layers", "num_layers"}, few);
  m.hidden_dim = config.whole({"hidden_size"}, width);
  m.intermediate = config.whole({"intermediate_size"}, width);
  if (type == "qwen") {
    m.intermediate = std::floor(m.intermediate / 2);  // of both halves together
    config.find("no_bias");                           // all but queries, keys and values
  }
  // Configs of Gemma 3 leave out what equals transformers' defaults.
  m.vocab_size = gemma3 ? config.whole_or({"vocab_size"}, 262208, vocabulary)
                        : config.whole({"vocab_size"}, vocabulary);
  m.max_context = config.whole_or({"max_position_embeddings"}, gemma3 ? 131072 : 0, lengths);
  if (gemma3 && !config.has("num_attention_heads")) {
    m.heads = 8;
    m.kv_heads = config.whole_or({"num_key_value_heads"}, 4, few);
    m.head_dim = config.whole_or({"head_dim"}, 256, few);
    check_kv_heads(config, m, "num_key_value_heads");
  } else {
    read_heads(config, m, {"num_attention_heads"}, relative.head_dim);
    if (type == "qwen") m.head_dim = config.whole_or({"kv_channels"}, m.head_dim, few);
  }
  m.tied_embeddings = config.flag_or("tie_word_embeddings", relative.tied);
  SmallOnes small = small_ones(config, relative, m);
  if (has_experts(config, type)) read_experts(config, type, m, small);
  set_small_ones(m, small);
  read_relative_window(config, type, m);
}

void read_by_name(Config& config, std::string_view type, Model& m) {
  for (const Relative& relative : relatives) {
    if (relative.model_type == type) read_relative(config, relative, m);
  }
}

/// GLM before it became a part of transformers: the same shape under names of its own.
void read_chatglm(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::decoder;
  m.gated_mlp = true;
  read_core(config, m);
  m.intermediate = config.whole({"ffn_hidden_size"}, width);
  read_heads(config, m, {"num_attention_heads"});
  m.head_dim = config.whole_or({"kv_channels"}, m.head_dim, few);
  const double groups = config.whole_or({"multi_query_group_num"}, 1, few);
  if (config.flag_or("multi_query_attention", false)) m.kv_heads = groups;
  check_kv_heads(config, m, "multi_query_group_num");
  m.tied_embeddings = config.flag_or("tie_word_embeddings", false);
  SmallOnes small{2 * m.hidden_dim, m.hidden_dim};
  if (config.flag_or("add_qkv_bias", false)) small.layer += qkv_width(m);
  if (config.flag_or("add_bias_linear", false)) {
    small.layer += 2 * m.hidden_dim + 2 * m.intermediate;
  }
  set_small_ones(m, small);
}

constexpr auto architectures = [] {
  std::array<Architecture, relatives.size() + 1> all{};
  for (std::size_t i = 0; i < relatives.size(); ++i) {
    all[i] = {relatives[i].model_type, read_by_name};
  }
  all.back() = {"chatglm", read_chatglm};
  return all;
}();

}  // namespace

std::span<const Architecture> llama_relatives() { return architectures; }

}  // namespace crossover::hugging_face
