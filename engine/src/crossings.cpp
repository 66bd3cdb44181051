#include "crossover/crossings.h"

#include <array>

#include "crossover/evaluate.h"
#include "crossover/json_record.h"
#include "crossover/scenario_json.h"

namespace crossover {
namespace {

constexpr double largest_batch = 65536;
constexpr std::array<double, 4> usual_thresholds{2, 1.5, 1.1, 1};
constexpr std::size_t most_thresholds = 16;

struct Request {
  std::vector<Variant> variants;
  std::vector<double> thresholds;
  double from = 1, to = 4096;
};

Result<Request> read_request(Catalog& catalog, const Json& json) {
  ObjectReader reader(json, "");
  Request request;
  request.from = reader.whole_or("from", request.from, {1, largest_batch});
  request.to = reader.whole_or("to", request.to, {1, largest_batch});
  if (request.from > request.to) {
    reader.fail(ErrorCode::out_of_range, "the range ends before it begins; allowed is from <= to",
                "to");
  }
  const std::vector<Json> thresholds = reader.array("thresholds", most_thresholds);
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    if (!thresholds[i].is_number() || !(thresholds[i].get<double>() > 0) ||
        thresholds[i].get<double>() > 1e6) {
      reader.fail(
          thresholds[i].is_number() ? ErrorCode::out_of_range : ErrorCode::wrong_type,
          "found " + shown(thresholds[i]) + "; a number above 0 and up to 1000000 is needed",
          "thresholds[" + std::to_string(i) + "]");
      break;
    }
    request.thresholds.push_back(thresholds[i].get<double>());
  }
  if (thresholds.empty())
    request.thresholds.assign(usual_thresholds.begin(), usual_thresholds.end());
  const Json* scenario = reader.find("scenario");
  const Json* schemes = reader.find("schemes");
  if (scenario == nullptr)
    reader.fail(ErrorCode::missing_field, "missing; a scenario is needed", "scenario");
  if (const auto error = reader.finish()) return tl::unexpected(*error);
  auto read = read_roofline(catalog, *scenario, "scenario");
  if (!read) return tl::unexpected(read.error());
  if (read->phase == Phase::gemm) read->batch = read->gemm.m;
  auto variants = read_variants(catalog, *read, schemes, "schemes");
  if (!variants) return tl::unexpected(variants.error());
  request.variants = std::move(*variants);
  return request;
}

/// What one batch says about a scheme.
struct Point {
  double speedup;
  Bound bound, baseline_bound;
};

/// A baseline over the range: priced once for all variants that share it.
struct BaselineScan {
  Plan plan;
  std::vector<StepCost> costs;
};

Result<BaselineScan> scan_baseline(const RooflineScenario& scenario, const Request& request) {
  auto plan = lower(scenario, Side::baseline);
  if (!plan) return tl::unexpected(plan.error());
  const auto passes = static_cast<double>(request.variants.size() + 1);
  if (auto error = refuse_work(*plan, passes, request.to - request.from + 1, "to"))
    return tl::unexpected(*error);
  BaselineScan result{std::move(*plan), {}};
  result.costs.reserve(static_cast<std::size_t>(request.to - request.from) + 1);
  const StepPricer pricer(result.plan);
  for (double batch = request.from; batch <= request.to; ++batch) {
    result.costs.push_back(pricer.at(batch));
  }
  return result;
}

/// A variant over the range, beside its baseline.
struct Scan {
  Plan plan;
  std::vector<Point> points;
};

Result<Scan> scan(const RooflineScenario& scenario, const Request& request,
                  const BaselineScan& baseline) {
  auto plan = lower(scenario, Side::scheme);
  if (!plan) return tl::unexpected(plan.error());
  Scan result{std::move(*plan), {}};
  result.points.reserve(baseline.costs.size());
  const StepPricer pricer(result.plan);
  double batch = request.from;
  for (const StepCost& under : baseline.costs) {
    const StepCost cost = pricer.at(batch++);
    result.points.push_back({under.step / cost.step, cost.regime, under.regime});
  }
  return result;
}

/// Calls `each(variant, scan, baseline)` for every variant.
template <class Each>
std::optional<Error> for_each_scan(const Request& request, Each each) {
  std::optional<BaselineScan> baseline;
  const RooflineScenario* scanned = nullptr;
  for (const Variant& variant : request.variants) {
    if (scanned == nullptr || !same_baseline(*scanned, variant.scenario)) {
      auto fresh = scan_baseline(variant.scenario, request);
      if (!fresh) return fresh.error();
      baseline = std::move(*fresh);
      scanned = &variant.scenario;
    }
    const auto scanned_variant = scan(variant.scenario, request, *baseline);
    if (!scanned_variant) return scanned_variant.error();
    each(variant, *scanned_variant, *baseline);
  }
  return std::nullopt;
}

/// Equal to the threshold counts as above; the margin keeps rounding from making crossings of its
/// own.
bool above(double speedup, double threshold) {
  constexpr double rounding = 1e-12;
  return speedup >= threshold * (1 - rounding);
}

Json crossing_json(const std::string& scheme, double threshold, const Point& before,
                   const Point& after) {
  return record({{"scheme", scheme},
                 {"threshold", threshold},
                 {"direction", nullptr},
                 {"batch", nullptr},
                 {"reason", nullptr},
                 {"speedup", nullptr},
                 {"bound_before", name_of(before.bound)},
                 {"bound_after", name_of(after.bound)},
                 {"baseline_bound_before", name_of(before.baseline_bound)},
                 {"baseline_bound_after", name_of(after.baseline_bound)}});
}

}  // namespace

Result<Json> crossovers(Catalog& catalog, const Json& json) {
  const auto request = read_request(catalog, json);
  if (!request) return tl::unexpected(request.error());
  Json list = Json::array();
  const auto add = [&](const Variant& variant, const Scan& scan, const BaselineScan& baseline) {
    const std::vector<Point>& points = scan.points;
    const auto fits_at = [&](Json& entry, double batch) {
      entry["baseline_fits"] = baseline.plan.footprint.fits(batch);
      entry["scheme_fits"] = scan.plan.footprint.fits(batch);
      list.push_back(std::move(entry));
    };
    for (const double threshold : request->thresholds) {
      bool crossed = false;
      for (std::size_t i = 1; i < points.size(); ++i) {
        const bool now = above(points[i].speedup, threshold);
        if (now == above(points[i - 1].speedup, threshold)) continue;
        crossed = true;
        const double batch = request->from + static_cast<double>(i);
        Json entry = crossing_json(variant.label, threshold, points[i - 1], points[i]);
        entry["direction"] = now ? "up" : "down";
        entry["batch"] = batch;
        entry["speedup"] = points[i].speedup;
        fits_at(entry, batch);
      }
      if (crossed) continue;
      Json entry = crossing_json(variant.label, threshold, points.front(), points.back());
      entry["reason"] = above(points.front().speedup, threshold) ? "always_above" : "always_below";
      fits_at(entry, request->to);
    }
  };
  if (const auto error = for_each_scan(*request, add)) return tl::unexpected(*error);
  return list;
}

Result<Json> regime_changes(Catalog& catalog, const Json& json) {
  const auto request = read_request(catalog, json);
  if (!request) return tl::unexpected(request.error());
  Json list = Json::array();
  const auto add = [&](const Variant& variant, const Scan& scan, const BaselineScan&) {
    for (std::size_t i = 1; i < scan.points.size(); ++i) {
      const Bound before = scan.points[i - 1].bound, after = scan.points[i].bound;
      if (before == after) continue;
      append(list, {{"scheme", variant.label},
                    {"batch", request->from + static_cast<double>(i)},
                    {"from", name_of(before)},
                    {"to", name_of(after)}});
    }
  };
  if (const auto error = for_each_scan(*request, add)) return tl::unexpected(*error);
  return list;
}

}  // namespace crossover
