// GPT-2 and what came of it: LayerNorm, plain MLP, biases. Norms, biases, positions and other small
// parameters are counted here, as each architecture has them; tests/engine/import_test.cpp works
// them out by hand.

#include <array>
#include <cmath>

#include "import_hf_shapes.h"

namespace crossover::hugging_face {
namespace {

void read_gpt2(Config& config, std::string_view type, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"n_head", "num_attention_heads"});
  if (type == "gpt_bigcode" && config.flag_or("multi_query", true)) m.kv_heads = 1;
  m.intermediate = config.whole_or({"n_inner"}, 4 * m.hidden_dim, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  set_small_ones(m, {4 * m.hidden_dim + layer_biases(m), (m.max_context + 2) * m.hidden_dim});
}

void read_gpt_neo(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"num_heads", "num_attention_heads"});
  m.intermediate = config.whole_or({"intermediate_size"}, 4 * m.hidden_dim, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  // Queries, keys and values have no biases. Every other layer is local.
  set_small_ones(
      m, {4 * m.hidden_dim + layer_biases(m) - qkv_width(m), (m.max_context + 2) * m.hidden_dim});
  config.find("attention_types");
  config.find("attention_layers");
  m.window = SlidingWindow{config.whole_or({"window_size"}, 256, {1, lengths.high}),
                           std::floor(m.layers / 2)};
}

void read_gpt_neox(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"num_attention_heads"});
  m.intermediate = config.whole({"intermediate_size"}, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", false);
  config.flag_or("use_parallel_residual", true);  // two norms all the same
  const double biases =
      config.flag_or("attention_bias", true) ? layer_biases(m) : m.intermediate + m.hidden_dim;
  set_small_ones(m, {4 * m.hidden_dim + biases, 2 * m.hidden_dim});
}

/// GPT-J, and CodeGen after it: one norm a layer, biases in the MLP and in the head.
void read_gptj(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"n_head", "num_attention_heads"});
  m.intermediate = config.whole_or({"n_inner"}, 4 * m.hidden_dim, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", false);
  set_small_ones(m, {3 * m.hidden_dim + m.intermediate, 2 * m.hidden_dim + m.vocab_size});
}

void read_bloom(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"n_head", "num_attention_heads"});
  m.intermediate = 4 * m.hidden_dim;
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  // One norm follows the embedding, one the last layer.
  set_small_ones(m, {4 * m.hidden_dim + layer_biases(m), 4 * m.hidden_dim});
}

void read_mpt(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  read_heads(config, m, {"n_heads", "num_attention_heads"});
  bool learned_positions = false;
  if (const Json* attention = config.find("attn_config");
      attention != nullptr && attention->is_object()) {
    Config read(*attention, config.path_of("attn_config"));
    m.kv_heads = read.whole_or({"kv_n_heads"}, m.heads, few);
    learned_positions = !read.flag_or("alibi", false) && !read.flag_or("rope", false);
    if (read.failed()) config.adopt(read);
    check_kv_heads(config, m, "attn_config.kv_n_heads");
  }
  m.intermediate = config.whole_or({"expansion_ratio"}, 4, {1, 64}) * m.hidden_dim;
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  const bool biased = !config.flag_or("no_bias", true);
  SmallOnes small{2 * m.hidden_dim, m.hidden_dim};
  if (biased) small = {4 * m.hidden_dim + layer_biases(m), 2 * m.hidden_dim};
  if (learned_positions) small.once += m.max_context * m.hidden_dim;
  set_small_ones(m, small);
}

void read_opt(Config& config, std::string_view, Model& m) {
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

void read_phi(Config& config, std::string_view, Model& m) {
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

void read_falcon(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::decoder;
  read_core(config, m);
  const bool new_architecture = config.flag_or("new_decoder_architecture", false);
  const bool multi_query = config.flag_or("multi_query", true);
  const bool parallel = config.flag_or("parallel_attn", true);
  m.heads = config.whole({"num_attention_heads", "n_head"}, few);
  const double stated = config.whole_or({"num_kv_heads", "n_head_kv"}, m.heads, few);
  m.kv_heads = new_architecture ? stated : multi_query ? 1 : m.heads;
  m.head_dim = std::floor(m.hidden_dim / m.heads);
  check_kv_heads(config, m, "num_kv_heads");
  m.intermediate = config.whole_or({"ffn_hidden_size"}, 4 * m.hidden_dim, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  // The new architecture has one LayerNorm for attention and one for the MLP, unless it says one.
  const double in_parallel = config.whole_or({"num_ln_in_parallel_attn"}, 2, {1, 2});
  const double norms = new_architecture ? in_parallel : parallel ? 1 : 2;
  SmallOnes small{norms * 2 * m.hidden_dim, 2 * m.hidden_dim};
  if (config.flag_or("bias", false)) small.layer += layer_biases(m);
  set_small_ones(m, small);
}

constexpr std::array<Architecture, 11> architectures{{
    {"gpt2", read_gpt2},
    {"gpt_bigcode", read_gpt2},
    {"gpt_neo", read_gpt_neo},
    {"gpt_neox", read_gpt_neox},
    {"gptj", read_gptj},
    {"codegen", read_gptj},
    {"bloom", read_bloom},
    {"mpt", read_mpt},
    {"opt", read_opt},
    {"phi", read_phi},
    {"falcon", read_falcon},
}};

}  // namespace

std::span<const Architecture> gpt_relatives() { return architectures; }

}  // namespace crossover::hugging_face
