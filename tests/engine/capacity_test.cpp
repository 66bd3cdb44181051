// Throughput at capacity, worked by hand for Llama-3.1 8B on an L4.
#include "crossover/capacity.h"

#include <cmath>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

const Json base{{"lens", "roofline"}, {"model", "llama-3.1-8b"}, {"hardware", "l4"}};

double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

// 24 GiB, nine tenths of them usable; weights as lower_test.cpp works them out.
constexpr double usable = 0.9 * 24 * 1024 * 1024 * 1024;
constexpr double fp16_weights = 2 * 8030261248.0, int4_weights = 5700591616;
constexpr double kv = 2.0 * 32 * 8 * 128 * 2 * 2048;  // a sequence of 2,048 tokens
// In flight: the residual stream twice and the widest intermediate in FP16, logits in FP32.
constexpr double activations = (2 * 4096 + 2 * 14336) * 2 + 128256 * 4;

}  // namespace

TEST_CASE("An L4 holds 26 sequences of Llama-3.1 8B in FP16, 65 in INT4, 129 with KV8 as well") {
  const double fp16 = std::floor((usable - fp16_weights) / (kv + activations));
  const double int4 = std::floor((usable - int4_weights) / (kv + activations));
  const double int4_kv8 = std::floor((usable - int4_weights) / (kv / 2 + activations));
  CHECK(fp16 == 26);
  CHECK(int4 == 65);
  CHECK(int4_kv8 == 129);
  const Json rows =
      answer("capacity", {{"scenario", base}, {"schemes", {"w4a16-g128", "w4a16-g128-kv8"}}});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0]["baseline"] == true);
  CHECK(rows[0]["scheme"] == "fp16");
  CHECK(rows[0]["max_batch"] == fp16);
  CHECK(rows[1]["max_batch"] == int4);
  CHECK(rows[2]["max_batch"] == int4_kv8);
  CHECK(number(rows[1], "weight_bytes") == exactly(int4_weights));
  CHECK(number(rows[2], "kv_bytes_per_sequence") == exactly(kv / 2));
  CHECK(number(rows[0], "activation_bytes_per_sequence") == exactly(activations));
  CHECK(number(rows[0], "usable_bytes") == exactly(usable));
}

TEST_CASE("At 26 sequences every operator waits for memory: the step is its bytes over 300 GB/s") {
  // Weights (the embedding row by row), keys and values read and written, activations of 26 tokens.
  const double weights = (6979321856.0 + 128256.0 * 4096 + 266240) * 2 + 26 * 4096 * 2;
  const double cache = 26 * 2.0 * 32 * 8 * 128 * 2 * (2048 + 1);
  const double layer = (4096 + 6144) + (4096 + 4096) + (4096 + 28672) + (14336 + 4096) + 4 * 4096 +
                       2 * 4096;  // qkv, o, gate_up, down, norms, attention
  const double moved = 26 * 2 * (32 * layer + 4096 + (4096 + 128256));
  const double step = (weights + cache + moved) / 300e9;
  const Json row = answer("capacity", {{"scenario", base}})[0];
  CHECK(number(row, "step_s") == exactly(step));
  CHECK(number(row, "tokens_per_s") == exactly(26 / step));
}

TEST_CASE("Rows are the results at their own largest batch, over the baseline at its own") {
  const Json scenario = with(base, {{"kernel", "marlin"},
                                    {"runtime", "vllm"},
                                    {"generated", 500},
                                    {"memory_reserve_bytes", 1e9}});
  const Json rows =
      answer("capacity", {{"scenario", scenario}, {"schemes", {"w4a16-g128", "w8a16"}}});
  for (std::size_t i = 1; i < 3; ++i) {
    const Json result =
        evaluated(with(scenario, {{"scheme", rows[i]["scheme"]}, {"batch", rows[i]["max_batch"]}}));
    CHECK(rows[i]["tokens_per_s"] == result["tokens_per_s"]);
    CHECK(rows[i]["tokens_per_s"] == result["capacity_tokens_per_s"]);
    CHECK(rows[i]["step_s"] == result["step_s"]);
    CHECK(result["max_batch"] == rows[i]["max_batch"]);
    CHECK(number(rows[i], "speedup") ==
          exactly(number(rows[i], "tokens_per_s") / number(rows[0], "tokens_per_s")));
  }
  CHECK(number(rows[0], "kv_bytes_per_sequence") == exactly(kv * 2548 / 2048));
}

TEST_CASE("What does not fit is a result: 70B in FP16 on an L4 holds nothing, and says so") {
  const Json rows = answer("capacity", {{"scenario", with(base, {{"model", "llama-3.1-70b"}})},
                                        {"schemes", {"w2a16-g128"}}});
  CHECK(rows[0]["max_batch"] == 0);
  CHECK(rows[0]["tokens_per_s"].is_null());
  CHECK(rows[1]["speedup"].is_null());
  const Json gemm{
      {"lens", "roofline"}, {"phase", "gemm"}, {"hardware", "l4"}, {"m", 1}, {"n", 8}, {"k", 8}};
  CHECK(refusal("capacity", {{"scenario", gemm}}).path == "scenario.phase");
  // Nothing known of YOLO's activations: no largest batch, though its weights fit.
  const Json yolo = evaluated(with(base, {{"model", "yolov8n"}}));
  CHECK(yolo["fits"] == true);
  CHECK(yolo["max_batch"].is_null());
}

TEST_CASE("A variant on a kernel of its own is compared with FP16 under that kernel's library") {
  const Json rows =
      answer("capacity", {{"scenario", base}, {"schemes", {"w4a16-g128", "w4a16-g128@marlin"}}});
  const Json own = answer(
      "capacity", {{"scenario", with(base, {{"kernel", "marlin"}})}, {"schemes", {"w4a16-g128"}}});
  CHECK(rows[2]["speedup"] == own[1]["speedup"]);
  CHECK(number(rows[1], "speedup") ==
        exactly(number(rows[1], "tokens_per_s") / number(rows[0], "tokens_per_s")));
}
