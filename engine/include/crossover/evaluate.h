// One scenario, priced: a scheme and its baseline at one batch, with everything that the page shows
// of them.
#pragma once

#include <optional>
#include <string>

#include "crossover/cost.h"
#include "crossover/json_reader.h"
#include "crossover/lower.h"

namespace crossover {

/// A scheme and what it is compared with, lowered. Everything that depends on the batch is priced
/// from here.
struct Comparison {
  Plan scheme;
  Plan baseline;
};
Result<Comparison> compare(const RooflineScenario& scenario);

/// Throughput at the largest batch that fits; nothing where not even one sequence does.
struct CapacityPoint {
  double batch = 0;
  Time step;
  Frequency tokens;
};
std::optional<CapacityPoint> at_capacity(const Plan& plan);

/// Power times time, per device and for all of them; nothing where neither the scenario nor the
/// device states a power.
std::optional<Energy> energy_of(const RooflineScenario& scenario, Time step);

inline constexpr double hours_per_year = 8766;  ///< 365.25 days

/// What a device hour costs: the scenario's price, else the list price over its years of use.
/// Nothing where neither is.
std::optional<MoneyRate> device_hour_price(const RooflineScenario& scenario);

/// Result as RooflineResult of wasm/engine.d.ts.
Result<Json> evaluate(const RooflineScenario& scenario);

/// Refuses (too_large, at `path`) what a page could not wait for: `passes` over the operators of a
/// plan at `values` values each.
std::optional<Error> refuse_work(const Plan& plan, double passes, double values,
                                 std::string_view path);

}  // namespace crossover
