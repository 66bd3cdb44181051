// Configurations that can't be imported, and what is said of them.
#include <doctest/doctest.h>

#include <string>

#include "crossover/import_hf.h"
#include "imported_configs.h"

using namespace crossover;
using namespace crossover::testing;

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
