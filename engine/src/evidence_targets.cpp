// What the errors should be at most, and whether they are: specs/measurements/targets.json.

#include <algorithm>

#include "crossover/json_record.h"
#include "evidence_parts.h"

namespace crossover {
namespace {

std::optional<double> number_at(const Json& object, const char* key) {
  const auto at = object.is_object() ? object.find(key) : object.end();
  return at != object.end() && at->is_number() ? std::optional(at->get<double>()) : std::nullopt;
}
std::string text_at(const Json& object, const char* key) {
  const auto at = object.is_object() ? object.find(key) : object.end();
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

/// The checks of one target: a figure, its limit, what was found.
class Checks {
 public:
  /// A figure that was not found is not met.
  void add(std::string_view figure, const std::optional<double>& limit,
           const std::optional<double>& found, bool at_least) {
    if (!limit) return;
    const bool met = found && (at_least ? *found >= *limit : *found <= *limit);
    all_met_ = all_met_ && met;
    append(list_, {{"figure", figure},
                   {"limit", *limit},
                   {"found", found},
                   {"at_least", at_least},
                   {"met", met}});
  }
  Json target(const Json& wanted, double rows) const {
    return record({{"class", text_at(wanted, "class")},
                   {"protocol", text_at(wanted, "protocol")},
                   {"rows", rows},
                   {"verdict", rows == 0  ? "no_rows"
                               : all_met_ ? "met"
                                          : "missed"},
                   {"checks", list_}});
  }

 private:
  Json list_ = Json::array();
  bool all_met_ = true;
};

/// Share of a class's calibrated points within a limit, each taken where the range that the
/// baseline rows leave open comes nearest.
std::optional<double> share_within(const std::vector<MappedRow>& rows, const std::string& kind,
                                   double limit) {
  double all = 0, near = 0;
  for (const MappedRow& row : rows) {
    if (name_of(row.kind) != kind || !row.row->flag.empty() || !row.measured_speedup ||
        !row.calibrated_low || !row.calibrated_high) {
      continue;
    }
    all += 1;
    const double nearest =
        std::clamp(*row.measured_speedup, *row.calibrated_low, *row.calibrated_high);
    if (ratio_error(nearest, *row.measured_speedup) <= limit) near += 1;
  }
  return all > 0 ? std::optional(near / all) : std::nullopt;
}

Json class_target(const std::vector<MappedRow>& rows, const Json& report, const Json& wanted,
                  const std::optional<double>& coverage) {
  const std::string kind = text_at(wanted, "class"), protocol = text_at(wanted, "protocol");
  Checks checks;
  for (const Json& errors : report["classes"]) {
    if (errors["class"] != kind || errors["protocol"] != protocol || errors["role"] != "judged" ||
        errors["quantity"] != "speedup" || errors["flag"] != "unflagged") {
      continue;
    }
    for (const char* figure : {"median", "p90"}) {
      checks.add(figure, number_at(wanted, figure), number_at(errors, figure), false);
    }
    if (const auto limit = number_at(wanted, "every_point")) {
      checks.add("every_point", 1.0, share_within(rows, kind, *limit), true);
    }
    checks.add("coverage", coverage, number_at(errors, "coverage"), true);
    return checks.target(wanted, errors["rows"].get<double>());
  }
  return checks.target(wanted, 0);
}

}  // namespace

Json report_targets(const std::vector<MappedRow>& rows, const Json& report, const Json& wanted) {
  Json list = Json::array();
  const auto targets = wanted.is_object() ? wanted.find("targets") : wanted.end();
  if (targets == wanted.end() || !targets->is_array()) return list;
  const auto coverage = number_at(wanted, "coverage");
  for (const Json& target : *targets) {
    const std::string kind = text_at(target, "class");
    Checks checks;
    if (kind == "crossovers") {
      const Json& found = report["crossovers"];
      checks.add("within_half_octave", number_at(target, "within_half_octave"),
                 number_at(found, "judged_within_half_octave"), true);
      list.push_back(checks.target(target, found["judged"].get<double>()));
    } else if (kind == "order") {
      const Json& found = report["order"]["judged"];
      checks.add("kendall_tau", number_at(target, "kendall_tau"), number_at(found, "kendall_tau"),
                 true);
      list.push_back(checks.target(target, found["pairs"].get<double>()));
    } else {
      list.push_back(class_target(rows, report, target, coverage));
    }
  }
  return list;
}

}  // namespace crossover
