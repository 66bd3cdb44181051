#include "crossover/sensitivity.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "crossover/evaluate.h"
#include "crossover/json_record.h"

namespace crossover {
namespace {

/// A change of one property by a factor, on a lowered plan: what it depends on is not lowered
/// again, so that no rounding of tokens or tiles hides the slope.
struct Parameter {
  std::string_view name;
  void (*scale)(Plan& plan, double factor);
};

void scale_overheads(Plan& plan, double f) {
  RuntimeConstants& r = plan.runtime;
  for (Time* time : {&r.gemm_launch, &r.layer, &r.quantized_linear, &r.sequence, &r.step,
                     &r.host_layer, &r.host_quantized_linear}) {
    *time = *time * f;
  }
}

/// The weights at the scheme's bits; where nothing is quantized, all of them are.
void scale_weight_bits(Plan& plan, double f) {
  const bool quantized = std::any_of(plan.operators.begin(), plan.operators.end(),
                                     [](const Operator& op) { return op.quantized; });
  for (Operator& op : plan.operators) {
    const bool whole_model = op.name == "step" || op.name == "forward";
    const bool scaled = quantized ? op.quantized : op.kind == OperatorKind::gemm || whole_model;
    if (scaled) op.weight_bytes = op.weight_bytes * f;
  }
  plan.footprint.weights += plan.footprint.weights_at_scheme_bits * (f - 1);
}

constexpr std::array<Parameter, 6> parameters{{
    {"bandwidth", [](Plan& plan, double f) { plan.bandwidth = plan.bandwidth * f; }},
    {"peak",
     [](Plan& plan, double f) {
       for (FlopRate& rate : plan.rate) rate = rate * f;
       plan.sm_clocks_per_s *= f;
     }},
    {"weight_bits", scale_weight_bits},
    {"kv_bits",
     [](Plan& plan, double f) {
       for (Operator& op : plan.operators) op.kv_per_sequence = op.kv_per_sequence * f;
       plan.footprint.kv_per_sequence = plan.footprint.kv_per_sequence * f;
     }},
    {"overhead", scale_overheads},
    {"link", [](Plan& plan, double f) { plan.link = plan.link * f; }},
}};

constexpr double relative_step = 1e-5;  // of the central difference, in the logarithm

/// The batch that the memory holds as a continuous quantity: whole sequences would hide the slope.
std::optional<double> held_batch(const Plan& plan) {
  const Footprint& f = plan.footprint;
  const Bytes free = f.usable - f.weights - f.training - f.reserve;
  if (free <= f.per_sequence() || !f.bounded()) return std::nullopt;
  return free / f.per_sequence();
}

std::optional<double> batch_log(const Plan& plan) {
  const auto batch = held_batch(plan);
  return batch ? std::optional(std::log(*batch)) : std::nullopt;
}

std::optional<double> capacity_log(const Plan& plan) {
  const auto batch = held_batch(plan);
  if (!batch) return std::nullopt;
  const Time step = cost_of(plan, *batch).step;
  return std::log(throughput(plan, *batch, step).in(per_second));
}

template <class Value>
std::optional<double> slope(const Plan& plan, void (*scale)(Plan&, double), Value value) {
  Plan up = plan, down = plan;
  scale(up, std::exp(relative_step));
  scale(down, std::exp(-relative_step));
  const std::optional<double> high = value(up), low = value(down);
  if (!high || !low) return std::nullopt;
  return (*high - *low) / (2 * relative_step);
}

Json optional_json(std::optional<double> value) { return value ? Json(*value) : Json(nullptr); }

void scale_capacity(Plan& plan, double f) {
  plan.footprint.capacity = plan.footprint.capacity * f;
  plan.footprint.usable = plan.footprint.usable * f;
}

}  // namespace

Result<Json> sensitivity(const RooflineScenario& scenario) {
  const auto plan = lower(scenario, Side::scheme);
  if (!plan) return tl::unexpected(plan.error());
  const double batch = scenario.batch;
  const auto step_log = [&](const Plan& p) -> std::optional<double> {
    return std::log(cost_of(p, batch).step.in(seconds));
  };
  // A single GEMM has no sequences, and so no largest batch.
  const auto slope_at_capacity = [&](void (*scale)(Plan&, double), auto value) {
    return optional_json(scenario.phase == Phase::gemm ? std::nullopt : slope(*plan, scale, value));
  };
  Json list = Json::array();
  for (const Parameter& parameter : parameters) {
    if (parameter.name == "link" && plan->devices == 1) continue;
    append(list, {{"parameter", parameter.name},
                  {"elasticity", optional_json(slope(*plan, parameter.scale, step_log))},
                  {"capacity_elasticity", slope_at_capacity(parameter.scale, capacity_log)}});
  }
  append(list, {{"parameter", "capacity"},
                {"elasticity", slope_at_capacity(scale_capacity, batch_log)},
                {"capacity_elasticity", slope_at_capacity(scale_capacity, capacity_log)}});
  return list;
}

}  // namespace crossover
