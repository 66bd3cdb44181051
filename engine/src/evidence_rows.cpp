// Measured rows as published.

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "evidence_parts.h"

namespace crossover {
namespace {

std::string text_of(const Json& row, const char* key) {
  const auto at = row.find(key);
  return at != row.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<double> number_of(const Json& row, const char* key) {
  const auto at = row.find(key);
  if (at == row.end()) return std::nullopt;
  if (at->is_number()) return at->get<double>();
  if (!at->is_string()) return std::nullopt;
  // Tables that were read as text.
  const std::string text = at->get<std::string>();
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const bool decimal = text.find_first_not_of("0123456789.eE+-") == std::string::npos;
  const bool whole = decimal && !text.empty() && *end == '\0' && std::isfinite(number);
  return whole ? std::optional(number) : std::nullopt;
}

/// Who measured: a source's project, else its repository, else its title.
std::string project_of(const Json& source) {
  for (const char* key : {"project", "repo_or_url", "title", "url"}) {
    std::string text = text_of(source, key);
    if (!text.empty()) return text;
  }
  return "unnamed source";
}

struct SourceNames {
  std::string id, project;
};

SourceNames source_of(const Json& row, const Json& sources) {
  const auto at = row.find("source");
  if (at == row.end()) return {"", "unnamed source"};
  if (at->is_number_integer() && sources.is_array()) {
    const auto position = at->get<std::int64_t>();
    if (position >= 0 && static_cast<std::size_t>(position) < sources.size()) {
      return {std::to_string(position), project_of(sources[static_cast<std::size_t>(position)])};
    }
  }
  if (at->is_string()) {
    const std::string id = at->get<std::string>();
    const auto found = sources.is_object() ? sources.find(id) : sources.end();
    return {id, found != sources.end() ? project_of(*found) : id};
  }
  return {"", "unnamed source"};
}

MeasuredRow row_of(const Json& json, const Json& sources) {
  MeasuredRow row;
  if (json.is_object()) {
    row.id = text_of(json, "id");
    row.series = text_of(json, "series");
    row.hardware = text_of(json, "hardware");
    row.model = text_of(json, "model");
    row.scheme = text_of(json, "scheme");
    row.kernel = text_of(json, "kernel");
    row.phase = text_of(json, "phase");
    row.unit = text_of(json, "unit");
    row.metric = text_of(json, "metric");
    row.baseline = text_of(json, "baseline_scheme");
    row.flag = text_of(json, "flag");
    const SourceNames source = source_of(json, sources);
    row.source = source.id;
    row.project = source.project;
    row.devices = number_of(json, "gpus");
    row.weight_bits = number_of(json, "weight_bits");
    row.act_bits = number_of(json, "act_bits");
    row.kv_bits = number_of(json, "kv_bits");
    row.group_size = number_of(json, "group_size");
    row.batch = number_of(json, "batch");
    row.context = number_of(json, "context_len");
    row.generated = number_of(json, "gen_len");
    row.m = number_of(json, "m");
    row.n = number_of(json, "n");
    row.k = number_of(json, "k");
    row.value = number_of(json, "value");
    row.baseline_value = number_of(json, "baseline_value");
    row.speedup = number_of(json, "speedup");
  }
  return row;
}

}  // namespace

Result<std::vector<MeasuredRow>> read_measured_rows(const Json& measurements) {
  if (!measurements.is_object()) {
    return fail(ErrorCode::wrong_type, "found " + shown(measurements) + "; an object is needed",
                "measurements");
  }
  const bool listed = measurements.contains("rows");
  const char* key = listed ? "rows" : "series";
  const auto list = measurements.find(key);
  if (list == measurements.end() || !list->is_array()) {
    return fail(ErrorCode::missing_field, "missing; measurements have a list of rows or of series",
                "measurements.rows");
  }
  const Json none = Json::array();
  const auto at = measurements.find("sources");
  const Json& sources = at != measurements.end() ? *at : none;
  std::vector<MeasuredRow> rows;
  for (const Json& item : *list) {
    if (listed) {
      rows.push_back(row_of(item, sources));
      continue;
    }
    const auto inner = item.is_object() ? item.find("rows") : item.end();
    if (inner == item.end() || !inner->is_array()) {
      return fail(ErrorCode::missing_field, "missing; a series has a list of rows",
                  "measurements.series");
    }
    for (const Json& own : *inner) {
      Json row = item;
      row.erase("rows");
      if (own.is_object()) row.update(own);
      rows.push_back(row_of(row, sources));
    }
  }
  return rows;
}

}  // namespace crossover
