#include "import_hf_config.h"

#include <algorithm>
#include <array>

namespace crossover::hugging_face {
namespace {

/// Keys that change neither memory nor time: training, tokens, generation, numerics, bookkeeping.
constexpr std::array<std::string_view, 135> harmless{
    "architectures",
    "model_type",
    "transformers_version",
    "torch_dtype",
    "dtype",
    "use_cache",
    "hidden_act",
    "hidden_activation",
    "activation_function",
    "auto_map",
    "pretraining_tp",
    "attn_logit_softcapping",
    "final_logit_softcapping",
    "query_pre_attn_scalar",
    "cache_implementation",
    "norm_topk_prob",
    "scoring_func",
    "topk_method",
    "n_group",
    "topk_group",
    "routed_scaling_factor",
    "aux_loss_alpha",
    "seq_aux",
    "ep_size",
    "id2label",
    "label2id",
    "problem_type",
    "task_specific_params",
    "gradient_checkpointing",
    "position_embedding_type",
    "scale_attn_weights",
    "scale_attn_by_inverse_layer_idx",
    "reorder_and_upcast_attn",
    "is_decoder",
    "is_encoder_decoder",
    "add_cross_attention",
    "layerdrop",
    "prefix",
    "alibi",
    "partial_rotary_factor",
    "initial_context_length",
    "original_max_position_embeddings",
    "swiglu_limit",
    "router_aux_loss_coef",
    "router_jitter_noise",
    "max_window_layers",
    "rescale_prenorm_residual",
    "residual_in_fp32",
    "time_step_floor",
    "time_step_max",
    "time_step_min",
    "time_step_scale",
    "time_step_init_scheme",
    "use_mambapy",
    "max_length",
    "min_length",
    "temperature",
    "top_k",
    "top_p",
    "do_sample",
    "num_beams",
    "repetition_penalty",
    "chunk_size_feed_forward",
    "return_dict",
    "use_return_dict",
    "tie_encoder_decoder",
    "finetuning_task",
    "pruned_heads",
    "torchscript",
    "use_bfloat16",
    "remove_invalid_values",
    "full_attn_mod",
    "interpolate_factor",
    "lm_head_bias",
    "fused_add_norm",
    "rms_norm",
    "ssm_cfg",
    "sliding_window_size",
    "mm_tokens_per_image",
    "use_mrope",
    "init_std",
    "attention_multiplier",
    "attention_softmax_in_fp32",
    "bf16",
    "clip_qkv",
    "embedding_multiplier",
    "fp16",
    "fp32",
    "logit_scale",
    "logits_scaling",
    "no_rope_layers",
    "residual_multiplier",
    "scale_attention_softmax_in_fp32",
    "scale_embedding",
    "slow_but_exact",
    "softmax_in_fp32",
    "apply_query_key_layer_scaling",
    "attn_scale",
    "attn_temperature_tuning",
    "begin_suppress_tokens",
    "bias_dropout_fusion",
    "classifier_proj_size",
    "decoder_bias",
    "dropout_rate",
    "early_stopping",
    "embedding_fraction",
    "floor_scale",
    "init_config",
    "initializer_cutoff_factor",
    "initializer_factor",
    "input_jitter_noise",
    "learned_pos_emb",
    "masked_softmax_fusion",
    "median_filter_width",
    "model_max_length",
    "moe_layers",
    "no_repeat_ngram_size",
    "no_rope_layer_interval",
    "offset_alibi",
    "original_rope",
    "pad_key_length",
    "post_layer_norm",
    "rmsnorm",
    "seq_length",
    "skip_bias_add",
    "suppress_tokens",
    "tie_weights_",
    "use_dynamic_ntk",
    "use_embedding_sharing",
    "use_gated_activation",
    "use_logn_attn",
    "use_parallel_block",
    "use_parallel_embedding",
    "use_qk_norm",
    "validate_runner_input",
};
constexpr std::array<std::string_view, 10> harmless_endings{
    "_token_id", "_token_index", "dropout", "_eps",   "epsilon",
    "_prob",     "_std",         "_range",  "_pdrop", "_rope_theta"};
constexpr std::array<std::string_view, 8> harmless_beginnings{
    "_", "summary_", "rope", "rotary", "output_", "tokenizer", "unsloth", "mask_"};

bool harmless_key(std::string_view key) {
  const auto ends = [&](std::string_view end) { return key.ends_with(end); };
  const auto begins = [&](std::string_view begin) { return key.starts_with(begin); };
  return std::find(harmless.begin(), harmless.end(), key) != harmless.end() ||
         std::any_of(harmless_endings.begin(), harmless_endings.end(), ends) ||
         std::any_of(harmless_beginnings.begin(), harmless_beginnings.end(), begins);
}

/// A text, a null, false or 0 under an unknown key asks for nothing.
bool asks_for_something(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) return value.get<double>() != 0;
  return (value.is_object() || value.is_array()) && !value.empty();
}

}  // namespace

const Json* Config::find(std::string_view name) {
  read_.emplace(name);
  return reader_.find(name);
}

std::string_view Config::first_of(Names names) {
  std::string_view found;
  for (const std::string_view name : names) {
    if (find(name) != nullptr && found.empty()) found = name;
  }
  return found;
}

double Config::whole(Names names, Range range) {
  const std::string_view found = first_of(names);
  return reader_.whole(found.empty() ? *names.begin() : found, range);
}

double Config::whole_or(Names names, double fallback, Range range) {
  const std::string_view found = first_of(names);
  return found.empty() ? fallback : reader_.whole(found, range);
}

bool Config::flag_or(std::string_view name, bool fallback) {
  read_.emplace(name);
  return reader_.flag_or(name, fallback);
}

std::string Config::text_or(std::string_view name, std::string_view fallback) {
  read_.emplace(name);
  return std::string(reader_.text_or(name, fallback));
}

void Config::adopt(Config& part) {
  if (!part.failed()) return;
  const Error error = part.error();
  fail(error.code, error.message, std::string_view(error.path).substr(path_of("").size()));
}

void Config::leave_out(std::string_view name, std::string reason) {
  const Json* value = find(name);
  unmapped_.push_back(
      {path_of(name), value == nullptr ? "nothing" : shown(*value), std::move(reason)});
}

void put(Json& record, std::string_view key, double value) {
  if (value != 0) record[std::string(key)] = value;
}

void put(Json& record, std::string_view key, bool value) {
  if (value) record[std::string(key)] = value;
}

void put(Json& record, std::string_view key, std::string_view value) {
  record[std::string(key)] = std::string(value);
}

Json& put_object(Json& record, std::string_view key) {
  Json& object = record[std::string(key)];
  object = Json::object();
  return object;
}

void Config::leave_out_unread() {
  if (!json_.is_object()) return;
  for (const auto& [key, value] : json_.items()) {
    if (read_.contains(key) || harmless_key(key) || !asks_for_something(value)) continue;
    leave_out(key, "this key is not known here");
  }
}

}  // namespace crossover::hugging_face
