// All functions beside those of a first page: the lab's, and the evidence of scripts and of its
// page.
#include <array>

#include "api_arguments.h"
#include "crossover/evidence.h"

namespace crossover {
namespace {

Result<Json> evidence_call(Catalog& catalog, const Json& arguments) {
  const auto measurements = argument(arguments, 0, "measurements");
  if (!measurements) return tl::unexpected(measurements.error());
  const auto options = argument(arguments, 1, "options");
  if (!options) return tl::unexpected(options.error());
  return evidence(catalog, **measurements, **options);
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
