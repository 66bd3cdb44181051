#include "crossover/api.h"

#include <array>

#include "api_arguments.h"
#include "crossover/capacity.h"
#include "crossover/crossings.h"
#include "crossover/json_record.h"
#include "crossover/tables.h"

namespace crossover {

Result<const Json*> argument(const Json& arguments, std::size_t index, std::string_view name) {
  if (index < arguments.size() && !arguments[index].is_null()) return &arguments[index];
  return fail(ErrorCode::missing_field, "missing", std::string(name));
}

Result<std::string> text_argument(const Json& arguments, std::size_t index, std::string_view name) {
  const auto found = argument(arguments, index, name);
  if (!found) return tl::unexpected(found.error());
  const Json& value = **found;
  if (!value.is_string()) {
    return fail(ErrorCode::wrong_type, "found " + shown(value) + "; a text is needed",
                std::string(name));
  }
  return value.get<std::string>();
}

Result<RooflineScenario> scenario_argument(Catalog& catalog, const Json& arguments) {
  const auto scenario = argument(arguments, 0, "scenario");
  if (!scenario) return tl::unexpected(scenario.error());
  return read_roofline(catalog, **scenario);
}

namespace {

Result<SpecKind> kind_named(const std::string& name) {
  for (std::size_t i = 0; i < spec_kind_names.size(); ++i) {
    if (spec_kind_names[i] == name) return static_cast<SpecKind>(i);
  }
  const std::vector<std::string> known(spec_kind_names.begin(), spec_kind_names.end());
  return fail(ErrorCode::unknown_id, not_among("kind of spec", name, known), "kind");
}

Json entry_json(const CatalogEntry& entry) {
  return record({{"kind", spec_kind_names[static_cast<std::size_t>(entry.kind)]},
                 {"id", entry.id},
                 {"name", entry.name},
                 {"aliases", entry.aliases},
                 {"added", entry.added}});
}
Result<Json> catalog_call(Catalog& catalog, const Json& arguments) {
  Json list = Json::array();
  std::optional<SpecKind> only;
  if (!arguments.empty() && !arguments[0].is_null()) {
    const auto name = text_argument(arguments, 0, "kind");
    if (!name) return tl::unexpected(name.error());
    const auto kind = kind_named(*name);
    if (!kind) return tl::unexpected(kind.error());
    only = *kind;
  }
  for (std::size_t i = 0; i < spec_kind_names.size(); ++i) {
    const auto kind = static_cast<SpecKind>(i);
    if (only && *only != kind) continue;
    for (const CatalogEntry* entry : catalog.entries(kind)) list.push_back(entry_json(*entry));
  }
  return list;
}

Result<Json> describe_call(Catalog& catalog, const Json& arguments) {
  const auto id = text_argument(arguments, 0, "id");
  if (!id) return tl::unexpected(id.error());
  const auto entry = catalog.describe(*id);
  if (!entry) return tl::unexpected(entry.error());
  return parse_record((*entry)->json);
}

Result<Json> table_call(Catalog& catalog, const Json& arguments) {
  const auto name = text_argument(arguments, 0, "name");
  if (!name) return tl::unexpected(name.error());
  const bool given = arguments.size() > 1 && !arguments[1].is_null();
  return table(catalog, *name, given ? arguments[1] : Json::object());
}

/// Functions of one request object.
template <Result<Json> (*call)(Catalog&, const Json&)>
Result<Json> request_call(Catalog& catalog, const Json& arguments) {
  const auto request = argument(arguments, 0, "request");
  if (!request) return tl::unexpected(request.error());
  return call(catalog, **request);
}

Result<Json> add_spec_call(Catalog& catalog, const Json& arguments) {
  const auto name = text_argument(arguments, 0, "kind");
  if (!name) return tl::unexpected(name.error());
  const auto kind = kind_named(*name);
  if (!kind) return tl::unexpected(kind.error());
  const auto spec = argument(arguments, 1, "spec");
  if (!spec) return tl::unexpected(spec.error());
  auto id = catalog.add(*kind, **spec);
  if (!id) return tl::unexpected(id.error());
  return Json(*id);
}

Result<Json> error_codes_call(Catalog&, const Json&) {
  Json list = Json::array();
  for (const ErrorInfo& info : error_table)
    append(list, {{"code", info.name}, {"meaning", info.meaning}});
  return list;
}

Result<Json> version_call(Catalog&, const Json&) { return Json(engine_version); }

Result<Json> complete_call(Catalog& catalog, const Json& arguments) {
  const auto scenario = scenario_argument(catalog, arguments);
  if (!scenario) return tl::unexpected(scenario.error());
  return completed(arguments[0], *scenario);
}

constexpr std::array page{
    Function{"version", version_call},
    Function{"errorCodes", error_codes_call},
    Function{"catalog", catalog_call},
    Function{"describe", describe_call},
    Function{"evaluate", evaluate_call},
    Function{"complete", complete_call},
    Function{"table", table_call},
    Function{"crossovers", request_call<crossovers>},
    Function{"regimes", request_call<regime_changes>},
    Function{"capacity", request_call<capacity>},
    Function{"addSpec", add_spec_call},
};

}  // namespace

std::span<const Function> page_functions() { return page; }

}  // namespace crossover
