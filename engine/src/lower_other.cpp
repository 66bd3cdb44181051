// Models without attention: state-space models, one-operator models (CNNs, diffusion,
// recommendation), single GEMMs; and what training adds to a forward pass. MODEL.md §2.2.
#include <algorithm>

#include "lowering.h"

namespace crossover {

void lower_state_space(const LoweringContext& low) {
  const Model& model = *low.scenario.model;
  const StateSpace& ssm = *model.ssm;
  const double t =
      low.scenario.phase == Phase::decode ? low.scenario.new_tokens : low.scenario.prompt;
  const double layers = model.layers;
  const double inner = ssm.expand * model.hidden_dim;
  low.plan.layers = layers;
  low.plan.tokens_per_sequence = t;
  low.assume("state_space_scan");

  Operator& embedding = low.add("embedding");
  embedding.format = low.dense.format;
  embedding.tokens_per_sequence = t;
  embedding.weight_bytes_per_token = bytes_of(model.hidden_dim, low.full_bits);
  embedding.activation_per_token = bytes_of(model.hidden_dim, low.full_bits);

  add_linear(low, {"in_proj", layers, model.hidden_dim, 2 * inner, t});
  add_linear(low, {"x_proj", layers, inner, ssm.dt_rank + 2 * ssm.state_size, t, Cut::inputs});
  add_linear(low, {"dt_proj", layers, ssm.dt_rank, inner, t});
  add_linear(low, {"out_proj", layers, inner, model.hidden_dim, t, Cut::inputs});

  Operator& scan = low.add("scan");
  scan.kind = OperatorKind::attention;
  scan.count = layers;
  scan.format = low.dense.format;
  scan.tokens_per_sequence = t;
  const double width = inner / low.plan.devices;
  // Gu and Dao (2023), §3.3: 9 FLOP for each token, channel and state of the selective scan.
  constexpr double scan_flop = 9;
  scan.flop_per_token = flop(scan_flop * width * ssm.state_size + 2 * width * ssm.conv);
  if (low.scenario.phase != Phase::train) {  // which scans on the chip and carries no state over
    constexpr double read_and_write = 2;
    scan.kv_per_sequence =
        bytes_of(read_and_write * width * (ssm.state_size + ssm.conv), low.scheme.kv_bits);
  }
  scan.activation_per_token = bytes_of(4 * width, low.full_bits);  // x, z, Δ in; y out
  scan.weight_bytes = bytes_of(model.other_parameters / layers, low.full_bits);

  const double scored = low.scenario.phase == Phase::prefill ? 1 : t;
  add_linear(low, {.name = "lm_head",
                   .inputs = model.hidden_dim,
                   .outputs = model.vocab_size,
                   .tokens_per_sequence = scored,
                   .full_precision = !low.scheme.quantize_head});
}

void lower_one_operator(const LoweringContext& low) {
  const Model& model = *low.scenario.model;
  low.plan.layers = std::max(model.layers, 1.0);
  low.plan.tokens_per_sequence = 1;
  low.assume("one_operator");
  Operator& op = low.add("forward");
  op.quantized = low.scheme.quantized();
  op.format = low.plan.compute.format;
  op.weight_bytes = bytes_of(model.parameters / low.plan.devices, low.stored_weight_bits());
  op.flop_per_sequence = *model.flop_per_input / low.plan.devices;
  if (model.activation_bytes_per_input) {
    op.activation_per_token =
        *model.activation_bytes_per_input * (low.scheme.act_bits() / 16) / low.plan.devices;
  } else {
    low.assume("activations_unknown");
  }
}

void lower_gemm(const LoweringContext& low) {
  const GemmShape& shape = low.scenario.gemm;
  low.plan.layers = 0;
  low.plan.tokens_per_sequence = 1;
  add_linear(low, {.name = "gemm", .inputs = shape.k, .outputs = shape.n});
}

namespace {

/// Inputs plus outputs of the attention linears of one layer: what an adapter of rank 1 stores.
double attention_sides(const Model& model) {
  const double d = model.hidden_dim;
  const double width = model.heads * model.head_dim;
  if (!model.mla) return (d + width) + (2 * d + 2 * model.kv_heads * model.head_dim) + (width + d);
  const LatentAttention& mla = *model.mla;
  const double query = model.heads * (mla.qk_nope_head_dim + mla.qk_rope_head_dim);
  const double queries =
      mla.q_lora_rank > 0 ? (d + mla.q_lora_rank) + (mla.q_lora_rank + query) : d + query;
  const double latents = d + mla.kv_lora_rank + mla.qk_rope_head_dim;
  const double expanded = mla.kv_lora_rank + model.heads * (mla.qk_nope_head_dim + mla.v_head_dim);
  return queries + latents + expanded + (model.heads * mla.v_head_dim + d);
}

}  // namespace

Trainable trainable_parameters(const LoweringContext& low) {
  const Model& model = *low.scenario.model;
  const double rank = low.scheme.adapter.rank;
  if (rank <= 0) return {model.parameters, model.parameters};
  // Two matrices of that rank beside every linear of every layer and expert; routers have none.
  const double linears = model.gated_mlp ? 3 : 2;
  const auto mlp = [&](double width) { return linears * (model.hidden_dim + width); };
  const double attention = model.layers * attention_sides(model);
  const double dense_layers = model.moe ? model.moe->dense_layers : model.layers;
  double stored = attention + dense_layers * mlp(model.intermediate);
  double active = stored;
  if (model.moe) {
    const MixtureOfExperts& moe = *model.moe;
    const double layers = model.layers - dense_layers;
    const double expert = mlp(moe.expert_intermediate);
    const double shared =
        moe.shared_experts > 0 ? mlp(moe.shared_experts * moe.expert_intermediate) : 0;
    stored += layers * (moe.experts * expert + shared);
    active += layers * (moe.active_experts * expert + shared);
  }
  return {rank * stored, rank * active};
}

OptimizerBytes optimizer_bytes(Optimizer optimizer) {
  const double moments = optimizer == Optimizer::adam       ? 2
                         : optimizer == Optimizer::momentum ? 1
                                                            : 0;
  return {.moments = moments * fp32_bytes};
}

void lower_training(const LoweringContext& low, const Trainable& trainable) {
  const bool adapters = low.scheme.adapter.rank > 0;
  const double devices = low.plan.devices;
  Flop wide, narrow;  // gradients of weights, multiplied at full precision and below
  for (Operator& op : low.plan.operators) {
    if (op.kind == OperatorKind::gemm) {
      // Backward: the gradient of the inputs reads the weights once more; that of the weights is
      // one operator below.
      (op.format == low.dense.format ? wide : narrow) +=
          op.flop_per_token * op.count * op.tokens_per_sequence;
      op.passes = 2;
      op.count *= op.passes;
    } else if (op.name == "forward") {
      op.flop_per_sequence = op.flop_per_sequence * 3;
      op.weight_bytes = op.weight_bytes * 2;
      op.activation_per_token = op.activation_per_token * 3;
    } else {
      op.passes = 3;  // the backward pass does twice the work of the forward one
      op.count *= op.passes;
    }
  }
  const std::string_view name = adapters ? "adapter_gradients" : "weight_gradients";
  Operator& gradients = low.add(name);
  gradients.format = low.dense.format;
  gradients.weight_bytes = bytes(trainable.stored / devices * low.full_bytes());
  // An adapter multiplies 2 FLOP a parameter in each of three passes; full training has the whole
  // third pass here.
  if (adapters) {
    gradients.flop_per_sequence =
        flop(6 * trainable.active / devices * low.plan.tokens_per_sequence);
  } else {
    gradients.flop_per_sequence = wide;
  }
  if (!adapters && narrow > Flop{}) {
    Operator& below = low.add(name);
    below.format = low.plan.compute.format;
    below.flop_per_sequence = narrow;
  }

  Operator& update = low.add("optimizer");
  update.format = low.dense.format;
  update.weight_bytes =
      bytes(trainable.stored / devices * optimizer_bytes(low.scenario.optimizer).moved());
  low.assume(adapters ? "frozen_backward_once" : "backward_twice_forward");
}

PlacedParameters placed_parameters(const Model& model, double devices) {
  const ParameterCount count = count_parameters(model);
  double routers = 0, whole = 0, repeated = 0;
  if (model.moe) {
    routers = (model.layers - model.moe->dense_layers) * model.hidden_dim * model.moe->experts;
  }
  if (model.mla) {
    const LatentAttention& mla = *model.mla;
    whole = model.layers * model.hidden_dim *
            (mla.q_lora_rank + mla.kv_lora_rank + mla.qk_rope_head_dim);
  } else if (model.kv_heads > 0 && model.kv_heads < devices) {
    // Each device has at least one head of keys and values.
    repeated = model.layers * model.hidden_dim * 2 * model.head_dim * (devices - model.kv_heads);
  }
  return {count.attention + count.mlp - routers - whole + repeated, whole,
          count.embedding + count.head, count.other + routers};
}

ActivationShape activation_shape(const RooflineScenario& scenario, double devices) {
  const Model& model = *scenario.model;
  const double own = model.heads * model.head_dim;
  const double shared = 2 * model.kv_heads * model.head_dim;
  ActivationShape shape;
  shape.tokens = scenario.phase == Phase::decode ? scenario.new_tokens
                 : scenario.chunk > 0            ? std::min(scenario.chunk, scenario.prompt)
                                                 : scenario.prompt;
  shape.residual = 2 * model.hidden_dim;
  shape.widest =
      (model.ssm ? 2 * model.ssm->expand * model.hidden_dim
                 : std::max(model.intermediate * (model.gated_mlp ? 2 : 1), own + shared)) /
      devices;
  shape.scored = scenario.phase == Phase::prefill ? 1 : shape.tokens;
  shape.logits = model.vocab_size / devices;
  if (scenario.phase == Phase::train) {
    // With fused attention (nothing quadratic is kept): norm inputs and outputs, query, key, value,
    // attention output, MLP intermediates. Korthikanti et al. (2022), table 2, without the dropout
    // masks.
    const double mlp = (model.gated_mlp ? 3 : 2) * model.intermediate;
    shape.kept = 4 * model.hidden_dim + (2 * own + shared + mlp) / devices;
  }
  return shape;
}

Footprint footprint_of(const LoweringContext& low, const Trainable& trainable) {
  const RooflineScenario& scenario = low.scenario;
  const double devices = low.plan.devices;
  Footprint result;
  result.capacity = scenario.hardware->memory_capacity;
  result.usable = result.capacity * scenario.memory_utilization;
  result.reserve = scenario.memory_reserve;
  if (scenario.phase == Phase::gemm) {
    const Operator& op = low.plan.operators.front();
    result.weights = op.weight_bytes;
    result.activations_per_sequence = op.activation_per_token;
    return result;
  }
  const Model& model = *scenario.model;
  const bool shaped = model.shaped();
  if (!shaped || scenario.lowering == Lowering::lumped) {
    result.weights = bytes_of(model.parameters, low.stored_weight_bits()) / devices;
    result.weights_at_scheme_bits = result.weights;
  } else {
    const PlacedParameters placed = placed_parameters(model, devices);
    const bool wide_head = low.scheme.quantized() && !low.scheme.quantize_head;
    const double stored = low.stored_weight_bits();
    const Bytes linears = bytes_of(placed.cut / devices + placed.whole, stored);
    const Bytes head = bytes_of(placed.head / devices, wide_head ? low.full_bits : stored);
    result.weights = linears + head + bytes_of(placed.other, low.full_bits);
    result.weights_at_scheme_bits = wide_head ? linears : linears + head;
  }
  if (scenario.phase == Phase::train) {
    // Adapters are weights of their own, beside the model's.
    const double own_weights = low.scheme.adapter.rank > 0 ? low.full_bytes() : 0;
    result.trainable = trainable.stored / devices;
    result.training =
        bytes(result.trainable * (optimizer_bytes(scenario.optimizer).kept() + own_weights));
  }
  if (!shaped) {
    if (model.activation_bytes_per_input)
      result.activations_per_sequence = *model.activation_bytes_per_input / devices;
    return result;
  }

  const bool decode = scenario.phase == Phase::decode;
  const double held =
      (decode ? scenario.context : scenario.prompt + scenario.cached_prefix) + scenario.generated;
  const double kv_heads = std::max(model.kv_heads / devices, 1.0);
  const bool cached = scenario.phase != Phase::train && model.family != ModelFamily::encoder;
  if (cached && model.ssm) {
    const double inner = model.ssm->expand * model.hidden_dim / devices;
    result.kv_per_sequence = bytes_of(
        model.layers * inner * (model.ssm->state_size + model.ssm->conv), low.scheme.kv_bits);
  } else if (cached) {
    const double per_token = model.mla ? model.mla->kv_lora_rank + model.mla->qk_rope_head_dim
                                       : 2 * kv_heads * model.head_dim;
    // As its step: one lump knows no windows.
    const bool windows = model.window && scenario.lowering != Lowering::lumped;
    const double local = windows ? std::min(model.window->local_layers, model.layers) : 0;
    const double local_held = model.window ? std::min(held, model.window->window) : held;
    result.kv_per_sequence = bytes_of(
        per_token * ((model.layers - local) * held + local * local_held), low.scheme.kv_bits);
  }

  const ActivationShape shape = activation_shape(scenario, devices);
  result.activations_per_sequence =
      bytes_of(shape.tokens * (shape.residual + shape.widest), low.full_bits) +
      bytes(shape.scored * shape.logits * fp32_bytes);
  result.saved_per_sequence = bytes_of(model.layers * shape.tokens * shape.kept, low.full_bits);
  return result;
}

}  // namespace crossover
