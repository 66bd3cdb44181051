#include "crossover/calibrate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "crossover/evaluate.h"
#include "crossover/json_record.h"
#include "crossover/minimize.h"
#include "crossover/scenario_json.h"

namespace crossover {
namespace {

struct Point {
  double batch;
  Plan plan;  ///< of the baseline, lowered under the scenario's runtime
  double measured_s;
};

/// A constant of the runtime that the fit moves, in the logarithm. `prior` is where it starts and
/// what it is pulled to.
struct Constant {
  std::string_view name;
  double prior, low, high;
  void (*set)(Runtime&, double);
  double (*get)(const Runtime&);
};

// Prior of the memory efficiency: 16-bit points of one model hardly separate it from the time a
// layer takes. 0.80 is the middle of what the runtimes of the library reach; a factor of e^0.15 off
// costs as much as one point 3 % off.
constexpr double memory_prior = 0.80, memory_spread = 0.15;
constexpr double other_spread = 2.0, point_spread = 0.03;
constexpr std::array<double, 13> memory_grid{0.40, 0.50, 0.60,  0.65, 0.70,  0.75, 0.80,
                                             0.85, 0.90, 0.925, 0.95, 0.975, 1.0};
/// Fits whose residual is within this factor of the best, or below this size, are told apart by
/// nothing.
constexpr double indistinct = 1.5, measurement_noise = 0.005;
/// A constant that can be moved this far by itself, and the points are met as well, is none that
/// they tell.
constexpr double untold = 1.5, move = 1.1;

constexpr std::array<Constant, 3> graph_constants{
    {{"compute_efficiency", 0.6, 0.01, 1, [](Runtime& r, double v) { r.compute_efficiency = v; },
      [](const Runtime& r) { return r.compute_efficiency; }},
     {"layer_s", 3e-5, 1e-8, 0.1, [](Runtime& r, double v) { r.layer = seconds(v); },
      [](const Runtime& r) { return r.layer.in(seconds); }},
     {"sequence_s", 1e-5, 1e-9, 0.1, [](Runtime& r, double v) { r.sequence = seconds(v); },
      [](const Runtime& r) { return r.sequence.in(seconds); }}}};
constexpr std::array<Constant, 3> eager_constants{
    {graph_constants[0],
     {"host_layer_s", 5e-4, 1e-6, 0.1, [](Runtime& r, double v) { r.host_layer = seconds(v); },
      [](const Runtime& r) { return r.host_layer.in(seconds); }},
     graph_constants[2]}};

struct Fit {
  Runtime runtime;
  double residual = 0;  ///< root mean square of ln(fitted / measured)
  double cost = 0;
};

double fitted_s(Point& point, const Runtime& runtime) {
  point.plan.runtime = runtime;
  return cost_of(point.plan, point.batch).step.in(seconds);
}

double squares(std::vector<Point>& points, const Runtime& runtime) {
  double sum = 0;
  for (Point& point : points) {
    const double log = std::log(fitted_s(point, runtime) / point.measured_s);
    sum += log * log;
  }
  return sum;
}

double residual_of(std::vector<Point>& points, const Runtime& runtime) {
  return std::sqrt(squares(points, runtime) / static_cast<double>(points.size()));
}

Fit fit_at(double memory, const Runtime& spec, std::span<const Constant> constants,
           std::vector<Point>& points) {
  const auto runtime_at = [&](const std::vector<double>& logs) {
    Runtime runtime = spec;
    runtime.memory_efficiency = memory;
    for (std::size_t i = 0; i < constants.size(); ++i) {
      constants[i].set(runtime, std::clamp(std::exp(logs[i]), constants[i].low, constants[i].high));
    }
    return runtime;
  };
  std::vector<double> start;
  for (const Constant& constant : constants) start.push_back(std::log(constant.prior));
  const auto cost_at = [&](const std::vector<double>& logs) {
    const double away = std::log(memory / memory_prior) / memory_spread;
    double cost = squares(points, runtime_at(logs)) / (point_spread * point_spread) + away * away;
    for (std::size_t i = 0; i < logs.size(); ++i) {
      const double off = (logs[i] - start[i]) / other_spread;
      cost += off * off;
    }
    return cost;
  };
  const Minimum best = minimize(cost_at, start, 0.5, 1e-9, 1500);
  Fit fit{runtime_at(best.at), 0, best.value};
  fit.residual = residual_of(points, fit.runtime);
  return fit;
}

Result<std::vector<Point>> read_points(Catalog& catalog, const Json& list, const Json& scenario) {
  if (!list.is_array())
    return fail(ErrorCode::wrong_type, "found " + shown(list) + "; a list is needed", "points");
  if (list.size() > max_calibration_points) {
    return fail(ErrorCode::too_large,
                "found " + std::to_string(list.size()) + " points; at most " +
                    std::to_string(max_calibration_points) + " are taken",
                "points");
  }
  if (list.size() < 2) {
    return fail(ErrorCode::missing_field,
                "found " + std::to_string(list.size()) + " points; at least 2 are needed",
                "points");
  }
  std::vector<Point> points;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string here = "points[" + std::to_string(i) + "]";
    ObjectReader reader(list[i], here);
    Json moved = scenario;
    const double batch = reader.whole("batch", {1, 1e9});
    moved["batch"] = batch;
    for (const char* key : {"context", "model"}) {
      if (const Json* value = reader.find(key)) moved[key] = *value;
    }
    const auto step = reader.optional_number("step_s", {1e-9, 1e6});
    const auto rate = reader.optional_number("tokens_per_s", {1e-6, 1e12});
    if (step.has_value() == rate.has_value()) {
      reader.fail(ErrorCode::missing_field, "exactly one of step_s and tokens_per_s is needed",
                  "step_s");
    }
    if (const auto error = reader.finish()) return tl::unexpected(*error);
    const auto read = read_roofline(catalog, moved, "scenario");
    if (!read) {
      Error error = read.error();
      for (const std::string_view key : {"context", "model"}) {  // the point's own
        const bool moved_here = list[i].contains(std::string(key));
        if (moved_here && error.path == "scenario." + std::string(key))
          error.path = here + "." + std::string(key);
      }
      return tl::unexpected(error);
    }
    auto plan = lower(*read, Side::baseline);
    if (!plan) return tl::unexpected(plan.error());
    const double measured = step ? *step : batch * plan->tokens_per_sequence / *rate;
    points.push_back({batch, std::move(*plan), measured});
  }
  return points;
}

Json runtime_json(const Runtime& r) {
  return record({{"id", "calibrated"},
                 {"name", "Calibrated on own measurements"},
                 {"aliases", Json::array()},
                 {"execution", r.eager ? "eager" : "graph"},
                 {"memory_efficiency", r.memory_efficiency},
                 {"compute_efficiency", r.compute_efficiency},
                 {"gemm_launch_s", r.gemm_launch.in(seconds)},
                 {"layer_s", r.layer.in(seconds)},
                 {"quantized_linear_s", r.quantized_linear.in(seconds)},
                 {"sequence_s", r.sequence.in(seconds)},
                 {"step_s", r.step.in(seconds)},
                 {"host_layer_s", r.host_layer.in(seconds)},
                 {"host_quantized_linear_s", r.host_quantized_linear.in(seconds)},
                 {"kv_copy_factor", r.kv_copy_factor},
                 {"link_latency_s", r.link_latency.in(seconds)},
                 {"link_efficiency", r.link_efficiency},
                 {"source", "measured"}});
}

}  // namespace

Result<Json> calibrate(Catalog& catalog, const Json& list, const Json& scenario) {
  const auto read = read_roofline(catalog, scenario, "scenario");
  if (!read) return tl::unexpected(read.error());
  auto points = read_points(catalog, list, scenario);
  if (!points) return tl::unexpected(points.error());
  const Runtime& spec = *read->runtime;
  const std::span<const Constant> constants = spec.eager ? eager_constants : graph_constants;

  std::vector<Fit> fits;
  for (const double memory : memory_grid) fits.push_back(fit_at(memory, spec, constants, *points));
  const auto by = [](auto member) {
    return [member](const Fit& a, const Fit& b) { return a.*member < b.*member; };
  };
  const Fit& best = *std::min_element(fits.begin(), fits.end(), by(&Fit::cost));
  const double least = std::min_element(fits.begin(), fits.end(), by(&Fit::residual))->residual;
  const double limit = std::max(least * indistinct, measurement_noise);

  Json residuals = Json::array();
  std::vector<double> errors;
  for (Point& point : *points) {
    const double fitted = fitted_s(point, best.runtime);
    const double error = std::max(fitted / point.measured_s, point.measured_s / fitted) - 1;
    errors.push_back(error);
    append(residuals, {{"batch", point.batch},
                       {"measured_s", point.measured_s},
                       {"fitted_s", fitted},
                       {"error", error}});
  }
  std::sort(errors.begin(), errors.end());
  const std::size_t half = errors.size() / 2;
  const double median =
      errors.size() % 2 == 1 ? errors[half] : (errors[half - 1] + errors[half]) / 2;

  // Each constant over the fits that the points can't tell from the best, and as far as it goes by
  // itself before they notice.
  Json unidentified = Json::array();
  const auto add_range = [&](std::string_view name, auto get, double low, double high) {
    for (const Fit& fit : fits) {
      if (fit.residual > limit) continue;
      low = std::min(low, get(fit.runtime));
      high = std::max(high, get(fit.runtime));
    }
    constexpr double same = 1.05;
    if (high > low * same) append(unidentified, {{"constant", name}, {"low", low}, {"high", high}});
  };
  const auto moved_alone = [&](const Constant& constant, double by) {
    Runtime runtime = best.runtime;
    double reached = constant.get(runtime);
    for (double value = reached * by; value >= constant.low && value <= constant.high;
         value *= by) {
      constant.set(runtime, value);
      if (residual_of(*points, runtime) > limit) break;
      reached = value;
    }
    return reached;
  };
  add_range(
      "memory_efficiency", [](const Runtime& r) { return r.memory_efficiency; },
      best.runtime.memory_efficiency, best.runtime.memory_efficiency);
  for (const Constant& constant : constants) {
    const double found = constant.get(best.runtime);
    const double low = moved_alone(constant, 1 / move), high = moved_alone(constant, move);
    const bool told = high < low * untold;
    add_range(constant.name, constant.get, told ? found : low, told ? found : high);
  }

  return record({{"runtime", runtime_json(best.runtime)},
                 {"residuals", std::move(residuals)},
                 {"median_error", median},
                 {"max_error", errors.back()},
                 {"unidentified", std::move(unidentified)}});
}

}  // namespace crossover
