#include "crossover/evidence.h"

#include "crossover/json_record.h"
#include "evidence_parts.h"

namespace crossover {
namespace {

/// Ids that a reason lists; the rest are counted.
constexpr std::size_t listed_ids = 12;

/// Rows left out, by reason.
class LeftOut {
 public:
  void add(const std::string& reason, const MeasuredRow& row) {
    Entry& entry = reasons_[reason];
    ++entry.rows;
    if (row.flag.empty()) ++entry.unflagged;
    if (entry.ids.size() < listed_ids) entry.ids.push_back(row.id);
  }
  Json json() const {
    Json list = Json::array();
    for (const auto& [reason, entry] : reasons_) {
      append(list, {{"reason", reason},
                    {"rows", entry.rows},
                    {"unflagged", entry.unflagged},
                    {"ids", entry.ids}});
    }
    return list;
  }

 private:
  struct Entry {
    std::size_t rows = 0, unflagged = 0;
    std::vector<std::string> ids;
  };
  std::map<std::string, Entry> reasons_;
};

/// Coverage by a key: what was measured (a class of errors over less than 90 % of it misses its
/// target), or who measured.
class Coverage {
 public:
  explicit Coverage(std::string_view name) : name_(name) {}
  void add(const std::string& key, const MeasuredRow& row, bool mapped) {
    if (!row.flag.empty()) return;
    Count& count = keys_[key];
    ++count.unflagged;
    if (mapped) ++count.mapped;
  }
  Json json() const {
    Json list = Json::array();
    for (const auto& [key, count] : keys_) {
      append(list,
             {{name_, key},
              {"unflagged", count.unflagged},
              {"mapped", count.mapped},
              {"share", static_cast<double>(count.mapped) / static_cast<double>(count.unflagged)}});
    }
    return list;
  }

 private:
  struct Count {
    std::size_t unflagged = 0, mapped = 0;
  };
  std::string_view name_;
  std::map<std::string, Count> keys_;
};

void predict(MappedRow& row) {
  row.datasheet_s = row.ideal.time().in(seconds);
  row.datasheet_speedup = row.ideal_baseline.time().in(seconds) / *row.datasheet_s;
  row.kernel_s = row.work.time().in(seconds);
  row.kernel_baseline_s = row.work_baseline.time().in(seconds);
  row.kernel_speedup = *row.kernel_baseline_s / *row.kernel_s;
  row.bound = row.work.regime();
  row.baseline_bound = row.work_baseline.regime();
}

}  // namespace

Result<Json> evidence(Catalog& catalog, const Json& measurements, const Json& options) {
  auto rows = read_measured_rows(measurements);
  if (!rows) return tl::unexpected(rows.error());
  auto names = EvidenceNames::read(options);
  if (!names) return tl::unexpected(names.error());

  for (MeasuredRow& row : *rows) row.phase = names->phase(row);

  std::vector<MappedRow> mapped;
  mapped.reserve(rows->size());
  LeftOut left_out;
  Coverage by_class("class"), by_source("source");
  std::size_t unflagged = 0, mapped_unflagged = 0;
  for (const MeasuredRow& row : *rows) {
    if (row.flag.empty()) ++unflagged;
    auto found = names->map(catalog, row);
    by_class.add(phase_class(row.phase), row, found.has_value());
    by_source.add(row.source.empty() ? row.project : row.source, row, found.has_value());
    if (!found) {
      left_out.add(found.error(), row);
      continue;
    }
    predict(*found);
    if (row.flag.empty()) ++mapped_unflagged;
    mapped.push_back(std::move(*found));
  }
  const bool calibrate = !options.contains("calibrate") || options["calibrate"] != false;
  Json calibrations = calibrate ? calibrate_groups(mapped) : Json::array();

  Json result;
  result["coverage"] = record(
      {{"rows", rows->size()},
       {"mapped", mapped.size()},
       {"unflagged", unflagged},
       {"mapped_unflagged", mapped_unflagged},
       {"share", unflagged > 0
                     ? Json(static_cast<double>(mapped_unflagged) / static_cast<double>(unflagged))
                     : Json(nullptr)},
       {"left_out", left_out.json()},
       {"classes", by_class.json()},
       {"sources", by_source.json()}});
  result["bands"] = report_bands();
  result["overall"] = report_overall(mapped);
  result["classes"] = report_classes(mapped, result["coverage"]["classes"]);
  result["kernels"] = report_kernels(mapped);
  result["sources"] = report_sources(mapped, result["coverage"]["sources"]);
  result["calibrations"] = std::move(calibrations);
  result["crossovers"] = report_crossovers(mapped);
  result["order"] = report_order(mapped);
  result["series"] = report_series(mapped, false);
  result["flagged_series"] = report_series(mapped, true);
  const auto targets = options.find("targets");
  result["targets"] =
      targets != options.end() ? report_targets(mapped, result, *targets) : Json::array();
  result["rows"] = report_rows(mapped);
  return result;
}

}  // namespace crossover
