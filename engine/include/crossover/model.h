// A model, as its configuration describes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crossover/quantity.h"

namespace crossover {

/// The model as the tutorial's reference model (mlsysim) has it.
struct TutorialModel {
  enum class Kind { transformer, moe, cnn, ssm, diffusion, plain };
  std::string key;  ///< the reference model's own name, "Llama3_8B"
  Kind kind = Kind::plain;
  std::optional<double> parameters;
  std::optional<Flop> flop;  ///< per inference unit; for language models per token
  std::optional<double> active_parameters;
  std::optional<double> layers;
  std::optional<double> hidden_dim;
  std::optional<double> heads;
  std::optional<double> kv_heads;
  std::optional<double> kv_lora_rank;
  std::optional<double> qk_rope_head_dim;
  std::optional<double> denoising_steps;
  std::optional<Bytes> fixed_size;  ///< where there is no parameter count (DLRM)
};

enum class ModelFamily {
  decoder,
  encoder,
  encoder_decoder,
  cnn,
  ssm,
  diffusion,
  recommendation,
  mlp
};

struct MixtureOfExperts {
  double experts = 0;              ///< routed experts a layer
  double active_experts = 0;       ///< routed experts that one token visits
  double shared_experts = 0;       ///< experts that every token visits
  double expert_intermediate = 0;  ///< MLP width of one expert
  double dense_layers = 0;         ///< leading layers with an ordinary MLP of `intermediate`
};

/// Multi-head latent attention (DeepSeek-V2): the cache holds one latent and one rope key a token.
struct LatentAttention {
  double kv_lora_rank = 0;
  double q_lora_rank = 0;  ///< 0: queries are projected directly
  double qk_nope_head_dim = 0;
  double qk_rope_head_dim = 0;
  double v_head_dim = 0;
};

struct SlidingWindow {
  double window = 0;        ///< tokens that a local layer attends to
  double local_layers = 0;  ///< the others attend to everything
};

/// State-space model (Mamba): a fixed state a sequence instead of a KV cache.
struct StateSpace {
  double state_size = 0;
  double conv = 0;
  double expand = 0;
  double dt_rank = 0;
};

struct Model {
  std::string id;
  std::string name;
  ModelFamily family = ModelFamily::decoder;
  double parameters = 0;  ///< all stored parameters, exact where computed
  double layers = 0;
  double hidden_dim = 0;
  double intermediate = 0;  ///< MLP width
  bool gated_mlp = false;   ///< gate and up projections (SwiGLU, GeGLU) instead of one
  double heads = 0;
  double kv_heads = 0;  ///< = heads: MHA, 1: MQA, between: GQA
  double head_dim = 0;
  double vocab_size = 0;
  bool tied_embeddings = false;  ///< the LM head is the embedding matrix
  double max_context = 0;        ///< 0 where unknown or unlimited
  double other_parameters =
      0;  ///< norms, biases, learned positions, routers' biases: small, kept at 16 bit
  std::optional<MixtureOfExperts> moe;
  std::optional<LatentAttention> mla;
  std::optional<SlidingWindow> window;
  std::optional<StateSpace> ssm;
  /// Models without transformer shapes: forward FLOP of one input (image, denoising step, query,
  /// sequence).
  std::optional<Flop> flop_per_input;
  std::string input_unit;  ///< "image", "token", "sequence of 128 tokens", ...
  std::optional<Bytes>
      activation_bytes_per_input;  ///< read and written in a forward pass at 16 bit, where known
  std::vector<TutorialModel> tutorial;  ///< never empty: where the spec has none, its own view

  bool transformer() const { return heads > 0 && hidden_dim > 0 && intermediate > 0; }
  /// Tokens, one after another: it decodes.
  bool generates() const {
    return family == ModelFamily::decoder || family == ModelFamily::ssm ||
           family == ModelFamily::encoder_decoder;
  }
  /// Operators are lowered from its shapes, token by token; else it is one operator an input.
  bool shaped() const { return transformer() || ssm.has_value(); }
};

/// Parameters by place, counted from the shapes (transformers and Mamba).
struct ParameterCount {
  double embedding = 0;
  double head = 0;       ///< 0 when tied
  double attention = 0;  ///< all layers
  double mlp = 0;        ///< all layers; routed and shared experts and routers included
  double other = 0;      ///< norms, biases, positions
  double total() const { return embedding + head + attention + mlp + other; }
};
ParameterCount count_parameters(const Model& model);

/// What the tutorial's lens needs, read off the full spec.
TutorialModel tutorial_view(const Model& model);

}  // namespace crossover
