// The architectures that are known here: latent attention and states below, the others in files of
// their own. Norms, biases and other small parameters are counted as each architecture has them;
// tests/engine/import_test.cpp works them out by hand.

#include <array>
#include <cmath>

#include "import_hf_shapes.h"

namespace crossover::hugging_face {
namespace {

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

// ---- Mamba: a state instead of a cache

void read_mamba(Config& config, std::string_view type, Model& m) {
  m.family = ModelFamily::ssm;
  read_core(config, m);
  constexpr Range expansions{1, 64};
  StateSpace ssm;
  ssm.state_size = config.whole({"state_size"}, few);
  ssm.conv = config.whole_or({"conv_kernel"}, 4, {1, 1e3});
  ssm.expand = config.whole_or({"expand"}, 2, expansions);
  const Json* rank = config.find("time_step_rank");
  ssm.dt_rank = rank == nullptr || rank->is_string() ? std::ceil(m.hidden_dim / 16)
                                                     : config.whole({"time_step_rank"}, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  const double inner =
      config.whole_or({"intermediate_size", "d_inner"}, ssm.expand * m.hidden_dim, width);
  // Configs of Falcon-Mamba state an expand of 16 that nothing reads.
  const bool stated = type != "falcon_mamba";
  const double expand = stated ? ssm.expand : inner / m.hidden_dim;
  const bool fits = stated ? inner == expand * m.hidden_dim
                           : expand >= expansions.low && expand <= expansions.high;
  if (!config.failed() && !fits) {
    config.fail(ErrorCode::out_of_range,
                "found " + shown(inner) + "; " +
                    (stated ? "expand times hidden_size is " + shown(expand * m.hidden_dim)
                            : "1 to 64 times the hidden_size of " + shown(m.hidden_dim)),
                "intermediate_size");
  }
  ssm.expand = expand;
  // Convolution, A and D, the bias of dt, a norm.
  SmallOnes small{inner * (ssm.conv + ssm.state_size + 2) + m.hidden_dim, m.hidden_dim};
  if (config.flag_or("use_conv_bias", true)) small.layer += inner;
  if (config.flag_or("use_bias", false)) small.layer += 2 * inner + m.hidden_dim;
  m.ssm = ssm;
  set_small_ones(m, small);
}

constexpr std::array<Architecture, 4> stateful{{
    {"deepseek_v2", read_deepseek},
    {"deepseek_v3", read_deepseek},
    {"mamba", read_mamba},
    {"falcon_mamba", read_mamba},
}};

std::array<std::span<const Architecture>, 4> architectures() {
  return {llama_relatives(), gpt_relatives(), encoders(), stateful};
}

}  // namespace

void read_architecture(Config& config, std::string_view type, Model& m) {
  for (const auto& group : architectures()) {
    for (const Architecture& known : group) {
      if (known.model_type == type) return known.read(config, type, m);
    }
  }
  config.fail(ErrorCode::unsupported,
              not_among("architecture known here", type, known_model_types()), "model_type");
}

std::vector<std::string> known_model_types() {
  std::vector<std::string> types;
  for (const auto& group : architectures()) {
    for (const Architecture& known : group) types.emplace_back(known.model_type);
  }
  return types;
}

}  // namespace crossover::hugging_face
