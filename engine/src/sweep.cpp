#include "crossover/sweep.h"

#include <array>
#include <cmath>

#include "crossover/evaluate.h"
#include "crossover/scenario_json.h"

namespace crossover {
namespace {

enum class Axis { batch, context, prompt, weight_bits, kv_bits, bandwidth, peak, devices, m };
constexpr std::array<std::string_view, 9> axis_names{
    "batch", "context", "prompt", "weight_bits", "kv_bits", "bandwidth", "peak", "devices", "m"};
constexpr double most_values = 65536;

bool whole_valued(Axis axis) {
  return axis == Axis::batch || axis == Axis::context || axis == Axis::prompt ||
         axis == Axis::devices || axis == Axis::m;
}

Range allowed(Axis axis) {
  switch (axis) {
    case Axis::weight_bits:
    case Axis::kv_bits:
      return {1, 32};
    case Axis::bandwidth:
    case Axis::peak:
      return {1e-3, 1e3};
    case Axis::devices:
      return {1, 8};
    case Axis::context:
    case Axis::prompt:
    case Axis::batch:
    case Axis::m:
      return {1, 1e9};
  }
  return {1, 1};
}

/// The scenario with another value on the axis. Bits are the scheme's: the baseline keeps its own.
RooflineScenario moved(const RooflineScenario& scenario, Axis axis, double value) {
  RooflineScenario s = scenario;
  switch (axis) {
    case Axis::batch:
    case Axis::m:
      s.batch = value;
      break;
    case Axis::context:
      s.context = value;
      break;
    case Axis::prompt:
      s.prompt = value;
      break;
    case Axis::weight_bits:
      s.scheme.weight_bits = value;
      break;
    case Axis::kv_bits:
      s.scheme.kv_bits = value;
      break;
    case Axis::bandwidth:
      s.bandwidth = s.bandwidth.value_or(s.hardware->memory_bandwidth) * value;
      break;
    case Axis::peak:
      s.peak_factor *= value;
      break;
    case Axis::devices:
      s.devices = value;
      break;
  }
  return s;
}

/// Values of the axis: every integer, or `points` of them spaced evenly (in the logarithm where the
/// axis is a size).
std::vector<double> values_of(Axis axis, double from, double to, double points) {
  std::vector<double> values;
  const bool whole = whole_valued(axis);
  if (points == 0) {
    values.reserve(static_cast<std::size_t>(to - from) + 1);
    for (double value = from; value <= to; ++value) values.push_back(value);
    return values;
  }
  values.reserve(static_cast<std::size_t>(points));
  const bool even = axis == Axis::weight_bits || axis == Axis::kv_bits || axis == Axis::devices;
  for (double i = 0; i < points; ++i) {
    const double share = points > 1 ? i / (points - 1) : 0;
    double value = even ? from + (to - from) * share : from * std::pow(to / from, share);
    if (i + 1 == points && points > 1) value = to;  // exactly, whatever pow rounds to
    if (whole) value = std::floor(value + 0.5);
    if (values.empty() || value > values.back()) values.push_back(value);
  }
  return values;
}

/// The columns of a series, filled point by point.
class Columns {
 public:
  explicit Columns(std::size_t size) {
    for (auto& column : columns_) column.resize(size);
  }
  void set(std::size_t at, const Plan& plan, const StepCost& cost, double batch, double speedup) {
    const std::array<double, names.size()> row{
        cost.step.in(seconds),
        speedup,
        throughput(plan, batch, cost.step).in(per_second),
        plan.footprint.total(batch).in(bytes),
        cost.traffic > Bytes{} ? (cost.flop / cost.traffic).in(flop_per_byte) : 0,
        (cost.flop / cost.step).in(flop_per_second),
        plan.footprint.fits(batch) ? 1.0 : 0.0,
        static_cast<double>(index_of(cost.regime))};
    for (std::size_t i = 0; i < row.size(); ++i) columns_[i][at] = row[i];
  }
  SweepSeries take(std::string scheme) {
    SweepSeries series{std::move(scheme), {}};
    series.columns.reserve(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
      series.columns.emplace_back(names[i], std::move(columns_[i]));
    return series;
  }

 private:
  static constexpr std::array<std::string_view, 8> names{
      "step_s", "speedup",     "tokens_per_s", "total_bytes", "intensity", "achieved_flop_per_s",
      "fits",   "regime_index"};
  std::array<std::vector<double>, names.size()> columns_;
};

/// Step times of a baseline over the values of the axis.
using Steps = std::vector<Time>;

bool moves_batch(Axis axis) { return axis == Axis::batch || axis == Axis::m; }

/// Prices one side of the scenario, whose plan is given, at every value of the axis; `each` takes
/// plan, cost, batch and the position. Lowers anew where more than the batch moves.
template <class Each>
std::optional<Error> price(const Result<Plan>& plan, const RooflineScenario& scenario, Side side,
                           Axis axis, const std::vector<double>& values, Each each) {
  if (!plan) return plan.error();
  if (moves_batch(axis)) {
    const StepPricer pricer(*plan);
    for (std::size_t i = 0; i < values.size(); ++i) each(*plan, pricer.at(values[i]), values[i], i);
    return std::nullopt;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Result<Plan> moved_plan = lower(moved(scenario, axis, values[i]), side);
    if (!moved_plan) return moved_plan.error();
    each(*moved_plan, cost_of(*moved_plan, scenario.batch), scenario.batch, i);
  }
  return std::nullopt;
}

Result<Steps> baseline_steps(const RooflineScenario& scenario, Axis axis,
                             const std::vector<double>& values) {
  Steps steps;
  steps.reserve(values.size());
  const auto error = price(
      lower(scenario, Side::baseline), scenario, Side::baseline, axis, values,
      [&](const Plan&, const StepCost& cost, double, std::size_t) { steps.push_back(cost.step); });
  if (error) return tl::unexpected(*error);
  return steps;
}

}  // namespace

Result<Sweep> sweep(Catalog& catalog, const Json& request) {
  ObjectReader reader(request, "");
  const auto axis = static_cast<Axis>(reader.choice("axis", axis_names));
  const Range range = allowed(axis);
  const bool whole = whole_valued(axis);
  const double from = whole ? reader.whole("from", range) : reader.number("from", range);
  const double to = whole ? reader.whole("to", range) : reader.number("to", range);
  const double points = reader.whole_or("points", 0, {1, most_values});
  if (from > to)
    reader.fail(ErrorCode::out_of_range, "the range ends before it begins; allowed is from <= to",
                "to");
  if (points == 0 && to - from >= most_values) {
    reader.fail(ErrorCode::too_large, "more than 65536 values; give points", "to");
  }
  const Json* scenario_json = reader.find("scenario");
  const Json* schemes = reader.find("schemes");
  if (scenario_json == nullptr)
    reader.fail(ErrorCode::missing_field, "missing; a scenario is needed", "scenario");
  if (const auto error = reader.finish()) return tl::unexpected(*error);
  const auto scenario = read_roofline(catalog, *scenario_json, "scenario");
  if (!scenario) return tl::unexpected(scenario.error());
  const bool of_device = axis == Axis::bandwidth || axis == Axis::peak;
  if (!of_device && (axis == Axis::m) != (scenario->phase == Phase::gemm)) {
    return fail(ErrorCode::unsupported,
                "m is the axis of phase gemm, and its only one but bandwidth and peak", "axis");
  }
  const auto variants = read_variants(catalog, *scenario, schemes, "schemes");
  if (!variants) return tl::unexpected(variants.error());

  auto first = lower(*scenario, Side::baseline);
  if (!first) return tl::unexpected(first.error());
  // Lowering a scenario takes about ten times as long as pricing it.
  const double passes =
      (moves_batch(axis) ? 1.0 : 10.0) * static_cast<double>(variants->size() + 1);
  if (auto error = refuse_work(*first, passes, points > 0 ? points : to - from + 1, "points"))
    return tl::unexpected(*error);

  Sweep result;
  result.axis = axis_names[static_cast<std::size_t>(axis)];
  result.values = values_of(axis, from, to, points);
  Columns baseline(result.values.size());
  Steps own_steps;
  own_steps.reserve(result.values.size());
  const auto error =
      price(first, *scenario, Side::baseline, axis, result.values,
            [&](const Plan& plan, const StepCost& cost, double batch, std::size_t i) {
              own_steps.push_back(cost.step);
              baseline.set(i, plan, cost, batch, 1);
            });
  if (error) return tl::unexpected(*error);
  result.baseline = baseline.take(scenario->baseline.id);
  for (const Variant& variant : *variants) {
    // A variant with a kernel or runtime of its own is compared with the baseline under the same.
    const Steps* steps = &own_steps;
    Result<Steps> other;
    if (!same_baseline(variant.scenario, *scenario)) {
      other = baseline_steps(variant.scenario, axis, result.values);
      if (!other) return tl::unexpected(other.error());
      steps = &*other;
    }
    Columns columns(result.values.size());
    const auto refused = price(
        lower(variant.scenario, Side::scheme), variant.scenario, Side::scheme, axis, result.values,
        [&](const Plan& plan, const StepCost& cost, double batch, std::size_t i) {
          columns.set(i, plan, cost, batch, (*steps)[i] / cost.step);
        });
    if (refused) return tl::unexpected(*refused);
    result.series.push_back(columns.take(variant.label));
  }
  return result;
}

}  // namespace crossover
