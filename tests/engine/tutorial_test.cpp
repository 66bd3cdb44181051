// The published rows of the tutorial, each worked by hand, and the defaults behind them.
#include <doctest/doctest.h>

#include "tutorial_records.h"

using namespace records;
using doctest::Approx;

namespace {

/// Half a unit of the last printed digit: the row prints as published.
bool prints(double value, double published, double last_digit) {
  return value > published - last_digit / 2 && value < published + last_digit / 2;
}

ServingResult decode(const TutorialSettings& settings) {
  return serve(llama3_8b(), h100(), settings, 2048).value();
}
double itl_ms(const TutorialSettings& settings) { return decode(settings).itl.in(milliseconds); }

}  // namespace

// ---- Published rows: decode
// -----------------------------------------------------------------------------------------

TEST_CASE("Llama-3 8B decode on H100: FP16 takes 5.19 ms, INT8 2.76 ms, INT4 1.54 ms") {
  // Weights 8.03e9 x 2 B = 16.06 GB; KV 2·32·8·128·2048·2 B = 0.268435456 GB; 32 layers x 0.01 ms =
  // 0.32 ms. (16.06 + 0.268435456) GB / 3350 GB/s = 4.87415 ms; with 0.32 ms: 5.19415 ms.
  CHECK(prints(itl_ms(may(Format::fp16)), 5.19, 0.01));
  CHECK(itl_ms(may(Format::fp16)) == Approx(16.328435456 / 3.35 + 0.32).epsilon(1e-12));
  // Half the bytes: 2.43708 + 0.32; a quarter: 1.21854 + 0.32.
  CHECK(prints(itl_ms(may(Format::int8)), 2.76, 0.01));
  CHECK(prints(itl_ms(may(Format::int4)), 1.54, 0.01));
}

TEST_CASE("Llama-3 8B weighs 16.06, 8.03 and 4.015 GB at 16, 8 and 4 bits") {
  CHECK(decode(may(Format::fp16)).weights.in(gigabytes) == Approx(16.06).epsilon(1e-12));
  CHECK(decode(may(Format::int8)).weights.in(gigabytes) == Approx(8.03).epsilon(1e-12));
  CHECK(decode(may(Format::int4)).weights.in(gigabytes) == Approx(4.015).epsilon(1e-12));
}

TEST_CASE("decode gains 1.9x from INT8 and 3.4x from INT4, not 2x and 4x: the overhead stays") {
  const double fp16 = itl_ms(may(Format::fp16));
  CHECK(prints(fp16 / itl_ms(may(Format::int8)), 1.9, 0.1));
  CHECK(prints(fp16 / itl_ms(may(Format::int4)), 3.4, 0.1));
}

TEST_CASE("the March rendering decodes in 8.35, 5.78 and 4.49 ms: 1.4x and 1.9x") {
  // 16.328435456 / (3.35 · 0.946) = 5.15234 ms, and 32 x 0.1 ms = 3.2 ms.
  const double fp16 = itl_ms(march(Format::fp16));
  CHECK(prints(fp16, 8.35, 0.01));
  CHECK(prints(itl_ms(march(Format::int8)), 5.78, 0.01));
  CHECK(prints(itl_ms(march(Format::int4)), 4.49, 0.01));
  CHECK(prints(fp16 / itl_ms(march(Format::int8)), 1.4, 0.1));
  CHECK(prints(fp16 / itl_ms(march(Format::int4)), 1.9, 0.1));
}

// ---- Published rows: the step
// -----------------------------------------------------------------------------------------

TEST_CASE(
    "ResNet-50 at batch 256 on A100: 7.24 ms and 35343 images a second at FP16, 3.88 and 65995 at "
    "INT8") {
  // 256 x 4.1 GFLOP = 1049.6 GFLOP over 156 TFLOP/s = 6.72821 ms; dispatch 0.015 and 50 x 0.01
  // ms: 7.24321 ms.
  const StepResult fp16 = step(resnet50(), a100(), may(Format::fp16, 256));
  CHECK(fp16.latency.in(milliseconds) == Approx(1049.6 / 156 + 0.515).epsilon(1e-12));
  CHECK(prints(fp16.latency.in(milliseconds), 7.24, 0.01));
  CHECK(prints(fp16.throughput.in(per_second), 35343, 1));
  const StepResult int8 = step(resnet50(), a100(), may(Format::int8, 256));
  CHECK(prints(int8.latency.in(milliseconds), 3.88, 0.01));
  CHECK(prints(int8.throughput.in(per_second), 65995, 1));
}

TEST_CASE(
    "INT4 gives ResNet-50 nothing on an A100: no INT4 rate is listed, so it computes at the FP16 "
    "peak") {
  const StepResult int4 = step(resnet50(), a100(), may(Format::int4, 256));
  CHECK(prints(int4.latency.in(milliseconds), 7.24, 0.01));
  CHECK(prints(int4.throughput.in(per_second), 35343, 1));
  CHECK(int4.fallback);
  CHECK_FALSE(step(resnet50(), a100(), may(Format::int8, 256)).fallback);
}

TEST_CASE(
    "the March rendering of the step: 11.74 ms and 21800 images a second, INT8 8.38 and 30552, "
    "1.4x") {
  const StepResult fp16 = step(resnet50(), a100(), march(Format::fp16, 256));
  const StepResult int8 = step(resnet50(), a100(), march(Format::int8, 256));
  const StepResult int4 = step(resnet50(), a100(), march(Format::int4, 256));
  CHECK(prints(fp16.latency.in(milliseconds), 11.74, 0.01));
  CHECK(prints(fp16.throughput.in(per_second), 21800, 1));
  CHECK(prints(int8.latency.in(milliseconds), 8.38, 0.01));
  CHECK(prints(int8.throughput.in(per_second), 30552, 1));
  CHECK(prints(int4.latency.in(milliseconds), 11.74, 0.01));
  CHECK(prints(fp16.latency / int8.latency, 1.4, 0.1));
  CHECK(prints(fp16.latency / int4.latency, 1.0, 0.1));
}

TEST_CASE("the share of the bandwidth that decode reaches does not touch a step") {
  const StepResult whole = step(plain(1e9), h100(), may(Format::fp16));
  TutorialSettings settings = may(Format::fp16);
  settings.decode_bandwidth = 0.5;
  CHECK(step(plain(1e9), h100(), settings).latency == whole.latency);
}

// ---- Self-check
// -------------------------------------------------------------------------------------------------------

TEST_CASE("5 FLOP a byte against a ridge point of 150 is memory-bound") {
  CHECK(memory_bound(flop_per_byte(5), flop_per_byte(150)));
  CHECK_FALSE(memory_bound(flop_per_byte(300), flop_per_byte(150)));
  CHECK_FALSE(memory_bound(flop_per_byte(150), flop_per_byte(150)));
}

// ---- Defaults: the model
// --------------------------------------------------------------------------------------------

TEST_CASE(
    "without KV heads every head has its own: the cache of 32 heads is four times that of 8") {
  TutorialModel model = llama3_8b();
  const Bytes grouped = kv_cache_of(model, 2048, 1, 16);
  CHECK(grouped.in(bytes) == 268435456);  // 2·32·8·128·2048·2
  model.kv_heads.reset();
  CHECK(kv_cache_of(model, 2048, 1, 16) == grouped * 4);
}

TEST_CASE(
    "a head size that does not divide is rounded down, as the reference's integer division does") {
  TutorialModel model = llama3_8b();
  model.hidden_dim = 100;
  model.heads = 3;
  model.kv_heads.reset();
  model.layers = 1;
  CHECK(kv_cache_of(model, 1, 1, 16).in(bytes) == 2 * 3 * 33 * 2);
}

TEST_CASE("latent attention caches one latent and one rope key a token, whatever the heads") {
  TutorialModel model = llama3_8b();
  model.kv_lora_rank = 512;
  model.qk_rope_head_dim = 64;
  CHECK(kv_cache_of(model, 2048, 2, 16).in(bytes) == 32.0 * (512 + 64) * 2048 * 2 * 2);
}

TEST_CASE("without layers one is counted, in the overhead and in the cache") {
  TutorialModel model = llama3_8b();
  model.layers.reset();
  CHECK(kv_cache_of(model, 1, 1, 16).in(bytes) == 2 * 8 * 128 * 2);
  const StepResult result = step(plain(1e6), h100(), may(Format::fp16));
  CHECK(result.overhead.in(milliseconds) ==
        Approx(0.02).epsilon(1e-12));  // dispatch 0.01 + one layer 0.01
}

TEST_CASE(
    "FLOP of one input: as listed, else 2 an active parameter, else 2 a parameter, else none") {
  TutorialModel model;
  CHECK(flop_of(model).in(flop) == 0);
  model.parameters = 100;
  CHECK(flop_of(model).in(flop) == 200);
  model.active_parameters = 30;
  CHECK(flop_of(model).in(flop) == 60);
  model.flop = flop(7);
  CHECK(flop_of(model).in(flop) == 7);
}

TEST_CASE("a diffusion model computes its FLOP once a denoising step") {
  TutorialModel model = plain(860e6);
  model.flop = gigaflop(20);
  model.denoising_steps = 50;
  CHECK(flop_of(model).in(gigaflop) == Approx(1000).epsilon(1e-12));
}

TEST_CASE(
    "a model with a size and no parameters keeps its size at every precision and needs no FLOP: "
    "memory-bound") {
  TutorialModel tables;
  tables.fixed_size = gigabytes(40);
  const StepResult result = step(tables, h100(), may(Format::int4));
  CHECK(result.footprint.in(gigabytes) == Approx(40).epsilon(1e-12));
  CHECK(result.compute.in(seconds) == 0);
  CHECK(result.memory_bound);
  CHECK(result.intensity.in(flop_per_byte) == 0);
  CHECK(result.mfu == 0);
}

TEST_CASE(
    "an expert model computes with the active parameters in a step but prefills with all of them") {
  TutorialModel model = llama3_8b();
  model.kind = TutorialModel::Kind::moe;
  model.flop.reset();
  model.active_parameters = 2e9;
  CHECK(step(model, h100(), may(Format::fp16, 256)).compute.in(seconds) ==
        Approx(256 * 4e9 / (989e12 * 0.5)).epsilon(1e-12));
  const double linear = 2 * 8.03e9 * 2048;
  const double attention = 4.0 * 32 * 32 * 128 * 2048 * 2048;
  CHECK(serve(model, h100(), may(Format::fp16), 2048)->ttft.in(seconds) ==
        Approx((linear + attention) / (989e12 * 0.5) + 1e-5).epsilon(1e-12));
}

// ---- Defaults: serving
// ------------------------------------------------------------------------------------------------

TEST_CASE(
    "a cached prefix saves prefill but no memory, and at least one token is always computed") {
  const auto with = [](double cached) {
    return serve(llama3_8b(), h100(), may(Format::fp16), 2048, cached).value();
  };
  CHECK(with(1024).kv == with(0).kv);
  const Time dispatch = milliseconds(0.01);
  CHECK((with(1024).ttft - dispatch) / (with(0).ttft - dispatch) == Approx(0.5).epsilon(1e-12));
  CHECK((with(2047).ttft - dispatch) / (with(0).ttft - dispatch) ==
        Approx(1.0 / 2048).epsilon(1e-12));
  CHECK(with(5000).ttft == with(2047).ttft);
}

TEST_CASE("prefill at a precision without a listed rate takes as long as at FP16, and says so") {
  const ServingResult fp16 = decode(may(Format::fp16)), int4 = decode(may(Format::int4));
  CHECK(int4.ttft == fp16.ttft);
  CHECK(int4.fallback);
  CHECK_FALSE(fp16.fallback);
  CHECK_FALSE(decode(may(Format::int8)).fallback);
}

TEST_CASE("weights and cache that fill the device to the last byte fit, one byte more does not") {
  TutorialHardware device = h100();
  device.memory_capacity = decode(may(Format::fp16)).total;
  CHECK(serve(llama3_8b(), device, may(Format::fp16), 2048)->feasible);
  device.memory_capacity -= bytes(1);
  const Result<ServingResult> result = serve(llama3_8b(), device, may(Format::fp16), 2048);
  CHECK_FALSE(result->feasible);
  CHECK(result->itl == decode(may(Format::fp16)).itl);  // a result with its numbers, not an error
}

TEST_CASE("an empty context has no cache and still prefills one token") {
  const ServingResult result = serve(llama3_8b(), h100(), may(Format::fp16), 0).value();
  CHECK(result.kv.in(bytes) == 0);
  CHECK(result.ttft.in(seconds) == Approx(2 * 8.03e9 / (989e12 * 0.5) + 1e-5).epsilon(1e-12));
}

TEST_CASE("serving anything but a transformer is refused, with the model named") {
  const Result<ServingResult> result = serve(resnet50(), a100(), may(Format::fp16), 2048);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::unsupported);
  CHECK(result.error().path == "model");
  CHECK(result.error().message.find("ResNet50_4p1G") != std::string::npos);
  TutorialModel shapeless = llama3_8b();
  shapeless.heads.reset();
  CHECK_FALSE(serve(shapeless, h100(), may(Format::fp16), 2048));
}

// ---- Defaults: where weights are read from
// --------------------------------------------------------------------------

TEST_CASE(
    "weights that do not fit come over the host link, and never faster than the memory itself") {
  TutorialHardware device = h100();
  const StepResult large = step(plain(50e9), device, may(Format::fp16));
  CHECK_FALSE(large.feasible);
  CHECK(large.path == WeightPath::offload);
  CHECK(large.bandwidth.in(gigabytes_per_second) == Approx(64).epsilon(1e-12));
  device.host_link = gigabytes_per_second(5000);
  CHECK(step(plain(50e9), device, may(Format::fp16)).bandwidth == device.memory_bandwidth);
}

TEST_CASE("a device that lists no host link is given 64 GB/s") {
  TutorialHardware device = h100();
  device.host_link.reset();
  CHECK(step(plain(50e9), device, may(Format::fp16)).bandwidth.in(gigabytes_per_second) ==
        Approx(64).epsilon(1e-12));
}

TEST_CASE(
    "a microcontroller reads from on-chip memory what fits there, from flash what does not, and "
    "past its capacity offloads") {
  CHECK(step(plain(532480), esp32(), may(Format::int8)).path == WeightPath::sram);
  CHECK(step(plain(532481), esp32(), may(Format::int8)).path == WeightPath::flash);
  CHECK(step(plain(4e6), esp32(), may(Format::int8)).path == WeightPath::flash);
  CHECK(step(plain(4e6 + 1), esp32(), may(Format::int8)).path == WeightPath::offload);
}

TEST_CASE("on-chip capacity without a bandwidth of its own changes nothing") {
  TutorialHardware device = h100();
  device.sram_capacity = gigabytes(1);
  CHECK(step(plain(1e6), device, may(Format::fp16)).path == WeightPath::hbm);
}

// ---- Defaults: the step
// -----------------------------------------------------------------------------------------------

TEST_CASE("activations add a tenth of the weights for every input") {
  // 1e9 parameters at 2 B: 2 GB of weights and 10 x 0.2 GB of activations; 10 x 2 GFLOP over 4 GB.
  const StepResult result = step(plain(1e9), h100(), may(Format::fp16, 10));
  CHECK(result.memory.in(seconds) == Approx(4e9 / 3350e9).epsilon(1e-12));
  CHECK(result.intensity.in(flop_per_byte) == Approx(5).epsilon(1e-12));
  CHECK(result.memory_bound);
}

TEST_CASE(
    "the step turns compute-bound at the ridge that the efficiency leaves, not at the "
    "datasheet's") {
  const StepResult result = step(resnet50(), a100(), may(Format::fp16, 256));
  CHECK(result.ridge.in(flop_per_byte) == Approx(312e12 / 2039e9).epsilon(1e-12));
  CHECK(result.ridge_at_efficiency.in(flop_per_byte) == Approx(156e12 / 2039e9).epsilon(1e-12));
  CHECK_FALSE(result.memory_bound);
  CHECK(result.intensity > result.ridge_at_efficiency);
}

TEST_CASE("energy is 30 % of the TDP idle and 70 % with the MFU, and 0 without a TDP") {
  TutorialHardware device = a100();
  const StepResult result = step(resnet50(), device, may(Format::fp16, 256));
  // MFU: 1049.6 GFLOP in 7.24321 ms is 144.908 TFLOP/s of 312.
  CHECK(result.mfu == Approx(1049.6 / (1049.6 / 156 + 0.515) / 312).epsilon(1e-12));
  CHECK(result.energy.in(joules) ==
        Approx(400 * (0.3 + 0.7 * result.mfu) * result.latency.in(seconds)).epsilon(1e-12));
  device.tdp.reset();
  CHECK(step(resnet50(), device, may(Format::fp16, 256)).energy.in(joules) == 0);
}

// ---- Compression
// ----------------------------------------------------------------------------------------------------

TEST_CASE("compression of Llama-3 8B against FP32: 2x, 4x and 8x, saving 50, 75 and 87.5 %") {
  const CompressionResult b16 = quantize(llama3_8b(), h100(), 16);
  const CompressionResult b8 = quantize(llama3_8b(), h100(), 8);
  const CompressionResult b4 = quantize(llama3_8b(), h100(), 4);
  CHECK(b16.original.in(gigabytes) == Approx(32.12).epsilon(1e-12));
  CHECK(b16.compressed.in(gigabytes) == Approx(16.06).epsilon(1e-12));
  CHECK(b8.compressed.in(gigabytes) == Approx(8.03).epsilon(1e-12));
  CHECK(b4.compressed.in(gigabytes) == Approx(4.015).epsilon(1e-12));
  CHECK(b16.ratio == 2);
  CHECK(b8.ratio == 4);
  CHECK(b4.ratio == 8);
  CHECK(b16.savings == 0.5);
  CHECK(b8.savings == 0.75);
  CHECK(b4.savings == 0.875);
}

TEST_CASE("accuracy by rule of thumb: 0 from 16 bits, -0.2 % at 8, -2.5 % from 4, -5 % below") {
  const auto delta = [](double bits) { return quantize(llama3_8b(), h100(), bits).accuracy_delta; };
  CHECK(delta(32) == 0);
  CHECK(delta(16) == 0);
  CHECK(delta(8) == -0.002);
  CHECK(delta(7) == -0.025);
  CHECK(delta(4) == -0.025);
  CHECK(delta(3) == -0.05);
  CHECK(delta(2) == -0.05);
}

TEST_CASE("the reference has its 8-bit value at exactly 8 bits: 9 to 15 bits count as 4-bit") {
  for (double bits = 9; bits <= 15; ++bits) {
    CHECK(quantize(llama3_8b(), h100(), bits).accuracy_delta == -0.025);
  }
}

TEST_CASE("a memory-bound model gains the whole ratio from quantization, at any width") {
  // FP32 weights: 32.12 GB / 3350 GB/s = 9.59 ms against 16.06 GFLOP / 989 TFLOP/s = 0.016 ms.
  CHECK(quantize(llama3_8b(), h100(), 2).speedup == 16);
  CHECK(quantize(llama3_8b(), h100(), 6).speedup == Approx(32.0 / 6).epsilon(1e-12));
}

TEST_CASE(
    "a compute-bound model gains what the device's rate at that width gives, capped by the ratio, "
    "else nothing") {
  // 3.2e6 parameters, 8.7 GFLOP: 12.8 MB / 2039 GB/s = 6.3 µs against 8.7 GFLOP / 312 TFLOP/s
  // = 27.9 µs.
  TutorialModel dense = plain(3.2e6);
  dense.flop = gigaflop(8.7);
  CHECK(quantize(dense, a100(), 8).speedup == 2);  // 624 / 312
  CHECK(quantize(dense, a100(), 4).speedup == 1);  // no INT4 rate listed
  CHECK(quantize(dense, a100(), 6).speedup == 1);
  CHECK(quantize(dense, a100(), 16).speedup == 1);
  CHECK(quantize(dense, h100(), 8).speedup == Approx(1979.0 / 989).epsilon(1e-12));
  TutorialHardware eager = a100();
  eager.rates[index_of(Format::int8)] = teraflop_per_second(3120);
  CHECK(quantize(dense, eager, 8).speedup ==
        4);  // ten times the rate, but only four times fewer bytes
}

TEST_CASE(
    "32 bits on a compute-bound model compares the FP32 rate with the FP16 peak, as the reference "
    "does") {
  TutorialModel dense = plain(3.2e6);
  dense.flop = gigaflop(8.7);
  CHECK(quantize(dense, a100(), 32).speedup == Approx(19.5 / 312).epsilon(1e-12));
  CHECK(quantize(dense, h100(), 32).speedup == 1);  // none listed
}

TEST_CASE("pruning leaves 1 - s of the weights, and a hundredth when all are pruned") {
  const auto pruned = [](double s) { return prune(plain(1e6), s, PruningPattern::unstructured); };
  CHECK(pruned(0).ratio == 1);
  CHECK(pruned(0.75).ratio == 4);
  CHECK(pruned(0.75).compressed.in(bytes) == 1e6);
  CHECK(pruned(1).ratio == 100);
  CHECK(pruned(1).savings == Approx(0.99).epsilon(1e-12));
}

TEST_CASE("pruning costs 0.1 % up to half the weights and grows exponentially beyond") {
  const auto delta = [](double s) {
    return prune(plain(1e6), s, PruningPattern::structured).accuracy_delta;
  };
  CHECK(delta(0) == -0.001);
  CHECK(delta(0.5) == -0.001);
  CHECK(delta(0.75) == Approx(-0.01 * 4.4816890703).epsilon(1e-9));  // e^1.5
  CHECK(delta(1) == Approx(-0.01 * 7.3890560989).epsilon(1e-9));     // e^2
}

TEST_CASE(
    "structured pruning speeds up by its ratio, unstructured not at all, 2:4 twofold near one half "
    "only") {
  const auto speedup = [](double s, PruningPattern pattern) {
    return prune(plain(1e6), s, pattern).speedup;
  };
  CHECK(speedup(0.75, PruningPattern::structured) == 4);
  CHECK(speedup(1, PruningPattern::structured) == 100);
  CHECK(speedup(0.75, PruningPattern::unstructured) == 1);
  CHECK(speedup(0.5, PruningPattern::n_m) == 2);
  CHECK(speedup(0.46, PruningPattern::n_m) == 2);
  CHECK(speedup(0.54, PruningPattern::n_m) == 2);
  CHECK(speedup(0.44, PruningPattern::n_m) == 1);
  CHECK(speedup(0.56, PruningPattern::n_m) == 1);
  CHECK(speedup(0, PruningPattern::n_m) == 1);
}
