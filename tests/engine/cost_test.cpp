// Step time: overheads of compiled and eager runtimes, energy, cost and utilization, by hand.
#include "crossover/cost.h"

#include <cmath>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

/// An engine with the device of round figures and a runtime of given constants.
Engine engine_with(const Json& runtime) {
  Engine engine(workbench_functions());
  answer(engine, "addSpec", "hardware", round_device());
  answer(engine, "addSpec", "runtime",
         with({{"id", "own"}, {"name", "Own"}, {"execution", "graph"}, {"source", "definition"}},
              runtime));
  return engine;
}

const Json scenario{{"lens", "roofline"},
                    {"model", "llama-3.1-8b"},
                    {"hardware", "round-device"},
                    {"runtime", "own"},
                    {"batch", 3},
                    {"context", 1000},
                    {"scheme", "w4a16-g128"}};

}  // namespace

TEST_CASE("Compiled runtimes add launches, layers, quantized linears, sequences and a step") {
  Engine engine = engine_with({{"gemm_launch_s", 1e-6},
                               {"layer_s", 1e-5},
                               {"quantized_linear_s", 2e-6},
                               {"sequence_s", 3e-5},
                               {"step_s", 1e-3}});
  const Json result = answer(engine, "evaluate", scenario);
  // 32 layers of 4 quantized linears, and the head: 129 GEMMs.
  const double overhead = 129 * 1e-6 + 32 * 1e-5 + 128 * 2e-6 + 3 * 3e-5 + 1e-3;
  CHECK(number(result["bound_s"], "overhead") == exactly(overhead));
  const Json bare = answer(engine, "evaluate", with(scenario, {{"runtime", "ideal"}}));
  CHECK(number(result, "step_s") == exactly(number(bare, "step_s") + overhead));
}

TEST_CASE("Eager runtimes hide the device behind the host, or the host behind the device") {
  Engine engine = engine_with({{"execution", "eager"},
                               {"host_layer_s", 9e-4},
                               {"host_quantized_linear_s", 3e-5},
                               {"kv_copy_factor", 3}});
  const double host = 32 * 9e-4 + 128 * 3e-5;
  const Json small = answer(engine, "evaluate", scenario);
  CHECK(number(small, "step_s") == exactly(host));
  CHECK(small["regime"] == "overhead");
  // The cache is moved three times; at a large batch the device is the slower.
  const Json large = answer(engine, "evaluate", with(scenario, {{"batch", 500}}));
  const Json bare =
      answer(engine, "evaluate", with(scenario, {{"batch", 500}, {"runtime", "ideal"}}));
  CHECK(number(large["bound_s"], "overhead") == 0);
  CHECK(sum_over(large, "kv_bytes") == exactly(3 * sum_over(bare, "kv_bytes")));
  CHECK(number(large, "kv_bytes") == number(bare, "kv_bytes"));
}

TEST_CASE("Efficiencies scale the memory-bound and the compute-bound part") {
  Engine engine = engine_with({{"memory_efficiency", 0.8}, {"compute_efficiency", 0.5}});
  for (const char* phase : {"decode", "prefill"}) {
    const Json own = answer(engine, "evaluate", with(scenario, {{"phase", phase}}));
    const Json bare =
        answer(engine, "evaluate", with(scenario, {{"phase", phase}, {"runtime", "ideal"}}));
    const char* bound = phase == std::string("decode") ? "weights" : "compute";
    const double efficiency = bound == std::string("weights") ? 0.8 : 0.5;
    const char* name = "down_proj";
    CHECK(operator_named(own, name)["bound"] == bound);
    CHECK(number(operator_named(own, name), "time_s") ==
          exactly(number(operator_named(bare, name), "time_s") / efficiency));
  }
}

TEST_CASE("MFU, MBU, intensity, ridge and throughput follow from bytes, FLOP and time") {
  Engine engine = engine_with(Json::object());
  const Json r = answer(engine, "evaluate", scenario);
  const double flop = sum_over(r, "flop");
  const double bytes =
      sum_over(r, "weight_bytes") + sum_over(r, "kv_bytes") + sum_over(r, "activation_bytes");
  CHECK(number(r, "flop") == exactly(flop));
  CHECK(number(r, "traffic_bytes") == exactly(bytes));
  CHECK(number(r, "intensity") == exactly(flop / bytes));
  CHECK(number(r, "ridge") == exactly(1e14 / 1e12));
  CHECK(number(r, "mfu") == exactly(flop / (1e14 * number(r, "step_s"))));
  CHECK(number(r, "mbu") == exactly(bytes / (1e12 * number(r, "step_s"))));
  CHECK(number(r, "tokens_per_s") == exactly(3 / number(r, "step_s")));
  CHECK(number(r, "speedup") == exactly(number(r, "baseline_step_s") / number(r, "step_s")));
}

TEST_CASE("Energy is power times time on all devices, cost the device hours of a million tokens") {
  Engine engine = engine_with(Json::object());
  const Json r = answer(engine, "evaluate", with(scenario, {{"devices", 2}}));
  const double step = number(r, "step_s");
  CHECK(number(r, "energy_j") == exactly(2 * 100 * step));
  CHECK(number(r, "energy_j_per_token") == exactly(2 * 100 * step / 3));
  // 8,766 dollars over 3 years of 8,766 hours: a third of a dollar an hour.
  CHECK(number(r, "price_usd_per_hour") == exactly(1.0 / 3));
  CHECK(r["price_source"] == "list_price_amortized");
  CHECK(number(r, "cost_usd_per_million_tokens") == exactly(step / 3600 * 2 / 3 / 3 * 1e6));
  const Json paid =
      answer(engine, "evaluate", with(scenario, {{"price_usd_per_hour", 3.6}, {"power_w", 50}}));
  CHECK(paid["price_source"] == "scenario");
  CHECK(number(paid, "cost_usd_per_million_tokens") ==
        exactly(number(paid, "step_s") * 1e-3 / 3 * 1e6));
  CHECK(number(paid, "energy_j") == exactly(50 * number(paid, "step_s")));
  const Json unknown =
      evaluated({{"lens", "roofline"}, {"model", "gpt2-small"}, {"hardware", "l4"}});
  CHECK(unknown["cost_usd_per_million_tokens"].is_null());
  CHECK(unknown["price_source"].is_null());
}

TEST_CASE("A quantized baseline runs on a kernel that takes it, or is refused by its path") {
  const Json base{{"lens", "roofline"},
                  {"model", "llama-3.1-8b"},
                  {"hardware", "a100-80gb"},
                  {"kernel", "marlin"},
                  {"scheme", "w4a16-g128"}};
  const Error error = refusal("evaluate", with(base, {{"baseline_kernel", "marlin"}}));
  CHECK(error.code == ErrorCode::unsupported);
  CHECK(error.path == "baseline_kernel");
  const Json ideal = evaluated({{"lens", "roofline"},
                                {"model", "llama-3.1-8b"},
                                {"hardware", "a100-80gb"},
                                {"scheme", "w4a16-g128"},
                                {"baseline_scheme", "w8a8-int8"}});
  const Json int8 = evaluated({{"lens", "roofline"},
                               {"model", "llama-3.1-8b"},
                               {"hardware", "a100-80gb"},
                               {"scheme", "w8a8-int8"}});
  CHECK(ideal["baseline_step_s"] == int8["step_s"]);
}

TEST_CASE("Weights of 16 bits and more compute in the full format, whatever the activations ask") {
  const Json r = evaluated({{"lens", "roofline"},
                            {"model", "llama-3.1-8b"},
                            {"hardware", "h100-sxm"},
                            {"scheme", {{"weight_bits", 16}, {"act_bits", 8}}}});
  CHECK(r["compute_format"] == operator_named(r, "o_proj")["format"]);
}

TEST_CASE(
    "A device's measured share scales a fitted efficiency, and neither a convention nor the whole "
    "peak") {
  // 1.2 of the listed 1e14 FLOP/s were measured, 258.74 of 312 on the card of the fit.
  const double share = 1.2 / (258.74 / 312);
  const double computed = 2 * std::pow(8192, 3);
  const auto gemm_seconds = [&](const Json& constants) {
    Engine engine(workbench_functions());
    answer(engine, "addSpec", "hardware",
           with(round_device(), {{"matmul_fp16_flop_per_s", 1.2e14}}));
    answer(engine, "addSpec", "runtime",
           with({{"id", "own"}, {"name", "Own"}, {"execution", "graph"}, {"source", "definition"}},
                constants));
    const Json step = answer(engine, "evaluate",
                             Json{{"lens", "roofline"},
                                  {"phase", "gemm"},
                                  {"m", 8192},
                                  {"n", 8192},
                                  {"k", 8192},
                                  {"hardware", "round-device"},
                                  {"runtime", "own"}});
    return number(step.at("operators").at(0), "time_s");
  };
  CHECK(gemm_seconds({{"compute_efficiency", 0.5}}) ==
        doctest::Approx(computed / (1e14 * 0.5 * share)).epsilon(1e-12));
  CHECK(gemm_seconds({{"compute_efficiency", 0.5}, {"device_share", false}}) ==
        doctest::Approx(computed / (1e14 * 0.5)).epsilon(1e-12));
  CHECK(gemm_seconds(Json::object()) == doctest::Approx(computed / 1e14).epsilon(1e-12));
}
