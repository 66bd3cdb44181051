// What an imported configuration says of quantization, as a scheme.
#include <doctest/doctest.h>

#include <string>

#include "crossover/import_hf.h"
#include "imported_configs.h"

using namespace crossover;
using namespace crossover::testing;

TEST_CASE("quantization_config becomes a scheme with its true bits") {
  const Scheme gptq = scheme_named("llama-2-7b-gptq");
  CHECK(gptq.weight_bits == 4);
  CHECK(gptq.act_format == Format::fp16);
  CHECK(gptq.stored_bits() == 4.125);  // 16-bit scales of 128 weights
  const Scheme awq = scheme_named("qwen2.5-7b-awq");
  CHECK(awq.stored_bits() == 4 + 20.0 / 128);  // and 4-bit zero points
  const Scheme nf4 = scheme_named("llama-3-8b-bnb-nf4");
  CHECK(nf4.act_format == Format::bf16);
  CHECK(nf4.stored_bits() == 4 + 8.125 / 64);  // double quantization, as QLoRA counts: 4.127
  const Scheme w8a8 = scheme_named("llama-3.1-8b-w8a8");
  CHECK(w8a8.weight_bits == 8);
  CHECK(w8a8.act_format == Format::int8);
  CHECK(w8a8.group_size == 0);
  const Scheme blocks = scheme_named("deepseek-v3");
  CHECK(blocks.act_format == Format::fp8);
  CHECK(blocks.stored_bits() == 8 + 32.0 / (128 * 128));
  const Scheme rows = scheme_named("llama-3.1-405b-fp8");
  CHECK(rows.act_format == Format::fp8);
  CHECK(rows.stored_bits() == 8);
  const Scheme mxfp4 = scheme_named("gpt-oss-20b");
  CHECK(mxfp4.act_format == Format::bf16);
  CHECK(mxfp4.stored_bits() == 4.25);
  CHECK(imported(config_named("llama-3.1-8b")).scheme.is_null());
}

TEST_CASE("compressed-tensors: weight-only groups, NVFP4 and a quantized cache") {
  Json config = config_named("llama-3.1-8b-w8a8");
  Json& quantization = config["quantization_config"];
  Json& group = quantization["config_groups"]["group_0"];
  group["input_activations"] = nullptr;
  group["weights"]["num_bits"] = 4;
  group["weights"]["group_size"] = 128;
  group["weights"]["strategy"] = "group";
  quantization["kv_cache_scheme"] = {{"num_bits", 8}, {"type", "float"}};
  auto scheme = read_scheme(imported(config).scheme, "");
  REQUIRE(scheme.has_value());
  CHECK(scheme->stored_bits() == 4.125);
  CHECK(scheme->act_format == Format::bf16);
  CHECK(scheme->kv_bits == 8);

  group["weights"]["type"] = "float";
  group["weights"]["group_size"] = 16;
  group["input_activations"] = {{"num_bits", 4}, {"type", "float"}};
  scheme = read_scheme(imported(config).scheme, "");
  REQUIRE(scheme.has_value());
  CHECK(scheme->act_format == Format::fp4);
  CHECK(scheme->stored_bits() == 4.5);  // an FP8 scale for 16 weights
}

TEST_CASE("Each quantization method comes with its own scales and zero points") {
  struct Expected {
    const char* quantization;
    double stored_bits;
    Format act_format;
    double kv_bits;
  };
  const Expected expected[] = {
      // HQQ keeps a 16-bit scale and a 16-bit zero point for 64 weights: 4 + 32/64.
      {R"({"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 4, "group_size":
           64, "axis": 1, "quant_zero": false, "quant_scale": false}}, "skip_modules": ["lm_head"]})",
       4.5, Format::bf16, 16},
      // With both quantized to 8 bits: 2 + 16/16.
      {R"({"quant_method": "hqq", "quant_config": {"weight_quant_params": {"nbits": 2, "group_size":
           16, "quant_zero": true, "quant_scale": true}}})",
       3, Format::bf16, 16},
      // AQLM: one 16-bit index for 8 weights; two of 8 bits for 8.
      {R"({"quant_method": "aqlm", "in_group_size": 8, "out_group_size": 1, "num_codebooks": 1,
           "nbits_per_codebook": 16})",
       2, Format::bf16, 16},
      {R"({"quant_method": "aqlm", "in_group_size": 8, "num_codebooks": 2, "nbits_per_codebook": 8})",
       2, Format::bf16, 16},
      {R"({"quant_method": "eetq", "weights": "int8"})", 8, Format::bf16, 16},
      // Quanto: a 16-bit scale and a 16-bit shift for 128 weights: 4 + 32/128.
      {R"({"quant_method": "quanto", "weights": "int4", "activations": null})", 4.25, Format::bf16,
       16},
      {R"({"quant_method": "quanto", "weights": "float8", "activations": "float8"})", 8,
       Format::fp8, 16},
      // torchao's int4: a 16-bit scale and a 16-bit zero point; 4 + 32/64 and 4 + 32/128.
      {R"({"quant_method": "torchao", "quant_type": "int4_weight_only",
           "quant_type_kwargs": {"group_size": 64}})",
       4.5, Format::bf16, 16},
      {R"({"quant_method": "torchao", "quant_type": {"default": {"_type": "Int4WeightOnlyConfig",
           "_data": {"group_size": 128, "use_hqq": false}}}})",
       4.25, Format::bf16, 16},
      // Without zero points in groups of 32: 4 + 16/32.
      {R"({"quant_method": "torchao", "quant_type": "int8_dynamic_activation_int4_weight"})", 4.5,
       Format::int8, 16},
      {R"({"quant_method": "intel/auto-round", "bits": 4, "group_size": 128, "sym": true})", 4.125,
       Format::bf16, 16},
      {R"({"quant_method": "modelopt", "quant_algo": "FP8",
           "kv_cache_scheme": {"num_bits": 8, "type": "float"}})",
       8, Format::fp8, 8},
      // A block written as a text: one 32-bit scale for 128 * 128 weights.
      {R"({"quant_method": "compressed-tensors", "config_groups": {"g": {"weights": {"num_bits": 8,
           "type": "float", "block_structure": "128x128"},
           "input_activations": {"num_bits": 8, "type": "float"}}}})",
       8 + 32.0 / 16384, Format::fp8, 16},
  };
  Json config = config_named("llama-3.1-8b");
  for (const Expected& row : expected) {
    CAPTURE(row.quantization);
    config["quantization_config"] = Json::parse(row.quantization);
    const auto scheme = read_scheme(imported(config).scheme, "");
    REQUIRE(scheme.has_value());
    CHECK(scheme->stored_bits() == row.stored_bits);
    CHECK(scheme->act_format == row.act_format);
    CHECK(scheme->kv_bits == row.kv_bits);
  }
}

TEST_CASE("Layers that a quantized checkpoint leaves wide are named, heads and embeddings aside") {
  // gpt-oss has MXFP4 experts and 16-bit attention.
  CHECK(leaves_out(imported(config_named("gpt-oss-20b")),
                   "quantization_config.modules_to_not_convert"));
  Json config = config_named("llama-3.1-8b-w8a8");
  config["quantization_config"]["ignore"] = {"lm_head", "model.embed_tokens"};
  CHECK_FALSE(leaves_out(imported(config), "quantization_config.ignore"));
  config["quantization_config"]["ignore"] = {"lm_head", "model.layers.0.self_attn.q_proj"};
  CHECK(leaves_out(imported(config), "quantization_config.ignore"));
}
