// Crossovers: the worked check of MODEL.md (2.2, `lowering: lumped`) against its own formula, and
// every crossing and regime change against the results at the batches around it.
#include "crossover/crossings.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;
using doctest::Approx;

namespace {

// The worked check: Llama-3 8B with P = 8.03e9 on an H100, 2,048 tokens of context, one operator.
constexpr double parameters = 8.03e9, layers = 32, heads = 32, kv_heads = 8, head_dim = 128;
constexpr double context = 2048, bandwidth = 3.35e12, achieved_rate = 989e12 * 0.5;
constexpr double layer_overhead = 1e-5;

double worked_step(double batch, double weight_bytes, double kv_bytes) {
  const double kv = 2 * layers * kv_heads * head_dim * context * batch * kv_bytes;
  const double flop = 2 * parameters * batch + 4 * layers * heads * head_dim * context * batch;
  return std::max((parameters * weight_bytes + kv) / bandwidth, flop / achieved_rate) +
         layers * layer_overhead;
}
double worked_speedup(double batch, double kv_bytes) {
  return worked_step(batch, 2, 2) / worked_step(batch, 0.5, kv_bytes);
}

Engine& worked_engine() {
  static Engine engine = [] {
    Engine made(workbench_functions());
    Json model = answer(made, "describe", "llama-3.1-8b");
    model["id"] = "worked-8b";
    model["aliases"] = Json::array();
    model["parameters"] = parameters;
    model.erase("tutorial");
    answer(made, "addSpec", "model", model);
    return made;
  }();
  return engine;
}

Json worked_scenario(double kv_bits) {
  return {{"lens", "roofline"},     {"model", "worked-8b"},
          {"hardware", "h100-sxm"}, {"runtime", "mlsysim"},
          {"lowering", "lumped"},   {"scheme", {{"weight_bits", 4}, {"kv_bits", kv_bits}}}};
}

Json worked_at(double batch, double kv_bits) {
  return answer(worked_engine(), "evaluate", with(worked_scenario(kv_bits), {{"batch", batch}}));
}

/// The only crossing of a threshold; an empty batch where there is none.
Json crossing_of(const Json& list, double threshold) {
  Json found;
  for (const Json& entry : list) {
    if (entry["threshold"] != threshold) continue;
    CHECK(found.is_null());
    found = entry;
  }
  return found;
}

}  // namespace

TEST_CASE(
    "Worked check: INT4 over FP16 is 3.249 at batch 1, 1.881 at 32, 1.305 at 128, 1.163 at 256") {
  const std::vector<std::pair<double, double>> published{
      {1, 3.249}, {32, 1.881}, {128, 1.305}, {256, 1.163}};
  for (const auto& [batch, speedup] : published) {
    const double found = worked_at(batch, 16)["speedup"];
    CHECK(std::round(found * 1000) / 1000 == speedup);
    CHECK(found == exactly(worked_speedup(batch, 2)));
  }
}

TEST_CASE(
    "Worked check: every batch up to 4096 agrees with the formula, with KV at 16 and at 4 bit") {
  for (const double kv_bits : {16.0, 4.0}) {
    const auto found = worked_engine().sweep(
        {{"scenario", worked_scenario(kv_bits)}, {"axis", "batch"}, {"from", 1}, {"to", 4096}});
    REQUIRE(found);
    const std::vector<double>& speedup = found->series[0].columns[1].second;
    REQUIRE(speedup.size() == 4096);
    double worst = 0;
    for (double batch = 1; batch <= 4096; ++batch) {
      const double wanted = worked_speedup(batch, kv_bits / 8);
      worst = std::max(worst, std::abs(speedup[static_cast<std::size_t>(batch) - 1] / wanted - 1));
    }
    CHECK(worst < 1e-12);
  }
}

TEST_CASE(
    "Worked check: below 2x at batch 26, 1.5x at 71, 1.1x at 430, never below 1x up to 4096") {
  const Json list = answer(worked_engine(), "crossovers", {{"scenario", worked_scenario(16)}});
  for (const auto& [threshold, batch] :
       std::vector<std::pair<double, double>>{{2, 26}, {1.5, 71}, {1.1, 430}}) {
    const Json found = crossing_of(list, threshold);
    CHECK(found["batch"] == batch);
    CHECK(found["direction"] == "down");
    CHECK(found["reason"].is_null());
    CHECK(worked_speedup(batch - 1, 2) >= threshold);
    CHECK(worked_speedup(batch, 2) < threshold);
  }
  const Json never = crossing_of(list, 1);
  CHECK(never["batch"].is_null());
  CHECK(never["reason"] == "always_above");
  // FP16 waits for memory throughout: its KV traffic grows faster than its FLOP.
  CHECK(never["baseline_bound_after"] == "kv");
}

TEST_CASE(
    "Worked check: with KV at 4 bit the peak is 3.696 at batch 82, where compute takes over") {
  double peak = 0, at = 0;
  for (double batch = 1; batch <= 4096; ++batch) {
    const double speedup = worked_speedup(batch, 0.5);
    if (speedup > peak) {
      peak = speedup;
      at = batch;
    }
  }
  CHECK(at == 82);
  const Json best = worked_at(82, 4);
  CHECK(best["speedup"].get<double>() == exactly(peak));
  CHECK(std::round(peak * 1000) / 1000 == 3.696);
  CHECK(worked_at(81, 4)["speedup"].get<double>() < peak);
  CHECK(worked_at(83, 4)["speedup"].get<double>() < peak);
  CHECK(std::round(worked_at(4096, 4)["speedup"].get<double>() * 1000) / 1000 == 2.343);

  const Json request{{"scenario", worked_scenario(4)}};
  CHECK(crossing_of(answer(worked_engine(), "crossovers", request), 2)["reason"] == "always_above");
  const Json regimes = answer(worked_engine(), "regimes", request);
  const Json& last = regimes.back();
  CHECK(last["to"] == "compute");
  CHECK(last["batch"] == 82);
}

TEST_CASE("A crossing's bounds and speed-up are those of the results on its two sides") {
  const Json base{{"lens", "roofline"}, {"model", "llama-3.1-8b"}, {"hardware", "a100-80gb"},
                  {"kernel", "marlin"}, {"runtime", "vllm"},       {"context", 1024}};
  const Json schemes{"w4a16-g128", "w8a16", "w4a16-g128-kv8"};
  const double from = 1, to = 700;
  const Json request{{"scenario", base},
                     {"schemes", schemes},
                     {"from", from},
                     {"to", to},
                     {"thresholds", {1.8, 1.2, 1, 0.9}}};
  const Json list = answer("crossovers", request);
  const Json regimes = answer("regimes", request);
  std::size_t crossings = 0, changes = 0;
  for (const Json& scheme : schemes) {
    std::vector<Json> results;
    for (double batch = from; batch <= to; ++batch) {
      results.push_back(evaluated(with(base, {{"scheme", scheme}, {"batch", batch}})));
    }
    for (std::size_t i = 1; i < results.size(); ++i) {
      const Json &before = results[i - 1], &after = results[i];
      const double batch = from + static_cast<double>(i);
      if (before["regime"] != after["regime"]) {
        REQUIRE(changes < regimes.size());
        CHECK(regimes[changes]["batch"] == batch);
        CHECK(regimes[changes]["from"] == before["regime"]);
        CHECK(regimes[changes]["to"] == after["regime"]);
        ++changes;
      }
      for (const double threshold : {1.8, 1.2, 1.0, 0.9}) {
        const bool was = before["speedup"].get<double>() >= threshold;
        const bool is = after["speedup"].get<double>() >= threshold;
        if (was == is) continue;
        ++crossings;
        const auto entry = std::find_if(list.begin(), list.end(), [&](const Json& c) {
          return c["scheme"] == scheme && c["threshold"] == threshold && c["batch"] == batch;
        });
        REQUIRE(entry != list.end());
        CHECK((*entry)["direction"] == (is ? "up" : "down"));
        CHECK((*entry)["speedup"] == after["speedup"]);
        CHECK((*entry)["bound_before"] == before["regime"]);
        CHECK((*entry)["bound_after"] == after["regime"]);
        CHECK((*entry)["baseline_bound_before"] == before["baseline_regime"]);
        CHECK((*entry)["baseline_bound_after"] == after["baseline_regime"]);
        CHECK((*entry)["scheme_fits"] == after["fits"]);
        CHECK((*entry)["baseline_fits"] == after["baseline_fits"]);
      }
    }
  }
  CHECK(changes == regimes.size());
  CHECK(crossings > 4);
  CHECK(crossings ==
        static_cast<std::size_t>(std::count_if(
            list.begin(), list.end(), [](const Json& c) { return !c["batch"].is_null(); })));
}

TEST_CASE("Unquantized over itself never crosses: equal counts as above 1x") {
  const Json list = answer("crossovers", {{"scenario",
                                           {{"lens", "roofline"},
                                            {"model", "llama-3.1-8b"},
                                            {"hardware", "h100-sxm"},
                                            {"kernel", "marlin"},
                                            {"runtime", "vllm"}}},
                                          {"to", 512}});
  CHECK(crossing_of(list, 1)["reason"] == "always_above");
  CHECK(crossing_of(list, 1.1)["reason"] == "always_below");
}

TEST_CASE("A crossover request refuses ranges and thresholds by their path") {
  const Json scenario{{"lens", "roofline"}, {"model", "gpt2-small"}, {"hardware", "a10"}};
  const auto error = [&](const Json& changes) {
    return refusal("crossovers", with({{"scenario", scenario}}, changes));
  };
  CHECK(error({{"from", 9}, {"to", 3}}).path == "to");
  CHECK(error({{"from", 0}}).path == "from");
  CHECK(error({{"to", 1e6}}).path == "to");
  CHECK(error({{"thresholds", {2, 0}}}).path == "thresholds[1]");
  CHECK(error({{"thresholds", {"a"}}}).code == ErrorCode::wrong_type);
  CHECK(error({{"limit", 2}}).code == ErrorCode::unknown_field);
  CHECK(error({{"scenario", with(scenario, {{"batch", 0}})}}).path == "scenario.batch");
  CHECK(error({{"schemes", {"w4a16-g128", "w5"}}}).path == "schemes[1]");
  CHECK(refusal("crossovers", Json::object()).code == ErrorCode::missing_field);
}
