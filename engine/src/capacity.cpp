#include "crossover/capacity.h"

#include "crossover/evaluate.h"
#include "crossover/json_record.h"
#include "crossover/scenario_json.h"

namespace crossover {
namespace {

Json row_of(const std::string& label, const Plan& plan,
            const std::optional<CapacityPoint>& baseline, bool is_baseline) {
  const auto point = at_capacity(plan);
  const Footprint& memory = plan.footprint;
  Json row = record({{"scheme", label},
                     {"max_batch", memory.bounded() ? Json(memory.max_batch()) : Json(nullptr)},
                     {"tokens_per_s", nullptr},
                     {"step_s", nullptr},
                     {"speedup", nullptr},
                     {"weight_bytes", memory.weights.in(bytes)},
                     {"kv_bytes_per_sequence", memory.kv_per_sequence.in(bytes)},
                     {"activation_bytes_per_sequence",
                      (memory.activations_per_sequence + memory.saved_per_sequence).in(bytes)},
                     {"fixed_bytes", (memory.weights + memory.training + memory.reserve).in(bytes)},
                     {"usable_bytes", memory.usable.in(bytes)},
                     {"capacity_bytes", memory.capacity.in(bytes)},
                     {"baseline", is_baseline}});
  if (point) {
    row["tokens_per_s"] = point->tokens.in(per_second);
    row["step_s"] = point->step.in(seconds);
    if (baseline) row["speedup"] = point->tokens / baseline->tokens;
  }
  return row;
}

}  // namespace

Result<Json> capacity(Catalog& catalog, const Json& request) {
  ObjectReader reader(request, "");
  const Json* scenario_json = reader.find("scenario");
  const Json* schemes = reader.find("schemes");
  if (scenario_json == nullptr)
    reader.fail(ErrorCode::missing_field, "missing; a scenario is needed", "scenario");
  if (const auto error = reader.finish()) return tl::unexpected(*error);
  const auto scenario = read_roofline(catalog, *scenario_json, "scenario");
  if (!scenario) return tl::unexpected(scenario.error());
  if (scenario->phase == Phase::gemm) {
    return fail(ErrorCode::unsupported, "a single GEMM has no sequences to fit", "scenario.phase");
  }
  const auto variants = read_variants(catalog, *scenario, schemes, "schemes");
  if (!variants) return tl::unexpected(variants.error());

  const auto baseline = lower(*scenario, Side::baseline);
  if (!baseline) return tl::unexpected(baseline.error());
  const auto baseline_point = at_capacity(*baseline);
  Json list = Json::array({row_of(scenario->baseline.id, *baseline, baseline_point, true)});
  for (const Variant& variant : *variants) {
    const auto plan = lower(variant.scenario, Side::scheme);
    if (!plan) return tl::unexpected(plan.error());
    // A variant with a kernel or runtime of its own is compared with the baseline under the same.
    auto compared = baseline_point;
    if (!same_baseline(variant.scenario, *scenario)) {
      const auto own = lower(variant.scenario, Side::baseline);
      if (!own) return tl::unexpected(own.error());
      compared = at_capacity(*own);
    }
    list.push_back(row_of(variant.label, *plan, compared, false));
  }
  return list;
}

}  // namespace crossover
