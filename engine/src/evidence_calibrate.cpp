// Baseline-calibrated: a runtime fitted to the 16-bit rows of one project on one device, then the
// quantized rows predicted with it.

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <tuple>

#include "crossover/json_record.h"
#include "crossover/minimize.h"
#include "evidence_parts.h"

namespace crossover {
namespace {

/// Memory efficiencies that are tried. 16-bit rows of one model hardly separate this constant from
/// the time a layer takes, so it keeps a prior, and the range of the predictions is shown.
constexpr std::array<double, 7> memory_efficiencies{0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.00};
/// Natural logarithms: how far a constant strays from the spec before it costs as much as one
/// point that is off by `point_spread`.
constexpr double memory_spread = 0.05, other_spread = 1.0, point_spread = 0.03;
/// Logarithm of an error at which a point begins to count as an outlier.
constexpr double outlier_spread = 0.1;
/// Fits whose residuals are within this factor of the best are told apart by nothing.
constexpr double indistinct = 1.5;

struct Point {
  Work* work;
  double measured_s;
};

/// A constant that a fit may move.
struct Constant {
  std::string_view name;
  double prior;
  double high;
  std::function<void(Runtime&, double)> set;
};

std::vector<Constant> constants_of(const Runtime& spec, bool gemm) {
  std::vector<Constant> list;
  list.push_back({"compute_efficiency", spec.compute_efficiency, 1.0,
                  [](Runtime& r, double v) { r.compute_efficiency = v; }});
  const auto timed = [&](std::string_view name, Time prior, double least, auto set) {
    list.push_back({name, std::max(prior.in(seconds), least), 0.1, set});
  };
  if (gemm) {
    timed("gemm_launch_s", spec.gemm_launch, 1e-6,
          [](Runtime& r, double v) { r.gemm_launch = seconds(v); });
  } else if (spec.eager) {
    timed("host_layer_s", spec.host_layer, 1e-5,
          [](Runtime& r, double v) { r.host_layer = seconds(v); });
  } else {
    timed("layer_s", spec.layer, 1e-6, [](Runtime& r, double v) { r.layer = seconds(v); });
    timed("sequence_s", spec.sequence, 1e-6, [](Runtime& r, double v) { r.sequence = seconds(v); });
  }
  return list;
}

struct Fit {
  Runtime runtime;
  double residual = 0;  ///< mean loss, as a logarithm of predicted / measured
  double cost = 0;      ///< with the priors
};

Fit fit_at(double memory, const Runtime& spec, const std::vector<Constant>& constants,
           std::vector<Point>& points) {
  Fit fit;
  const auto runtime_at = [&](const std::vector<double>& logs) {
    Runtime runtime = spec;
    runtime.memory_efficiency = memory;
    for (std::size_t i = 0; i < constants.size(); ++i) {
      constants[i].set(runtime, std::min(std::exp(logs[i]), constants[i].high));
    }
    return runtime;
  };
  // Cauchy's loss: a point that no constants meet pulls little.
  const auto residual_of = [&](const Runtime& runtime) {
    double sum = 0;
    for (Point& point : points) {
      const double log =
          std::log(point.work->time(runtime).in(seconds) / point.measured_s) / outlier_spread;
      sum += std::log1p(log * log);
    }
    return outlier_spread * std::sqrt(sum / static_cast<double>(points.size()));
  };
  std::vector<double> start;
  for (const Constant& constant : constants) start.push_back(std::log(constant.prior));
  const double away = std::log(memory / spec.memory_efficiency) / memory_spread;
  const auto cost_at = [&](const std::vector<double>& logs) {
    const double residual = residual_of(runtime_at(logs)) / point_spread;
    double cost = residual * residual * static_cast<double>(points.size()) + away * away;
    for (std::size_t i = 0; i < logs.size(); ++i) {
      const double off = (logs[i] - start[i]) / other_spread;
      cost += off * off;
      const double over = std::max(0.0, logs[i] - std::log(constants[i].high));
      cost += 100 * over * over;
    }
    return cost;
  };
  const Minimum best = minimize(cost_at, start, 0.3, 1e-6, 600);
  fit.runtime = runtime_at(best.at);
  fit.residual = residual_of(fit.runtime);
  fit.cost = best.value;
  return fit;
}

/// 16-bit points: rows of their own, and baselines stated beside quantized rows, once each.
std::vector<Point> points_of(const std::vector<MappedRow*>& rows) {
  std::vector<Point> points;
  std::set<std::tuple<std::string, std::string, double, double, double, double, double, double>>
      seen;
  for (MappedRow* mapped : rows) {
    const bool dense = mapped->kind == EvidenceClass::dense;
    const auto& measured = dense ? mapped->measured_s : mapped->measured_baseline_s;
    if (!measured || mapped->row->phase == "train") continue;
    const MeasuredRow& row = *mapped->row;
    if (!seen.insert({mapped->model, row.phase, mapped->position, row.context.value_or(-1),
                      row.generated.value_or(-1), row.n.value_or(0), row.k.value_or(0),
                      std::round(*measured * 1e7)})
             .second) {
      continue;
    }
    points.push_back({dense ? &mapped->work : &mapped->work_baseline, *measured});
  }
  return points;
}

Json calibrate_group(const std::string& name, std::vector<MappedRow*>& rows) {
  std::vector<Point> points = points_of(rows);
  if (points.size() < 2) return nullptr;
  const Runtime& spec = rows.front()->spec;
  const std::vector<Constant> constants = constants_of(spec, rows.front()->row->phase == "gemm");
  std::vector<Fit> fits;
  for (const double memory : memory_efficiencies) {
    fits.push_back(fit_at(memory, spec, constants, points));
  }
  const Fit& best = *std::min_element(fits.begin(), fits.end(),
                                      [](const Fit& a, const Fit& b) { return a.cost < b.cost; });
  const double least = std::min_element(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
                         return a.residual < b.residual;
                       })->residual;
  const double limit = std::max(least * indistinct, 0.01);

  double low = best.runtime.memory_efficiency, high = low;
  for (const Fit& fit : fits) {
    if (fit.residual > limit) continue;
    low = std::min(low, fit.runtime.memory_efficiency);
    high = std::max(high, fit.runtime.memory_efficiency);
  }
  std::vector<double> errors;
  for (Point& point : points) {
    errors.push_back(ratio_error(point.work->time(best.runtime).in(seconds), point.measured_s));
  }
  for (MappedRow* mapped : rows) {
    if (mapped->kind == EvidenceClass::dense) continue;
    const auto speedup_under = [&](const Runtime& runtime) {
      return mapped->work_baseline.time(runtime) / mapped->work.time(runtime);
    };
    mapped->calibrated_speedup = speedup_under(best.runtime);
    mapped->calibrated_s = mapped->work.time(best.runtime).in(seconds);
    mapped->calibrated_low = mapped->calibrated_high = mapped->calibrated_speedup;
    for (const Fit& fit : fits) {
      if (fit.residual > limit) continue;
      const double speedup = speedup_under(fit.runtime);
      mapped->calibrated_low = std::min(*mapped->calibrated_low, speedup);
      mapped->calibrated_high = std::max(*mapped->calibrated_high, speedup);
    }
  }
  const Runtime& r = best.runtime;
  return record({{"group", name},
                 {"project", rows.front()->row->project},
                 {"hardware", rows.front()->hardware},
                 {"runtime", spec.id},
                 {"points", points.size()},
                 {"memory_efficiency", r.memory_efficiency},
                 {"memory_efficiency_low", low},
                 {"memory_efficiency_high", high},
                 {"compute_efficiency", r.compute_efficiency},
                 {"gemm_launch_s", r.gemm_launch.in(seconds)},
                 {"layer_s", r.layer.in(seconds)},
                 {"sequence_s", r.sequence.in(seconds)},
                 {"host_layer_s", r.host_layer.in(seconds)},
                 {"median_error", quantile(errors, 0.5)},
                 {"max_error", quantile(errors, 1)}});
}

}  // namespace

Json calibrate_groups(std::vector<MappedRow>& rows) {
  std::map<std::string, std::vector<MappedRow*>> groups;
  for (MappedRow& mapped : rows) {
    groups[mapped.row->project + " | " + mapped.hardware + " | " + mapped.runtime].push_back(
        &mapped);
  }
  Json report = Json::array();
  for (auto& [name, group] : groups) {
    Json fit = calibrate_group(name, group);
    if (!fit.is_null()) report.push_back(std::move(fit));
  }
  return report;
}

}  // namespace crossover
