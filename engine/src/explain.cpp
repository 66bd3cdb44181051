#include "crossover/explain.h"

#include <array>
#include <cmath>

#include "crossover/evaluate.h"
#include "crossover/scenario_json.h"
#include "crossover/tutorial_explain.h"

namespace crossover {
namespace {

using List = std::vector<Derivation>;

Derivation eight_bits() { return leaf("8", 8, "bit/B", "definition"); }

/// The source id that a spec's record gives for one of its fields.
std::string source_of(Catalog& catalog, const std::string& id, const char* field) {
  const auto entry = catalog.describe(id);
  if (!entry) return "scenario";
  const Json record = Json::parse((*entry)->json);
  if (record.contains("value_sources") && record["value_sources"].contains(field)) {
    return record["value_sources"][field].get<std::string>();
  }
  return record.value("source", (*entry)->added ? "user" : "definition");
}

/// Derives the numbers of one side (scheme or baseline) of a scenario.
class Explainer {
 public:
  Explainer(Catalog& catalog, const RooflineScenario& scenario, const Plan& plan,
            const Scheme& scheme)
      : catalog_(catalog), scenario_(scenario), plan_(plan), scheme_(scheme) {}

  Derivation step() const {
    List parts;
    for (const Operator& op : plan_.operators) {
      parts.push_back(node(Op::product, std::string(op.name), "s", "operator_time",
                           {count(op), execution(op)}));
    }
    parts.push_back(overhead(parts));
    return node(Op::sum, "step_s", "s", "step", parts);
  }

  Derivation flop_of_step() const {
    return over_operators("flop", "FLOP", "step_flop",
                          [&](const Operator& op) { return op_flop(op); });
  }
  Derivation traffic() const {
    return over_operators("traffic_bytes", "B", "step_traffic",
                          [&](const Operator& op) { return op_bytes(op); });
  }
  Derivation tokens() const {
    return node(Op::product, "new tokens", "token", "tokens",
                {batch(), leaf("T", plan_.tokens_per_sequence, "token", "scenario")});
  }
  Derivation peak() const {
    const double factor = scenario_.peak_factor;
    const std::string format(name_of(plan_.compute.format));
    const Derivation rated = leaf("F_" + format, (plan_.compute.peak / factor).in(flop_per_second),
                                  "FLOP/s", source("peak_flop_per_s"));
    if (factor == 1) return rated;
    return node(Op::product, "F", "FLOP/s", "what_if_peak",
                {rated, leaf("factor", factor, "1", "scenario")});
  }
  Derivation bandwidth() const {
    return leaf("BW", plan_.bandwidth.in(bytes_per_second), "B/s",
                scenario_.bandwidth ? "scenario" : source("memory_bandwidth_bytes_per_s"));
  }
  Derivation weight_bytes() const {
    if (scenario_.phase == Phase::gemm) {
      return leaf("weight_bytes", plan_.footprint.weights.in(bytes), "B", "scenario");
    }
    const Model& model = *scenario_.model;
    const bool lumped = scenario_.lowering == Lowering::lumped;
    const std::string from = model_source("parameters");
    const auto part = [&](std::string symbol, double elements, double bits) {
      return node(Op::quotient, symbol + "_bytes", "B", "stored_bytes",
                  {node(Op::product, symbol + "_bits", "bit", "stored_bits",
                        {leaf("P_" + symbol, elements, "1", from),
                         leaf("bits", bits, "bit", scheme_source())}),
                   eight_bits()});
    };
    const double full = scheme_.quantized() || scheme_.weight_bits < 32 ? 16 : 32;
    const double stored = scheme_.quantized() ? scheme_.stored_bits() : full;
    List parts;
    const ParameterCount count = count_parameters(model);
    if (lumped || (!model.transformer() && !model.ssm)) {
      parts.push_back(part("all", model.parameters, stored));
    } else {
      const double head = scheme_.quantize_head ? stored : full;
      parts.push_back(part("linear", count.attention + count.mlp, stored));
      parts.push_back(part("embedding_and_head", count.embedding + count.head, head));
      parts.push_back(part("other", count.other, full));
    }
    Derivation sum = node(Op::sum, "W", "B", "weights", parts);
    if (plan_.devices == 1) return sum;
    return node(Op::quotient, "weight_bytes", "B", "sharded", {sum, devices()});
  }
  Derivation kv_bytes() const {
    return node(Op::product, "kv_bytes", "B", "kv_cache",
                {leaf("KV per sequence", plan_.footprint.kv_per_sequence.in(bytes), "B",
                      model_source("layers")),
                 batch()});
  }
  Derivation total_bytes() const {
    const Footprint& f = plan_.footprint;
    List parts{
        weight_bytes(), kv_bytes(),
        node(Op::product, "activation_bytes", "B", "activation_memory",
             {leaf("activations per sequence",
                   (f.activations_per_sequence + f.saved_per_sequence).in(bytes), "B", "estimate"),
              batch()})};
    if (f.training > Bytes{})
      parts.push_back(leaf("training_bytes", f.training.in(bytes), "B", "definition"));
    if (f.reserve > Bytes{})
      parts.push_back(leaf("reserve_bytes", f.reserve.in(bytes), "B", "scenario"));
    return node(Op::sum, "total_bytes", "B", "memory", parts);
  }
  Derivation max_batch() const {
    const Footprint& f = plan_.footprint;
    const Derivation usable =
        node(Op::product, "usable", "B", "usable_memory",
             {leaf("capacity", f.capacity.in(bytes), "B", source("memory_capacity_bytes")),
              leaf("u", scenario_.memory_utilization, "1", "scenario")});
    List fixed{weight_bytes()};
    if (f.training > Bytes{})
      fixed.push_back(leaf("training_bytes", f.training.in(bytes), "B", "definition"));
    if (f.reserve > Bytes{})
      fixed.push_back(leaf("reserve_bytes", f.reserve.in(bytes), "B", "scenario"));
    const Derivation free = node(Op::difference, "free", "B", "free_memory",
                                 {usable, node(Op::sum, "fixed", "B", "memory", fixed)});
    const Derivation each =
        leaf("bytes per sequence", f.per_sequence().in(bytes), "B", model_source("layers"));
    const Derivation whole =
        node(Op::floor, "whole sequences", "1", "max_batch",
             {node(Op::quotient, "sequences", "1", "max_batch", {free, each})});
    return node(Op::max, "max_batch", "1", "max_batch", {whole, leaf("0", 0, "1", "definition")});
  }
  Derivation power() const {
    const double each =
        scenario_.power ? scenario_.power->in(watts) : scenario_.hardware->tdp->in(watts);
    return leaf("P", each, "W", scenario_.power ? "scenario" : source("tdp_w"));
  }
  Derivation devices() const { return leaf("n", plan_.devices, "1", "scenario"); }
  Derivation price() const {
    if (scenario_.price)
      return leaf("price", scenario_.price->in(dollars_per_hour), "USD/h", "scenario");
    return node(
        Op::quotient, "price", "USD/h", "amortized_price",
        {leaf("list price", scenario_.hardware->price->in(dollars), "USD", source("price_usd")),
         leaf("hours of use",
              scenario_.hardware->price->in(dollars) /
                  device_hour_price(scenario_)->in(dollars_per_hour),
              "h", "scenario")});
  }

 private:
  Derivation batch() const { return leaf("B", scenario_.batch, "1", "scenario"); }
  Derivation count(const Operator& op) const {
    return leaf("count", op.count, "1", model_source("layers"));
  }
  std::string source(const char* field) const {
    return source_of(catalog_, scenario_.hardware->id, field);
  }
  std::string model_source(const char* field) const {
    return scenario_.model == nullptr ? "scenario"
                                      : source_of(catalog_, scenario_.model->id, field);
  }
  std::string scheme_source() const { return source_of(catalog_, scheme_.id, "weight_bits"); }
  std::string kernel_source(const Operator& op, const char* field) const {
    return source_of(catalog_, op.kernel->id, field);
  }
  Derivation runtime_value(std::string_view symbol, double value, std::string_view unit,
                           const char* field) const {
    return leaf(symbol, value, unit, source_of(catalog_, plan_.runtime.id, field));
  }

  template <class Part>
  Derivation over_operators(std::string_view symbol, std::string_view unit,
                            std::string_view formula, Part part) const {
    List parts;
    for (const Operator& op : plan_.operators) {
      parts.push_back(
          node(Op::product, std::string(op.name), unit, "per_step", {count(op), part(op)}));
    }
    return node(Op::sum, symbol, unit, formula, parts);
  }

  Derivation number(std::string_view symbol, double value, std::string_view unit = "1") const {
    return leaf(symbol, value, unit, model_source("hidden_dim"));
  }
  Derivation two() const { return leaf("2", 2, "FLOP", "definition"); }
  /// Inputs, outputs and copies of the matrix that an operator multiplies by.
  List matrix(const Operator& op) const {
    List factors{number("K", op.weights / op.outputs), number("N", op.outputs)};
    if (op.experts > 0) factors.push_back(experts_touched(op));
    return factors;
  }
  /// E·(1 − (1 − k/E)^tokens): distinct experts that the step's tokens visit.
  Derivation experts_touched(const Operator& op) const {
    const double tokens = scenario_.batch * op.tokens_per_sequence;
    const Derivation missed = node(Op::power, "missed by all", "1", "experts_touched",
                                   {node(Op::one_minus, "missed by one", "1", "experts_touched",
                                         {number("k/E", op.active_share)})},
                                   tokens);
    return node(Op::product, "experts touched", "1", "experts_touched",
                {number("E", op.experts),
                 node(Op::one_minus, "touched", "1", "experts_touched", {missed})});
  }
  Derivation tokens_of(const Operator& op) const {
    return node(Op::product, "tokens", "token", "tokens",
                {batch(), leaf("T", op.tokens_per_sequence, "token", "scenario")});
  }

  Derivation op_flop(const Operator& op) const {
    List parts;
    if (op.flop_per_token > Flop{}) {
      parts.push_back(
          node(Op::product, "FLOP of tokens", "FLOP", "linear_flop",
               {number("FLOP per token", op.flop_per_token.in(flop), "FLOP"), tokens_of(op)}));
    }
    if (op.flop_per_sequence > Flop{}) {
      parts.push_back(
          node(Op::product, "FLOP of sequences", "FLOP", "attention_flop",
               {number("FLOP per sequence", op.flop_per_sequence.in(flop), "FLOP"), batch()}));
    }
    return node(Op::sum, "FLOP", "FLOP", "operator_flop", parts);
  }

  Derivation packed(const Operator& op, bool once_per_token) const {
    List bits = matrix(op);
    bits.push_back(leaf("bits", op.weight_bytes.in(bytes)*8 / op.weights, "bit", scheme_source()));
    if (once_per_token) bits.push_back(tokens_of(op));
    return node(Op::quotient, "weights", "B", "stored_bytes",
                {node(Op::product, "stored", "bit", "stored_bits", bits), eight_bits()});
  }
  Derivation wide(const Operator& op, double times) const {
    List factors = matrix(op);
    factors.push_back(
        leaf(times == 1 ? "16 bit" : "16 bit, written and read", 2 * times, "B", "definition"));
    return node(Op::product, "16-bit weights", "B", "dequantized_copy", factors);
  }
  Derivation activations(const Operator& op) const {
    return node(Op::product, "activations", "B", "activation_traffic",
                {number("per token", op.activation_per_token.in(bytes), "B"), tokens_of(op)});
  }

  /// Bytes by kind; those of a matrix go back to its elements and their stored bits.
  Derivation op_bytes(const Operator& op) const {
    const OperatorTerms t = terms_of(op, plan_, scenario_.batch);
    List kinds;
    if (op.kind == OperatorKind::gemm) {
      const KernelPath path = op.kernel->segment(t.tokens).path;
      kinds.push_back(packed(op, path == KernelPath::reread));
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
    if (op.kv_per_sequence > Bytes{}) {
      kinds.push_back(
          node(Op::product, "KV", "B", "kv_traffic",
               {number("KV per sequence", op.kv_per_sequence.in(bytes), "B"), batch()}));
    }
    if (op.activation_per_token > Bytes{} && op.kind != OperatorKind::all_reduce)
      kinds.push_back(activations(op));
    return node(Op::sum, "bytes", "B", "bytes_by_kind", kinds);
  }

  Derivation achieved_bandwidth(double fraction, const Operator& op) const {
    List factors{bandwidth(),
                 runtime_value("η_mem", plan_.runtime.memory_efficiency, "1", "memory_efficiency")};
    if (fraction != 1)
      factors.push_back(
          leaf("kernel share", fraction, "1", kernel_source(op, "bandwidth_fraction")));
    return node(Op::product, "BW achieved", "B/s", "achieved_bandwidth", factors);
  }
  Derivation achieved_rate(const Operator& op) const {
    const std::string format(name_of(op.format));
    List factors{
        leaf("F_" + format, plan_.rate[index_of(op.format)].in(flop_per_second), "FLOP/s",
             source("peak_flop_per_s")),
        runtime_value("η_comp", plan_.runtime.compute_efficiency, "1", "compute_efficiency")};
    return node(Op::product, "F achieved", "FLOP/s", "achieved_rate", factors);
  }

  /// One execution: the terms of MODEL.md §2.3, each as bytes over bandwidth, FLOP over rate or
  /// weights over unpack rate.
  Derivation execution(const Operator& op) const {
    const OperatorTerms t = terms_of(op, plan_, scenario_.batch);
    if (op.kind == OperatorKind::all_reduce) {
      return node(
          Op::sum, "t", "s", "all_reduce",
          {runtime_value("link latency", plan_.runtime.link_latency.in(seconds), "s",
                         "link_latency_s"),
           node(Op::quotient, "t_link", "s", "link_time",
                {leaf("bytes sent",
                      (t.memory * (plan_.link * plan_.runtime.link_efficiency)).in(bytes), "B",
                      model_source("hidden_dim")),
                 node(Op::product, "link achieved", "B/s", "achieved_link",
                      {leaf("link", plan_.link.in(bytes_per_second), "B/s", source("device_link")),
                       runtime_value("η_link", plan_.runtime.link_efficiency, "1",
                                     "link_efficiency")})})});
    }
    if (op.kind != OperatorKind::gemm) {
      List terms{node(Op::quotient, "t_mem", "s", "memory_time",
                      {op_bytes(op), achieved_bandwidth(1, op)})};
      if (t.flop > Flop{}) {
        terms.push_back(
            node(Op::quotient, "t_comp", "s", "compute_time", {op_flop(op), achieved_rate(op)}));
      }
      return node(Op::max, "t", "s", "roofline", terms);
    }
    return gemm(op, t);
  }

  /// What the SMs do in a second of some unit: SM count · clock · a rate per clock and SM.
  Derivation sm_rate(const Operator& op, const OperatorTerms& t, std::string_view symbol,
                     double per_clock) const {
    List factors{leaf("SM", plan_.sm_count, "1", source("sm_count")),
                 leaf("clock", plan_.sm_clocks_per_s / plan_.sm_count, "1/s", source("clock_hz")),
                 leaf(symbol, per_clock, "1", kernel_source(op, "segments"))};
    if (t.vector_half2 != 1)
      factors.push_back(leaf("packed FP16", t.vector_half2, "1", source("compute_capability")));
    return node(Op::product, "SM rate", "1/s", "sm_rate", factors);
  }

  Derivation compute_time(const Operator& op, const OperatorTerms& t,
                          const KernelSegment& segment) const {
    const bool vector = segment.path == KernelPath::vector;
    List work{two(), leaf("M", vector ? t.tokens : t.rows, "token", "scenario")};
    for (Derivation& factor : matrix(op)) work.push_back(std::move(factor));
    if (vector) {
      return node(Op::quotient, "t_vec", "s", "vector_time",
                  {node(Op::product, "FLOP", "FLOP", "linear_flop", work),
                   sm_rate(op, t, "v", segment.vector_flop_per_clock_sm)});
    }
    if (t.waves != 1) work.push_back(leaf("waves", t.waves, "1", kernel_source(op, "segments")));
    const double share =
        segment.compute_fraction * (plan_.hopper ? op.kernel->hopper_compute_fraction : 1);
    List rate{achieved_rate(op)};
    if (share != 1) rate.push_back(leaf("kernel share", share, "1", kernel_source(op, "segments")));
    return node(Op::quotient, "t_comp", "s", "compute_time",
                {node(Op::product, "FLOP, padded", "FLOP", "linear_flop", work),
                 node(Op::product, "F of the kernel", "FLOP/s", "achieved_rate", rate)});
  }

  Derivation unpack_time(const Operator& op, const OperatorTerms& t,
                         const KernelSegment& segment) const {
    List work = matrix(op);
    const std::string constants = kernel_source(op, "segments");
    if (t.tiles != 1) work.push_back(leaf("tiles", t.tiles, "1", constants));
    if (t.waves != 1) work.push_back(leaf("waves", t.waves, "1", constants));
    if (segment.path == KernelPath::reread) work.push_back(tokens_of(op));
    const double grouped = segment.dequant_grouped_weights_per_clock_sm;
    const double r = plan_.grouped && grouped > 0 ? grouped : segment.dequant_weights_per_clock_sm;
    return node(Op::quotient, "t_dq", "s", "dequantization_time",
                {node(Op::product, "weights unpacked", "1", "dequantization_time", work),
                 sm_rate(op, t, "r", r)});
  }

  Derivation gemm(const Operator& op, const OperatorTerms& t) const {
    const KernelSegment& segment = op.kernel->segment(t.tokens);
    const bool unpacks_first = segment.path == KernelPath::dequantize;
    List arithmetic;
    if (t.compute > Time{}) arithmetic.push_back(compute_time(op, t, segment));
    if (t.dequant > Time{}) arithmetic.push_back(unpack_time(op, t, segment));
    const Derivation moved =
        unpacks_first ? node(Op::sum, "bytes", "B", "bytes_by_kind", {wide(op, 1), activations(op)})
                      : op_bytes(op);
    const double share = unpacks_first ? 1 : segment.bandwidth_fraction;
    const Derivation multiply = node(
        Op::pnorm, "t", "s", "kernel_path",
        {node(Op::quotient, "t_mem", "s", "memory_time", {moved, achieved_bandwidth(share, op)}),
         node(Op::sum, "t_arith", "s", "arithmetic_time", arithmetic)},
        t.softness);
    if (!unpacks_first) return multiply;
    List pass{node(Op::quotient, "t_unpack_mem", "s", "memory_time",
                   {node(Op::sum, "packed and 16-bit", "B", "dequantized_copy",
                         {packed(op, false), wide(op, 1)}),
                    achieved_bandwidth(segment.bandwidth_fraction, op)})};
    if (t.unpack_alu > Time{}) pass.push_back(unpack_time(op, t, segment));
    return node(
        Op::sum, "t", "s", "kernel_path",
        {node(Op::pnorm, "t_unpack", "s", "dequantize_path", pass, unpack_softness), multiply});
  }

  Derivation overhead(const List& operators) const {
    const Runtime& r = plan_.runtime;
    double launches = 0, quantized = 0;
    for (const Operator& op : plan_.operators) {
      launches += terms_of(op, plan_, scenario_.batch).launches * op.count;
      if (op.quantized) quantized += op.count;
    }
    const auto times = [&](std::string_view symbol, double count, const char* counted, Time each,
                           const char* field) {
      return node(Op::product, symbol, "s", "overhead",
                  {leaf(counted, count, "1", model_source("layers")),
                   runtime_value("τ", each.in(seconds), "s", field)});
    };
    List parts{times("launches", launches, "GEMMs", r.gemm_launch, "gemm_launch_s"),
               times("sequences", scenario_.batch, "B", r.sequence, "sequence_s"),
               runtime_value("τ_step", r.step.in(seconds), "s", "step_s")};
    if (!r.eager) {
      parts.push_back(times("layers", plan_.layers, "L", r.layer, "layer_s"));
      parts.push_back(times("quantized linears", quantized, "linears", r.quantized_linear,
                            "quantized_linear_s"));
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

  Catalog& catalog_;
  const RooflineScenario& scenario_;
  const Plan& plan_;
  const Scheme& scheme_;
};

constexpr std::array<std::string_view, 16> quantities{
    "step_s",       "baseline_step_s", "speedup",     "tokens_per_s",
    "weight_bytes", "kv_bytes",        "total_bytes", "traffic_bytes",
    "flop",         "intensity",       "ridge",       "mfu",
    "mbu",          "max_batch",       "energy_j",    "cost_usd_per_million_tokens"};

}  // namespace

Result<Derivation> explain(Catalog& catalog, const RooflineScenario& scenario,
                           std::string_view quantity) {
  const auto comparison = compare(scenario);
  if (!comparison) return tl::unexpected(comparison.error());
  const Explainer side(catalog, scenario, comparison->scheme, scenario.scheme);
  const Explainer base(catalog, scenario, comparison->baseline, scenario.baseline);
  const auto missing = [&](const char* why) {
    return fail(ErrorCode::unsupported, why, "quantity");
  };
  const std::string_view q = quantity;

  if (q == "step_s") return side.step();
  if (q == "baseline_step_s") return base.step();
  if (q == "speedup") return node(Op::quotient, q, "1", "speedup", {base.step(), side.step()});
  if (q == "tokens_per_s")
    return node(Op::quotient, q, "token/s", "throughput", {side.tokens(), side.step()});
  if (q == "weight_bytes") return side.weight_bytes();
  if (q == "kv_bytes") return side.kv_bytes();
  if (q == "total_bytes") return side.total_bytes();
  if (q == "traffic_bytes") return side.traffic();
  if (q == "flop") return side.flop_of_step();
  if (q == "intensity")
    return node(Op::quotient, q, "FLOP/B", "intensity", {side.flop_of_step(), side.traffic()});
  if (q == "ridge")
    return node(Op::quotient, q, "FLOP/B", "ridge", {side.peak(), side.bandwidth()});
  if (q == "mfu") {
    return node(Op::quotient, q, "1", "mfu",
                {side.flop_of_step(),
                 node(Op::product, "FLOP possible", "FLOP", "mfu", {side.peak(), side.step()})});
  }
  if (q == "mbu") {
    return node(Op::quotient, q, "1", "mbu",
                {side.traffic(),
                 node(Op::product, "bytes possible", "B", "mbu", {side.bandwidth(), side.step()})});
  }
  if (q == "max_batch") {
    if (scenario.phase == Phase::gemm) return missing("a single GEMM has no sequences to fit");
    return side.max_batch();
  }
  if (q == "energy_j") {
    if (!energy_of(scenario, seconds(1)))
      return missing("neither the scenario nor the device states a power");
    return node(Op::product, q, "J", "energy", {side.power(), side.devices(), side.step()});
  }
  if (q == "cost_usd_per_million_tokens") {
    if (!device_hour_price(scenario))
      return missing("neither the scenario nor the device states a price");
    const Derivation hours = node(Op::quotient, "t", "h", "hours",
                                  {side.step(), leaf("s per h", 3600, "s/h", "definition")});
    const Derivation step_cost =
        node(Op::product, "cost of the step", "USD", "cost", {side.price(), side.devices(), hours});
    return node(Op::product, q, "USD", "cost",
                {node(Op::quotient, "cost of a token", "USD", "cost", {step_cost, side.tokens()}),
                 leaf("10^6", 1e6, "token", "definition")});
  }
  const std::vector<std::string> known(quantities.begin(), quantities.end());
  return fail(ErrorCode::unknown_id, not_among("number with a derivation", quantity, known),
              "quantity");
}

Result<Json> explain(Catalog& catalog, const Json& scenario, const std::string& quantity) {
  if (scenario.is_object() && scenario.value("lens", Json()) == "tutorial") {
    return explain_tutorial(catalog, scenario, quantity);
  }
  const auto read = read_roofline(catalog, scenario, "scenario");
  if (!read) return tl::unexpected(read.error());
  const auto tree = explain(catalog, *read, quantity);
  if (!tree) return tl::unexpected(tree.error());
  return tree->json();
}

}  // namespace crossover
