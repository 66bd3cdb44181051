#include "crossover/model.h"

namespace crossover {
namespace {

/// Query, key, value and output projections of one layer (MODEL.md: parameters).
double attention_parameters(const Model& model) {
  const double d = model.hidden_dim;
  if (model.mla) {
    const LatentAttention& mla = *model.mla;
    const double query_dim = mla.qk_nope_head_dim + mla.qk_rope_head_dim;
    const double query = mla.q_lora_rank > 0 ? mla.q_lora_rank * (d + model.heads * query_dim)
                                             : d * model.heads * query_dim;
    const double latent = d * (mla.kv_lora_rank + mla.qk_rope_head_dim);
    const double expand = mla.kv_lora_rank * model.heads * (mla.qk_nope_head_dim + mla.v_head_dim);
    return query + latent + expand + model.heads * mla.v_head_dim * d;
  }
  return d * model.head_dim * (2 * model.heads + 2 * model.kv_heads);
}

/// All MLPs: routers and every expert where there are experts.
double mlp_parameters(const Model& model) {
  const double matrices = model.gated_mlp ? 3 : 2;
  const double dense = matrices * model.hidden_dim * model.intermediate;
  if (!model.moe) return model.layers * dense;
  const MixtureOfExperts& moe = *model.moe;
  const double expert = matrices * model.hidden_dim * moe.expert_intermediate;
  const double routed =
      (moe.experts + moe.shared_experts) * expert + model.hidden_dim * moe.experts;
  return moe.dense_layers * dense + (model.layers - moe.dense_layers) * routed;
}

/// Projections of one Mamba layer: in, x, dt and out. Convolution, A, D, biases and norms are
/// `other`.
double mamba_parameters(const Model& model) {
  const StateSpace& ssm = *model.ssm;
  const double inner = ssm.expand * model.hidden_dim;
  const double in_and_out = 3 * model.hidden_dim * inner;
  return in_and_out + inner * (ssm.dt_rank + 2 * ssm.state_size) + ssm.dt_rank * inner;
}

}  // namespace

ParameterCount count_parameters(const Model& model) {
  ParameterCount count;
  if (!model.transformer() && !model.ssm) return count;
  count.embedding = model.vocab_size * model.hidden_dim;
  count.head = model.tied_embeddings ? 0 : count.embedding;
  count.other = model.other_parameters;
  if (model.ssm) {
    count.mlp = model.layers * mamba_parameters(model);
    return count;
  }
  // Half of an encoder-decoder's layers are decoder layers, which attend to the encoder as well.
  const double attentions =
      model.family == ModelFamily::encoder_decoder ? 1.5 * model.layers : model.layers;
  count.attention = attentions * attention_parameters(model);
  count.mlp = mlp_parameters(model);
  return count;
}

}  // namespace crossover
