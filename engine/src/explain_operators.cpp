// Derivations of the roofline lens: what the operators move, compute and take. MODEL.md §2.2 to
// §2.4.
#include <algorithm>

#include "crossover/cost.h"
#include "explain_parts.h"

namespace crossover {

Derivation Explainer::count(const Operator& op) const {
  if (op.passes == 1) return leaf("count", op.count, "1", model_source("layers"));
  return node(Op::product, "count", "1", "per_step",
              {leaf("of a pass", op.count / op.passes, "1", model_source("layers")),
               leaf("passes", op.passes, "1", "definition")});
}

/// Inputs, outputs and copies of the matrix that an operator multiplies by.
std::vector<Derivation> Explainer::matrix(const Operator& op) const {
  List factors{number("K", op.weights / op.outputs), number("N", op.outputs)};
  if (op.experts > 0) factors.push_back(experts_touched(op));
  return factors;
}
/// E·(1 − (1 − k/E)^tokens): distinct experts that the step's tokens visit.
Derivation Explainer::experts_touched(const Operator& op) const {
  const double tokens = scenario_.batch * op.tokens_per_sequence;
  const Derivation missed = node(Op::power, "missed by all", "1", "experts_touched",
                                 {node(Op::one_minus, "missed by one", "1", "experts_touched",
                                       {number("k/E", op.active_share)})},
                                 tokens);
  return node(
      Op::product, "experts touched", "1", "experts_touched",
      {number("E", op.experts), node(Op::one_minus, "touched", "1", "experts_touched", {missed})});
}
Derivation Explainer::tokens_of(const Operator& op) const {
  return node(Op::product, "tokens", "token", "tokens",
              {batch(), leaf("T", op.tokens_per_sequence, "token", "scenario")});
}

/// 2·K·N FLOP a token for a matrix; 4·h·d_h a pair of tokens for attention.
Derivation Explainer::op_flop(const Operator& op) const {
  const Derivation two = leaf("2", 2, "FLOP", "definition");
  List parts;
  if (op.flop_per_token > Flop{}) {
    List factors{number("FLOP per token", op.flop_per_token.in(flop), "FLOP")};
    if (op.kind == OperatorKind::gemm) {
      factors = {two, number("K", op.weights / op.outputs), number("N", op.outputs)};
      if (op.experts > 0) factors.push_back(number("k", op.experts * op.active_share));
    }
    factors.push_back(tokens_of(op));
    parts.push_back(node(Op::product, "FLOP of tokens", "FLOP", "linear_flop", factors));
  }
  if (op.flop_per_sequence > Flop{}) {
    const double all = op.flop_per_sequence.in(flop);
    List factors{number("FLOP per sequence", all, "FLOP")};
    const bool scores = op.kind == OperatorKind::attention && scenario_.model->transformer();
    if (scores && !scenario_.model->mla) {
      const double heads = scenario_.model->heads / plan_.devices;
      const double head_dim = scenario_.model->head_dim;
      factors = {leaf("4", 4, "FLOP", "definition"), number("h", heads), number("d_h", head_dim),
                 leaf("pairs of tokens", all / (4 * heads * head_dim), "1", "scenario")};
    }
    factors.push_back(batch());
    parts.push_back(node(Op::product, "FLOP of sequences", "FLOP", "attention_flop", factors));
  }
  return node(Op::sum, "FLOP", "FLOP", "operator_flop", parts);
}

/// Tokens that read the weights once each: those of one expert in a mixture.
Derivation Explainer::rows_read(const Operator& op, const OperatorTerms& terms) const {
  return op.experts > 0 ? leaf("tokens an expert", terms.tokens, "token", "scenario")
                        : tokens_of(op);
}

/// The weights as stored; `once_per_token` where each token reads them again.
Derivation Explainer::packed(const Operator& op, const OperatorTerms* once_per_token) const {
  List bits = matrix(op);
  bits.push_back(
      leaf("bits", op.weight_bytes.in(bytes)*8 / op.weights, "bit", scheme_source("weight_bits")));
  if (once_per_token != nullptr) bits.push_back(rows_read(op, *once_per_token));
  return node(Op::quotient, "weights", "B", "stored_bytes",
              {node(Op::product, "stored", "bit", "stored_bits", bits), eight_bits()});
}

Derivation Explainer::wide(const Operator& op, double times) const {
  List factors = matrix(op);
  factors.push_back(
      leaf(times == 1 ? "16 bit" : "16 bit, written and read", 2 * times, "B", "definition"));
  return node(Op::product, "16-bit weights", "B", "dequantized_copy", factors);
}
Derivation Explainer::activations(const Operator& op) const {
  return node(Op::product, "activations", "B", "activation_traffic",
              {number("per token", op.activation_per_token.in(bytes), "B"), tokens_of(op)});
}

/// The cache that a step reads and writes: elements a token, tokens, bits; copied by some runtimes.
Derivation Explainer::kv_moved(const Operator& op) const {
  const Model& model = *scenario_.model;
  const double all = op.kv_per_sequence.in(bytes);
  List factors;
  double elements = 0;
  if (model.mla) {
    elements = model.mla->kv_lora_rank + model.mla->qk_rope_head_dim;
    factors = {number("latent", elements)};
  } else if (model.transformer() && op.kind == OperatorKind::attention) {
    const double kv_heads = std::max(model.kv_heads / plan_.devices, 1.0);
    elements = 2 * kv_heads * model.head_dim;
    factors = {leaf("2", 2, "1", "definition"), number("h_kv", kv_heads),
               number("d_h", model.head_dim)};
  }
  if (elements <= 0) {  // a state, or the whole model as one operator
    return node(Op::product, "KV", "B", "kv_traffic",
                {number("KV per sequence", all, "B"), batch()});
  }
  const double copies = plan_.runtime.kv_copy_factor;
  factors.push_back(leaf("tokens read and written", all * 8 / (elements * scheme_.kv_bits * copies),
                         "token", "scenario"));
  factors.push_back(leaf("KV bits", scheme_.kv_bits, "bit", scheme_source("kv_bits")));
  if (copies != 1) factors.push_back(runtime_value("κ_kv", copies, "1", "kv_copy_factor"));
  factors.push_back(batch());
  return node(Op::quotient, "KV", "B", "kv_traffic",
              {node(Op::product, "KV bits", "bit", "kv_traffic", factors), eight_bits()});
}

/// Bytes by kind; those of a matrix go back to its elements and their stored bits.
Derivation Explainer::op_bytes(const Operator& op) const {
  const OperatorTerms t = terms_of(op, plan_, scenario_.batch);
  List kinds;
  if (op.kind == OperatorKind::gemm) {
    const KernelPath path = op.kernel->segment(t.tokens).path;
    kinds.push_back(packed(op, path == KernelPath::reread ? &t : nullptr));
    if (path == KernelPath::dequantize) kinds.push_back(wide(op, 2));
  } else {
    if (op.weight_bytes > Bytes{})
      kinds.push_back(number("weights", op.weight_bytes.in(bytes), "B"));
    if (op.weight_bytes_per_token > Bytes{}) {
      kinds.push_back(
          node(Op::product, "rows read", "B", "embedding_rows",
               {number("row", op.weight_bytes_per_token.in(bytes), "B"), tokens_of(op)}));
    }
  }
  if (op.kv_per_sequence > Bytes{}) kinds.push_back(kv_moved(op));
  if (op.activation_per_token > Bytes{} && op.kind != OperatorKind::all_reduce)
    kinds.push_back(activations(op));
  return node(Op::sum, "bytes", "B", "bytes_by_kind", kinds);
}

Derivation Explainer::achieved_bandwidth(double fraction, const Operator& op) const {
  List factors{bandwidth(),
               runtime_value("η_mem", plan_.runtime.memory_efficiency, "1", "memory_efficiency")};
  if (fraction != 1)
    factors.push_back(leaf("kernel share", fraction, "1", kernel_source(op, "bandwidth_fraction")));
  return node(Op::product, "BW achieved", "B/s", "achieved_bandwidth", factors);
}
Derivation Explainer::achieved_rate(const Operator& op) const {
  List factors{rate_of(op.format), runtime_value("η_comp", plan_.runtime.compute_efficiency, "1",
                                                 "compute_efficiency")};
  if (plan_.matmul_share != 1) {
    factors.push_back(
        leaf("device share", plan_.matmul_share, "1", hardware_source("matmul_fp16_flop_per_s")));
  }
  return node(Op::product, "F achieved", "FLOP/s", "achieved_rate", factors);
}

/// One execution: the terms of MODEL.md §2.3, each as bytes over bandwidth, FLOP over rate or
/// weights over unpack rate.
Derivation Explainer::execution(const Operator& op) const {
  const OperatorTerms t = terms_of(op, plan_, scenario_.batch);
  if (op.kind == OperatorKind::all_reduce) return all_reduce(t);
  if (op.kind != OperatorKind::gemm) {
    List terms{
        node(Op::quotient, "t_mem", "s", "memory_time", {op_bytes(op), achieved_bandwidth(1, op)})};
    if (t.flop > Flop{}) {
      terms.push_back(
          node(Op::quotient, "t_comp", "s", "compute_time", {op_flop(op), achieved_rate(op)}));
    }
    return node(Op::max, "t", "s", "roofline", terms);
  }
  return gemm(op, t);
}

Derivation Explainer::all_reduce(const OperatorTerms& terms) const {
  const Bytes sent = terms.memory * (plan_.link * plan_.runtime.link_efficiency);
  const char* link = scenario_.hardware->device_link ? "device_link" : "host_link";
  const Derivation achieved =
      node(Op::product, "link achieved", "B/s", "achieved_link",
           {leaf("link", plan_.link.in(bytes_per_second), "B/s", hardware_source(link)),
            runtime_value("η_link", plan_.runtime.link_efficiency, "1", "link_efficiency")});
  return node(
      Op::sum, "t", "s", "all_reduce",
      {runtime_value("link latency", plan_.runtime.link_latency.in(seconds), "s", "link_latency_s"),
       node(Op::quotient, "t_link", "s", "link_time",
            {number("bytes sent", sent.in(bytes), "B"), achieved})});
}

/// What the SMs do in a second of some unit: SM count · clock · a rate per clock and SM.
Derivation Explainer::sm_rate(const Operator& op, const OperatorTerms& t, std::string_view symbol,
                              double per_clock, std::string_view unit) const {
  List factors{
      leaf("SM", plan_.sm_count, "1", hardware_source("sm_count")),
      leaf("clock", plan_.sm_clocks_per_s / plan_.sm_count, "1/s", hardware_source("clock_hz")),
      leaf(symbol, per_clock, unit, kernel_source(op, "segments"))};
  if (t.vector_half2 != 1)
    factors.push_back(
        leaf("packed FP16", t.vector_half2, "1", hardware_source("compute_capability")));
  const std::string each = unit == "1" ? "1/s" : std::string(unit) + "/s";
  return node(Op::product, "SM rate", each, "sm_rate", factors);
}

Derivation Explainer::compute_time(const Operator& op, const OperatorTerms& t,
                                   const KernelSegment& segment) const {
  const bool vector = segment.path == KernelPath::vector;
  List work{leaf("2", 2, "FLOP", "definition"),
            leaf("M", vector ? t.tokens : t.rows, "token", "scenario")};
  for (Derivation& factor : matrix(op)) work.push_back(std::move(factor));
  if (vector) {
    return node(Op::quotient, "t_vec", "s", "vector_time",
                {node(Op::product, "FLOP", "FLOP", "linear_flop", work),
                 sm_rate(op, t, "v", segment.vector_flop_per_clock_sm, "FLOP")});
  }
  if (t.waves != 1) work.push_back(leaf("waves", t.waves, "1", kernel_source(op, "segments")));
  const double share = plan_.compute_share(*op.kernel, segment, op.format);
  List rate{achieved_rate(op)};
  if (share != 1) rate.push_back(leaf("kernel share", share, "1", kernel_source(op, "segments")));
  return node(Op::quotient, "t_comp", "s", "compute_time",
              {node(Op::product, "FLOP, padded", "FLOP", "linear_flop", work),
               node(Op::product, "F of the kernel", "FLOP/s", "achieved_rate", rate)});
}

Derivation Explainer::unpack_time(const Operator& op, const OperatorTerms& t,
                                  const KernelSegment& segment) const {
  List work = matrix(op);
  const std::string constants = kernel_source(op, "segments");
  if (t.tiles != 1) work.push_back(leaf("tiles", t.tiles, "1", constants));
  if (t.waves != 1) work.push_back(leaf("waves", t.waves, "1", constants));
  if (segment.path == KernelPath::reread) work.push_back(rows_read(op, t));
  const double grouped = segment.dequant_grouped_weights_per_clock_sm;
  const double r = plan_.grouped && grouped > 0 ? grouped : segment.dequant_weights_per_clock_sm;
  return node(Op::quotient, "t_dq", "s", "dequantization_time",
              {node(Op::product, "weights unpacked", "1", "dequantization_time", work),
               sm_rate(op, t, "r", r)});
}

Derivation Explainer::gemm(const Operator& op, const OperatorTerms& t) const {
  const KernelSegment& segment = op.kernel->segment(t.tokens);
  const bool unpacks_first = segment.path == KernelPath::dequantize;
  List arithmetic;
  if (t.compute > Time{}) arithmetic.push_back(compute_time(op, t, segment));
  if (t.dequant > Time{}) arithmetic.push_back(unpack_time(op, t, segment));
  const Derivation moved =
      unpacks_first ? node(Op::sum, "bytes", "B", "bytes_by_kind", {wide(op, 1), activations(op)})
                    : op_bytes(op);
  const double share = unpacks_first ? 1 : segment.bandwidth_fraction;
  List terms{
      node(Op::quotient, "t_mem", "s", "memory_time", {moved, achieved_bandwidth(share, op)})};
  if (!arithmetic.empty())
    terms.push_back(node(Op::sum, "t_arith", "s", "arithmetic_time", arithmetic));
  Derivation multiply =
      node(t.softness > 0 ? Op::pnorm : Op::max, "t", "s", "kernel_path", terms, t.softness);
  if (!unpacks_first) return multiply;
  List pass{node(Op::quotient, "t_unpack_mem", "s", "memory_time",
                 {node(Op::sum, "packed and 16-bit", "B", "dequantized_copy",
                       {packed(op, nullptr), wide(op, 1)}),
                  achieved_bandwidth(segment.bandwidth_fraction, op)})};
  if (t.unpack_alu > Time{}) pass.push_back(unpack_time(op, t, segment));
  return node(
      Op::sum, "t", "s", "kernel_path",
      {node(Op::pnorm, "t_unpack", "s", "dequantize_path", pass, unpack_softness), multiply});
}

Derivation Explainer::overhead(const List& operators) const {
  const RuntimeConstants& r = plan_.runtime;
  double launches = 0, quantized = 0;
  for (const Operator& op : plan_.operators) {
    launches += terms_of(op, plan_, scenario_.batch).launches * op.count;
    if (op.quantized) quantized += op.count;
  }
  const auto times = [&](std::string_view symbol, double number_of, const char* counted, Time each,
                         const char* field) {
    return node(Op::product, symbol, "s", "overhead",
                {leaf(counted, number_of, "1", model_source("layers")),
                 runtime_value("τ", each.in(seconds), "s", field)});
  };
  List parts{times("launches", launches, "GEMMs", r.gemm_launch, "gemm_launch_s"),
             node(Op::product, "sequences", "s", "overhead",
                  {batch(), runtime_value("τ", r.sequence.in(seconds), "s", "sequence_s")}),
             runtime_value("τ_step", r.step.in(seconds), "s", "step_s")};
  if (!r.eager) {
    parts.push_back(times("layers", plan_.layers, "L", r.layer, "layer_s"));
    parts.push_back(
        times("quantized linears", quantized, "linears", r.quantized_linear, "quantized_linear_s"));
  } else {
    const Derivation host =
        node(Op::sum, "host", "s", "host_time",
             {times("host layers", plan_.layers, "L", r.host_layer, "host_layer_s"),
              times("host quantized linears", quantized, "linears", r.host_quantized_linear,
                    "host_quantized_linear_s")});
    const Derivation device = node(Op::sum, "device", "s", "device_time", operators);
    parts.push_back(node(Op::max, "host beyond device", "s", "eager",
                         {leaf("0", 0, "s", "definition"),
                          node(Op::difference, "host − device", "s", "eager", {host, device})}));
  }
  return node(Op::sum, "overhead", "s", "overhead", parts);
}

Derivation Explainer::step() const {
  List parts;
  for (const Operator& op : plan_.operators) {
    parts.push_back(node(Op::product, op.name, "s", "operator_time", {count(op), execution(op)}));
  }
  parts.push_back(overhead(parts));
  return node(Op::sum, "step_s", "s", "step", parts);
}

Derivation Explainer::flop_of_step() const {
  List parts;
  for (const Operator& op : plan_.operators) {
    if (op.flop_per_token <= Flop{} && op.flop_per_sequence <= Flop{}) continue;
    parts.push_back(node(Op::product, op.name, "FLOP", "per_step", {count(op), op_flop(op)}));
  }
  return node(Op::sum, "flop", "FLOP", "step_flop", parts);
}

Derivation Explainer::traffic() const {
  List parts;
  for (const Operator& op : plan_.operators) {
    if (op.kind == OperatorKind::all_reduce) continue;  // crosses the link, not the memory
    parts.push_back(node(Op::product, op.name, "B", "per_step", {count(op), op_bytes(op)}));
  }
  return node(Op::sum, "traffic_bytes", "B", "step_traffic", parts);
}

}  // namespace crossover
