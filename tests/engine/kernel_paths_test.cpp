// Every path that a GEMM kernel can take, worked by hand on a device of round figures; and every
// kernel of the library against the same formulas, written once more here.
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

// 1 TB/s, 100 TFLOP/s in FP16, 200 in INT8, 100 SMs at 1 GHz: 10^11 SM clocks a second.
constexpr double bw = 1e12, fp16_rate = 1e14, int8_rate = 2e14, sm_clocks = 1e11;
constexpr double n = 4096, k = 8192, weights = n * k;

double norm(double a, double b, double p) {
  return std::pow(std::pow(a, p) + std::pow(b, p), 1 / p);
}
/// Inputs and outputs of 16 bits.
double activation_bytes(double m) { return m * (k + n) * 2; }

/// Time of a W4A16 GEMM (per channel) on a kernel of one segment.
double gemm_time(const Json& segment, double m, const Json& changes = Json::object(),
                 const Json& device_changes = Json::object()) {
  Engine engine(workbench_functions());
  answer(engine, "addSpec", "hardware", with(round_device(), device_changes));
  Json kernel{{"id", "own"},
              {"name", "Own"},
              {"segments", Json::array({segment})},
              {"source", "definition"},
              {"hopper_compute_fraction", 0.5}};
  answer(engine, "addSpec", "kernel", kernel);
  const Json base{{"lens", "roofline"},
                  {"phase", "gemm"},
                  {"hardware", "round-device"},
                  {"m", m},
                  {"n", n},
                  {"k", k},
                  {"kernel", "own"},
                  {"scheme", "w4a16"}};
  return answer(engine, "evaluate", with(base, changes))["step_s"].get<double>();
}

}  // namespace

TEST_CASE("Ideal path: the slower of memory and compute, nothing else") {
  const Json segment{{"path", "ideal"}};
  CHECK(gemm_time(segment, 7) == exactly((weights / 2 + activation_bytes(7)) / bw));
  CHECK(gemm_time(segment, 300) == exactly(2 * 300 * weights / fp16_rate));
}

TEST_CASE("Baseline path: tokens padded to 64, memory and compute joined by the 2-norm") {
  const Json segment{{"path", "baseline"}, {"softness", 2}, {"pad_tokens", 64}};
  const double memory = (weights / 2 + activation_bytes(65)) / bw;
  CHECK(gemm_time(segment, 65) == exactly(norm(memory, 2 * 128 * weights / fp16_rate, 2)));
}

TEST_CASE("Tensor-core path: every tile of 64 tokens unpacks all weights again") {
  const Json segment{{"path", "tensor_core"},
                     {"softness", 4},
                     {"pad_tokens", 16},
                     {"tile_tokens", 64},
                     {"dequant_weights_per_clock_sm", 40},
                     {"dequant_grouped_weights_per_clock_sm", 20}};
  const double memory = (weights / 2 + activation_bytes(100)) / bw;
  const double compute = 2 * 112 * weights / fp16_rate;  // 100 padded to 112
  const double unpack = weights * 2 / (sm_clocks * 40);  // ceil(100/64) tiles
  CHECK(gemm_time(segment, 100) == exactly(norm(memory, compute + unpack, 4)));
  // Groups that share a scale have a rate of their own, and 4.125 bits a weight.
  const double grouped_memory = (weights * 4.125 / 8 + activation_bytes(100)) / bw;
  CHECK(gemm_time(segment, 100, {{"scheme", "w4a16-g128"}}) ==
        exactly(norm(grouped_memory, compute + 2 * unpack, 4)));
}

TEST_CASE("Tensor-core path in INT8: 8-bit inputs, the INT8 rate, no unpacking") {
  const Json segment{{"path", "tensor_core"}, {"softness", 4}, {"pad_tokens", 16}};
  const double memory = (weights + 32 * (k + n * 2)) / bw;
  CHECK(gemm_time(segment, 32, {{"scheme", "w8a8-int8"}}) ==
        exactly(norm(memory, 2 * 32 * weights / int8_rate, 4)));
}

TEST_CASE("Whole waves: 2 x 64 tiles on 100 SMs take as long as 200") {
  const Json segment{{"path", "tensor_core"},   {"softness", 2},
                     {"pad_tokens", 16},        {"tile_tokens", 64},
                     {"tile_outputs", 64},      {"bandwidth_fraction", 0.8},
                     {"compute_fraction", 0.5}, {"dequant_weights_per_clock_sm", 50}};
  const double memory = (weights / 2 + activation_bytes(100)) / (bw * 0.8);
  const double waves = 200.0 / 128;
  const double compute = 2 * 128 * weights / (fp16_rate * 0.5) * waves;  // rows of both tiles
  const double unpack = weights * 2 / (sm_clocks * 50) * waves;
  CHECK(gemm_time(segment, 100) == exactly(norm(memory, compute + unpack, 2)));
}

TEST_CASE(
    "Vector path: 2*M*K*N over what the SMs multiply; twice as fast in packed FP16 on GA100") {
  const Json segment{{"path", "vector"},
                     {"softness", 2.5},
                     {"vector_flop_per_clock_sm", 120},
                     {"vector_half2", true},
                     {"dequant_weights_per_clock_sm", 30}};
  const double memory = (weights / 2 + activation_bytes(5)) / bw;
  const double vector = 2 * 5 * weights / (sm_clocks * 120), unpack = weights / (sm_clocks * 30);
  CHECK(gemm_time(segment, 5) == exactly(norm(memory, vector + unpack, 2.5)));
  CHECK(gemm_time(segment, 5, Json::object(), {{"compute_capability", 8.0}}) ==
        exactly(norm(memory, (vector + unpack) / 2, 2.5)));
}

TEST_CASE("Re-read path: the packed weights once for every token") {
  const Json segment{{"path", "reread"}, {"softness", 4}};
  CHECK(gemm_time(segment, 6) == exactly((6 * weights / 2 + activation_bytes(6)) / bw));
}

TEST_CASE("Dequantize path: packed in, 16-bit out, then the dense GEMM reads the copy") {
  const Json segment{{"path", "dequantize"},
                     {"softness", 2},
                     {"pad_tokens", 64},
                     {"bandwidth_fraction", 0.8},
                     {"dequant_weights_per_clock_sm", 10}};
  const double unpack_memory = (weights / 2 + weights * 2) / (bw * 0.8);
  const double unpack_alu = weights / (sm_clocks * 10);
  const double memory = (weights * 2 + activation_bytes(70)) / bw;
  const double compute = 2 * 128 * weights / fp16_rate;
  CHECK(gemm_time(segment, 70) ==
        exactly(norm(unpack_memory, unpack_alu, 4) + norm(memory, compute, 2)));
}

TEST_CASE("Naive dequantization of 4-bit weights at one token is 2/(0.516 + 4) = 0.44 of FP16") {
  // Activations vanish in a wide matrix; the padded multiply adds 2 %.
  const Json base{{"lens", "roofline"},
                  {"phase", "gemm"},
                  {"hardware", "a10"},
                  {"m", 1},
                  {"n", 65536},
                  {"k", 65536},
                  {"baseline_kernel", "ideal"},
                  {"scheme", "w4a16-g128"}};
  const double speedup = evaluated(with(base, {{"kernel", "naive-dequantize"}}))["speedup"];
  CHECK(speedup == doctest::Approx(2 / (0.515625 + 4)).epsilon(0.03));
}

TEST_CASE("Hopper: kernels without its asynchronous instructions reach their share of the peak") {
  const Json segment{{"path", "tensor_core"}, {"softness", 4}, {"pad_tokens", 16}};
  const double memory = (weights / 2 + activation_bytes(64)) / bw;
  CHECK(gemm_time(segment, 64, Json::object(), {{"compute_capability", 9.0}}) ==
        exactly(norm(memory, 2 * 64 * weights / (fp16_rate * 0.5), 4)));
}

TEST_CASE("A runtime's efficiencies and launches: t0 once a GEMM, twice on the dequantize path") {
  const Json ideal{{"path", "ideal"}}, dequantize{{"path", "dequantize"}, {"softness", 2}};
  const double t0 = 10.9e-6, eta_mem = 0.9;
  const double memory = (weights / 2 + activation_bytes(2)) / (bw * eta_mem);
  CHECK(gemm_time(ideal, 2, {{"runtime", "gemm-bench"}}) == exactly(memory + t0));
  const double unpack = (weights / 2 + weights * 2) / (bw * eta_mem);
  const double dense = norm((weights * 2 + activation_bytes(2)) / (bw * eta_mem),
                            2 * 2 * weights / (fp16_rate * 0.83), 2);
  CHECK(gemm_time(dequantize, 2, {{"runtime", "gemm-bench"}}) == exactly(unpack + dense + 2 * t0));
}

namespace {

double figure(const Json& json, const char* key, double fallback) {
  return json.contains(key) ? json[key].get<double>() : fallback;
}

/// MODEL.md 2.4 once more, from a kernel's record, for a matrix of n x k on an A100 80 GB.
double library_time(const Json& kernel, double m, double bits, double act_bits, bool grouped) {
  const double bandwidth = 2.039e12, sm_rate = 108 * 1.41e9;
  Json segment;
  for (const Json& candidate : kernel["segments"]) {
    if (segment.is_null() && m <= figure(candidate, "up_to_tokens", 1e18)) segment = candidate;
  }
  const std::string path = segment["path"];
  const double softness = figure(segment, "softness", 0);
  const double pad = figure(segment, "pad_tokens", 1), tile = figure(segment, "tile_tokens", 0);
  const double half2 = segment.value("vector_half2", false) ? 2 : 1;  // GA100
  double r = figure(segment, "dequant_weights_per_clock_sm", 0);
  if (grouped) r = figure(segment, "dequant_grouped_weights_per_clock_sm", r);
  const double tiles = tile > 0 ? std::ceil(m / tile) : 1;
  double waves = 1, rows = std::ceil(m / pad) * pad;
  if (const double outputs = figure(segment, "tile_outputs", 0); outputs > 0) {
    const double grid = tiles * std::ceil(n / outputs);
    waves = std::ceil(grid / 108) * 108 / grid;
    if (m > tile) rows = tiles * tile;
  }
  const double rate = (act_bits == 8 ? 624e12 : 312e12) * figure(segment, "compute_fraction", 1);
  const double reads = path == "reread" ? m : 1;
  double compute = 2 * rows * weights / rate * waves;
  if (path == "vector")
    compute =
        2 * m * weights / (sm_rate * segment["vector_flop_per_clock_sm"].get<double>() * half2);
  if (path == "reread") compute = 0;
  const double unpack = r > 0 ? reads * weights * tiles / (sm_rate * r * half2) * waves : 0;
  const double packed = weights * bits / 8, moved = m * (k * act_bits / 8 + n * 2);
  const double own = bandwidth * figure(segment, "bandwidth_fraction", 1);
  const auto soft = [](double a, double b, double p) {
    return p > 0 ? norm(a, b, p) : std::max(a, b);
  };
  if (path == "dequantize") {
    return norm((packed + 2 * weights) / own, unpack, 4) +
           soft((2 * weights + moved) / bandwidth, compute, softness);
  }
  return soft((reads * packed + moved) / own, compute + unpack, softness);
}

}  // namespace

TEST_CASE("Every kernel of the library equals its formula at 1 to 4,096 tokens") {
  struct Choice {
    const char* scheme;
    double bits, act_bits;
    bool grouped;
  };
  int compared = 0;
  for (const CatalogEntry* entry : library().catalog().entries(SpecKind::kernel)) {
    const Json kernel = Json::parse(entry->json);
    for (const Choice& c :
         {Choice{"w4a16-g128", 4.125, 16, true}, Choice{"w8a16", 8, 16, false},
          Choice{"w8a8-int8", 8, 8, false}, Choice{"w4a8-g128", 4.125, 8, true}}) {
      for (const double m :
           {1.0, 2.0, 8.0, 9.0, 16.0, 50.0, 51.0, 64.0, 65.0, 130.0, 1000.0, 4096.0}) {
        const Json scenario{{"lens", "roofline"},
                            {"phase", "gemm"},
                            {"hardware", "a100-80gb"},
                            {"m", m},
                            {"n", n},
                            {"k", k},
                            {"kernel", entry->id},
                            {"scheme", c.scheme}};
        const Result<Json> result = library().call("evaluate", Json::array({scenario}));
        if (!result) {  // the kernel does not take the scheme
          CHECK(result.error().code == ErrorCode::unsupported);
          break;
        }
        INFO(entry->id << " " << c.scheme << " " << m);
        CHECK((*result)["step_s"].get<double>() ==
              exactly(library_time(kernel, m, c.bits, c.act_bits, c.grouped)));
        ++compared;
      }
    }
  }
  CHECK(compared > 200);
}

TEST_CASE("A kernel refuses what it does not take, and says what it takes") {
  const Json base{{"lens", "roofline"},
                  {"model", "llama-3.1-8b"},
                  {"hardware", "a100-80gb"},
                  {"kernel", "marlin"}};
  const auto refused = [&](const Json& changes) {
    const Error error = refusal("evaluate", with(base, changes));
    CHECK(error.code == ErrorCode::unsupported);
    CHECK(error.path == "kernel");
    return error.message;
  };
  CHECK(refused({{"scheme", "w3a16-g128"}}).find("4, 8 bits") != std::string::npos);
  CHECK(refused({{"scheme", "w8a8-int8"}}).find("fp16, bf16") != std::string::npos);
  CHECK(refused({{"scheme", {{"weight_bits", 4}, {"group_size", 256}}}}).find("128") !=
        std::string::npos);
  CHECK(refused({{"scheme", "w4a16-g128"}, {"hardware", "mi300x"}}).find("AMD") !=
        std::string::npos);
  CHECK(refused({{"scheme", "w4a16-g128"}, {"hardware", "v100-sxm2"}}).find("7") !=
        std::string::npos);
  // A scheme that quantizes nothing does not run on it at all.
  CHECK(operator_named(evaluated(base), "o_proj")["kernel"] == "cublas-fp16");
}
