// Elasticities against their analytic form, where there is one.
#include "crossover/sensitivity.h"

#include <algorithm>
#include <cmath>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;
using doctest::Approx;

namespace {

const Json base{{"lens", "roofline"},
                {"model", "llama-3.1-8b"},
                {"hardware", "a100-80gb"},
                {"scheme", "w4a16-g128"}};

double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

double elasticity(const Json& rows, std::string_view parameter, const char* of = "elasticity") {
  for (const Json& row : rows) {
    if (row.at("parameter") == parameter) return number(row, of);
  }
  FAIL("no parameter " << std::string(parameter));
  return 0;
}

double share(const Json& result, std::initializer_list<const char*> bounds) {
  double sum = 0;
  for (const char* bound : bounds) sum += number(result["bound_s"], bound);
  return sum / number(result, "step_s");
}

/// Central differences of second order: far smaller errors than this.
Approx nearly(double value) { return Approx(value).epsilon(1e-7).scale(1); }

}  // namespace

TEST_CASE(
    "Ideal kernel: bandwidth's elasticity is minus the memory-bound share, the peak's the rest") {
  for (const double batch : {1.0, 100.0, 300.0, 3000.0}) {
    for (const char* phase : {"decode", "prefill"}) {
      const Json scenario = with(base, {{"batch", batch}, {"phase", phase}, {"context", 300}});
      const Json rows = answer("sensitivity", scenario), result = evaluated(scenario);
      CHECK(elasticity(rows, "bandwidth") ==
            nearly(-share(result, {"weights", "kv", "activations"})));
      CHECK(elasticity(rows, "peak") == nearly(-share(result, {"compute"})));
      CHECK(elasticity(rows, "bandwidth") + elasticity(rows, "peak") == nearly(-1));
    }
  }
}

TEST_CASE("With overheads and a link all elasticities of speed still add up to -1") {
  for (const char* runtime : {"vllm", "turbomind", "gpt-fast"}) {
    const Json scenario = with(base, {{"runtime", runtime}, {"batch", 50}});
    const Json rows = answer("sensitivity", scenario), result = evaluated(scenario);
    CHECK(elasticity(rows, "overhead") == nearly(share(result, {"overhead"})));
    CHECK(elasticity(rows, "bandwidth") + elasticity(rows, "peak") - elasticity(rows, "overhead") ==
          nearly(-1));
  }
  const Json parallel = with(base, {{"devices", 4}, {"batch", 64}});
  const Json rows = answer("sensitivity", parallel);
  CHECK(elasticity(rows, "link") == nearly(-share(evaluated(parallel), {"link"})));
  CHECK(elasticity(rows, "bandwidth") + elasticity(rows, "peak") + elasticity(rows, "link") ==
        nearly(-1));
  // Real kernels overlap memory and arithmetic: their soft maximum is homogeneous too.
  const Json real = with(base, {{"kernel", "marlin"}, {"batch", 48}});
  const Json soft = answer("sensitivity", real);
  CHECK(elasticity(soft, "bandwidth") + elasticity(soft, "peak") == nearly(-1));
}

TEST_CASE("Eager runtimes: where the host is the slower, nothing of the device helps") {
  const Json scenario = with(base, {{"runtime", "hf-eager"}});
  const Json rows = answer("sensitivity", scenario);
  CHECK(elasticity(rows, "bandwidth") == nearly(0));
  CHECK(elasticity(rows, "weight_bits") == nearly(0));
  CHECK(elasticity(rows, "overhead") == nearly(1));
}

TEST_CASE("Weight and KV bits: their bytes' share of the operators that wait for memory") {
  const Json scenario = with(base, {{"batch", 8}});
  const Json rows = answer("sensitivity", scenario), result = evaluated(scenario);
  double weights = 0, kv = 0;
  for (const Json& op : result["operators"]) {
    if (op["bound"] == "compute") continue;
    const double bytes =
        number(op, "weight_bytes") + number(op, "kv_bytes") + number(op, "activation_bytes");
    const double time = number(op, "time_s");
    // The head stays at 16 bits whatever the scheme.
    const std::string name = op["name"];
    if (name != "lm_head" && name != "embedding" && name != "norms")
      weights += time * number(op, "weight_bytes") / bytes;
    kv += time * number(op, "kv_bytes") / bytes;
  }
  CHECK(elasticity(rows, "weight_bits") == nearly(weights / number(result, "step_s")));
  CHECK(elasticity(rows, "kv_bits") == nearly(kv / number(result, "step_s")));
  CHECK(weights / number(result, "step_s") > 0.3);
}

TEST_CASE("Lumped, and models without shapes: the weights are the one operator's") {
  for (const char* scheme : {"fp16", "w4a16"}) {
    const Json scenario = with(base, {{"lowering", "lumped"}, {"scheme", scheme}});
    const Json result = evaluated(scenario), op = result["operators"][0];
    const double bytes = number(op, "weight_bytes") + number(op, "kv_bytes");
    CHECK(elasticity(answer("sensitivity", scenario), "weight_bits") ==
          nearly(number(op, "weight_bytes") / bytes));
  }
  const Json resnet{{"lens", "roofline"}, {"model", "resnet-50"}, {"hardware", "a100-80gb"}};
  const Json op = evaluated(resnet)["operators"][0];
  CHECK(op["bound"] != "compute");
  CHECK(elasticity(answer("sensitivity", resnet), "weight_bits") ==
        nearly(number(op, "weight_bytes") /
               (number(op, "weight_bytes") + number(op, "activation_bytes"))));
}

TEST_CASE("Capacity: the largest batch grows by usable over free memory") {
  const Json rows = answer("sensitivity", base), result = evaluated(base);
  const double usable = number(result, "usable_bytes");
  CHECK(elasticity(rows, "capacity") == nearly(usable / (usable - number(result, "weight_bytes"))));
  // More memory only adds sequences: throughput there grows by less than the batch does.
  const double gained = elasticity(rows, "capacity", "capacity_elasticity");
  CHECK(gained > 0);
  CHECK(gained < elasticity(rows, "capacity"));
  // A what-if of 1 % agrees.
  const Json more = evaluated(with(base, {{"memory_utilization", 0.9 * 1.01}}));
  CHECK(std::log(number(more, "max_batch") / number(result, "max_batch")) / std::log(1.01) ==
        Approx(elasticity(rows, "capacity")).epsilon(0.2));
  const Json large =
      answer("sensitivity", with(base, {{"model", "llama-3.1-405b"}, {"scheme", "fp16"}}));
  for (const Json& row : large) CHECK(row["capacity_elasticity"].is_null());
}

TEST_CASE("A single GEMM has no largest batch that anything could change") {
  const Json rows = answer("sensitivity", Json{{"lens", "roofline"},
                                               {"phase", "gemm"},
                                               {"hardware", "a100-80gb"},
                                               {"m", 16},
                                               {"n", 4096},
                                               {"k", 4096}});
  // 2·16·4096² FLOP at 312 TFLOP/s take 1.7 µs, the weights' 33.6 MB at 2.039 TB/s 16 µs.
  CHECK(elasticity(rows, "bandwidth") == nearly(-1));
  for (const Json& row : rows) {
    CHECK(row["capacity_elasticity"].is_null());
    CHECK(row["elasticity"].is_null() == (row["parameter"] == "capacity"));
  }
}

TEST_CASE("A finite step of 1 % agrees with each elasticity, on a real kernel too") {
  const Json scenario = with(base, {{"kernel", "exllamav2"}, {"runtime", "vllm"}, {"batch", 20}});
  const Json rows = answer("sensitivity", scenario);
  const double step = number(evaluated(scenario), "step_s");
  const auto slope = [&](const Json& changes) {
    return std::log(number(evaluated(with(scenario, changes)), "step_s") / step) / std::log(1.01);
  };
  CHECK(slope({{"bandwidth_bytes_per_s", 2.039e12 * 1.01}}) ==
        Approx(elasticity(rows, "bandwidth")).epsilon(0.03));
}
