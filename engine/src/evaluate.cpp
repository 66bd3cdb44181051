#include "crossover/evaluate.h"

#include <cmath>

#include "crossover/json_record.h"

namespace crossover {
namespace {

constexpr std::array<std::string_view, 4> phase_names{"decode", "prefill", "train", "gemm"};

/// A ratio, or null where it has no meaning.
std::optional<double> ratio(double over, double under) {
  if (under > 0) return over / under;
  return std::nullopt;
}

/// The operators of a plan, those of one name (chunks of a prefill) added up.
Json operators_json(const Plan& plan, double batch) {
  struct Row {
    const Operator* op;
    OperatorCost cost;
    double count;
  };
  std::vector<Row> rows;
  for (const Operator& op : plan.operators) {
    const OperatorCost cost = cost_of(op, plan, batch);
    Row* same = nullptr;
    for (Row& row : rows) {
      if (row.op->name == op.name) same = &row;
    }
    if (same == nullptr) {
      rows.push_back({&op, cost, op.count});
      continue;
    }
    if (cost.time > same->cost.time) same->cost.bound = cost.bound;
    same->count += op.count;
    same->cost.flop += cost.flop;
    same->cost.weights += cost.weights;
    same->cost.kv += cost.kv;
    same->cost.activations += cost.activations;
    same->cost.time += cost.time;
    same->cost.launch += cost.launch;
  }
  Json list = Json::array();
  for (const Row& row : rows) {
    const OperatorCost& c = row.cost;
    const std::string_view kernel =
        row.op->kind == OperatorKind::gemm ? std::string_view(row.op->kernel->id) : "roofline";
    append(list, {{"activation_bytes", c.activations.in(bytes)},
                  {"bound", name_of(c.bound)},
                  {"count", row.count},
                  {"flop", c.flop.in(flop)},
                  {"flop_per_s", ratio(c.flop.in(flop), c.time.in(seconds))},
                  {"format", name_of(row.op->format)},
                  {"intensity", ratio(c.flop.in(flop), c.bytes().in(bytes))},
                  {"kernel", kernel},
                  {"kv_bytes", c.kv.in(bytes)},
                  {"launch_s", c.launch.in(seconds)},
                  {"name", row.op->name},
                  {"time_s", c.time.in(seconds)},
                  {"weight_bytes", c.weights.in(bytes)}});
  }
  return list;
}

/// `value` of every bound's time.
template <class Value>
Json by_bound(const StepCost& cost, Value value) {
  Json result = Json::object();
  for (std::size_t i = 0; i < bound_count; ++i) {
    result[std::string(bound_names[i])] = value(cost.by_bound[i]);
  }
  return result;
}

bool memory_has_larger_share(const StepCost& cost) {
  const auto share = [&](Bound b) { return cost.by_bound[index_of(b)]; };
  return share(Bound::weights) + share(Bound::kv) + share(Bound::activations) >
         share(Bound::compute) + share(Bound::dequant);
}

void add_capacity(Json& result, const RooflineScenario& scenario, const Plan& plan) {
  std::optional<double> tokens_per_s, max_batch;
  // Nothing known grows with the batch: no largest one.
  if (scenario.phase != Phase::gemm && plan.footprint.bounded()) {
    max_batch = plan.footprint.max_batch();
    if (const auto point = at_capacity(plan)) tokens_per_s = point->tokens.in(per_second);
  }
  set(result, {{"capacity_tokens_per_s", tokens_per_s}, {"max_batch", max_batch}});
}

void add_energy_and_cost(Json& result, const RooflineScenario& scenario, const Plan& plan,
                         Time step) {
  const double tokens = scenario.batch * plan.tokens_per_sequence;
  std::optional<double> joules_of_step, joules_of_token, hourly, dollars_of_million;
  Json price_source;
  if (const auto energy = energy_of(scenario, step)) {
    joules_of_step = energy->in(joules);
    joules_of_token = energy->in(joules) / tokens;
  }
  if (const auto price = device_hour_price(scenario)) {
    constexpr double million = 1e6;
    const Money cost = *price * step * plan.devices;
    hourly = price->in(dollars_per_hour);
    price_source = scenario.price ? "scenario" : "list_price_amortized";
    dollars_of_million = cost.in(dollars) / tokens * million;
  }
  set(result, {{"cost_usd_per_million_tokens", dollars_of_million},
               {"energy_j", joules_of_step},
               {"energy_j_per_token", joules_of_token},
               {"price_source", std::move(price_source)},
               {"price_usd_per_hour", hourly}});
}

}  // namespace

Result<Comparison> compare(const RooflineScenario& scenario) {
  auto scheme = lower(scenario, Side::scheme);
  if (!scheme) return tl::unexpected(scheme.error());
  auto baseline = lower(scenario, Side::baseline);
  if (!baseline) return tl::unexpected(baseline.error());
  return Comparison{std::move(*scheme), std::move(*baseline)};
}

std::optional<CapacityPoint> at_capacity(const Plan& plan) {
  const double batch = plan.footprint.max_batch();
  if (batch < 1) return std::nullopt;
  const Time step = cost_of(plan, batch).step;
  return CapacityPoint{batch, step, throughput(plan, batch, step)};
}

std::optional<Energy> energy_of(const RooflineScenario& scenario, Time step) {
  const std::optional<Power> power = scenario.power ? scenario.power : scenario.hardware->tdp;
  if (!power) return std::nullopt;
  return *power * step * scenario.devices;
}

std::optional<MoneyRate> device_hour_price(const RooflineScenario& scenario) {
  if (scenario.price) return scenario.price;
  if (!scenario.hardware->price) return std::nullopt;
  return dollars_per_hour(scenario.hardware->price->in(dollars) /
                          (scenario.amortization_years * hours_per_year));
}

std::optional<Error> refuse_work(const Plan& plan, double passes, double values,
                                 std::string_view path) {
  constexpr double most = 5e7;  // a second or so
  const double work = passes * values * static_cast<double>(plan.operators.size());
  if (work <= most) return std::nullopt;
  return Error{ErrorCode::too_large,
               "asks for " + number_text(work) +
                   " operators (values x schemes x operators of a step); at most " +
                   number_text(most) + ": ask for fewer values, fewer schemes or larger chunks",
               std::string(path)};
}

Result<Json> evaluate(const RooflineScenario& scenario) {
  const auto comparison = compare(scenario);
  if (!comparison) return tl::unexpected(comparison.error());
  const Plan& plan = comparison->scheme;
  const double batch = scenario.batch;
  const StepCost cost = cost_of(plan, batch);
  const StepCost baseline = cost_of(comparison->baseline, batch);
  const Footprint& memory = plan.footprint;

  Json result = record({
      {"activation_bytes",
       ((memory.activations_per_sequence + memory.saved_per_sequence) * batch).in(bytes)},
      {"assumptions", plan.assumptions},
      {"bandwidth_bytes_per_s", plan.bandwidth.in(bytes_per_second)},
      {"baseline_fits", comparison->baseline.footprint.fits(batch)},
      {"baseline_regime", name_of(baseline.regime)},
      {"baseline_step_s", baseline.step.in(seconds)},
      {"batch", batch},
      {"bound_s", by_bound(cost, [](Time time) { return time.in(seconds); })},
      {"bound_share", by_bound(cost, [&](Time time) { return time / cost.step; })},
      {"capacity_bytes", memory.capacity.in(bytes)},
      {"compute_format", name_of(plan.compute.format)},
      {"fallback", plan.compute.fallback.empty() ? Json(nullptr) : Json(plan.compute.fallback)},
      {"fits", memory.fits(batch)},
      {"flop", cost.flop.in(flop)},
      {"intensity", ratio(cost.flop.in(flop), cost.traffic.in(bytes))},
      {"kv_bytes", (memory.kv_per_sequence * batch).in(bytes)},
      {"lens", "roofline"},
      {"mbu", cost.traffic / (plan.bandwidth * cost.step)},
      {"memory_bound", memory_has_larger_share(cost)},
      {"mfu", cost.flop / (plan.compute.peak * cost.step)},
      {"operators", operators_json(plan, batch)},
      {"peak_flop_per_s", plan.compute.peak.in(flop_per_second)},
      {"phase", phase_names[static_cast<std::size_t>(scenario.phase)]},
      {"regime", name_of(cost.regime)},
      {"reserve_bytes", memory.reserve.in(bytes)},
      {"ridge", (plan.compute.peak / plan.bandwidth).in(flop_per_byte)},
      {"speedup", baseline.step / cost.step},
      {"step_s", cost.step.in(seconds)},
      {"tokens_per_s", throughput(plan, batch, cost.step).in(per_second)},
      {"total_bytes", memory.total(batch).in(bytes)},
      {"traffic_bytes", cost.traffic.in(bytes)},
      {"training_bytes", memory.training.in(bytes)},
      {"usable_bytes", memory.usable.in(bytes)},
      {"weight_bytes", memory.weights.in(bytes)},
  });
  add_capacity(result, scenario, plan);
  add_energy_and_cost(result, scenario, plan, cost.step);
  return result;
}

}  // namespace crossover
