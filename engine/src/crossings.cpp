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

std::vector<Point> scan(const Comparison& comparison, double from, double to) {
  std::vector<Point> points;
  points.reserve(static_cast<std::size_t>(to - from) + 1);
  for (double batch = from; batch <= to; ++batch) {
    const StepCost scheme = cost_of(comparison.scheme, batch);
    const StepCost baseline = cost_of(comparison.baseline, batch);
    points.push_back({baseline.step / scheme.step, scheme.regime, baseline.regime});
  }
  return points;
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
  for (const Variant& variant : request->variants) {
    const auto comparison = compare(variant.scenario);
    if (!comparison) return tl::unexpected(comparison.error());
    const std::vector<Point> points = scan(*comparison, request->from, request->to);
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
        entry["baseline_fits"] = comparison->baseline.footprint.fits(batch);
        entry["scheme_fits"] = comparison->scheme.footprint.fits(batch);
        list.push_back(std::move(entry));
      }
      if (!crossed) {
        Json entry = crossing_json(variant.label, threshold, points.front(), points.back());
        entry["reason"] =
            above(points.front().speedup, threshold) ? "always_above" : "always_below";
        entry["baseline_fits"] = comparison->baseline.footprint.fits(request->to);
        entry["scheme_fits"] = comparison->scheme.footprint.fits(request->to);
        list.push_back(std::move(entry));
      }
    }
  }
  return list;
}

Result<Json> regime_changes(Catalog& catalog, const Json& json) {
  const auto request = read_request(catalog, json);
  if (!request) return tl::unexpected(request.error());
  Json list = Json::array();
  for (const Variant& variant : request->variants) {
    const auto comparison = compare(variant.scenario);
    if (!comparison) return tl::unexpected(comparison.error());
    const std::vector<Point> points = scan(*comparison, request->from, request->to);
    for (std::size_t i = 1; i < points.size(); ++i) {
      if (points[i].bound == points[i - 1].bound) continue;
      append(list, {{"scheme", variant.label},
                    {"batch", request->from + static_cast<double>(i)},
                    {"from", name_of(points[i - 1].bound)},
                    {"to", name_of(points[i].bound)}});
    }
  }
  return list;
}

}  // namespace crossover
