#include "crossover/explain.h"

#include <array>

#include "crossover/evaluate.h"
#include "crossover/scenario_json.h"
#include "crossover/tutorial_explain.h"
#include "explain_parts.h"

namespace crossover {
namespace {

constexpr std::array<std::string_view, 22> quantities{"step_s",
                                                      "baseline_step_s",
                                                      "speedup",
                                                      "tokens_per_s",
                                                      "weight_bytes",
                                                      "kv_bytes",
                                                      "activation_bytes",
                                                      "training_bytes",
                                                      "total_bytes",
                                                      "usable_bytes",
                                                      "traffic_bytes",
                                                      "flop",
                                                      "intensity",
                                                      "ridge",
                                                      "mfu",
                                                      "mbu",
                                                      "max_batch",
                                                      "capacity_tokens_per_s",
                                                      "energy_j",
                                                      "energy_j_per_token",
                                                      "price_usd_per_hour",
                                                      "cost_usd_per_million_tokens"};

/// Throughput at the largest batch that fits, as the derivation of a scenario of that batch.
Derivation capacity_tokens(Catalog& catalog, RooflineScenario scenario, const Plan& plan) {
  scenario.batch = plan.footprint.max_batch();
  const Explainer full(catalog, scenario, plan, scenario.scheme, "max_batch");
  return node(Op::quotient, "capacity_tokens_per_s", "token/s", "throughput",
              {full.tokens(), full.step()});
}

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

  if (q == "weight_bytes") return side.weight_bytes();
  if (q == "kv_bytes") return side.kv_bytes();
  if (q == "activation_bytes") return side.activation_bytes();
  if (q == "training_bytes") return side.training_bytes();
  if (q == "total_bytes") return side.total_bytes();
  if (q == "usable_bytes") return side.usable_bytes();
  if (q == "ridge")
    return node(Op::quotient, q, "FLOP/B", "ridge", {side.peak(), side.bandwidth()});
  if (q == "price_usd_per_hour" && device_hour_price(scenario)) return side.price();
  if (q == "price_usd_per_hour")
    return missing("neither the scenario nor the device states a price");
  const Plan& plan = comparison->scheme;
  if (q == "max_batch" || q == "capacity_tokens_per_s") {
    if (scenario.phase == Phase::gemm) return missing("a single GEMM has no sequences to fit");
    if (!plan.footprint.bounded()) return missing("nothing known grows with the batch");
    if (q == "max_batch") return side.max_batch();
    if (plan.footprint.max_batch() < 1) return missing("not even one sequence fits");
  }
  // The rest is about a step, operator by operator: two sides of so many are a megabyte of JSON.
  constexpr std::size_t most_operators = 200;
  if (const std::size_t found = plan.operators.size(); found > most_operators) {
    return fail(ErrorCode::too_large,
                "the step has " + std::to_string(found) + " operators; at most " +
                    std::to_string(most_operators) + " are written out: ask for larger chunks",
                "chunk");
  }

  if (q == "step_s") return side.step();
  if (q == "baseline_step_s") return base.step();
  if (q == "speedup") return node(Op::quotient, q, "1", "speedup", {base.step(), side.step()});
  if (q == "tokens_per_s")
    return node(Op::quotient, q, "token/s", "throughput", {side.tokens(), side.step()});
  if (q == "traffic_bytes") return side.traffic();
  if (q == "flop") return side.flop_of_step();
  if (q == "intensity")
    return node(Op::quotient, q, "FLOP/B", "intensity", {side.flop_of_step(), side.traffic()});
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
  if (q == "capacity_tokens_per_s") return capacity_tokens(catalog, scenario, plan);
  if (q == "energy_j" || q == "energy_j_per_token") {
    if (!energy_of(scenario, seconds(1)))
      return missing("neither the scenario nor the device states a power");
    const Derivation energy =
        node(Op::product, "energy_j", "J", "energy", {side.power(), side.devices(), side.step()});
    if (q == "energy_j") return energy;
    return node(Op::quotient, q, "J", "energy", {energy, side.tokens()});
  }
  if (q == "cost_usd_per_million_tokens") {
    if (!device_hour_price(scenario))
      return missing("neither the scenario nor the device states a price");
    const Derivation step_hours = node(Op::quotient, "t", "h", "hours",
                                       {side.step(), leaf("s per h", 3600, "s/h", "definition")});
    const Derivation step_cost = node(Op::product, "cost of the step", "USD", "cost",
                                      {side.price(), side.devices(), step_hours});
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
