// The functions of the lab, of the evidence and of scripts. A page that only reads the lesson does
// without them.
#include <array>

#include "api_arguments.h"
#include "crossover/calibrate.h"
#include "crossover/evidence.h"
#include "crossover/import_hf.h"
#include "crossover/json_record.h"

namespace crossover {
namespace {

Result<Json> evidence_call(Catalog& catalog, const Json& arguments) {
  const auto measurements = argument(arguments, 0, "measurements");
  if (!measurements) return tl::unexpected(measurements.error());
  const auto options = argument(arguments, 1, "options");
  if (!options) return tl::unexpected(options.error());
  return evidence(catalog, *measurements, *options);
}

Result<Json> calibrate_call(Catalog& catalog, const Json& arguments) {
  const auto points = argument(arguments, 0, "points");
  if (!points) return tl::unexpected(points.error());
  const auto scenario = argument(arguments, 1, "scenario");
  if (!scenario) return tl::unexpected(scenario.error());
  return calibrate(catalog, *points, *scenario);
}

Result<Json> import_call(Catalog&, const Json& arguments) {
  const auto config = argument(arguments, 0, "config");
  if (!config) return tl::unexpected(config.error());
  const auto imported = import_hugging_face(*config);
  if (!imported) return tl::unexpected(imported.error());
  Json unmapped = Json::array();
  for (const Unmapped& key : imported->unmapped) {
    append(unmapped, {{"path", key.path}, {"found", key.found}, {"reason", key.reason}});
  }
  return record({{"model", imported->model}, {"scheme", imported->scheme}, {"unmapped", unmapped}});
}

constexpr std::array workbench{
    Function{"explain", explain_call},
    Function{"sensitivity", sensitivity_call},
    Function{"advise", advise_call},
    Function{"calibrate", calibrate_call},
    Function{"accuracy", accuracy_call},
    Function{"evidence", evidence_call},
    Function{"importHuggingFace", import_call},
};

}  // namespace

std::span<const Function> workbench_functions() { return workbench; }

}  // namespace crossover
