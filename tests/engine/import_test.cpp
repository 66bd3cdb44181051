// Configurations shaped like the real ones, in tests/golden/hf/. Parameter counts are those of the
// released checkpoints, or worked out beside them.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "crossover/catalog.h"
#include "crossover/import_hf.h"
#include "crossover/spec_json.h"

using namespace crossover;

namespace {

Json config_named(const std::string& name) {
  const std::string path = std::string(CROSSOVER_GOLDEN_DIR) + "/hf/" + name + ".json";
  std::ifstream in(path);
  REQUIRE_MESSAGE(in.good(), path);
  std::stringstream text;
  text << in.rdbuf();
  return Json::parse(text.str());
}

ImportedModel imported(const Json& config) {
  auto result = import_hugging_face(config);
  REQUIRE_MESSAGE(result.has_value(),
                  (result ? "" : result.error().path + ": " + result.error().message));
  return *result;
}

Model model_of(const ImportedModel& import) {
  auto model = read_model(import.model, "");
  REQUIRE_MESSAGE(model.has_value(),
                  (model ? "" : model.error().path + ": " + model.error().message));
  return *model;
}

Model model_named(const std::string& name) { return model_of(imported(config_named(name))); }

Scheme scheme_named(const std::string& name) {
  const ImportedModel import = imported(config_named(name));
  auto scheme = read_scheme(import.scheme, "");
  REQUIRE_MESSAGE(scheme.has_value(),
                  (scheme ? "" : scheme.error().path + ": " + scheme.error().message));
  return *scheme;
}

bool leaves_out(const ImportedModel& import, const std::string& path) {
  return std::any_of(import.unmapped.begin(), import.unmapped.end(),
                     [&](const Unmapped& key) { return key.path == path; });
}

Error refusal(const Json& config) {
  const auto result = import_hugging_face(config);
  REQUIRE_FALSE(result.has_value());
  return result.error();
}

}  // namespace

TEST_CASE("Parameters of imported configs are those of the released checkpoints") {
  struct Expected {
    const char* name;
    double parameters;
  };
  // The number of elements in each checkpoint's safetensors index (BERT, RoBERTa: with the pooler,
  // without the masked-LM head; DeepSeek-V3: without the multi-token prediction layer; vision
  // towers of Llama 4 and Qwen2-VL left out), as far as it was known: many configurations are
  // recalled, and Minitron-8B and Llama 4 are arithmetic alone. Each was worked out from the
  // released shapes by hand as well.
  const Expected expected[] = {
      {"llama-3.1-8b", 8030261248},
      {"llama-3.2-1b", 1235814400},
      {"llama-3.1-405b-fp8", 405853388800},
      {"llama-2-7b-gptq", 6738415616},
      {"llama-3-8b-bnb-nf4", 8030261248},
      {"llama-3.1-8b-w8a8", 8030261248},
      {"mistral-7b-v0.1", 7241732096},
      {"mistral-nemo-12b", 12247782400},
      {"mixtral-8x7b", 46702792704},
      {"qwen2.5-7b-awq", 7615616512},
      {"qwen2.5-0.5b", 494032768},
      {"qwen1.5-moe-a2.7b", 14315784192},
      {"qwen3-8b", 8190735360},
      {"qwen3-30b-a3b", 30532122624},
      {"gemma-2-9b", 9241705984},
      {"gemma-3-1b", 999885952},
      {"gemma-3-4b", 3880263168},
      {"gemma-3-27b", 27009346304},
      {"phi-2", 2779683840},
      {"phi-3-mini-4k", 3821079552},
      {"phi-4-mini", 3836021760},
      {"gpt2", 124439808},
      {"opt-6.7b", 6658473984},
      {"falcon-7b", 6921720704},
      {"falcon-40b", 41303293952},
      {"deepseek-v2-lite", 15706484224},
      {"deepseek-v3", 671026419200},
      {"gpt-oss-20b", 20914757184},
      {"bert-base-uncased", 109482240},
      {"roberta-base", 124645632},
      {"mamba-130m", 129135360},
      {"pythia-6.9b", 6857302016},
      {"gpt-j-6b", 6050882784},
      {"bloom-7b1", 7069016064},
      {"mpt-7b", 6649286656},
      {"starcoder2-3b", 3030371328},
      {"starcoder", 15517456384},
      {"stablelm-2-1.6b", 1644515328},
      {"olmo-7b", 6888095744},
      {"olmo-2-7b", 7298617344},
      {"olmoe-1b-7b", 6919161856},
      {"command-r", 34980831232},
      {"command-r-plus", 103810674688},
      {"command-r7b", 8028033024},
      {"granite-3.1-8b", 8170848256},
      {"phi-3.5-moe", 41873153344},
      {"glm-4-9b-hf", 9399951360},
      {"glm-4-9b-0414", 9400279040},
      {"chatglm3-6b", 6243584000},
      {"internlm2-7b", 7737708544},
      {"llama-4-scout", 107769861120},
      {"llama-4-maverick", 400711848960},
      {"gpt-neo-1.3b", 1315575808},
      {"t5-base", 222903552},
      {"flan-t5-xl", 2849757184},
      {"bart-large", 406291456},
      {"whisper-large-v3", 1543490560},
      {"vit-base-patch16-224-in21k", 86389248},
      {"distilbert-base-uncased", 66362880},
      {"modernbert-base", 149014272},
      {"falcon-mamba-7b", 7272665088},
      {"qwen-7b", 7721324544},
      {"baichuan2-7b", 7505973248},
      {"smollm3-3b", 3075098624},
      {"exaone-3.5-7.8b", 7818448896},
      {"deepseek-moe-16b", 16375728128},
      {"qwen2-vl-7b", 7615616512},
      {"gpt-neox-20b", 20554567680},
      {"minitron-8b", 8271699968},
  };
  CHECK(std::size(expected) >= 20);
  for (const Expected& row : expected) {
    CAPTURE(row.name);
    const Model model = model_named(row.name);
    CHECK(model.parameters == row.parameters);
    CHECK(count_parameters(model).total() == row.parameters);
  }
}

TEST_CASE("An imported config is the same model as the library's own record") {
  struct Pair {
    const char* config;
    const char* id;
  };
  Catalog catalog;
  for (const Pair& pair :
       {Pair{"llama-3.1-8b", "llama-3.1-8b"}, Pair{"mistral-7b-v0.1", "mistral-7b-v0.1"},
        Pair{"mixtral-8x7b", "mixtral-8x7b"}, Pair{"qwen3-30b-a3b", "qwen3-30b-a3b"},
        Pair{"gemma-2-9b", "gemma-2-9b"}, Pair{"gemma-3-4b", "gemma-3-4b"},
        Pair{"phi-3-mini-4k", "phi-3-mini"}, Pair{"falcon-7b", "falcon-7b"},
        Pair{"deepseek-v3", "deepseek-v3"}, Pair{"gpt-oss-20b", "gpt-oss-20b"},
        Pair{"opt-6.7b", "opt-6.7b"}, Pair{"bert-base-uncased", "bert-base"},
        Pair{"mamba-130m", "mamba-130m"}}) {
    CAPTURE(pair.config);
    const Model found = model_named(pair.config);
    const auto known = catalog.model(pair.id);
    REQUIRE(known.has_value());
    const Model& own = **known;
    CHECK(found.family == own.family);
    CHECK(found.layers == own.layers);
    CHECK(found.hidden_dim == own.hidden_dim);
    CHECK(found.intermediate == own.intermediate);
    CHECK(found.gated_mlp == own.gated_mlp);
    CHECK(found.heads == own.heads);
    CHECK(found.kv_heads == own.kv_heads);
    CHECK(found.head_dim == own.head_dim);
    CHECK(found.vocab_size == own.vocab_size);
    CHECK(found.tied_embeddings == own.tied_embeddings);
    CHECK(found.other_parameters == own.other_parameters);
    CHECK(found.moe.has_value() == own.moe.has_value());
    if (found.moe && own.moe) {
      CHECK(found.moe->experts == own.moe->experts);
      CHECK(found.moe->active_experts == own.moe->active_experts);
      CHECK(found.moe->shared_experts == own.moe->shared_experts);
      CHECK(found.moe->expert_intermediate == own.moe->expert_intermediate);
      CHECK(found.moe->dense_layers == own.moe->dense_layers);
    }
    CHECK(found.window.has_value() == own.window.has_value());
    if (found.window && own.window) {
      CHECK(found.window->window == own.window->window);
      CHECK(found.window->local_layers == own.window->local_layers);
    }
  }
}

TEST_CASE("Sliding windows come from layer_types, patterns and switches") {
  // Gemma 3: five local layers, then a global one: 34 - 5 = 29 of 34 and 62 - 10 = 52 of 62 are
  // local.
  CHECK(model_named("gemma-3-4b").window->local_layers == 29);
  CHECK(model_named("gemma-3-27b").window->local_layers == 52);
  CHECK(model_named("gemma-3-1b").window->local_layers == 22);
  // Gemma 2 and gpt-oss alternate, a local layer first.
  CHECK(model_named("gemma-2-9b").window->local_layers == 21);
  CHECK(model_named("gpt-oss-20b").window->local_layers == 12);
  CHECK(model_named("gpt-oss-20b").window->window == 128);
  // Mistral 7B v0.1: all layers. Nemo has none; Qwen switches its own off; Phi-4-mini's is longer
  // than the context.
  CHECK(model_named("mistral-7b-v0.1").window->local_layers == 32);
  CHECK_FALSE(model_named("mistral-nemo-12b").window.has_value());
  CHECK_FALSE(model_named("qwen2.5-7b-awq").window.has_value());
  CHECK_FALSE(model_named("phi-4-mini").window.has_value());
  Json config = config_named("qwen2.5-7b-awq");
  config["use_sliding_window"] = true;
  config["max_window_layers"] = 21;
  config["sliding_window"] = 4096;
  const Model windowed = model_of(imported(config));
  CHECK(windowed.window->local_layers == 28 - 21);
}

TEST_CASE("Falcon's heads depend on its generation") {
  CHECK(model_named("falcon-7b").kv_heads == 1);
  CHECK(model_named("falcon-40b").kv_heads == 8);
  Json config = config_named("falcon-7b");
  config["multi_query"] = false;
  CHECK(model_of(imported(config)).kv_heads == 71);
}

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

TEST_CASE("Each architecture has its own window, heads and layers") {
  // Command R7B: three local layers, then a global one; ModernBERT: every third layer, from the
  // first on, is global, 8 of 22; GPT-Neo: every other layer is local; Llama 4: chunks in three of
  // four.
  CHECK(model_named("command-r7b").window->local_layers == 24);
  CHECK(model_named("modernbert-base").window->local_layers == 14);
  CHECK(model_named("gpt-neo-1.3b").window->local_layers == 12);
  CHECK(model_named("llama-4-scout").window->local_layers == 36);
  CHECK(leaves_out(imported(config_named("llama-4-scout")), "text_config.attention_chunk_size"));
  CHECK(model_named("starcoder").kv_heads == 1);
  CHECK(model_named("chatglm3-6b").kv_heads == 2);
  // Maverick: 24 of 48 layers have experts, one of 128 and a shared one for each token.
  const Model maverick = model_named("llama-4-maverick");
  CHECK(maverick.moe->dense_layers == 24);
  CHECK(maverick.moe->shared_experts == 1);
  CHECK(maverick.intermediate == 16384);
  CHECK(maverick.moe->expert_intermediate == 8192);
  // 12 encoder and 12 decoder layers; 1,000 classes of 768 weights and a bias instead of the pooler
  // of 768 * 769: 86,389,248 - 590,592 + 769,000, as google/vit-base-patch16-224 has them.
  CHECK(model_named("bart-large").layers == 24);
  Json vit = config_named("vit-base-patch16-224-in21k");
  vit["architectures"] = {"ViTForImageClassification"};
  for (int label = 0; label < 1000; ++label) vit["id2label"][std::to_string(label)] = "label";
  CHECK(model_of(imported(vit)).parameters == 86567656);
  // Whisper's turbo has 4 decoder layers beside 32 of the encoder.
  Json turbo = config_named("whisper-large-v3");
  turbo["decoder_layers"] = 4;
  CHECK(refusal(turbo).code == ErrorCode::unsupported);
  CHECK(refusal(turbo).path == "decoder_layers");
}

TEST_CASE("What can't be mapped is named") {
  const ImportedModel deepseek = imported(config_named("deepseek-v3"));
  CHECK(leaves_out(deepseek, "num_nextn_predict_layers"));
  const ImportedModel gemma = imported(config_named("gemma-3-4b"));
  CHECK(leaves_out(gemma, "vision_config"));
  CHECK_FALSE(leaves_out(gemma, "text_config.rope_scaling"));

  Json config = config_named("llama-3.1-8b");
  config["layers_of_cake"] = 3;
  config["quantization_config"] = {{"quant_method", "vptq"}, {"enable_proxy_error", false}};
  const ImportedModel strange = imported(config);
  CHECK(leaves_out(strange, "layers_of_cake"));
  CHECK(leaves_out(strange, "quantization_config.quant_method"));
  CHECK(strange.scheme.is_null());
}

TEST_CASE("Nothing of an ordinary config is left out") {
  for (const char* name : {"llama-3.1-8b",
                           "llama-2-7b-gptq",
                           "mistral-7b-v0.1",
                           "mixtral-8x7b",
                           "qwen3-8b",
                           "qwen3-30b-a3b",
                           "gemma-2-9b",
                           "gemma-3-1b",
                           "phi-2",
                           "phi-4-mini",
                           "gpt2",
                           "opt-6.7b",
                           "falcon-40b",
                           "deepseek-v2-lite",
                           "bert-base-uncased",
                           "mamba-130m",
                           "pythia-6.9b",
                           "gpt-j-6b",
                           "bloom-7b1",
                           "mpt-7b",
                           "starcoder2-3b",
                           "starcoder",
                           "stablelm-2-1.6b",
                           "olmo-7b",
                           "olmo-2-7b",
                           "olmoe-1b-7b",
                           "command-r",
                           "command-r-plus",
                           "command-r7b",
                           "granite-3.1-8b",
                           "phi-3.5-moe",
                           "glm-4-9b-hf",
                           "glm-4-9b-0414",
                           "chatglm3-6b",
                           "internlm2-7b",
                           "gpt-neo-1.3b",
                           "t5-base",
                           "flan-t5-xl",
                           "bart-large",
                           "whisper-large-v3",
                           "vit-base-patch16-224-in21k",
                           "distilbert-base-uncased",
                           "modernbert-base",
                           "falcon-mamba-7b",
                           "qwen-7b",
                           "baichuan2-7b",
                           "smollm3-3b",
                           "exaone-3.5-7.8b",
                           "deepseek-moe-16b",
                           "gpt-neox-20b",
                           "minitron-8b"}) {
    for (const Unmapped& key : imported(config_named(name)).unmapped) {
      FAIL_CHECK(name << ": " << key.path << " = " << key.found);
    }
  }
}

TEST_CASE("An imported model and scheme can be added to the catalog") {
  Catalog catalog;
  const ImportedModel import = imported(config_named("qwen2.5-7b-awq"));
  const auto model = catalog.add(SpecKind::model, import.model);
  REQUIRE(model.has_value());
  CHECK(catalog.model(*model).has_value());
  const auto scheme = catalog.add(SpecKind::scheme, import.scheme);
  REQUIRE(scheme.has_value());
  CHECK(catalog.scheme(*scheme + "-kv8").has_value());
}

TEST_CASE("A partial config is refused with the path of what is missing") {
  for (const char* key : {"num_hidden_layers", "hidden_size", "intermediate_size", "vocab_size",
                          "num_attention_heads"}) {
    Json config = config_named("llama-3.1-8b");
    config.erase(key);
    const Error error = refusal(config);
    CHECK(error.code == ErrorCode::missing_field);
    CHECK(error.path == key);
  }
  Json nested = config_named("gemma-3-4b");
  nested["text_config"].erase("num_hidden_layers");
  CHECK(refusal(nested).path == "text_config.num_hidden_layers");
  Json untyped = config_named("llama-3.1-8b");
  untyped.erase("model_type");
  CHECK(refusal(untyped).path == "model_type");
  CHECK(refusal(Json::object()).code == ErrorCode::missing_field);
}

TEST_CASE("An unknown architecture is refused and the known ones are offered") {
  Json config = config_named("llama-3.1-8b");
  config["model_type"] = "lama";
  const Error error = refusal(config);
  CHECK(error.code == ErrorCode::unsupported);
  CHECK(error.path == "model_type");
  CHECK(error.message.find("\"llama\"") != std::string::npos);
}

TEST_CASE("Hostile configs are errors, never a model") {
  struct Change {
    const char* key;
    Json value;
    ErrorCode code;
  };
  const Change changes[] = {
      {"num_hidden_layers", 0, ErrorCode::out_of_range},
      {"num_hidden_layers", -32, ErrorCode::out_of_range},
      {"num_hidden_layers", 1e300, ErrorCode::out_of_range},
      {"num_hidden_layers", "32", ErrorCode::wrong_type},
      {"num_hidden_layers", 31.5, ErrorCode::out_of_range},
      {"hidden_size", Json::array({4096}), ErrorCode::wrong_type},
      {"hidden_size", 16, ErrorCode::out_of_range},
      {"num_attention_heads", 0, ErrorCode::out_of_range},
      {"num_key_value_heads", 7, ErrorCode::out_of_range},
      {"num_key_value_heads", 64, ErrorCode::out_of_range},
      {"tie_word_embeddings", "yes", ErrorCode::wrong_type},
      {"sliding_window", -1, ErrorCode::out_of_range},
      {"layer_types", "full_attention", ErrorCode::wrong_type},
      {"layer_types", Json::array({"full_attention"}), ErrorCode::out_of_range},
      {"quantization_config", "int4", ErrorCode::wrong_type},
      {"quantization_config", {{"quant_method", "gptq"}}, ErrorCode::missing_field},
      {"quantization_config", {{"quant_method", "gptq"}, {"bits", 400}}, ErrorCode::out_of_range},
      {"quantization_config", {{"quant_method", "bitsandbytes"}}, ErrorCode::out_of_range},
      {"quantization_config", {{"quant_method", "compressed-tensors"}}, ErrorCode::missing_field},
      {"quantization_config",
       {{"quant_method", "fp8"}, {"weight_block_size", Json::array({0, 128})}},
       ErrorCode::out_of_range},
  };
  for (const Change& change : changes) {
    Json config = config_named("llama-3.1-8b");
    config.erase("head_dim");
    config[change.key] = change.value;
    CAPTURE(change.key);
    CAPTURE(change.value.dump());
    const Error error = refusal(config);
    CHECK(error.code == change.code);
    CHECK(error.path.rfind(change.key, 0) == 0);
  }
  CHECK(refusal(Json::array()).code == ErrorCode::wrong_type);
  CHECK(refusal(Json("config.json")).code == ErrorCode::wrong_type);
  CHECK(refusal(nullptr).code == ErrorCode::wrong_type);
}

TEST_CASE("Every text, number and list in the place of every key is a result or an error") {
  const Json junk[] = {
      nullptr, true, -1, 0.5, 1e18, "x", Json::array({1, "a"}), {{"a", Json::array()}}};
  for (const char* name :
       {"deepseek-v3", "gemma-3-4b", "gpt-oss-20b", "mamba-130m", "falcon-40b", "llama-3.1-8b-w8a8",
        "qwen1.5-moe-a2.7b", "falcon-mamba-7b", "mpt-7b", "chatglm3-6b", "t5-base",
        "whisper-large-v3", "vit-base-patch16-224-in21k"}) {
    const Json config = config_named(name);
    for (const auto& field : config.items()) {
      for (const Json& other : junk) {
        Json changed = config;
        changed[field.key()] = other;
        const auto result = import_hugging_face(changed);
        if (!result) {
          CHECK_FALSE(result.error().message.empty());
          continue;
        }
        CAPTURE(name);
        CAPTURE(field.key());
        CAPTURE(other.dump());
        CHECK(read_model(result->model, "").has_value());
        if (!result->scheme.is_null()) CHECK(read_scheme(result->scheme, "").has_value());
      }
    }
  }
}

TEST_CASE("a model without a name is called by its size, and addSpec takes that id at any size") {
  // 999.9 million parameters are a billion in three digits, and not 1e+03 million.
  Json config = config_named("gemma-3-1b");
  config.erase("_name_or_path");
  CHECK(imported(config).model.at("id") == "hf-gemma3_text-1b");
  for (const double vocabulary : {1e2, 1e4, 1e6, 1e7, 1e8}) {
    config["vocab_size"] = vocabulary;
    Catalog catalog;
    const auto id = catalog.add(SpecKind::model, imported(config).model);
    CHECK_MESSAGE(id, vocabulary);
  }
}
