// Transformers: decoders, encoders, mixtures of experts, multi-head latent attention. MODEL.md
// §2.2.
#include <algorithm>
#include <cmath>

#include "lowering.h"

namespace crossover {
namespace {

/// Token pairs that attention multiplies for one sequence: `span.tokens` new tokens over what each
/// of them may see. A causal token sees the prefix and, on average, half of the new ones; a window
/// cuts what it sees.
double attended_pairs(Span span, double window, bool causal) {
  const double t = span.tokens;
  if (!causal) return t * (span.prefix + t);
  const double seen_at_end = span.prefix + t;
  if (window <= 0 || window >= seen_at_end) return t * span.prefix + t * t / 2;
  if (window <= span.prefix) return t * window;
  const double growing = window - span.prefix;  // tokens before the window is full
  return growing * span.prefix + growing * growing / 2 + (t - growing) * window;
}

/// What the attention of one layer type needs.
struct AttentionLayers {
  std::string_view name;
  double count = 0;
  double window = 0;  ///< 0: everything
};

struct Pass {
  Span span;
  double repeat = 1;  ///< chunks of this length
};

class Transformer {
 public:
  explicit Transformer(const LoweringContext& low)
      : low_(low),
        model_(*low.scenario.model),
        decode_(low.scenario.phase == Phase::decode),
        causal_(model_.generates()),
        cached_(causal_ && low.scenario.phase != Phase::train),
        devices_(low.plan.devices),
        heads_(model_.heads / devices_),
        kv_heads_(std::max(model_.kv_heads / devices_, 1.0)) {}

  void lower() {
    low_.plan.layers = model_.layers;
    const double tokens = decode_ ? low_.scenario.new_tokens : low_.scenario.prompt;
    low_.plan.tokens_per_sequence = tokens;
    note_approximations();
    embedding(tokens);
    for (const Pass& pass : passes(tokens)) layers(pass);
    attention_layers(tokens);
    head(tokens);
  }

 private:
  void note_approximations() const {
    low_.assume("norms_fused");
    if (model_.family == ModelFamily::encoder_decoder) low_.assume("encoder_decoder_as_decoder");
    if (cached_ && low_.scheme.kv_bits < low_.full_bits) low_.assume("kv_dequant_free");
    if (devices_ > 1 && std::fmod(model_.heads, devices_) != 0) low_.assume("uneven_shards");
    const double end = decode_ ? low_.scenario.context : low_.scenario.prompt + cached_prefix();
    if (model_.max_context > 0 && end > model_.max_context) low_.assume("beyond_max_context");
    if (model_.moe) low_.assume("uniform_routing");
  }

  /// Training starts from nothing.
  double cached_prefix() const {
    return low_.scenario.phase == Phase::prefill ? low_.scenario.cached_prefix : 0;
  }

  double chunk_tokens(double tokens) const {
    const double chunk = low_.scenario.chunk;
    return !decode_ && chunk > 0 && low_.scenario.phase == Phase::prefill ? std::min(chunk, tokens)
                                                                          : tokens;
  }

  /// The lengths in which the tokens go through the layers: whole chunks, then the rest.
  std::vector<Pass> passes(double tokens) const {
    const double chunk = chunk_tokens(tokens);
    const double whole = std::floor(tokens / chunk);
    std::vector<Pass> result{{{chunk, 0}, whole}};
    if (const double rest = tokens - whole * chunk; rest > 0) result.push_back({{rest, 0}, 1});
    return result;
  }

  void embedding(double tokens) const {
    if (model_.vocab_size <= 0) return;
    Operator& op = low_.add("embedding");
    op.format = low_.dense.format;
    op.tokens_per_sequence = tokens;
    op.weight_bytes_per_token = bytes_of(model_.hidden_dim, head_bits());
    op.activation_per_token = bytes_of(model_.hidden_dim, low_.full_bits);
  }

  double head_bits() const {
    return low_.scheme.quantize_head && low_.scheme.quantized() ? low_.scheme.stored_bits()
                                                                : low_.full_bits;
  }

  void head(double tokens) const {
    if (model_.vocab_size <= 0 || !causal_) return;
    const double scored =
        low_.scenario.phase == Phase::prefill ? 1 : tokens;  // only the last token of a prompt
    add_linear(low_, {.name = "lm_head",
                      .inputs = model_.hidden_dim,
                      .outputs = model_.vocab_size,
                      .tokens_per_sequence = scored,
                      .full_precision = !low_.scheme.quantize_head});
  }

  void layers(const Pass& pass) const {
    const double t = pass.span.tokens;
    const double count = model_.layers * pass.repeat;
    projections(t, count);
    const double dense_layers = model_.moe ? model_.moe->dense_layers : model_.layers;
    mlp(model_.gated_mlp ? "gate_up_proj" : "fc1", model_.gated_mlp ? "down_proj" : "fc2",
        model_.intermediate, t, dense_layers * pass.repeat);
    if (model_.moe) mixture(t, (model_.layers - dense_layers) * pass.repeat);
    norms(t, count);
    all_reduces(t, count);
  }

  void projections(double t, double count) const {
    const double d = model_.hidden_dim;
    if (model_.mla) {
      const LatentAttention& mla = *model_.mla;
      const double query = model_.heads * (mla.qk_nope_head_dim + mla.qk_rope_head_dim);
      if (mla.q_lora_rank > 0) {
        add_linear(low_, {"q_a_proj", count, d, mla.q_lora_rank, t, Cut::none});
        add_linear(low_, {"q_b_proj", count, mla.q_lora_rank, query, t});
      } else {
        add_linear(low_, {"q_proj", count, d, query, t});
      }
      add_linear(low_,
                 {"kv_a_proj", count, d, mla.kv_lora_rank + mla.qk_rope_head_dim, t, Cut::none});
      add_linear(low_, {"kv_b_proj", count, mla.kv_lora_rank,
                        model_.heads * (mla.qk_nope_head_dim + mla.v_head_dim), t});
      add_linear(low_, {"o_proj", count, model_.heads * mla.v_head_dim, d, t, Cut::inputs});
      return;
    }
    const double width = model_.heads * model_.head_dim;
    // Keys and values of fewer heads than devices are computed on each of them.
    const double keys_values = 2 * kv_heads_ * devices_ * model_.head_dim;
    add_linear(low_, {"qkv_proj", count, d, width + keys_values, t});
    add_linear(low_, {"o_proj", count, width, d, t, Cut::inputs});
  }

  void mlp(std::string_view up, std::string_view down, double width, double t, double count) const {
    if (count <= 0 || width <= 0) return;
    add_linear(low_, {up, count, model_.hidden_dim, width * (model_.gated_mlp ? 2 : 1), t});
    add_linear(low_, {down, count, width, model_.hidden_dim, t, Cut::inputs});
  }

  void mixture(double t, double count) const {
    const MixtureOfExperts& moe = *model_.moe;
    add_linear(low_, {"router", count, model_.hidden_dim, moe.experts, t, Cut::none, true});
    const auto experts = [&](const LinearShape& shape) {
      Operator& op = add_linear(low_, shape);
      op.experts = moe.experts;
      op.active_share = moe.active_experts / moe.experts;
      op.flop_per_token = op.flop_per_token * moe.active_experts;
      op.activation_per_token = op.activation_per_token * moe.active_experts;
    };
    experts({"expert_gate_up", count, model_.hidden_dim,
             moe.expert_intermediate * (model_.gated_mlp ? 2 : 1), t});
    experts({"expert_down", count, moe.expert_intermediate, model_.hidden_dim, t, Cut::inputs});
    mlp("shared_gate_up", "shared_down", moe.shared_experts * moe.expert_intermediate, t, count);
  }

  /// Two norms a layer read and write the residual stream; their weights and the other small ones
  /// are read with them.
  void norms(double t, double count) const {
    Operator& op = low_.add("norms");
    op.count = count;
    op.format = low_.dense.format;
    op.tokens_per_sequence = t;
    op.weight_bytes = bytes_of(model_.other_parameters / model_.layers, low_.full_bits);
    constexpr double reads_and_writes = 4;  // two norms, each reads and writes
    op.activation_per_token = bytes_of(reads_and_writes * model_.hidden_dim, low_.full_bits);
  }

  void all_reduces(double t, double count) const {
    if (devices_ <= 1) return;
    Operator& op = low_.add("all_reduce");
    op.kind = OperatorKind::all_reduce;
    op.count = 2 * count;  // after attention and after the MLP
    op.format = low_.dense.format;
    op.tokens_per_sequence = t;
    op.activation_per_token = bytes_of(model_.hidden_dim, low_.full_bits);
  }

  void attention_layers(double tokens) const {
    const double local = model_.window ? std::min(model_.window->local_layers, model_.layers) : 0;
    const AttentionLayers global{"attention", model_.layers - local, 0};
    const AttentionLayers windowed{"attention_local", local,
                                   model_.window ? model_.window->window : 0};
    for (const AttentionLayers& type : {global, windowed}) {
      if (type.count <= 0) continue;
      if (decode_) {
        attention(type, {tokens, low_.scenario.context});
        continue;
      }
      const double chunk = chunk_tokens(tokens);
      for (double done = 0; done < tokens; done += chunk) {
        attention(type, {std::min(chunk, tokens - done), cached_prefix() + done});
      }
    }
  }

  void attention(const AttentionLayers& type, Span span) const {
    Operator& op = low_.add(type.name);
    op.kind = OperatorKind::attention;
    op.count = type.count;
    op.format = low_.dense.format;
    op.tokens_per_sequence = span.tokens;
    // A decoded token attends to the context; what it adds to the cache counts as written only.
    const double visible = type.window > 0 ? std::min(span.prefix, type.window) : span.prefix;
    const double pairs =
        decode_ ? span.tokens * visible : attended_pairs(span, type.window, causal_);
    const double read = decode_ ? visible : visible + span.tokens;
    if (model_.mla) {
      latent_attention(op, pairs, read, span);
    } else {
      op.flop_per_sequence = flop(4 * heads_ * model_.head_dim * pairs);
      const double keys_values = 2 * kv_heads_ * model_.head_dim;
      if (cached_) {
        op.kv_per_sequence = bytes_of(keys_values * (read + span.tokens), low_.scheme.kv_bits);
      } else {
        op.activation_per_token += bytes_of(keys_values, low_.full_bits);
      }
      constexpr double query_and_output = 2;
      op.activation_per_token +=
          bytes_of(query_and_output * heads_ * model_.head_dim, low_.full_bits);
    }
    op.kv_per_sequence = op.kv_per_sequence * low_.plan.runtime.kv_copy_factor;
  }

  /// Decode multiplies queries with the cached latents (weights absorbed); prefill expands them to
  /// keys and values.
  void latent_attention(Operator& op, double pairs, double read, Span span) const {
    const LatentAttention& mla = *model_.mla;
    const double latent = mla.kv_lora_rank + mla.qk_rope_head_dim;
    const double key = mla.qk_nope_head_dim + mla.qk_rope_head_dim;
    const double per_pair = decode_ ? latent + mla.kv_lora_rank : key + mla.v_head_dim;
    op.flop_per_sequence = flop(2 * heads_ * per_pair * pairs);
    if (cached_) op.kv_per_sequence = bytes_of(latent * (read + span.tokens), low_.scheme.kv_bits);
    op.activation_per_token =
        bytes_of(heads_ * (decode_ ? latent + mla.kv_lora_rank : 2 * key + 3 * mla.v_head_dim),
                 low_.full_bits);
    if (!decode_ && span.prefix > 0) {  // the prefix's latents are expanded again
      op.flop_per_sequence += flop(2 * mla.kv_lora_rank * heads_ *
                                   (mla.qk_nope_head_dim + mla.v_head_dim) * span.prefix);
    }
  }

  const LoweringContext& low_;
  const Model& model_;
  bool decode_;
  bool causal_;
  bool cached_;  ///< keys and values go to a KV cache; else they are activations
  double devices_;
  double heads_;     ///< on one device
  double kv_heads_;  ///< on one device; not cut below one
};

}  // namespace

void lower_transformer(const LoweringContext& low) { Transformer(low).lower(); }

void lower_lumped(const LoweringContext& low) {
  const RooflineScenario& scenario = low.scenario;
  const Model& model = *scenario.model;
  const bool decode = scenario.phase == Phase::decode;
  const Span span = decode ? Span{scenario.new_tokens, scenario.context}
                           : Span{scenario.prompt, scenario.cached_prefix};
  low.plan.layers = model.layers;
  low.plan.tokens_per_sequence = span.tokens;
  low.assume("lumped");
  Operator& op = low.add("step");
  op.format = low.plan.compute.format;
  op.tokens_per_sequence = span.tokens;
  op.weight_bytes = bytes_of(model.parameters, low.stored_weight_bits());
  double active = model.parameters;
  if (model.moe && model.moe->experts > 0) {
    const double expert =
        model.hidden_dim * model.moe->expert_intermediate * (model.gated_mlp ? 3 : 2);
    active -= (model.layers - model.moe->dense_layers) *
              (model.moe->experts - model.moe->active_experts) * expert;
  }
  op.flop_per_token = flop(2 * active);
  const double pairs = decode ? span.tokens * span.prefix : attended_pairs(span, 0, true);
  op.flop_per_sequence = flop(4 * model.layers * model.heads * model.head_dim * pairs);
  const double per_token = model.mla ? model.mla->kv_lora_rank + model.mla->qk_rope_head_dim
                                     : 2 * model.kv_heads * model.head_dim;
  op.kv_per_sequence =
      bytes_of(model.layers * per_token * (decode ? span.prefix : span.prefix + span.tokens),
               low.scheme.kv_bits);
}

}  // namespace crossover
