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

/// Coverage by what was measured: a class of errors over less than 90 % of it misses its target.
class Coverage {
 public:
  void add(const MeasuredRow& row, bool mapped) {
    if (!row.flag.empty()) return;
    Count& count = phases_[row.phase == "e2e" ? "decode" : row.phase];
    ++count.unflagged;
    if (mapped) ++count.mapped;
  }
  Json json() const {
    Json list = Json::array();
    for (const auto& [phase, count] : phases_) {
      append(list,
             {{"class", phase},
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
  std::map<std::string, Count> phases_;
};

void predict(MappedRow& row) {
  row.datasheet_s = row.ideal.time().in(seconds);
  row.datasheet_speedup = row.ideal_baseline.time().in(seconds) / *row.datasheet_s;
  row.kernel_s = row.work.time().in(seconds);
  row.kernel_baseline_s = row.work_baseline.time().in(seconds);
  row.kernel_speedup = *row.kernel_baseline_s / *row.kernel_s;
}

}  // namespace

Result<Json> evidence(Catalog& catalog, const Json& measurements, const Json& options) {
  auto rows = read_measured_rows(measurements);
  if (!rows) return tl::unexpected(rows.error());
  auto names = EvidenceNames::read(options);
  if (!names) return tl::unexpected(names.error());

  std::vector<MappedRow> mapped;
  mapped.reserve(rows->size());
  LeftOut left_out;
  Coverage coverage;
  std::size_t unflagged = 0, mapped_unflagged = 0;
  for (const MeasuredRow& row : *rows) {
    if (row.flag.empty()) ++unflagged;
    auto found = names->map(catalog, row);
    coverage.add(row, found.has_value());
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
       {"classes", coverage.json()}});
  result["classes"] = report_classes(mapped);
  result["kernels"] = report_kernels(mapped);
  result["sources"] = report_sources(mapped);
  result["calibrations"] = std::move(calibrations);
  result["crossovers"] = report_crossovers(mapped);
  result["order"] = report_order(mapped);
  result["series"] = report_series(mapped);
  result["rows"] = report_rows(mapped);
  return result;
}

}  // namespace crossover
