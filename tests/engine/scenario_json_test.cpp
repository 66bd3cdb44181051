// Scenarios from JSON: defaults, refusals with their path, and numbers at the ends of their ranges.
#include "crossover/scenario_json.h"

#include <cmath>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

const Json base{{"lens", "roofline"}, {"model", "llama-3.1-8b"}, {"hardware", "a100-80gb"}};

Error error_of(const Json& changes) { return refusal("evaluate", with(base, changes)); }

/// No NaN and no infinity anywhere: both would print as null.
void check_finite(const Json& value, const std::string& path) {
  if (value.is_number_float() && !std::isfinite(value.get<double>())) FAIL(path);
  if (value.is_object()) {
    for (const auto& [key, child] : value.items()) check_finite(child, path + "." + key);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i)
      check_finite(value[i], path + "[" + std::to_string(i) + "]");
  }
}

}  // namespace

TEST_CASE("The defaults: FP16 on the ideal kernel and runtime, one sequence, 2,048 tokens") {
  const RooflineScenario s = read(library(), base);
  CHECK(s.scheme.id == "fp16");
  CHECK(s.baseline.id == "fp16");
  CHECK(s.kernel->id == "ideal");
  CHECK(s.baseline_kernel->id == "ideal");
  CHECK(s.runtime->id == "ideal");
  CHECK(s.phase == Phase::decode);
  CHECK(s.batch == 1);
  CHECK(s.context == 2048);
  CHECK(s.devices == 1);
  CHECK(s.memory_utilization == 0.9);
  CHECK(read(library(), with(base, {{"kernel", "marlin"}})).baseline_kernel->id == "cublas-fp16");
  CHECK(read(library(), with(base, {{"model", "resnet-50"}})).phase == Phase::prefill);
  CHECK(read(library(), with(base, {{"model", "bert-base"}})).prompt == 512);  // its longest
}

TEST_CASE("A null field is an absent one, wherever it stands") {
  const Json plain = evaluated(base);
  const Json full{{"scheme", nullptr},    {"kernel", nullptr},
                  {"runtime", nullptr},   {"batch", nullptr},
                  {"context", nullptr},   {"phase", nullptr},
                  {"kv_bits", nullptr},   {"chunk", nullptr},
                  {"lora_rank", nullptr}, {"baseline_scheme", nullptr},
                  {"power_w", nullptr},   {"baseline_kernel", nullptr},
                  {"lowering", nullptr},  {"m", nullptr},
                  {"optimizer", nullptr}, {"lens", nullptr}};
  CHECK(evaluated(with(base, full)) == plain);
  CHECK(error_of({{"model", nullptr}}).code == ErrorCode::missing_field);
  CHECK(evaluated(with(base, {{"scheme", {{"weight_bits", 4}, {"kv_bits", nullptr}}}})) ==
        evaluated(with(base, {{"scheme", {{"weight_bits", 4}}}})));
}

TEST_CASE("Refusals name the place and what was found") {
  struct Case {
    Json changes;
    ErrorCode code;
    const char* path;
  };
  const std::vector<Case> cases{
      {{{"batch", 0}}, ErrorCode::out_of_range, "batch"},
      {{{"batch", 1.5}}, ErrorCode::out_of_range, "batch"},
      {{{"batch", 1e10}}, ErrorCode::out_of_range, "batch"},
      {{{"batch", "4"}}, ErrorCode::wrong_type, "batch"},
      {{{"batch", true}}, ErrorCode::wrong_type, "batch"},
      {{{"context", -1}}, ErrorCode::out_of_range, "context"},
      {{{"devices", 9}}, ErrorCode::out_of_range, "devices"},
      {{{"model", "llama-3.1-8c"}}, ErrorCode::unknown_id, "model"},
      {{{"model", 8}}, ErrorCode::wrong_type, "model"},
      {{{"hardware", ""}}, ErrorCode::wrong_type, "hardware"},
      {{{"scheme", "w5a16"}}, ErrorCode::unknown_id, "scheme"},
      {{{"scheme", 4}}, ErrorCode::wrong_type, "scheme"},
      {{{"scheme", {{"act_bits", 8}}}}, ErrorCode::missing_field, "scheme.weight_bits"},
      {{{"scheme", {{"weight_bits", 0}}}}, ErrorCode::out_of_range, "scheme.weight_bits"},
      {{{"scheme", {{"weight_bits", 4}, {"act_bits", 7}}}},
       ErrorCode::out_of_range,
       "scheme.act_bits"},
      {{{"scheme", {{"weight_bits", 4}, {"groups", 2}}}},
       ErrorCode::unknown_field,
       "scheme.groups"},
      {{{"scheme", {{"weight_bits", 4}, {"act_bits", 8}, {"act_format", "fp16"}}}},
       ErrorCode::unsupported,
       "scheme.act_format"},
      {{{"baseline_scheme", {{"weight_bits", "x"}}}},
       ErrorCode::wrong_type,
       "baseline_scheme.weight_bits"},
      {{{"kernel", "cutlass"}}, ErrorCode::unknown_id, "kernel"},
      {{{"runtime", {1}}}, ErrorCode::wrong_type, "runtime"},
      {{{"phase", "decoding"}}, ErrorCode::unknown_id, "phase"},
      {{{"lowering", 1}}, ErrorCode::wrong_type, "lowering"},
      {{{"m", 4}}, ErrorCode::unsupported, "m"},
      {{{"batchsize", 4}}, ErrorCode::unknown_field, "batchsize"},
      {{{"phase", "gemm"}}, ErrorCode::missing_field, "m"},
      {{{"lora_rank", 8}}, ErrorCode::unsupported, "lora_rank"},
      {{{"model", "resnet-50"}, {"phase", "train"}, {"lora_rank", 8}},
       ErrorCode::unsupported,
       "lora_rank"},
      {{{"phase", "prefill"}, {"prompt", 1e6}, {"chunk", 1}}, ErrorCode::too_large, "chunk"},
      {{{"model", "resnet-50"}, {"phase", "decode"}}, ErrorCode::unsupported, "phase"},
      {{{"model", "resnet-50"}, {"lowering", "lumped"}}, ErrorCode::unsupported, "lowering"},
      {{{"lowering", "lumped"}, {"devices", 2}}, ErrorCode::unsupported, "devices"},
      {{{"hardware", "esp32-s3"}, {"devices", 2}}, ErrorCode::unsupported, "devices"},
      {{{"memory_utilization", 1.1}}, ErrorCode::out_of_range, "memory_utilization"},
      {{{"lens", "roof"}}, ErrorCode::unknown_id, "lens"},
  };
  for (const Case& c : cases) {
    const Error error = error_of(c.changes);
    INFO(c.changes.dump() << ": " << error.message);
    CHECK(error.code == c.code);
    CHECK(error.path == c.path);
    CHECK_FALSE(error.message.empty());
  }
  CHECK(error_of({{"batchsize", 4}}).message.find("batch") != std::string::npos);
  CHECK(error_of({{"model", "llama-3.1-8c"}}).message.find("llama-3.1-8b") != std::string::npos);
  for (const Json& other : {Json(3), Json("x"), Json::array({1}), Json(true)}) {
    CHECK(refusal("evaluate", other).code == ErrorCode::wrong_type);
  }
}

TEST_CASE("Zero layers, heads without sizes and unknown links are refused where they are added") {
  Engine engine(workbench_functions());
  Json model = answer(engine, "describe", "llama-3.1-8b");
  model.update({{"id", "own"}, {"aliases", Json::array()}});
  model.erase("tutorial");
  const auto added = [&](const Json& changes) {
    const auto result = engine.call("addSpec", Json::array({"model", with(model, changes)}));
    REQUIRE_FALSE(result);
    return result.error().path;
  };
  CHECK(added({{"layers", 0}}).find("layers") != std::string::npos);
  CHECK(added({{"layers", nullptr}}).find("layers") != std::string::npos);
  CHECK(added({{"kv_heads", 5}}).find("kv_heads") != std::string::npos);
  CHECK(added({{"kv_heads", 64}}).find("kv_heads") != std::string::npos);
}

TEST_CASE("At the ends of every range the numbers stay numbers") {
  Engine engine(workbench_functions());
  Json model = answer(engine, "describe", "llama-3.1-8b");
  model.erase("tutorial");
  model.erase("parameters");
  model.erase("other_parameters");
  // 1,000 layers of d = 28,672: 10^13 parameters.
  model.update({{"id", "own-10t"},
                {"aliases", Json::array()},
                {"layers", 1000},
                {"hidden_dim", 28672},
                {"intermediate_size", 102400},
                {"heads", 224},
                {"kv_heads", 8},
                {"head_dim", 128}});
  answer(engine, "addSpec", "model", model);
  int answered = 0;
  for (const char* name : {"own-10t", "gpt2-small", "mixtral-8x7b", "deepseek-v3", "gemma-2-2b",
                           "mamba-2.8b", "bert-base", "resnet-50", "yolov8n"}) {
    for (const char* hardware : {"b300", "nrf52840", "a100-80gb"}) {
      for (const double batch : {1.0, 1e9}) {
        for (const double tokens : {0.0, 1.0, 1e9}) {
          for (const char* phase : {"decode", "prefill", "train"}) {
            Json s{{"lens", "roofline"},
                   {"model", name},
                   {"hardware", hardware},
                   {"batch", batch},
                   {"scheme", {{"weight_bits", 4}, {"group_size", 128}}},
                   {"phase", phase},
                   {"context", tokens},
                   {"runtime", "vllm"}};
            if (tokens > 0) s["prompt"] = tokens;
            const auto result = engine.call("evaluate", Json::array({s}));
            if (!result) {
              CHECK(result.error().code == ErrorCode::unsupported);
              continue;
            }
            ++answered;
            check_finite(*result, s.dump());
            const double speedup = result->at("speedup");
            CHECK(speedup > 0);
            for (const char* function : {"sensitivity", "advise"}) {
              if (batch > 1 && tokens != 1) continue;  // enough of these
              const auto more = engine.call(function, Json::array({s}));
              if (more) check_finite(*more, s.dump());
            }
          }
        }
      }
    }
  }
  CHECK(answered > 250);
  const Json large = answer(engine, "evaluate",
                            {{"lens", "roofline"}, {"model", "own-10t"}, {"hardware", "b300"}});
  CHECK(large.at("weight_bytes").get<double>() > 1.9e13);
  CHECK(large.at("max_batch") == 0);
  CHECK(large.at("capacity_tokens_per_s").is_null());
}

TEST_CASE("A memory that holds more than 2^53 inputs does not count them one by one") {
  Engine engine(workbench_functions());
  answer(engine, "addSpec", "hardware", with(round_device(), {{"memory_capacity_bytes", 1e16}}));
  answer(engine, "addSpec", "model",
         {{"id", "speck"},
          {"name", "Speck"},
          {"family", "mlp"},
          {"parameters", 1000},
          {"flop_per_input", 2000},
          {"activation_bytes_per_input", 1e-6},
          {"source", "definition"}});
  const Json result = answer(
      engine, "evaluate", {{"lens", "roofline"}, {"model", "speck"}, {"hardware", "round-device"}});
  CHECK(result.at("max_batch").get<double>() == doctest::Approx(9e21));
}

TEST_CASE("kv_bits gives a precision to schemes that leave the cache at 16 bit") {
  const Json eight = evaluated(with(base, {{"kv_bits", 8}}));
  CHECK(eight["kv_bytes"].get<double>() == evaluated(base)["kv_bytes"].get<double>() / 2);
  const Json own = evaluated(with(base, {{"scheme", "w4a16-g128-kv4"}, {"kv_bits", 8}}));
  CHECK(own["kv_bytes"].get<double>() == evaluated(base)["kv_bytes"].get<double>() / 4);
}

TEST_CASE(
    "A completed scenario says what was left to a default, keeps what was given, and computes the "
    "same") {
  const auto complete = [](const Json& scenario) { return answer("complete", scenario); };
  const Json decoding = complete(base);
  CHECK(decoding["phase"] == "decode");
  CHECK(decoding["batch"] == 1);
  CHECK(decoding["context"] == 2048);
  CHECK(decoding["scheme"] == "fp16");
  CHECK(decoding["memory_utilization"] == 0.9);
  CHECK_FALSE(decoding.contains("prompt"));
  const Json short_one = complete(with(base, {{"model", "bert-base"}, {"batch", 4}}));
  CHECK(short_one["phase"] == "prefill");
  CHECK(short_one["prompt"] == 512);
  CHECK(short_one["batch"] == 4);
  CHECK_FALSE(
      complete(with(base, {{"model", "resnet-50"}})).contains("prompt"));  // reads no tokens

  const Json inline_scheme{{"weight_bits", 4}, {"group_size", 128}};
  const Json product{{"lens", "roofline"}, {"hardware", "a100-80gb"},
                     {"phase", "gemm"},    {"m", 16},
                     {"n", 4096},          {"k", 4096}};
  for (const Json& scenario :
       {base, with(base, {{"phase", "train"}, {"scheme", "w4a16-g128"}, {"lora_rank", 16}}),
        with(base, {{"phase", "prefill"}, {"scheme", inline_scheme}, {"kernel", "marlin"}}),
        with(base, {{"model", "resnet-50"}, {"batch", 256}, {"context", nullptr}}),
        with(base, {{"lowering", "lumped"}}),
        with(base, {{"devices", 2}, {"memory_reserve_bytes", 1e9}}), product}) {
    const Json all = complete(scenario);
    CHECK(evaluated(all) == evaluated(scenario));
    CHECK(complete(all) == all);
    for (const auto& [key, value] : scenario.items()) {
      if (!value.is_null()) CHECK(all[key] == value);
    }
  }
  CHECK(refusal("complete", with(base, {{"batch", 0}})).path == "batch");
}
