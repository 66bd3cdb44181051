// The tutorial lens behind the facade: scenarios and results as JSON. wasm/engine.d.ts documents
// every field.
#pragma once

#include <string_view>

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"
#include "crossover/tutorial.h"

namespace crossover {

/// What a request may ask for; whole numbers where the thing is counted.
namespace tutorial_range {
inline constexpr Range batch{1, 1048576};
inline constexpr Range context{0, 16777216};  ///< tokens
inline constexpr Range efficiency{0.001, 1};
inline constexpr Range layer_overhead{0, 1};  ///< seconds
inline constexpr Range bits{1, 32};
inline constexpr Range sparsity{0, 1};
inline constexpr Range intensity{0, 1e12};  ///< FLOP/byte, of a workload or a ridge
}  // namespace tutorial_range

inline constexpr std::string_view default_calibration = "tutorial-2026-05";

/// The tutorial's record of a model, by its key ("ResNet50_4p1G") or by our id, which gives its
/// first record. A model without one (the user's own) is read from its full spec. Errors:
/// unknown_id; unsupported where the spec does not say what the lens needs.
Result<const TutorialModel*> tutorial_model(Catalog& catalog, std::string_view id,
                                            std::string_view path);

/// The tutorial's record of a device, likewise. A full spec says nothing of dispatch: it counts as
/// 0.
Result<const TutorialHardware*> tutorial_hardware(Catalog& catalog, std::string_view id,
                                                  std::string_view path);

/// Settings with a calibration's constants.
TutorialSettings settings_of(const Calibration& calibration, Format precision, double batch,
                             double efficiency);

/// Reads a TutorialScenario and answers its question; the result's keys are the columns of
/// tests/golden/*.csv. Fields that the question does not use are checked all the same.
Result<Json> evaluate_tutorial(Catalog& catalog, const Json& scenario);

/// "Memory" or "Compute": the reference model's own words.
constexpr std::string_view bottleneck_name(bool memory_bound) {
  return memory_bound ? "Memory" : "Compute";
}

}  // namespace crossover
