// Series: measured curves over the batch, where they cross a speed-up, and the order of kernels.

#include <algorithm>
#include <cmath>

#include "crossover/json_record.h"
#include "evidence_parts.h"

namespace crossover {
namespace {

constexpr std::array<double, 3> thresholds{2, 1.5, 1};
/// A measured curve within this share of a threshold for more than an octave idles around it: where
/// it crosses is noise.
constexpr double idle_share = 0.10, idle_octaves = 1.0;
/// Kernels whose measured speed-ups differ by less are not ordered by the measurement.
constexpr double distinct_share = 0.05;

/// The best prediction that a row has: calibrated where its source has baseline rows, and the
/// kernel's spec for single GEMMs.
std::optional<double> best_speedup(const MappedRow& row) {
  return row.row->phase != "gemm" && row.calibrated_speedup ? row.calibrated_speedup
                                                            : row.kernel_speedup;
}

struct CurvePoint {
  double octave = 0;  ///< base-2 logarithm of the batch or of m
  double measured = 0, datasheet = 0, predicted = 0;
  const MappedRow* row = nullptr;
};

struct Curve {
  std::string key;
  const MappedRow* first = nullptr;
  std::vector<CurvePoint> points;
};

/// Curves of two points and more, of the rows with a flag or of those without.
std::vector<Curve> curves_of(const std::vector<MappedRow>& rows, bool flagged = false) {
  std::map<std::string, Curve> curves;
  for (const MappedRow& row : rows) {
    const auto speedup = best_speedup(row);
    if (row.kind == EvidenceClass::dense || row.row->flag.empty() == flagged ||
        !row.measured_speedup || !speedup || !row.datasheet_speedup) {
      continue;
    }
    Curve& curve = curves[series_key(row)];
    curve.key = series_key(row);
    if (curve.first == nullptr) curve.first = &row;
    curve.points.push_back(
        {std::log2(row.position), *row.measured_speedup, *row.datasheet_speedup, *speedup, &row});
  }
  std::vector<Curve> list;
  for (auto& [key, curve] : curves) {
    std::stable_sort(curve.points.begin(), curve.points.end(),
                     [](const CurvePoint& a, const CurvePoint& b) { return a.octave < b.octave; });
    if (curve.points.size() > 1) list.push_back(std::move(curve));
  }
  return list;
}

using Column = double CurvePoint::*;

/// Octave at which the curve first falls below the threshold, interpolated between points.
std::optional<double> crossing(const Curve& curve, Column column, double threshold) {
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    const CurvePoint &a = curve.points[i - 1], &b = curve.points[i];
    if (a.*column >= threshold && b.*column < threshold) {
      const double share = (a.*column - threshold) / (a.*column - b.*column);
      return a.octave + share * (b.octave - a.octave);
    }
  }
  return std::nullopt;
}

/// Octaves that the measured curve spends within the idle share of the threshold.
double octaves_near(const Curve& curve, double threshold) {
  constexpr int parts = 64;
  const double low = threshold * (1 - idle_share), high = threshold * (1 + idle_share);
  double octaves = 0;
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    const CurvePoint &a = curve.points[i - 1], &b = curve.points[i];
    for (int part = 0; part < parts; ++part) {
      const double value = a.measured + (b.measured - a.measured) * (part + 0.5) / parts;
      if (value >= low && value <= high) octaves += (b.octave - a.octave) / parts;
    }
  }
  return octaves;
}

Json batch_or_null(const std::optional<double>& octave) {
  return octave ? Json(std::exp2(*octave)) : Json(nullptr);
}

Json difference_or_null(const std::optional<double>& a, const std::optional<double>& b) {
  return a && b ? Json(*a - *b) : Json(nullptr);
}

/// A curve's errors under one protocol; null where that did not predict it.
template <class Predicted>
Json errors_of(const Curve& curve, Predicted predicted) {
  std::vector<double> errors;
  double log_sum = 0;
  for (const CurvePoint& point : curve.points) {
    const std::optional<double> value = predicted(*point.row);
    if (!value) continue;
    errors.push_back(ratio_error(*value, point.measured));
    log_sum += std::log(*value / point.measured);
  }
  if (errors.empty()) return nullptr;
  return record({{"rows", errors.size()},
                 {"median", quantile(errors, 0.5)},
                 {"p90", quantile(errors, 0.9)},
                 {"max", quantile(errors, 1)},
                 {"bias", std::expm1(log_sum / static_cast<double>(errors.size()))}});
}

/// Which protocol best_speedup() reads.
std::string_view best_protocol(const MappedRow& row) {
  return row.row->phase != "gemm" && row.calibrated_speedup ? "calibrated" : "kernel";
}

}  // namespace

std::string series_key(const MappedRow& row) {
  const MeasuredRow& r = *row.row;
  const bool matrix = r.phase == "gemm" && r.n && r.k;
  const auto whole = [](const std::optional<double>& value) {
    return value ? std::to_string(std::llround(*value)) : std::string("-");
  };
  std::string key = r.project + " | " + r.hardware + " | ";
  key += matrix ? whole(r.n) + "x" + whole(r.k) : r.model;
  key += " | " + r.scheme + " | " + r.kernel + " | " + r.phase;
  if (r.phase != "gemm") key += " " + whole(r.context) + "+" + whole(r.generated);
  return key;
}

Json report_series(const std::vector<MappedRow>& rows, bool flagged) {
  Json list = Json::array();
  for (const Curve& curve : curves_of(rows, flagged)) {
    std::vector<double> errors, datasheet;
    for (const CurvePoint& point : curve.points) {
      errors.push_back(ratio_error(point.predicted, point.measured));
      datasheet.push_back(ratio_error(point.datasheet, point.measured));
    }
    const MappedRow& first = *curve.first;
    append(
        list,
        {{"series", curve.key},
         {"source", first.row->source},
         {"project", first.row->project},
         {"flag", first.row->flag},
         {"phase", first.row->phase},
         {"class", name_of(first.kind)},
         {"kernel", first.kernel},
         {"hardware", first.hardware},
         {"model", first.model},
         {"scheme", first.scheme},
         {"role", name_of(first.role)},
         {"bound", name_of(first.bound)},
         {"rows", curve.points.size()},
         {"protocol", best_protocol(first)},
         {"datasheet", errors_of(curve, [](const MappedRow& r) { return r.datasheet_speedup; })},
         {"kernel_aware", errors_of(curve, [](const MappedRow& r) { return r.kernel_speedup; })},
         {"calibrated", errors_of(curve, [](const MappedRow& r) { return r.calibrated_speedup; })},
         {"median", quantile(errors, 0.5)},
         {"max", quantile(errors, 1)},
         {"datasheet_median", quantile(datasheet, 0.5)}});
  }
  std::stable_sort(list.begin(), list.end(), [](const Json& a, const Json& b) {
    return a["median"].get<double>() > b["median"].get<double>();
  });
  return list;
}

Json report_crossovers(const std::vector<MappedRow>& rows) {
  Json list = Json::array();
  std::size_t counted = 0, near = 0, idle = 0, datasheet_near = 0, judged = 0, judged_near = 0;
  for (const Curve& curve : curves_of(rows)) {
    for (const double threshold : thresholds) {
      const auto measured = crossing(curve, &CurvePoint::measured, threshold);
      if (!measured) continue;
      const auto predicted = crossing(curve, &CurvePoint::predicted, threshold);
      const auto datasheet = crossing(curve, &CurvePoint::datasheet, threshold);
      const bool idles = octaves_near(curve, threshold) > idle_octaves;
      const auto within = [&](const std::optional<double>& octave) {
        return octave && std::abs(*octave - *measured) <= 0.5;
      };
      if (idles) {
        ++idle;
      } else {
        ++counted;
        if (within(predicted)) ++near;
        if (within(datasheet)) ++datasheet_near;
        if (curve.first->role == EvidenceRole::judged) {
          ++judged;
          if (within(predicted)) ++judged_near;
        }
      }
      append(list, {{"series", curve.key},
                    {"class", name_of(curve.first->kind)},
                    {"kernel", curve.first->kernel},
                    {"role", name_of(curve.first->role)},
                    {"protocol", best_protocol(*curve.first)},
                    {"threshold", threshold},
                    {"measured", std::exp2(*measured)},
                    {"predicted", batch_or_null(predicted)},
                    {"datasheet", batch_or_null(datasheet)},
                    {"octaves", difference_or_null(predicted, measured)},
                    {"datasheet_octaves", difference_or_null(datasheet, measured)},
                    {"idles", idles}});
    }
  }
  const auto share = [](std::size_t count, std::size_t all) {
    return all > 0 ? Json(static_cast<double>(count) / static_cast<double>(all)) : Json(nullptr);
  };
  return record({{"counted", counted},
                 {"within_half_octave", share(near, counted)},
                 {"datasheet_within_half_octave", share(datasheet_near, counted)},
                 {"judged", judged},
                 {"judged_within_half_octave", share(judged_near, judged)},
                 {"idle", idle},
                 {"list", list}});
}

namespace {

/// The order of kernels under one prediction, over the rows of all roles or over those that judge.
template <class Predicted>
Json order_of(const std::vector<MappedRow>& rows, bool judged_only, Predicted predicted) {
  // Rows that a reader would compare: the same source, device, shape and batch.
  std::map<std::string, std::vector<const MappedRow*>> groups;
  for (const MappedRow& row : rows) {
    if ((judged_only && row.role != EvidenceRole::judged) || row.kind == EvidenceClass::dense ||
        !row.row->flag.empty() || !row.measured_speedup || !predicted(row)) {
      continue;
    }
    const MeasuredRow& r = *row.row;
    std::string key = r.source + "|" + r.hardware + "|" + r.model + "|" + r.phase + "|";
    for (const auto& value : {r.n, r.k, r.context, r.generated}) {
      key += std::to_string(std::llround(value.value_or(-1))) + "|";
    }
    groups[key + std::to_string(std::llround(row.position))].push_back(&row);
  }
  double concordant = 0, discordant = 0;
  std::size_t compared = 0, best_right = 0;
  for (const auto& [key, group] : groups) {
    if (group.size() < 2) continue;
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = i + 1; j < group.size(); ++j) {
        const double a = *group[i]->measured_speedup, b = *group[j]->measured_speedup;
        if (ratio_error(a, b) <= distinct_share) continue;
        const double p = *predicted(*group[i]), q = *predicted(*group[j]);
        if (p == q) continue;
        ((a > b) == (p > q) ? concordant : discordant) += 1;
      }
    }
    const auto best = [&group = group](auto value) {
      return *std::max_element(
          group.begin(), group.end(),
          [&](const MappedRow* a, const MappedRow* b) { return value(*a) < value(*b); });
    };
    const MappedRow* fastest = best([](const MappedRow& r) { return *r.measured_speedup; });
    const MappedRow* chosen = best([&](const MappedRow& r) { return *predicted(r); });
    ++compared;
    if (*chosen->measured_speedup >= *fastest->measured_speedup / (1 + distinct_share)) {
      ++best_right;
    }
  }
  const double pairs = concordant + discordant;
  return record(
      {{"pairs", pairs},
       {"kendall_tau", pairs > 0 ? Json((concordant - discordant) / pairs) : Json(nullptr)},
       {"groups", compared},
       {"best_right", compared > 0
                          ? Json(static_cast<double>(best_right) / static_cast<double>(compared))
                          : Json(nullptr)}});
}

}  // namespace

Json report_order(const std::vector<MappedRow>& rows) {
  Json order = order_of(rows, false, best_speedup);
  order["judged"] = order_of(rows, true, best_speedup);
  order["datasheet"] =
      order_of(rows, false, [](const MappedRow& row) { return row.datasheet_speedup; });
  return order;
}

}  // namespace crossover
