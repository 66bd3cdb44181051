// Derivations of the roofline lens: what stays in memory. MODEL.md §2.1, §2.5.
#include <algorithm>

#include "explain_parts.h"
#include "lowering.h"

namespace crossover {

Derivation Explainer::weight_bytes() const {
  if (scenario_.phase == Phase::gemm) {
    return leaf("weight_bytes", plan_.footprint.weights.in(bytes), "B", "scenario");
  }
  const Model& model = *scenario_.model;
  const auto part = [&](const std::string& symbol, double elements, double bits) {
    return node(Op::quotient, symbol + "_bytes", "B", "stored_bytes",
                {node(Op::product, symbol + "_bits", "bit", "stored_bits",
                      {leaf("P_" + symbol, elements, "1", model_source("parameters")),
                       leaf("bits", bits, "bit", scheme_source("weight_bits"))}),
                 eight_bits()});
  };
  const double full = std::max(scheme_.act_bits(), 16.0);
  const double stored = scheme_.stored_bits();
  const auto shared = [&](Derivation all) {
    if (plan_.devices == 1) return all;
    return node(Op::quotient, "W_cut", "B", "sharded", {std::move(all), devices()});
  };
  if (scenario_.lowering == Lowering::lumped || (!model.transformer() && !model.ssm)) {
    return node(Op::sum, "weight_bytes", "B", "weights",
                {shared(part("all", model.parameters, stored))});
  }
  const PlacedParameters placed = placed_parameters(model, plan_.devices);
  const bool wide_head = scheme_.quantized() && !scheme_.quantize_head;
  List parts{shared(node(Op::sum, "W_linear_and_head", "B", "weights",
                         {part("linear", placed.cut, stored),
                          part("embedding_and_head", placed.head, wide_head ? full : stored)}))};
  if (placed.whole > 0) parts.push_back(part("on_each_device", placed.whole, stored));
  parts.push_back(part("other", placed.other, full));
  return node(Op::sum, "weight_bytes", "B", "weights", parts);
}

/// Tokens in the cache of one sequence, those still to come included.
Derivation Explainer::held_tokens() const {
  List parts;
  if (scenario_.phase == Phase::decode) {
    parts.push_back(leaf("S", scenario_.context, "token", "scenario"));
  } else {
    parts.push_back(leaf("prompt", scenario_.prompt, "token", "scenario"));
    parts.push_back(leaf("prefix", scenario_.cached_prefix, "token", "scenario"));
  }
  if (scenario_.generated > 0)
    parts.push_back(leaf("generated", scenario_.generated, "token", "scenario"));
  return node(Op::sum, "tokens held", "token", "kv_cache", parts);
}

Derivation Explainer::kv_per_sequence() const {
  if (plan_.footprint.kv_per_sequence <= Bytes{})
    return leaf("KV per sequence", 0, "B", "definition");
  const Model& model = *scenario_.model;
  const Derivation bits = leaf("KV bits", scheme_.kv_bits, "bit", scheme_source("kv_bits"));
  const auto bytes_of_elements = [&](List factors) {
    factors.push_back(bits);
    return node(Op::quotient, "KV per sequence", "B", "kv_cache",
                {node(Op::product, "KV bits in all", "bit", "kv_cache", factors), eight_bits()});
  };
  if (model.ssm) {
    return bytes_of_elements(
        {number("L", model.layers),
         number("channels", model.ssm->expand * model.hidden_dim / plan_.devices),
         node(Op::sum, "state", "1", "kv_cache",
              {number("state_size", model.ssm->state_size), number("conv", model.ssm->conv)})});
  }
  const Derivation each = model.mla
                              ? node(Op::sum, "latent", "1", "kv_cache",
                                     {number("kv_lora_rank", model.mla->kv_lora_rank),
                                      number("qk_rope_head_dim", model.mla->qk_rope_head_dim)})
                              : node(Op::product, "keys and values", "1", "kv_cache",
                                     {leaf("2", 2, "1", "definition"),
                                      number("h_kv", std::max(model.kv_heads / plan_.devices, 1.0)),
                                      number("d_h", model.head_dim)});
  const bool windows = model.window && scenario_.lowering != Lowering::lumped;
  const double local = windows ? std::min(model.window->local_layers, model.layers) : 0;
  List layers;
  if (model.layers > local) {
    layers.push_back(node(Op::product, "global layers", "token", "kv_cache",
                          {number("L", model.layers - local), held_tokens()}));
  }
  if (local > 0) {
    layers.push_back(
        node(Op::product, "windowed layers", "token", "kv_cache",
             {number("L_local", local),
              node(Op::min, "tokens in the window", "token", "kv_cache",
                   {held_tokens(), number("window", model.window->window, "token")})}));
  }
  return bytes_of_elements(
      {each, node(Op::sum, "tokens of all layers", "token", "kv_cache", layers)});
}

Derivation Explainer::kv_bytes() const {
  return node(Op::product, "kv_bytes", "B", "kv_cache", {kv_per_sequence(), batch()});
}

/// In memory, of one sequence (an input, a row of a GEMM).
Derivation Explainer::activations_per_sequence() const {
  const Footprint& f = plan_.footprint;
  const std::string name = "activations per sequence";
  const Derivation element =
      leaf("bytes an element", std::max(scheme_.act_bits(), 16.0) / 8, "B", "definition");
  if (scenario_.phase == Phase::gemm || !scenario_.model->shaped()) {
    // As the model's spec states it, or inputs and outputs of a row.
    return leaf(name, f.activations_per_sequence.in(bytes), "B",
                model_source("activation_bytes_per_input"));
  }
  const ActivationShape shape = activation_shape(scenario_, plan_.devices);
  const Derivation t = leaf("T", shape.tokens, "token", "scenario");
  List parts{
      node(Op::product, "in flight", "B", "activation_memory",
           {t,
            node(Op::sum, "elements a token", "1", "activation_memory",
                 {number("2·d", shape.residual), number("widest", shape.widest)}),
            element}),
      node(Op::product, "logits", "B", "activation_memory",
           {leaf("T_scored", shape.scored, "token", "scenario"), number("vocabulary", shape.logits),
            leaf("FP32", fp32_bytes, "B", "definition")})};
  if (shape.kept > 0)
    parts.push_back(node(Op::product, "kept for the backward pass", "B", "activation_memory",
                         {number("L", scenario_.model->layers), t,
                          number("elements a token and layer", shape.kept), element}));
  return node(Op::sum, name, "B", "activation_memory", parts);
}

Derivation Explainer::activation_bytes() const {
  return node(Op::product, "activation_bytes", "B", "activation_memory",
              {activations_per_sequence(), batch()});
}

Derivation Explainer::training_bytes() const {
  const double trained = plan_.footprint.trainable;
  if (trained == 0) return leaf("training_bytes", 0, "B", "definition");
  const double rank = scheme_.adapter.rank;
  const OptimizerBytes each = optimizer_bytes(scenario_.optimizer);
  List parts{leaf("gradient", each.gradient, "B", "definition"),
             leaf("master weight", each.master, "B", "definition"),
             leaf("moments", each.moments, "B", "definition")};
  if (rank > 0)
    parts.push_back(leaf("adapter", std::max(scheme_.act_bits(), 16.0) / 8, "B", "definition"));
  Derivation parameters =
      rank > 0 ? node(Op::product, "parameters of the adapters", "1", "optimizer_state",
                      {leaf("rank", rank, "1", "scenario"),
                       number("widths of the linears", trained * plan_.devices / rank)})
               : leaf("P", trained * plan_.devices, "1", model_source("parameters"));
  if (plan_.devices > 1)
    parameters = node(Op::quotient, "P_cut", "1", "sharded", {std::move(parameters), devices()});
  return node(
      Op::product, "training_bytes", "B", "optimizer_state",
      {std::move(parameters), node(Op::sum, "bytes a parameter", "B", "optimizer_state", parts)});
}

/// What does not grow with the batch.
std::vector<Derivation> Explainer::fixed_bytes() const {
  const Footprint& f = plan_.footprint;
  List fixed{weight_bytes()};
  if (f.training > Bytes{}) fixed.push_back(training_bytes());
  if (f.reserve > Bytes{})
    fixed.push_back(leaf("reserve_bytes", f.reserve.in(bytes), "B", "scenario"));
  return fixed;
}

Derivation Explainer::total_bytes() const {
  List parts = fixed_bytes();
  parts.push_back(kv_bytes());
  parts.push_back(activation_bytes());
  return node(Op::sum, "total_bytes", "B", "memory", parts);
}

Derivation Explainer::usable_bytes() const {
  return node(Op::product, "usable_bytes", "B", "usable_memory",
              {leaf("capacity", plan_.footprint.capacity.in(bytes), "B",
                    hardware_source("memory_capacity_bytes")),
               leaf("u", scenario_.memory_utilization, "1", "scenario")});
}

Derivation Explainer::max_batch() const {
  const Derivation free =
      node(Op::difference, "free", "B", "free_memory",
           {usable_bytes(), node(Op::sum, "fixed", "B", "memory", fixed_bytes())});
  const Derivation each = node(Op::sum, "bytes per sequence", "B", "max_batch",
                               {kv_per_sequence(), activations_per_sequence()});
  const Derivation whole = node(Op::floor, "whole sequences", "1", "max_batch",
                                {node(Op::quotient, "sequences", "1", "max_batch", {free, each})});
  return node(Op::max, "max_batch", "1", "max_batch", {whole, leaf("0", 0, "1", "definition")});
}

}  // namespace crossover
