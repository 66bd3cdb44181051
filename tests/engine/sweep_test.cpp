// Sweeps: every column of every axis against the results at its values.
#include "crossover/sweep.h"

#include <cmath>
#include <functional>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

const Json base{{"lens", "roofline"}, {"model", "llama-3.1-8b"}, {"hardware", "a100-80gb"},
                {"kernel", "marlin"}, {"runtime", "vllm"},       {"batch", 24}};

Sweep swept(const Json& request) {
  const auto result = library().sweep(request);
  if (!result)
    FAIL(request.dump() << ": " << result.error().path << ": " << result.error().message);
  return *result;
}
Error sweep_refusal(const Json& request) {
  const auto result = library().sweep(request);
  REQUIRE_FALSE(result);
  return result.error();
}

double column(const SweepSeries& series, std::string_view name, std::size_t i) {
  for (const auto& [key, values] : series.columns) {
    if (key == name) return values.at(i);
  }
  FAIL("no column " << std::string(name));
  return 0;
}

double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

void check_point(const SweepSeries& series, std::size_t i, const Json& result, double speedup) {
  CHECK(column(series, "step_s", i) == exactly(number(result, "step_s")));
  CHECK(column(series, "speedup", i) == exactly(speedup));
  CHECK(column(series, "tokens_per_s", i) == exactly(number(result, "tokens_per_s")));
  CHECK(column(series, "total_bytes", i) == exactly(number(result, "total_bytes")));
  CHECK(column(series, "intensity", i) == exactly(number(result, "intensity")));
  CHECK(column(series, "achieved_flop_per_s", i) ==
        exactly(number(result, "flop") / number(result, "step_s")));
  CHECK(column(series, "fits", i) == (result.at("fits").get<bool>() ? 1 : 0));
  CHECK(bound_names[static_cast<std::size_t>(column(series, "regime_index", i))] ==
        result.at("regime").get<std::string>());
}

/// Sweeps an axis and evaluates the scenario that `at` makes of each value.
void check_axis(const Json& request, const Json& scenario,
                const std::function<Json(const Json& scheme, double value)>& at) {
  const Json schemes{"w4a16-g128", "w8a16"};
  const Sweep sweep = swept(with(request, {{"scenario", scenario}, {"schemes", schemes}}));
  REQUIRE(sweep.series.size() == 2);
  for (std::size_t i = 0; i < sweep.values.size(); ++i) {
    INFO(request.dump() << " at " << sweep.values[i]);
    for (std::size_t s = 0; s < 2; ++s) {
      const Json result = evaluated(with(scenario, at(schemes[s], sweep.values[i])));
      check_point(sweep.series[s], i, result, number(result, "speedup"));
      CHECK(column(sweep.baseline, "step_s", i) == exactly(number(result, "baseline_step_s")));
      CHECK(column(sweep.baseline, "speedup", i) == 1);
    }
  }
}

}  // namespace

TEST_CASE("A sweep over whole numbers equals the results at its values") {
  for (const auto& range : {std::pair{"batch", 5000.0}, {"context", 100000.0}}) {
    const char* axis = range.first;
    const double to = range.second;
    check_axis({{"axis", axis}, {"from", 1}, {"to", to}, {"points", 13}}, base,
               [&](const Json& scheme, double value) {
                 return Json{{"scheme", scheme}, {axis, value}};
               });
  }
  const Json prefill = with(base, {{"phase", "prefill"}, {"batch", 2}});
  check_axis({{"axis", "prompt"}, {"from", 1}, {"to", 8000}, {"points", 9}}, prefill,
             [](const Json& scheme, double value) {
               return Json{{"scheme", scheme}, {"prompt", value}};
             });
  check_axis({{"axis", "devices"}, {"from", 1}, {"to", 8}}, base,
             [](const Json& scheme, double value) {
               return Json{{"scheme", scheme}, {"devices", value}};
             });
}

TEST_CASE("A sweep over a factor on bandwidth or peak equals the what-if results") {
  check_axis({{"axis", "bandwidth"}, {"from", 0.25}, {"to", 4}, {"points", 7}}, base,
             [](const Json& scheme, double value) {
               return Json{{"scheme", scheme}, {"bandwidth_bytes_per_s", 2.039e12 * value}};
             });
  check_axis({{"axis", "peak"}, {"from", 0.25}, {"to", 4}, {"points", 7}},
             with(base, {{"peak_factor", 2}}), [](const Json& scheme, double value) {
               return Json{{"scheme", scheme}, {"peak_factor", 2 * value}};
             });
  const Json gemm{{"lens", "roofline"}, {"phase", "gemm"}, {"hardware", "a100-80gb"}, {"m", 64},
                  {"n", 4096},          {"k", 4096},       {"kernel", "marlin"}};
  check_axis({{"axis", "bandwidth"}, {"from", 0.5}, {"to", 2}, {"points", 3}}, gemm,
             [](const Json& scheme, double value) {
               return Json{{"scheme", scheme}, {"bandwidth_bytes_per_s", 2.039e12 * value}};
             });
  check_axis({{"axis", "m"}, {"from", 1}, {"to", 300}, {"points", 20}}, gemm,
             [](const Json& scheme, double value) {
               return Json{{"scheme", scheme}, {"m", value}};
             });
}

TEST_CASE("A sweep over bits changes the scheme and leaves its baseline") {
  const Json scheme{{"weight_bits", 8}, {"group_size", 128}};
  const Json ideal = with(base, {{"kernel", "ideal"}, {"scheme", scheme}});
  const Sweep weights = swept(
      {{"scenario", ideal}, {"axis", "weight_bits"}, {"from", 1}, {"to", 16}, {"points", 16}});
  REQUIRE(weights.values.size() == 16);
  for (std::size_t i = 0; i < 15; ++i) {
    const Json result =
        evaluated(with(ideal, {{"scheme", with(scheme, {{"weight_bits", weights.values[i]}})}}));
    check_point(weights.series[0], i, result, number(result, "speedup"));
    CHECK(column(weights.baseline, "step_s", i) == column(weights.baseline, "step_s", 0));
  }
  CHECK(column(weights.series[0], "speedup", 15) == 1);  // 16 bits: the baseline itself
  // Wider than 16 bits: the same multiply reads more.
  const Sweep wide = swept(
      {{"scenario", ideal}, {"axis", "weight_bits"}, {"from", 16}, {"to", 32}, {"points", 3}});
  CHECK(column(wide.series[0], "step_s", 1) > column(wide.series[0], "step_s", 0));
  CHECK(column(wide.series[0], "step_s", 2) > column(wide.series[0], "step_s", 1));
  const Sweep cache =
      swept({{"scenario", ideal}, {"axis", "kv_bits"}, {"from", 4}, {"to", 16}, {"points", 4}});
  CHECK(cache.values == std::vector<double>{4, 8, 12, 16});
  const Json four = evaluated(with(ideal, {{"kv_bits", 4}}));
  check_point(cache.series[0], 0, four, number(four, "speedup"));
}

TEST_CASE("Without points every integer is priced; with them both ends are, and none twice") {
  CHECK(swept({{"scenario", base}, {"axis", "batch"}, {"from", 3}, {"to", 9}}).values ==
        std::vector<double>{3, 4, 5, 6, 7, 8, 9});
  const std::vector<double> spread =
      swept({{"scenario", base}, {"axis", "batch"}, {"from", 1}, {"to", 8}, {"points", 100}})
          .values;
  CHECK(spread == std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8});
  const std::vector<double> octaves =
      swept({{"scenario", base}, {"axis", "batch"}, {"from", 1}, {"to", 4096}, {"points", 13}})
          .values;
  CHECK(octaves.size() == 13);
  for (std::size_t i = 0; i < 13; ++i) CHECK(octaves[i] == std::pow(2.0, i));
  CHECK(swept({{"scenario", base}, {"axis", "context"}, {"from", 7}, {"to", 7}}).values.size() ==
        1);
}

TEST_CASE("Variants bring their own kernel and runtime, and their speed-up its own baseline") {
  const Json schemes =
      Json::array({"w4a16-g128@exllamav2",
                   "w4a16-g128",
                   {{"scheme", "w8a16"}, {"runtime", "hf-eager"}, {"label", "slow"}}});
  const Sweep sweep =
      swept({{"scenario", base}, {"axis", "batch"}, {"from", 8}, {"to", 8}, {"schemes", schemes}});
  CHECK(sweep.series[0].scheme == "w4a16-g128@exllamav2");
  CHECK(sweep.series[2].scheme == "slow");
  for (const auto& [i, changes] :
       {std::pair<std::size_t, Json>{0, {{"scheme", "w4a16-g128"}, {"kernel", "exllamav2"}}},
        {1, {{"scheme", "w4a16-g128"}}},
        {2, {{"scheme", "w8a16"}, {"runtime", "hf-eager"}}}}) {
    const Json result = evaluated(with(with(base, {{"batch", 8}}), changes));
    check_point(sweep.series[i], 0, result, number(result, "speedup"));
  }
}

TEST_CASE("A sweep refuses what it can't do by its path") {
  const Json good{{"scenario", base}, {"axis", "batch"}, {"from", 1}, {"to", 8}};
  CHECK(sweep_refusal(with(good, {{"axis", "price"}})).path == "axis");
  CHECK(sweep_refusal(with(good, {{"to", 0}})).path == "to");
  CHECK(sweep_refusal(with(good, {{"from", 9}})).path == "to");
  CHECK(sweep_refusal(with(good, {{"to", 2.5}})).path == "to");
  CHECK(sweep_refusal(with(good, {{"to", 1e6}})).code == ErrorCode::too_large);
  CHECK(sweep_refusal(with(good, {{"axis", "m"}})).path == "axis");
  CHECK(sweep_refusal(with(good, {{"schemes", Json::array()}})).path == "schemes");
  CHECK(sweep_refusal(with(good, {{"schemes", {"fp16", 3}}})).path == "schemes[1]");
  CHECK(sweep_refusal(with(good, {{"schemes", Json::array({{{"scheme", nullptr}}})}})).path ==
        "schemes[0].scheme");
  CHECK(sweep_refusal(with(good, {{"schemes", {"w4a16-g128@"}}})).path == "schemes[0].kernel");
  CHECK(sweep_refusal(with(good, {{"schemes", Json(std::vector<Json>(17, "fp16"))}})).code ==
        ErrorCode::too_large);
  CHECK(sweep_refusal(with(good, {{"scenario", nullptr}})).code == ErrorCode::missing_field);
  CHECK(sweep_refusal(3).code == ErrorCode::wrong_type);
  // A prompt cut into a thousand million chunks would never be lowered.
  const Json chunks = with(base, {{"phase", "prefill"}, {"prompt", 64}, {"chunk", 1}});
  CHECK(sweep_refusal(
            {{"scenario", chunks}, {"axis", "prompt"}, {"from", 1}, {"to", 1e9}, {"points", 2}})
            .path == "chunk");
}

TEST_CASE("A sweep that a page could not wait for is refused before it begins") {
  const Json chunked{{"lens", "roofline"}, {"model", "llama-3.1-8b"}, {"hardware", "h100-sxm"},
                     {"phase", "prefill"}, {"prompt", 65536},         {"chunk", 64}};
  const Json request{{"scenario", chunked}, {"axis", "batch"}, {"from", 1}, {"to", 65536}};
  const auto refused = library().sweep(request);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::too_large);
  CHECK(refused.error().path == "points");
  CHECK(library().sweep(with(request, {{"points", 8}})));
  const Error crossing = refusal("crossovers", {{"scenario", chunked}, {"from", 1}, {"to", 65536}});
  CHECK(crossing.code == ErrorCode::too_large);
  CHECK(crossing.path == "to");
}
