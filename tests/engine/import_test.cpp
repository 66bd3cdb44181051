// Imported configurations: parameter counts are those of the released checkpoints, or worked out
// beside them.
#include <doctest/doctest.h>

#include <string>

#include "crossover/catalog.h"
#include "crossover/import_hf.h"
#include "imported_configs.h"

using namespace crossover;
using namespace crossover::testing;

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
