// Transformers lowered to operators, each figure worked by hand.
#include "crossover/lower.h"

#include <cmath>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

Json decode(const char* model, const char* hardware = "h100-sxm") {
  return {{"lens", "roofline"}, {"model", model}, {"hardware", hardware}, {"phase", "decode"}};
}
Json prefill(const char* model, double prompt) {
  return {{"lens", "roofline"},
          {"model", model},
          {"hardware", "h100-sxm"},
          {"phase", "prefill"},
          {"prompt", prompt}};
}
double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

// Llama-3.1 8B: 32 layers, d 4096, 32 heads and 8 KV heads of 128, MLP 14336 gated, 128,256 tokens.
constexpr double qkv = 4096.0 * (4096 + 2 * 8 * 128), o = 4096.0 * 4096;
constexpr double gate_up = 4096.0 * 2 * 14336, down = 14336.0 * 4096;
constexpr double linear_parameters = 32 * (qkv + o + gate_up + down);
constexpr double head_parameters = 128256.0 * 4096, other_parameters = 266240;

}  // namespace

TEST_CASE("Llama-3.1 8B: the shapes add up to 8,030,261,248 parameters") {
  CHECK(linear_parameters + 2 * head_parameters + other_parameters == 8030261248);
  CHECK(number(evaluated(decode("llama-3.1-8b")), "weight_bytes") == 2 * 8030261248.0);
}

TEST_CASE("GPT-2: the matrices of all layers cost 24*L*n*d^2 FLOP exactly") {
  struct Shape {
    const char* id;
    double layers, d;
  };
  for (const Shape& shape : {Shape{"gpt2-small", 12, 768}, Shape{"gpt2-medium", 24, 1024},
                             Shape{"gpt2-large", 36, 1280}, Shape{"gpt2-xl", 48, 1600}}) {
    for (const double n : {1.0, 7.0, 512.0}) {
      const Json result = evaluated(with(prefill(shape.id, n), {{"batch", 3}}));
      double flop = 0;
      for (const char* name : {"qkv_proj", "o_proj", "fc1", "fc2"})
        flop += number(operator_named(result, name), "flop");
      CHECK(flop == 24 * shape.layers * (3 * n) * shape.d * shape.d);
    }
  }
}

TEST_CASE("INT4 g128 stores Llama-3.1 8B in 5.70 GB and reads 4.65 of FP16's 15.01 GB a step") {
  // 4 bits and a 16-bit scale for 128 weights: 4.125 bits. Embedding, head and norms stay FP16.
  const double stored =
      linear_parameters * 4.125 / 8 + (2 * head_parameters + other_parameters) * 2;
  CHECK(stored == 5700591616);
  const double row = 4096 * 2;  // of the embedding, for one token
  const double read =
      linear_parameters * 4.125 / 8 + (head_parameters + other_parameters) * 2 + row;
  const double read_fp16 = (linear_parameters + head_parameters + other_parameters) * 2 + row;

  const Json int4 = evaluated(with(decode("llama-3.1-8b"), {{"scheme", "w4a16-g128"}}));
  const Json fp16 = evaluated(decode("llama-3.1-8b"));
  CHECK(number(int4, "weight_bytes") == exactly(stored));
  CHECK(sum_over(int4, "weight_bytes") == exactly(read));
  CHECK(std::round(read / 1e7) / 100 == 4.65);
  CHECK(sum_over(fp16, "weight_bytes") == exactly(read_fp16));
  CHECK(std::round(read_fp16 / 1e7) / 100 == 15.01);
}

TEST_CASE("Scales and zero points are counted: 4.15625 bits for AWQ, 4.5 for groups of 32") {
  const auto linear_bytes = [](const Json& scheme) {
    return number(
        operator_named(evaluated(with(decode("llama-3.1-8b"), {{"scheme", scheme}})), "o_proj"),
        "weight_bytes");
  };
  CHECK(linear_bytes("w4a16-g128-zp") == 32 * o * 4.15625 / 8);
  CHECK(linear_bytes("w4a16-g32") == 32 * o * 4.5 / 8);
  CHECK(linear_bytes("nf4") == 32 * o * 4.5 / 8);
  CHECK(linear_bytes("w4a16") == 32 * o * 4 / 8);
  CHECK(linear_bytes({{"weight_bits", 3}, {"group_size", 64}, {"zero_point_bits", 16}}) ==
        32 * o * 3.5 / 8);
}

TEST_CASE(
    "Under weight-only schemes the LM head and the embedding stay FP16, unless quantized too") {
  const Json plain = operator_named(
      evaluated(with(decode("llama-3.1-8b"), {{"scheme", "w4a16-g128"}, {"kernel", "marlin"}})),
      "lm_head");
  CHECK(number(plain, "weight_bytes") == head_parameters * 2);
  CHECK(plain["kernel"] == "cublas-fp16");
  CHECK(plain["format"] == "fp16");
  const Json scheme{{"weight_bits", 4}, {"quantize_head", true}};
  const Json both = evaluated(with(decode("llama-3.1-8b"), {{"scheme", scheme}}));
  CHECK(number(operator_named(both, "lm_head"), "weight_bytes") == head_parameters / 2);
  CHECK(number(operator_named(both, "embedding"), "weight_bytes") == 4096 / 2.0);
  CHECK(number(both, "weight_bytes") ==
        exactly((linear_parameters + 2 * head_parameters) / 2 + other_parameters * 2));
}

TEST_CASE("KV bytes a token: GQA, MQA, MHA, and latent attention's 576 elements a layer") {
  struct Cache {
    const char* id;
    double elements;  // a token, all layers
  };
  for (const Cache& cache : {Cache{"llama-3.1-8b", 2.0 * 32 * 8 * 128},   // GQA
                             Cache{"falcon-7b", 2.0 * 32 * 1 * 64},       // MQA
                             Cache{"llama-2-7b", 2.0 * 32 * 32 * 128},    // MHA
                             Cache{"deepseek-v3", 61.0 * (512 + 64)}}) {  // MLA
    const Json result = evaluated(with(decode(cache.id), {{"batch", 3}, {"context", 1000}}));
    CHECK(number(result, "kv_bytes") == exactly(cache.elements * 2 * 3 * 1000));
    // A step reads the context and writes the new token.
    CHECK(sum_over(result, "kv_bytes") == exactly(cache.elements * 2 * 3 * 1001));
    const Json narrow =
        evaluated(with(decode(cache.id), {{"batch", 3}, {"context", 1000}, {"kv_bits", 4}}));
    CHECK(number(narrow, "kv_bytes") == exactly(cache.elements * 0.5 * 3 * 1000));
  }
}

TEST_CASE("Latent attention decodes with absorbed weights: 2*h*(2*512 + 64) FLOP a cached token") {
  const Json result = evaluated(with(decode("deepseek-v3"), {{"context", 500}}));
  CHECK(number(operator_named(result, "attention"), "flop") ==
        exactly(61.0 * 2 * 128 * (512 + 64 + 512) * 500));
  CHECK(number(operator_named(result, "kv_a_proj"), "weight_bytes") ==
        61.0 * 7168 * (512 + 64) * 2);
}

TEST_CASE("A window caps what is held and read: Mistral 7B keeps 4,096 tokens") {
  const double element_bytes = 2.0 * 8 * 128 * 2;  // a token and layer
  const Json inside = evaluated(with(decode("mistral-7b-v0.1"), {{"context", 3000}}));
  CHECK(number(inside, "kv_bytes") == 32 * element_bytes * 3000);
  const Json outside = evaluated(with(decode("mistral-7b-v0.1"), {{"context", 8192}}));
  CHECK(number(outside, "kv_bytes") == 32 * element_bytes * 4096);
  CHECK(number(operator_named(outside, "attention_local"), "flop") == 32.0 * 4 * 32 * 128 * 4096);
}

TEST_CASE("Alternating local and global layers: Gemma 2 9B caps half of its 42 layers at 4,096") {
  const double element_bytes = 2.0 * 8 * 256 * 2;
  const Json result = evaluated(with(decode("gemma-2-9b"), {{"context", 8192}}));
  CHECK(number(result, "kv_bytes") == element_bytes * (21 * 8192 + 21 * 4096));
  CHECK(number(operator_named(result, "attention"), "flop") == 21.0 * 4 * 16 * 256 * 8192);
  CHECK(number(operator_named(result, "attention_local"), "flop") == 21.0 * 4 * 16 * 256 * 4096);
}

TEST_CASE("Tied embeddings are stored once and streamed once a step, as the head") {
  const Json result = evaluated(with(decode("gemma-2-9b"), {{"batch", 2}}));
  CHECK(number(result, "weight_bytes") == 9241705984.0 * 2);
  CHECK(number(operator_named(result, "lm_head"), "weight_bytes") == 256000.0 * 3584 * 2);
  CHECK(number(operator_named(result, "embedding"), "weight_bytes") == 2.0 * 3584 * 2);
}

TEST_CASE("Causal prefill attends to half the square, and scores its last token only") {
  const Json result = evaluated(prefill("llama-3.1-8b", 2048));
  CHECK(number(operator_named(result, "attention"), "flop") ==
        32 * (4.0 * 32 * 128 * (2048.0 * 2048 / 2)));
  CHECK(number(operator_named(result, "lm_head"), "flop") == 2 * head_parameters);
  CHECK(number(operator_named(result, "down_proj"), "flop") == 32 * 2 * down * 2048);
}

TEST_CASE("A cached prefix is attended to and not computed") {
  const Json result =
      evaluated(with(prefill("llama-3.1-8b", 1024), {{"cached_prefix", 1024}, {"batch", 2}}));
  const double pairs = 1024.0 * 1024 + 1024.0 * 1024 / 2;
  const Json attention = operator_named(result, "attention");
  CHECK(number(attention, "flop") == 2 * 32 * 4.0 * 32 * 128 * pairs);
  // Reads 2,048 keys and values, writes 1,024.
  CHECK(number(attention, "kv_bytes") == 2 * 32 * (2.0 * 8 * 128 * 2) * (2048 + 1024));
  CHECK(number(result, "kv_bytes") == 2 * 32 * (2.0 * 8 * 128 * 2) * 2048);
  CHECK(number(operator_named(result, "qkv_proj"), "flop") == 2 * 32 * 2 * qkv * 1024);
}

TEST_CASE("Chunks keep the FLOP of a prefill and read the weights again for each") {
  const Json whole = evaluated(prefill("llama-3.1-8b", 2048));
  for (const auto& [chunk, passes] : {std::pair{512.0, 4.0}, {600.0, 4.0}, {5000.0, 1.0}}) {
    const Json cut = evaluated(with(prefill("llama-3.1-8b", 2048), {{"chunk", chunk}}));
    CHECK(number(cut, "flop") == exactly(number(whole, "flop")));
    CHECK(number(operator_named(cut, "attention"), "flop") ==
          exactly(number(operator_named(whole, "attention"), "flop")));
    for (const char* name : {"qkv_proj", "o_proj", "gate_up_proj", "down_proj"}) {
      CHECK(number(operator_named(cut, name), "weight_bytes") ==
            passes * number(operator_named(whole, name), "weight_bytes"));
    }
    CHECK(number(cut, "kv_bytes") == number(whole, "kv_bytes"));
  }
  // Gemma's windowed layers see the same pairs, whatever the chunks.
  const Json gemma = evaluated(prefill("gemma-2-9b", 8192));
  const Json gemma_cut = evaluated(with(prefill("gemma-2-9b", 8192), {{"chunk", 1000}}));
  CHECK(number(operator_named(gemma_cut, "attention_local"), "flop") ==
        exactly(number(operator_named(gemma, "attention_local"), "flop")));
  // 4,096 tokens that fill the window, then 4,096 that see all of it.
  CHECK(number(operator_named(gemma, "attention_local"), "flop") ==
        21 * 4.0 * 16 * 256 * (4096.0 * 4096 / 2 + 4096.0 * 4096));
}

TEST_CASE("Speculation: several new tokens a sequence share the weights") {
  const Json one = evaluated(decode("llama-3.1-8b"));
  const Json four = evaluated(with(decode("llama-3.1-8b"), {{"new_tokens", 4}}));
  CHECK(number(operator_named(four, "o_proj"), "weight_bytes") ==
        number(operator_named(one, "o_proj"), "weight_bytes"));
  CHECK(number(four, "flop") == 4 * number(one, "flop"));
  CHECK(number(four, "tokens_per_s") == exactly(4 / number(four, "step_s")));
}
