#include "crossover/accuracy.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "crossover/json_record.h"
#include "crossover/tutorial.h"

namespace crossover {
namespace {

/// Published bits often count the scales: a row belongs to a scheme within this many bits.
constexpr double same_bits = 0.25;

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t end = text.find(at); end != std::string_view::npos; end = text.find(at, start)) {
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  parts.push_back(text.substr(start));
  return parts;
}

/// Null where the field is empty.
Json number(std::string_view text) {
  if (text.empty()) return nullptr;
  return std::stod(std::string(text));
}

struct Group {
  std::string_view model, model_id, dataset, metric, source;
  bool higher_is_better = false;
};

/// INT8 and FP8 cost what they cost: bits alone do not make two formats one.
bool in_format_of(const Scheme& scheme, std::string_view weight_format) {
  const std::string_view stated =
      weight_format.empty() ? std::string_view("integer") : weight_format;
  return stated == weight_format_names[static_cast<std::size_t>(scheme.weight_format)];
}

bool at_bits_of(const Scheme& scheme, double weight_bits, double act_bits, double kv_bits) {
  const bool weights = std::abs(weight_bits - scheme.weight_bits) <= same_bits ||
                       std::abs(weight_bits - scheme.stored_bits()) <= same_bits;
  return weights && act_bits == std::min(scheme.act_bits(), 16.0) &&
         kv_bits == std::min(scheme.kv_bits, 16.0);
}

Json rule_row(const Scheme& scheme) {
  return record({{"kind", "rule"},
                 {"model", nullptr},
                 {"method", "rule"},
                 {"weight_bits", scheme.weight_bits},
                 {"act_bits", nullptr},
                 {"kv_bits", nullptr},
                 {"group_size", nullptr},
                 {"metric", "accuracy"},
                 {"dataset", nullptr},
                 {"value", nullptr},
                 {"baseline_value", nullptr},
                 {"delta", accuracy_rule(scheme.weight_bits)},
                 {"higher_is_better", true},
                 {"source", "mlsysim-catalog"}});
}

}  // namespace

Json accuracy_rows(const RooflineScenario& scenario) {
  const Scheme& scheme = scenario.scheme;
  Json measured = Json::array();
  Group group;
  for (const std::string_view line : split(embedded_accuracy(), '\n')) {
    const auto field = split(line, '\t');
    if (field.size() == 7 && field[0] == "=") {
      group = {field[1], field[2], field[3], field[4], field[6], field[5] == "1"};
      continue;
    }
    if (field.size() != 8 || scenario.model == nullptr || group.model_id != scenario.model->id ||
        !in_format_of(scheme, field[7])) {
      continue;
    }
    const Json weight_bits = number(field[1]), act_bits = number(field[2]),
               kv_bits = number(field[3]), value = number(field[5]), baseline = number(field[6]);
    if (!at_bits_of(scheme, weight_bits.get<double>(), act_bits.get<double>(),
                    kv_bits.get<double>())) {
      continue;
    }
    const bool both = !value.is_null() && !baseline.is_null();
    append(measured,
           {{"kind", "measured"},
            {"model", group.model},
            {"method", field[0]},
            {"weight_bits", weight_bits},
            {"act_bits", act_bits},
            {"kv_bits", kv_bits},
            {"group_size", number(field[4])},
            {"metric", group.metric},
            {"dataset", group.dataset},
            {"value", value},
            {"baseline_value", baseline},
            {"delta", both ? Json(value.get<double>() - baseline.get<double>()) : Json(nullptr)},
            {"higher_is_better", group.higher_is_better},
            {"source", group.source}});
  }
  std::stable_sort(measured.begin(), measured.end(), [](const Json& a, const Json& b) {
    if (a["dataset"] != b["dataset"]) return a["dataset"] < b["dataset"];
    return a["method"] < b["method"];
  });
  Json rows = Json::array({rule_row(scheme)});
  for (Json& row : measured) rows.push_back(std::move(row));
  return rows;
}

}  // namespace crossover
