// Derivations of the tutorial lens: MODEL.md §1, formula by formula. The scenario has been
// evaluated before, so its fields are known to be valid here.
#include "crossover/tutorial_explain.h"

#include <algorithm>
#include <cmath>

#include "crossover/derivation.h"
#include "crossover/tutorial.h"
#include "crossover/tutorial_json.h"

namespace crossover {
namespace {

using List = std::vector<Derivation>;

Derivation given(std::string_view symbol, double value, std::string_view unit = "1") {
  return leaf(symbol, value, unit, "scenario");
}
Derivation defined(std::string_view symbol, double value, std::string_view unit = "1") {
  return leaf(symbol, value, unit, "definition");
}
/// A figure of the reference model's own records and heuristics.
Derivation reference(std::string_view symbol, double value, std::string_view unit = "1") {
  return leaf(symbol, value, unit, "mlsysim-catalog");
}

/// The symbols of one scenario, each with its value, unit and source.
class Symbols {
 public:
  Symbols(const Json& scenario, const TutorialModel& model, const TutorialHardware& hardware,
          const Calibration& calibration)
      : scenario_(scenario), model_(model), hardware_(hardware), calibration_(calibration) {
    precision_ = *format_named(scenario.value("precision", "fp16"));
  }

  Derivation batch() const { return given("B", scenario_.value("batch", 1.0)); }
  Derivation context() const { return given("S", scenario_.value("context", 2048.0), "token"); }
  Derivation new_tokens() const {
    return node(
        Op::max, "S_new", "token", "new_tokens",
        {given("1", 1, "token"),
         node(Op::difference, "S − prefix", "token", "new_tokens",
              {context(), given("prefix", scenario_.value("cached_prefix", 0.0), "token")})});
  }
  Derivation layers() const { return reference("L", model_.layers.value_or(1)); }
  Derivation weights() const {
    if (!model_.parameters) return reference("W", weights_of(model_, 0).in(bytes), "B");
    return node(Op::product, "W", "B", "weights",
                {reference("P", *model_.parameters), bytes_per_element()});
  }
  Derivation bytes_per_element() const { return defined("b_p", bits_of(precision_) / 8, "B"); }
  Derivation kv() const {
    List factors;
    if (model_.kv_lora_rank) {
      factors = {layers(),
                 node(Op::sum, "latent", "1", "kv_mla",
                      {reference("kv_lora_rank", *model_.kv_lora_rank),
                       reference("qk_rope_head_dim", model_.qk_rope_head_dim.value_or(0))})};
    } else {
      factors = {defined("2", 2), layers(),
                 reference("h_kv", model_.kv_heads.value_or(*model_.heads)), head_dim()};
    }
    for (Derivation factor : {context(), batch(), bytes_per_element()})
      factors.push_back(std::move(factor));
    return node(Op::product, "KV", "B", "kv", factors);
  }
  Derivation head_dim() const {
    return node(Op::floor, "d_h", "1", "head_dim",
                {node(Op::quotient, "d/h", "1", "head_dim",
                      {reference("d", *model_.hidden_dim), reference("h", *model_.heads)})});
  }
  Derivation total() const { return node(Op::sum, "total_bytes", "B", "total", {weights(), kv()}); }
  Derivation memory_bandwidth() const {
    return reference("BW", hardware_.memory_bandwidth.in(bytes_per_second), "B/s");
  }
  Derivation layer_overhead() const {
    const bool given_here = scenario_.contains("layer_overhead_s");
    const double tau = given_here ? scenario_["layer_overhead_s"].get<double>()
                                  : calibration_.layer_overhead.in(seconds);
    return node(Op::product, "L·τ_layer", "s", "layer_overhead",
                {layers(), leaf("τ_layer", tau, "s", given_here ? "scenario" : "mlsysim-catalog")});
  }
  Derivation itl() const {
    List bandwidth{memory_bandwidth()};
    if (calibration_.decode_bandwidth != 1) {
      bandwidth.push_back(
          leaf("decode share", calibration_.decode_bandwidth, "1", "crossover-fit"));
    }
    return node(Op::sum, "itl_s", "s", "itl",
                {node(Op::quotient, "t_mem", "s", "itl",
                      {total(), node(Op::product, "BW achieved", "B/s", "itl", bandwidth)}),
                 layer_overhead()});
  }
  Derivation achieved_rate() const {
    return node(Op::product, "F_p·η", "FLOP/s", "achieved_rate", {peak(), efficiency()});
  }
  Derivation peak() const {
    const TutorialPeak peak = peak_of(hardware_, precision_);
    return reference(peak.fallback ? "F_fp16" : "F_" + std::string(name_of(precision_)),
                     peak.rate.in(flop_per_second), "FLOP/s");
  }
  Derivation efficiency() const { return given("η", scenario_.value("efficiency", 0.5)); }
  Derivation dispatch() const {
    return reference("τ_dispatch", hardware_.dispatch.in(seconds), "s");
  }
  Derivation ttft() const {
    const Derivation linear =
        node(Op::product, "linear FLOP", "FLOP", "ttft",
             {defined("2", 2, "FLOP"), reference("P", *model_.parameters), new_tokens(), batch()});
    const Derivation attention =
        node(Op::product, "attention FLOP", "FLOP", "ttft",
             {defined("4", 4, "FLOP"), layers(), reference("h", *model_.heads), head_dim(),
              new_tokens(), context(), batch()});
    return node(
        Op::sum, "ttft_s", "s", "ttft",
        {node(Op::quotient, "t_comp", "s", "ttft",
              {node(Op::sum, "FLOP", "FLOP", "ttft", {linear, attention}), achieved_rate()}),
         dispatch()});
  }

  Derivation work() const {
    return node(Op::product, "B·ops", "FLOP", "ops",
                {batch(), reference("ops", flop_of(model_).in(flop), "FLOP")});
  }
  Derivation traffic() const {
    return node(
        Op::sum, "traffic", "B", "step_traffic",
        {weights(), node(Op::product, "activations", "B", "step_traffic",
                         {reference("activation share", tutorial_constants::activation_share),
                          weights(), batch()})});
  }
  static Derivation path_bandwidth(const Json& result) {
    return reference("BW (" + result["path"].get<std::string>() + ")",
                     result["peak_bw_actual"].get<double>(), "B/s");
  }
  Derivation compute_time() const {
    return node(Op::quotient, "compute_s", "s", "compute", {work(), achieved_rate()});
  }
  Derivation memory_time(const Json& result) const {
    return node(Op::quotient, "memory_s", "s", "memory", {traffic(), path_bandwidth(result)});
  }
  Derivation overhead() const {
    return node(Op::sum, "overhead_s", "s", "overhead", {dispatch(), layer_overhead()});
  }
  Derivation latency(const Json& result) const {
    return node(
        Op::sum, "latency_s", "s", "latency",
        {node(Op::max, "the slower of both", "s", "latency", {compute_time(), memory_time(result)}),
         overhead()});
  }
  Derivation mfu(const Json& result) const {
    return node(Op::min, "mfu", "1", "mfu",
                {defined("1", 1), node(Op::quotient, "FLOP done / possible", "1", "mfu",
                                       {work(), node(Op::product, "FLOP possible", "FLOP", "mfu",
                                                     {latency(result), peak()})})});
  }
  Derivation energy(const Json& result) const {
    const Power tdp = hardware_.tdp.value_or(Power{});
    const Derivation share = node(
        Op::sum, "share of TDP", "1", "energy",
        {reference("idle", tutorial_constants::idle_power_share),
         node(Op::product, "dynamic", "1", "energy",
              {reference("dynamic share", tutorial_constants::dynamic_power_share), mfu(result)})});
    return node(Op::product, "energy_j", "J", "energy",
                {reference("TDP", tdp.in(watts), "W"), share, latency(result)});
  }

 private:
  const Json& scenario_;
  const TutorialModel& model_;
  const TutorialHardware& hardware_;
  const Calibration& calibration_;
  Format precision_;
};

std::optional<Derivation> serving(const Symbols& s, const std::string& q) {
  if (q == "weight_bytes") return s.weights();
  if (q == "kv_bytes") return s.kv();
  if (q == "total_bytes") return s.total();
  if (q == "itl_s") return s.itl();
  if (q == "ttft_s") return s.ttft();
  return std::nullopt;
}

std::optional<Derivation> step_of(const Symbols& s, const Json& result, const std::string& q) {
  if (q == "footprint_bytes") return s.weights();
  if (q == "compute_s") return s.compute_time();
  if (q == "memory_s") return s.memory_time(result);
  if (q == "overhead_s") return s.overhead();
  if (q == "latency_s") return s.latency(result);
  if (q == "throughput")
    return node(Op::quotient, q, "1/s", "throughput", {s.batch(), s.latency(result)});
  if (q == "intensity")
    return node(Op::quotient, q, "FLOP/B", "intensity", {s.work(), s.traffic()});
  if (q == "ridge")
    return node(Op::quotient, q, "FLOP/B", "ridge", {s.peak(), s.path_bandwidth(result)});
  if (q == "ridge_at_efficiency")
    return node(Op::quotient, q, "FLOP/B", "ridge", {s.achieved_rate(), s.path_bandwidth(result)});
  if (q == "mfu") return s.mfu(result);
  if (q == "energy_j") return s.energy(result);
  return std::nullopt;
}

std::optional<Derivation> compression(const Json& scenario, const Json& result,
                                      const TutorialModel& model, const std::string& q) {
  const double fp32_bytes = tutorial_constants::compression_baseline_bits / 8;
  const Derivation original =
      model.parameters ? node(Op::product, "original", "B", "compression",
                              {reference("P", *model.parameters), defined("FP32", fp32_bytes, "B")})
                       : reference("original", result["original_bytes"].get<double>(), "B");
  const bool pruning = scenario["method"] == "pruning";
  const Derivation kept = pruning ? node(Op::one_minus, "kept", "1", "pruning",
                                         {given("s", scenario.value("sparsity", 0.0))})
                                  : given("bits", scenario.value("bits", 16.0), "bit");
  const bool everything = pruning && kept.value() <= 0;
  const Derivation ratio =
      everything
          ? reference("ratio", tutorial_constants::ratio_of_everything_pruned)
          : node(Op::quotient, "ratio", "1", "compression",
                 {pruning ? defined("1", 1)
                          : defined("32", tutorial_constants::compression_baseline_bits, "bit"),
                  kept});
  if (q == "original_bytes") return original;
  if (q == "ratio") return ratio;
  if (q == "compressed_bytes") return node(Op::quotient, q, "B", "compression", {original, ratio});
  if (q == "savings_pct") {
    return node(Op::product, q, "%", "savings",
                {defined("100", 100, "%"),
                 node(Op::one_minus, "saved", "1", "savings",
                      {node(Op::quotient, "1/ratio", "1", "savings", {defined("1", 1), ratio})})});
  }
  if (q == "delta" || q == "speedup") return reference(q, result[q].get<double>());
  return std::nullopt;
}

/// A null counts as absent, as the scenario's reader has it.
Json without_nulls(Json scenario) {
  for (auto field = scenario.begin(); field != scenario.end();) {
    field = field->is_null() ? scenario.erase(field) : std::next(field);
  }
  return scenario;
}

}  // namespace

Result<Json> explain_tutorial(Catalog& catalog, const Json& given_scenario,
                              const std::string& quantity) {
  const Json scenario = without_nulls(given_scenario);
  const auto result = evaluate_tutorial(catalog, scenario);
  if (!result) return tl::unexpected(result.error());
  const std::string question = scenario["question"];
  std::optional<Derivation> tree;
  if (question == "regime") {
    if (quantity == "intensity")
      tree = given("intensity", (*result)["intensity"].get<double>(), "FLOP/B");
    if (quantity == "ridge") tree = given("ridge", (*result)["ridge"].get<double>(), "FLOP/B");
  } else {
    const auto model = tutorial_model(catalog, scenario["model"].get<std::string>(), "model");
    if (!model) return tl::unexpected(model.error());
    if (question == "compression") {
      tree = compression(scenario, *result, **model, quantity);
    } else {
      const auto hardware =
          tutorial_hardware(catalog, scenario["hardware"].get<std::string>(), "hardware");
      if (!hardware) return tl::unexpected(hardware.error());
      const auto calibration =
          catalog.calibration(scenario.value("calibration", std::string(default_calibration)));
      if (!calibration) return tl::unexpected(calibration.error());
      const Symbols symbols(scenario, **model, **hardware, **calibration);
      tree =
          question == "serving" ? serving(symbols, quantity) : step_of(symbols, *result, quantity);
    }
  }
  if (tree) return tree->json();
  std::vector<std::string> known;
  for (const auto& [key, value] : result->items()) {
    if (value.is_number() && key != quantity) known.push_back(key);
  }
  return fail(ErrorCode::unknown_id, not_among("number with a derivation", quantity, known),
              "quantity");
}

}  // namespace crossover
