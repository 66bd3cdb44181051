// Reads scenarios from JSON (wasm/engine.d.ts, RooflineScenario), looking ids up in the catalog.
#pragma once

#include <string>
#include <vector>

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"
#include "crossover/scenario.h"

namespace crossover {

/// Errors: as ObjectReader, unknown_id for ids, unsupported where fields contradict each other.
Result<RooflineScenario> read_roofline(Catalog& catalog, const Json& json, std::string path = {});

/// The scenario with every field that it leaves to a default which its phase reads: what is
/// computed, said in full. `json` is what `scenario` was read from. Fields whose absence says
/// something itself (chunk, lora_rank, kv_bits, baseline_kernel, what-ifs, power and price) stay
/// absent.
Json completed(const Json& json, const RooflineScenario& scenario);

/// Gives the scenario's KV precision to a scheme that leaves it at 16 bit.
void apply_kv_override(RooflineScenario& scenario);

/// A scheme: an id ("w4a16-g128", "w4a16-g128-kv4") or an object (InlineScheme).
Result<Scheme> read_scheme_choice(Catalog& catalog, const Json& json, std::string_view path);

/// One of several things to compare on the same scenario: a scheme, "scheme@kernel", or {scheme,
/// kernel, runtime}.
struct Variant {
  std::string label;
  RooflineScenario scenario;
};
Result<std::vector<Variant>> read_variants(Catalog& catalog, const RooflineScenario& scenario,
                                           const Json* schemes, const std::string& path);

/// Variants of one request differ in scheme, kernel and runtime: whether these two have one
/// baseline.
bool same_baseline(const RooflineScenario& a, const RooflineScenario& b);

/// The most variants that one request takes.
inline constexpr std::size_t max_variants = 16;

}  // namespace crossover
