// Errors of predicted rows by class, kernel and source.

#include <algorithm>
#include <cmath>
#include <set>

#include "crossover/json_record.h"
#include "evidence_parts.h"

namespace crossover {
namespace {

enum class Protocol { datasheet, kernel, calibrated };
constexpr std::array<std::string_view, 3> protocol_names{"datasheet", "kernel", "calibrated"};
enum class Figure { speedup, time };
constexpr std::array<std::string_view, 2> figure_names{"speedup", "time"};

std::optional<double> predicted(const MappedRow& row, Protocol protocol, Figure figure) {
  const bool time = figure == Figure::time;
  switch (protocol) {
    case Protocol::datasheet:
      return time ? row.datasheet_s : row.datasheet_speedup;
    case Protocol::kernel:
      return time ? row.kernel_s : row.kernel_speedup;
    case Protocol::calibrated:
      return time ? row.calibrated_s : row.calibrated_speedup;
  }
  return std::nullopt;
}

std::optional<double> measured(const MappedRow& row, Figure figure) {
  return figure == Figure::time ? row.measured_s : row.measured_speedup;
}

/// Upper ends of the bands of error; the last band has none. Predictions too low and too high are
/// counted apart, so a histogram has these bands twice and the best one once.
constexpr std::array<double, 5> bands{0.1, 0.2, 0.3, 0.5, 1.0};

/// 0: too low by more than the last end; bands.size(): within the first; and up to the highest.
std::size_t band_of(double prediction, double measurement) {
  const double error = ratio_error(prediction, measurement);
  std::size_t band = 0;
  while (band < bands.size() && error > bands[band]) ++band;
  return prediction < measurement ? bands.size() - band : bands.size() + band;
}

/// Errors of a set of rows, and the factor by which predictions are high on (geometric) average.
struct Errors {
  std::vector<double> values;
  double log_sum = 0;
  std::array<std::size_t, 2 * bands.size() + 1> histogram{};

  void add(double prediction, double measurement) {
    ++histogram[band_of(prediction, measurement)];
    values.push_back(ratio_error(prediction, measurement));
    log_sum += std::log(prediction / measurement);
  }
  Json json() const {
    Json counts = Json::array();
    for (const std::size_t count : histogram) counts.push_back(static_cast<double>(count));
    return record({{"rows", values.size()},
                   {"histogram", std::move(counts)},
                   {"median", quantile(values, 0.5)},
                   {"p90", quantile(values, 0.9)},
                   {"max", quantile(values, 1)},
                   {"bias", std::expm1(log_sum / static_cast<double>(values.size()))}});
  }
};

using Key = std::vector<std::string>;

/// One record for each key that has rows, merged with the key's fields.
Json records(const std::map<Key, Errors>& groups, const std::vector<std::string>& fields) {
  Json list = Json::array();
  for (const auto& [key, errors] : groups) {
    Json record = errors.json();
    for (std::size_t i = 0; i < fields.size(); ++i) record[fields[i]] = key[i];
    list.push_back(std::move(record));
  }
  return list;
}

/// Visits every prediction that has a measurement beside it.
template <class Visit>
void each_prediction(const std::vector<MappedRow>& rows, Visit visit) {
  for (const MappedRow& row : rows) {
    for (const Protocol protocol : {Protocol::datasheet, Protocol::kernel, Protocol::calibrated}) {
      for (const Figure figure : {Figure::speedup, Figure::time}) {
        // The speed-up of a baseline row over itself says nothing.
        if (figure == Figure::speedup && row.kind == EvidenceClass::dense) continue;
        const auto value = predicted(row, protocol, figure);
        const auto truth = measured(row, figure);
        if (value && truth) visit(row, protocol, figure, *value, *truth);
      }
    }
  }
}

std::string name_of(Protocol protocol) {
  return std::string(protocol_names[static_cast<std::size_t>(protocol)]);
}
std::string name_of(Figure figure) {
  return std::string(figure_names[static_cast<std::size_t>(figure)]);
}
std::string flag_of(const MappedRow& row) {
  return row.row->flag.empty() ? "unflagged" : "flagged";
}

/// The class that coverage counts a class of errors by.
std::string covered_as(const std::string& kind) {
  return kind.starts_with("gemm") ? std::string("gemm") : kind;
}

/// Writes each record's coverage beside its errors; null where none is counted.
template <class KeyOf>
void add_coverage(Json& records, const char* key, const Json& coverage, KeyOf key_of) {
  for (Json& entry : records) {
    entry["coverage"] = nullptr;
    for (const Json& covered : coverage) {
      if (covered[key] == key_of(entry)) entry["coverage"] = covered["share"];
    }
  }
}

Json number_or_null(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

}  // namespace

double ratio_error(double predicted, double measured) {
  return std::max(predicted / measured, measured / predicted) - 1;
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double position = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (values[above] - values[below]) * (position - std::floor(position));
}

std::string name_of(EvidenceClass kind) {
  return std::string(evidence_class_names[static_cast<std::size_t>(kind)]);
}
std::string name_of(EvidenceRole role) {
  return std::string(evidence_role_names[static_cast<std::size_t>(role)]);
}
std::string phase_class(const std::string& phase) { return phase == "e2e" ? "decode" : phase; }

Json report_bands() {
  Json list = Json::array();
  for (const double end : bands) list.push_back(end);
  return list;
}

Json report_overall(const std::vector<MappedRow>& rows) {
  std::map<Key, Errors> groups;
  each_prediction(rows, [&](const MappedRow& row, Protocol protocol, Figure figure, double value,
                            double truth) {
    groups[{name_of(protocol), name_of(figure), name_of(row.role), flag_of(row)}].add(value, truth);
  });
  return records(groups, {"protocol", "quantity", "role", "flag"});
}

Json report_classes(const std::vector<MappedRow>& rows, const Json& coverage) {
  std::map<Key, Errors> groups;
  each_prediction(rows, [&](const MappedRow& row, Protocol protocol, Figure figure, double value,
                            double truth) {
    groups[{name_of(row.kind), name_of(protocol), name_of(figure), name_of(row.role), flag_of(row)}]
        .add(value, truth);
  });
  Json list = records(groups, {"class", "protocol", "quantity", "role", "flag"});
  add_coverage(list, "class", coverage,
               [](const Json& entry) { return covered_as(entry["class"].get<std::string>()); });
  return list;
}

Json report_kernels(const std::vector<MappedRow>& rows) {
  std::map<Key, Errors> groups;
  each_prediction(rows, [&](const MappedRow& row, Protocol protocol, Figure figure, double value,
                            double truth) {
    if (!row.row->flag.empty()) return;
    groups[{row.kernel, name_of(row.kind), row.hardware, name_of(protocol), name_of(figure),
            name_of(row.role)}]
        .add(value, truth);
  });
  return records(groups, {"kernel", "class", "hardware", "protocol", "quantity", "role"});
}

Json report_sources(const std::vector<MappedRow>& rows, const Json& coverage) {
  std::map<Key, Errors> groups;
  each_prediction(rows, [&](const MappedRow& row, Protocol protocol, Figure figure, double value,
                            double truth) {
    groups[{row.row->source, row.row->project, name_of(protocol), name_of(figure), flag_of(row)}]
        .add(value, truth);
  });
  Json list = records(groups, {"source", "project", "protocol", "quantity", "flag"});
  add_coverage(list, "source", coverage, [](const Json& entry) {
    const std::string source = entry["source"].get<std::string>();
    return source.empty() ? entry["project"].get<std::string>() : source;
  });
  return list;
}

Json report_rows(const std::vector<MappedRow>& rows) {
  Json list = Json::array();
  for (const MappedRow& row : rows) {
    append(list, {{"id", row.row->id},
                  {"series", series_key(row)},
                  {"source", row.row->source},
                  {"project", row.row->project},
                  {"class", name_of(row.kind)},
                  {"role", name_of(row.role)},
                  {"flag", row.row->flag},
                  {"phase", row.row->phase},
                  {"hardware", row.hardware},
                  {"model", row.model},
                  {"scheme", row.scheme},
                  {"kernel", row.kernel},
                  {"runtime", row.runtime},
                  {"position", row.position},
                  {"context", number_or_null(row.row->context)},
                  {"generated", number_or_null(row.row->generated)},
                  {"n", number_or_null(row.row->n)},
                  {"k", number_or_null(row.row->k)},
                  {"bound", name_of(row.bound)},
                  {"baseline_bound", name_of(row.baseline_bound)},
                  {"measured_speedup", row.kind == EvidenceClass::dense
                                           ? Json(nullptr)
                                           : number_or_null(row.measured_speedup)},
                  {"measured_s", number_or_null(row.measured_s)},
                  {"measured_baseline_s", number_or_null(row.measured_baseline_s)},
                  {"datasheet_speedup", number_or_null(row.datasheet_speedup)},
                  {"datasheet_s", number_or_null(row.datasheet_s)},
                  {"kernel_speedup", number_or_null(row.kernel_speedup)},
                  {"kernel_s", number_or_null(row.kernel_s)},
                  {"kernel_baseline_s", number_or_null(row.kernel_baseline_s)},
                  {"calibrated_speedup", number_or_null(row.calibrated_speedup)},
                  {"calibrated_low", number_or_null(row.calibrated_low)},
                  {"calibrated_high", number_or_null(row.calibrated_high)},
                  {"calibrated_s", number_or_null(row.calibrated_s)}});
  }
  return list;
}

}  // namespace crossover
