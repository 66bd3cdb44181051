#include "crossover/evaluate.h"

#include <cmath>

#include "crossover/json_record.h"

namespace crossover {
namespace {

constexpr std::array<std::string_view, 4> phase_names{"decode", "prefill", "train", "gemm"};
constexpr double hours_per_year = 8766;  // 365.25 days

/// A ratio, or null where it has no meaning.
Json ratio(double over, double under) { return under > 0 ? Json(over / under) : Json(nullptr); }

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
    append(list, {{"name", row.op->name},
                  {"count", row.count},
                  {"flop", c.flop.in(flop)},
                  {"weight_bytes", c.weights.in(bytes)},
                  {"kv_bytes", c.kv.in(bytes)},
                  {"activation_bytes", c.activations.in(bytes)},
                  {"intensity", ratio(c.flop.in(flop), c.bytes().in(bytes))},
                  {"format", name_of(row.op->format)},
                  {"kernel", row.op->kind == OperatorKind::gemm ? row.op->kernel->id
                                                                : std::string("roofline")},
                  {"time_s", c.time.in(seconds)},
                  {"flop_per_s", ratio(c.flop.in(flop), c.time.in(seconds))},
                  {"launch_s", c.launch.in(seconds)},
                  {"bound", name_of(c.bound)}});
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
  result["max_batch"] = nullptr;
  result["capacity_tokens_per_s"] = nullptr;
  if (scenario.phase == Phase::gemm) return;
  // Nothing known grows with the batch: no largest one.
  if (!plan.footprint.bounded()) return;
  result["max_batch"] = plan.footprint.max_batch();
  if (const auto point = at_capacity(plan))
    result["capacity_tokens_per_s"] = point->tokens.in(per_second);
}

void add_energy_and_cost(Json& result, const RooflineScenario& scenario, const Plan& plan,
                         Time step) {
  const double tokens = scenario.batch * plan.tokens_per_sequence;
  result["energy_j"] = nullptr;
  result["energy_j_per_token"] = nullptr;
  if (const auto energy = energy_of(scenario, step)) {
    result["energy_j"] = energy->in(joules);
    result["energy_j_per_token"] = energy->in(joules) / tokens;
  }
  result["price_usd_per_hour"] = nullptr;
  result["price_source"] = nullptr;
  result["cost_usd_per_million_tokens"] = nullptr;
  if (const auto price = device_hour_price(scenario)) {
    constexpr double million = 1e6;
    const Money cost = *price * step * plan.devices;
    result["price_usd_per_hour"] = price->in(dollars_per_hour);
    result["price_source"] = scenario.price ? "scenario" : "list_price_amortized";
    result["cost_usd_per_million_tokens"] = cost.in(dollars) / tokens * million;
  }
}

}  // namespace

Result<Comparison> compare(const RooflineScenario& scenario) {
  auto scheme = lower(scenario, Side::scheme);
  if (!scheme) return tl::unexpected(scheme.error());
  auto baseline = lower(scenario, Side::baseline);
  if (!baseline) return tl::unexpected(baseline.error());
  return Comparison{std::move(*scheme), std::move(*baseline)};
}

double speedup(const Comparison& comparison, double batch) {
  return cost_of(comparison.baseline, batch).step / cost_of(comparison.scheme, batch).step;
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
      {"lens", "roofline"},
      {"phase", phase_names[static_cast<std::size_t>(scenario.phase)]},
      {"batch", batch},
      {"step_s", cost.step.in(seconds)},
      {"baseline_step_s", baseline.step.in(seconds)},
      {"speedup", baseline.step / cost.step},
      {"regime", name_of(cost.regime)},
      {"baseline_regime", name_of(baseline.regime)},
      {"memory_bound", memory_has_larger_share(cost)},
      {"fits", memory.fits(batch)},
      {"baseline_fits", comparison->baseline.footprint.fits(batch)},
      {"weight_bytes", memory.weights.in(bytes)},
      {"kv_bytes", (memory.kv_per_sequence * batch).in(bytes)},
      {"activation_bytes",
       ((memory.activations_per_sequence + memory.saved_per_sequence) * batch).in(bytes)},
      {"training_bytes", memory.training.in(bytes)},
      {"reserve_bytes", memory.reserve.in(bytes)},
      {"total_bytes", memory.total(batch).in(bytes)},
      {"capacity_bytes", memory.capacity.in(bytes)},
      {"usable_bytes", memory.usable.in(bytes)},
      {"traffic_bytes", cost.traffic.in(bytes)},
      {"flop", cost.flop.in(flop)},
      {"intensity", ratio(cost.flop.in(flop), cost.traffic.in(bytes))},
      {"peak_flop_per_s", plan.compute.peak.in(flop_per_second)},
      {"bandwidth_bytes_per_s", plan.bandwidth.in(bytes_per_second)},
      {"ridge", (plan.compute.peak / plan.bandwidth).in(flop_per_byte)},
      {"mfu", cost.flop / (plan.compute.peak * cost.step)},
      {"mbu", cost.traffic / (plan.bandwidth * cost.step)},
      {"tokens_per_s", throughput(plan, batch, cost.step).in(per_second)},
      {"bound_s", by_bound(cost, [](Time time) { return time.in(seconds); })},
      {"bound_share", by_bound(cost, [&](Time time) { return time / cost.step; })},
      {"operators", operators_json(plan, batch)},
      {"compute_format", name_of(plan.compute.format)},
      {"fallback", plan.compute.fallback.empty() ? Json(nullptr) : Json(plan.compute.fallback)},
      {"assumptions", plan.assumptions},
  });
  add_capacity(result, scenario, plan);
  add_energy_and_cost(result, scenario, plan, cost.step);
  return result;
}

}  // namespace crossover
