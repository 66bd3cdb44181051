// The functions of the lab: those of explain and weigh, and what reads a user's own points and configs.
#include <array>

#include "api_arguments.h"
#include "crossover/calibrate.h"
#include "crossover/import_hf.h"
#include "crossover/json_record.h"

namespace crossover {

Result<Json> calibrate_call(Catalog& catalog, const Json& arguments) {
  const auto points = argument(arguments, 0, "points");
  if (!points) return tl::unexpected(points.error());
  const auto scenario = argument(arguments, 1, "scenario");
  if (!scenario) return tl::unexpected(scenario.error());
  return calibrate(catalog, **points, **scenario);
}

Result<Json> import_call(Catalog&, const Json& arguments) {
  const auto config = argument(arguments, 0, "config");
  if (!config) return tl::unexpected(config.error());
  const auto imported = import_hugging_face(**config);
  if (!imported) return tl::unexpected(imported.error());
  Json unmapped = Json::array();
  for (const Unmapped& key : imported->unmapped) {
    append(unmapped, {{"path", key.path}, {"found", key.found}, {"reason", key.reason}});
  }
  return record({{"model", imported->model}, {"scheme", imported->scheme}, {"unmapped", unmapped}});
}

namespace {

constexpr std::array lab{
    Function{"explain", explain_call},
    Function{"sensitivity", sensitivity_call},
    Function{"advise", advise_call},
    Function{"calibrate", calibrate_call},
    Function{"accuracy", accuracy_call},
    Function{"importHuggingFace", import_call},
};

}  // namespace

std::span<const Function> lab_functions() { return lab; }

}  // namespace crossover
