// Mixtures of experts, encoders, state-space models, models without shapes, training, several
// devices and compute formats, each figure worked by hand.
#include <cmath>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

Json scenario(const char* model, const char* hardware = "h100-sxm") {
  return {{"lens", "roofline"}, {"model", model}, {"hardware", hardware}};
}
double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

// Llama-3.1 8B (lower_test.cpp works these out).
constexpr double llama_parameters = 8030261248, llama_linears = 6979321856;
constexpr double llama_head = 128256.0 * 4096;

}  // namespace

TEST_CASE("Mixture of experts: N tokens touch E(1-(1-k/E)^N) experts, FLOP come from k of them") {
  // Mixtral 8x7B: 32 layers, 8 experts of 4096 x 14336, 2 a token.
  const double up = 4096.0 * 2 * 14336, down = 14336.0 * 4096;
  for (const auto& [n, touched] :
       {std::pair{1.0, 2.0}, {2.0, 3.5}, {4.0, 8 * (1 - 0.31640625)}, {100000.0, 8.0}}) {
    const Json result = evaluated(with(scenario("mixtral-8x7b"), {{"batch", n}, {"context", 1}}));
    CHECK(number(operator_named(result, "expert_gate_up"), "weight_bytes") ==
          exactly(32 * up * 2 * touched));
    CHECK(number(operator_named(result, "expert_down"), "weight_bytes") ==
          exactly(32 * down * 2 * touched));
    CHECK(number(operator_named(result, "expert_gate_up"), "flop") == 32 * 2 * up * 2 * n);
    CHECK(number(operator_named(result, "router"), "flop") == 32 * 2 * 4096.0 * 8 * n);
    CHECK(number(result, "weight_bytes") == 46702792704.0 * 2);  // all experts are stored
  }
}

TEST_CASE("DeepSeek-V3: 3 dense layers, 58 with 256 routed experts and one shared") {
  const Json result = evaluated(scenario("deepseek-v3"));
  CHECK(number(operator_named(result, "gate_up_proj"), "weight_bytes") ==
        3 * 7168.0 * 2 * 18432 * 2);
  CHECK(number(operator_named(result, "shared_down"), "weight_bytes") == 58 * 2048.0 * 7168 * 2);
  CHECK(number(operator_named(result, "expert_down"), "weight_bytes") ==
        exactly(58 * 8 * 2048.0 * 7168 * 2));
  // 37 billion active parameters, as its card says: 74 GFLOP a token beside attention.
  double linear = 0;
  for (const Json& op : result.at("operators")) {
    if (op.at("name") != "attention") linear += op.at("flop").get<double>();
  }
  CHECK(linear / 2 == doctest::Approx(37e9).epsilon(0.02));
}

TEST_CASE("An expert that runs for one token takes the kernel's path of one token") {
  // 8 of 256 and 6 of 160 visit one token each at batch 1, whatever k/E rounds to.
  for (const char* model : {"mixtral-8x7b", "deepseek-v3", "deepseek-v2", "qwen3-235b-a22b"}) {
    Engine& engine = library();
    const RooflineScenario read_scenario =
        read(engine, with(scenario(model), {{"kernel", "marlin"}, {"hardware", "a100-80gb"}}));
    const auto plan = lower(read_scenario, Side::scheme);
    REQUIRE(plan);
    double rows = 0;  // that the dense projection of one token computes
    for (const Operator& op : plan->operators) {
      if (op.name == "o_proj") rows = terms_of(op, *plan, 1).rows;
    }
    for (const Operator& op : plan->operators) {
      if (op.experts <= 0) continue;
      CHECK(terms_of(op, *plan, 1).rows == rows);
      CHECK(terms_of(op, *plan, 1).tokens == 1);
    }
  }
}

TEST_CASE("Encoders attend to the whole square and keep no cache") {
  // BERT base: 12 layers, d 768, MLP 3072; 128 tokens.
  const Json result = evaluated(with(scenario("bert-base"), {{"prompt", 128}, {"batch", 4}}));
  CHECK(result["phase"] == "prefill");
  CHECK(number(operator_named(result, "attention"), "flop") == 4 * 12 * 4.0 * 768 * 128 * 128);
  CHECK(number(operator_named(result, "fc1"), "flop") == 4 * 12 * 2.0 * 768 * 3072 * 128);
  CHECK(number(result, "kv_bytes") == 0);
  CHECK(sum_over(result, "kv_bytes") == 0);
  CHECK_FALSE(has_operator(result, "lm_head"));
  CHECK(refusal("evaluate", with(scenario("bert-base"), {{"phase", "decode"}})).path == "phase");
}

TEST_CASE("Mamba keeps a state of (16 + 4) x 5120 elements a layer, however long the context") {
  const double state = 64 * 5120.0 * (16 + 4) * 2;
  for (const double context : {1.0, 100000.0}) {
    const Json result =
        evaluated(with(scenario("mamba-2.8b"), {{"context", context}, {"batch", 3}}));
    CHECK(number(result, "kv_bytes") == 3 * state);
    CHECK(sum_over(result, "kv_bytes") == 3 * 2 * state);  // read and written
    CHECK(number(result, "weight_bytes") == 2768345600.0 * 2);
  }
  const Json step = evaluated(scenario("mamba-2.8b"));
  CHECK(number(operator_named(step, "in_proj"), "flop") == 64 * 2 * 2560.0 * 10240);
  CHECK(number(operator_named(step, "scan"), "flop") == 64 * (9.0 * 5120 * 16 + 2.0 * 5120 * 4));
}

TEST_CASE(
    "ResNet-50 is one operator: 8.22 GFLOP, its weights and 44.4 MB of activations an image") {
  const Json base = with(scenario("resnet-50", "a100-80gb"), {{"batch", 256}});
  const Json fp16 = evaluated(base);
  REQUIRE(fp16["operators"].size() == 1);
  const double compute = 256 * 8.22e9 / 312e12;
  const double memory = (25557032 * 2.0 + 256 * 44.4e6) / 2.039e12;
  CHECK(number(fp16, "step_s") == exactly(std::max(compute, memory)));
  CHECK(fp16["regime"] == "compute");
  const Json int8 = evaluated(with(base, {{"scheme", "w8a8-int8"}}));
  const double narrow_memory = (25557032 + 256 * 44.4e6 / 2) / 2.039e12;
  CHECK(number(int8, "step_s") == exactly(std::max(compute / 2, narrow_memory)));
  CHECK(int8["compute_format"] == "int8");
  CHECK(number(int8, "tokens_per_s") == exactly(256 / number(int8, "step_s")));
}

TEST_CASE("Training costs three times the forward FLOP, and Adam 16 bytes a parameter in memory") {
  const double t = 1024;
  const double attention = 32 * 4.0 * 32 * 128 * (t * t / 2);
  const double forward = 2 * t * (llama_linears + llama_head) + attention;
  const Json adam = evaluated(with(scenario("llama-3.1-8b"), {{"phase", "train"}, {"prompt", t}}));
  CHECK(number(adam, "flop") == exactly(3 * forward));
  CHECK(number(adam, "weight_bytes") + number(adam, "training_bytes") ==
        exactly(16 * llama_parameters));
  CHECK(number(adam, "kv_bytes") == 0);
  // Gradient read, master weight and two moments read and written, 16-bit weight written.
  CHECK(number(operator_named(adam, "optimizer"), "weight_bytes") ==
        exactly((2 + 2 * 12 + 2) * llama_parameters));
  for (const auto& [optimizer, kept] : {std::pair{"sgd", 8.0}, {"momentum", 12.0}}) {
    const Json result =
        evaluated(with(scenario("llama-3.1-8b"), {{"phase", "train"}, {"optimizer", optimizer}}));
    CHECK(number(result, "weight_bytes") + number(result, "training_bytes") ==
          exactly(kept * llama_parameters));
  }
  const Json resnet = evaluated(with(scenario("resnet-50"), {{"phase", "train"}, {"batch", 32}}));
  CHECK(number(resnet, "flop") == exactly(3 * 32 * 8.22e9));
}

TEST_CASE("Training keeps no cache: keys and values are read once, as 16-bit activations") {
  const auto trained = [](const char* model, double kv_bits) {
    return evaluated(with(scenario(model), {{"phase", "train"},
                                            {"batch", 3},
                                            {"prompt", 1024},
                                            {"runtime", "hf-eager"},
                                            {"kv_bits", kv_bits}}));
  };
  for (const char* model : {"llama-3.1-8b", "gemma-2-9b", "deepseek-v2-lite", "mamba-2.8b"}) {
    const Json wide = trained(model, 16);
    CHECK(wide == trained(model, 4));
    CHECK(number(wide, "kv_bytes") == 0);
    CHECK(sum_over(wide, "kv_bytes") == 0);
  }
  // Llama-3.1 8B: 32 layers; 32 heads of queries and of outputs, 8 of keys and 8 of values, of 128
  // elements of 2 bytes each; forward and a backward pass of twice that.
  CHECK(number(operator_named(trained("llama-3.1-8b", 16), "attention"), "activation_bytes") ==
        exactly(3 * 32 * 3 * 1024.0 * (32 + 32 + 8 + 8) * 128 * 2));
}

TEST_CASE("LoRA trains 41,943,040 parameters of Llama-3.1 8B at rank 16, as PEFT prints") {
  // q and o: 4096 + 4096; k and v: 4096 + 1024; gate, up, down: 4096 + 14336. Two matrices each.
  const double adapters = 32 * 16 * (2 * 8192.0 + 2 * 5120 + 3 * 18432);
  CHECK(adapters == 41943040);
  const Json train{{"phase", "train"}, {"lora_rank", 16}, {"prompt", 512}};
  const Json lora = evaluated(with(scenario("llama-3.1-8b"), train));
  CHECK(number(lora, "weight_bytes") == 2 * llama_parameters);
  CHECK(number(lora, "training_bytes") == exactly(16 * adapters));
  CHECK(number(operator_named(lora, "adapter_gradients"), "flop") == exactly(6 * adapters * 512));
  // QLoRA: the frozen weights at 4.127 bits, the adapters as before.
  const Json qlora = evaluated(with(with(scenario("llama-3.1-8b"), train), {{"scheme", "nf4-dq"}}));
  const double bits = 4 + 8.125 / 64;
  CHECK(number(qlora, "weight_bytes") ==
        exactly(llama_linears * bits / 8 + (2 * llama_head + 266240) * 2));
  CHECK(number(qlora, "training_bytes") == number(lora, "training_bytes"));
  CHECK(number(qlora, "flop") == number(lora, "flop"));
  CHECK(refusal("evaluate", with(scenario("llama-3.1-8b"), {{"lora_rank", 16}})).path ==
        "lora_rank");
}

TEST_CASE("LoRA of mixtures and latents has matrices beside every expert and projection") {
  const auto training = [](const char* model) {
    return evaluated(with(scenario(model), {{"phase", "train"}, {"lora_rank", 1}, {"prompt", 10}}));
  };
  const auto check = [](const Json& result, double stored, double active) {
    CHECK(number(result, "training_bytes") == exactly(16 * stored));
    CHECK(number(operator_named(result, "adapter_gradients"), "flop") == exactly(6 * active * 10));
  };
  // Mixtral 8x7B, 32 layers of width 4096: attention 4096+4096, 4096+1024 twice, 4096+4096; eight
  // experts, two of them visited, of three matrices between 4096 and 14336.
  const double attention = 8192 + 5120 + 5120 + 8192, expert = 3 * (4096 + 14336);
  check(training("mixtral-8x7b"), 32 * (attention + 8 * expert), 32 * (attention + 2 * expert));
  // DeepSeek-V2-Lite, 27 layers of width 2048: queries 16 x 192, latents 512 + 64, keys and values
  // 16 x 256, output from 16 x 128. The first layer's MLP is 10944 wide; the others have 64 experts
  // of 1408 (6 visited) and two shared ones, together 2816 wide.
  const double latent = (2048 + 3072) + (2048 + 576) + (512 + 4096) + (2048 + 2048);
  const double dense = 27 * latent + 3 * (2048 + 10944) + 26 * 3 * (2048 + 2816);
  check(training("deepseek-v2-lite"), dense + 26 * 64 * 3 * (2048 + 1408),
        dense + 26 * 6 * 3 * (2048 + 1408));
}

TEST_CASE("Several devices each keep routers, the latents' first projections and a head of keys") {
  const auto weights = [](const char* model, int devices) {
    return number(evaluated(with(scenario(model), {{"devices", devices}})), "weight_bytes");
  };
  // On four devices, 4 x each one's share is one device's weights and three times what is on each.
  const auto on_each = [&](const char* model) {
    return (4 * weights(model, 4) - weights(model, 1)) / 3;
  };
  // Mixtral 8x7B: 65 norms of 4096 and 32 routers of 4096 x 8, at two bytes.
  CHECK(on_each("mixtral-8x7b") == exactly(2.0 * (65 * 4096 + 32 * 4096 * 8)));
  // DeepSeek-V2-Lite: 26 routers of 2048 x 64 and 27 projections of 2048 to 512 + 64; 55 norms of
  // 2048 and 27 of 512.
  CHECK(on_each("deepseek-v2-lite") ==
        doctest::Approx(2.0 * (26 * 2048 * 64 + 27 * 2048 * 576 + 55 * 2048 + 27 * 512))
            .epsilon(1e-9));
  // Falcon 7B: 32 layers of width 4544 with one head of 64 for keys and one for values: three
  // devices more hold a copy of them; norms apart.
  const double copies = 3 * 32 * 4544 * 2.0 * 64 * 2;
  const double norms = 2 * (*library().catalog().model("falcon-7b"))->other_parameters;
  CHECK(4 * weights("falcon-7b", 4) - weights("falcon-7b", 1) == exactly(copies + 3 * norms));
}

TEST_CASE("Only a cache has a prefix and chunks, and only in a prefill") {
  for (const char* model : {"bert-base", "mamba-2.8b", "resnet-50"}) {
    const Json prefill = with(scenario(model), {{"phase", "prefill"}});
    CHECK(refusal("evaluate", with(prefill, {{"cached_prefix", 64}})).path == "cached_prefix");
    CHECK(refusal("evaluate", with(prefill, {{"chunk", 64}})).path == "chunk");
  }
  const Json train = with(scenario("llama-3.1-8b"), {{"phase", "train"}, {"prompt", 64}});
  CHECK(evaluated(with(train, {{"cached_prefix", 512}})) == evaluated(train));
}

TEST_CASE("Training multiplies in FP8 where that is the scheme, and never in integers") {
  const auto trained = [](const char* scheme) {
    return evaluated(
        with(scenario("llama-3.1-8b"), {{"phase", "train"}, {"batch", 8}, {"scheme", scheme}}));
  };
  const Json wide = trained("fp16"), integers = trained("w8a8-int8"), eight = trained("fp8");
  CHECK(integers["compute_format"] == "fp16");
  CHECK(integers["assumptions"].dump().find("integers_trained_wide") != std::string::npos);
  CHECK(operator_named(integers, "o_proj")["time_s"] == operator_named(wide, "o_proj")["time_s"]);
  CHECK(eight["compute_format"] == "fp8");
  // FP8 at twice the rate, in all three passes; the LM head stays wide.
  CHECK(number(operator_named(eight, "o_proj"), "time_s") ==
        exactly(number(operator_named(wide, "o_proj"), "time_s") * 989 / 1979));
  const double head = number(operator_named(wide, "lm_head"), "flop") / 2;
  const double all = number(operator_named(wide, "weight_gradients"), "flop");
  CHECK(number(operator_named(eight, "weight_gradients"), "flop") == exactly(all));
  CHECK(number(operator_named(eight, "weight_gradients"), "time_s") ==
        exactly(head / 989e12 + (all - head) / 1979e12).epsilon(2e-3));
}

TEST_CASE("A kernel for other weights of the same width runs, and the result says so") {
  const auto assumptions = [](const char* scheme, const char* kernel) {
    return evaluated(with(scenario("llama-3.1-8b", "a100-80gb"),
                          {{"scheme", scheme}, {"kernel", kernel}}))["assumptions"]
        .dump();
  };
  const std::string other = "other_weight_format";
  CHECK(assumptions("w4a16-g128", "bitsandbytes-nf4").find(other) != std::string::npos);
  CHECK(assumptions("nf4", "bitsandbytes-nf4").find(other) == std::string::npos);
  CHECK(assumptions("w4a16-g128", "marlin").find(other) == std::string::npos);
}

TEST_CASE("Tensor parallel: each of 2 devices holds half and exchanges 2(n-1)/n of the stream") {
  const Json base = with(scenario("llama-3.1-8b"), {{"batch", 4}, {"scheme", "w4a16-g128"}});
  const Json one = evaluated(with(base, {{"devices", 1}})),
             two = evaluated(with(base, {{"devices", 2}}));
  CHECK_FALSE(has_operator(one, "all_reduce"));
  CHECK(one == evaluated(base));
  for (const char* name : {"qkv_proj", "o_proj", "gate_up_proj", "down_proj", "lm_head"}) {
    for (const char* figure : {"weight_bytes", "flop"}) {
      CHECK(number(operator_named(two, name), figure) ==
            number(operator_named(one, name), figure) / 2);
    }
  }
  // All but the 266,240 norm weights of 2 bytes, which both have.
  CHECK(number(two, "weight_bytes") - 2 * 266240 ==
        exactly((number(one, "weight_bytes") - 2 * 266240) / 2));
  CHECK(number(two, "kv_bytes") == number(one, "kv_bytes") / 2);
  CHECK(number(operator_named(two, "attention"), "flop") ==
        number(operator_named(one, "attention"), "flop") / 2);
  // NVLink 4: 900 GB/s in both directions, so 450 in one. 4 tokens x 4096 x 2 bytes, 64 times.
  const Json exchange = operator_named(two, "all_reduce");
  CHECK(exchange["bound"] == "link");
  CHECK(number(exchange, "time_s") == exactly(64 * (2 * 0.5 * 4 * 4096 * 2 / 450e9)));
  const Json eight = evaluated(with(base, {{"devices", 8}, {"runtime", "vllm"}}));
  CHECK(number(operator_named(eight, "all_reduce"), "time_s") ==
        exactly(64 * (1e-5 + 2 * 7.0 / 8 * 4 * 4096 * 2 / (450e9 * 0.7))));
}

TEST_CASE("KV heads are not cut below one: Falcon's single one is kept on every device") {
  const Json base = with(scenario("falcon-7b"), {{"context", 100}});
  CHECK(evaluated(with(base, {{"devices", 4}}))["kv_bytes"] == evaluated(base)["kv_bytes"]);
  // Likewise DeepSeek's latents.
  const Json latent = with(scenario("deepseek-v2-lite"), {{"context", 100}});
  CHECK(evaluated(with(latent, {{"devices", 4}}))["kv_bytes"] == evaluated(latent)["kv_bytes"]);
}

TEST_CASE("Compute formats: native where the device has it, else the next wider one, named") {
  struct Case {
    const char *hardware, *scheme, *format;
    bool fallback;
  };
  for (const Case& c :
       {Case{"a100-80gb", "w4a4-int4", "int4", false}, Case{"h100-sxm", "w4a4-int4", "int8", true},
        Case{"h100-sxm", "w4a4-fp4", "fp8", true}, Case{"a100-80gb", "w4a4-fp4", "fp16", true},
        Case{"a100-80gb", "fp8", "fp16", true}, Case{"l4", "fp8", "fp8", false},
        Case{"v100-sxm2", "w8a8-int8", "fp16", true}, Case{"v100-sxm2", "bf16", "fp32", true},
        Case{"a100-80gb", "w4a16-g128", "fp16", false}, Case{"b200", "w4a4-fp4", "fp4", false}}) {
    const Json result =
        evaluated(with(scenario("llama-3.1-8b", c.hardware), {{"scheme", c.scheme}}));
    INFO(c.hardware << " " << c.scheme);
    CHECK(result["compute_format"] == c.format);
    CHECK(result["fallback"].is_null() != c.fallback);
    CHECK(operator_named(result, "o_proj")["format"] == c.format);
    if (c.fallback) {
      CHECK(result["fallback"].get<std::string>().find(c.format) != std::string::npos);
    }
  }
  CHECK(operator_named(evaluated(with(scenario("llama-3.1-8b"), {{"scheme", "fp8"}})),
                       "attention")["format"] == "fp16");
}
