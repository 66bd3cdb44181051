// Readers of specs: what they take, what they refuse, and the path that they name.
#include <doctest/doctest.h>

#include "crossover/catalog.h"
#include "crossover/spec_json.h"

using namespace crossover;

namespace {

Json record(const char* id) {
  Catalog catalog;
  const auto entry = catalog.describe(id);
  REQUIRE(entry.has_value());
  return Json::parse((*entry)->json);
}

struct Change {
  const char* path;  ///< as a JSON pointer
  Json value;
  ErrorCode code;
  const char* error_path;
};

template <class Spec, std::size_t N>
void refuses(const char* id, Result<Spec> (*read)(const Json&, std::string),
             const Change (&changes)[N]) {
  REQUIRE(read(record(id), "").has_value());
  for (const Change& change : changes) {
    Json changed = record(id);
    changed[Json::json_pointer(change.path)] = change.value;
    CAPTURE(change.path);
    CAPTURE(change.value.dump());
    const auto result = read(changed, "spec");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == change.code);
    CHECK(result.error().path == std::string("spec.") + change.error_path);
    CHECK_FALSE(result.error().message.empty());
  }
}

}  // namespace

TEST_CASE("A device reads in SI units, links by direction") {
  Catalog catalog;
  const Hardware& h100 = **catalog.hardware("h100-sxm");
  CHECK(h100.memory_capacity == gibibytes(80));
  CHECK(h100.memory_bandwidth == gigabytes_per_second(3350));
  CHECK(h100.peak[index_of(Format::fp16)] == teraflop_per_second(989));
  CHECK(h100.native(Format::fp8));
  CHECK_FALSE(h100.native(Format::int4));
  CHECK(h100.sm_count == 132);
  CHECK(h100.tdp == watts(700));
  CHECK(h100.host_link->per_direction == gigabytes_per_second(64));
  // NVLink's 900 GB/s count both directions.
  CHECK(h100.device_link->per_direction == gigabytes_per_second(450));
}

TEST_CASE("The tutorial's device keeps its own figures") {
  Catalog catalog;
  const Hardware& orin = **catalog.hardware("JetsonAGXOrin");
  CHECK(orin.peak[index_of(Format::fp16)] == teraflop_per_second(42.5));
  REQUIRE(orin.tutorial.has_value());
  CHECK(orin.tutorial->peak == teraflop_per_second(275));
  const TutorialHardware& h100 = *(*catalog.hardware("H100"))->tutorial;
  CHECK(h100.dispatch == seconds(1e-5));
  CHECK(h100.rates[index_of(Format::int8)] == teraflop_per_second(1979));
  CHECK_FALSE(h100.rates[index_of(Format::fp32)].has_value());
  const TutorialHardware& esp = *(*catalog.hardware("ESP32_S3"))->tutorial;
  CHECK(esp.sram_capacity == bytes(532480));
  CHECK(esp.flash_bandwidth == bytes_per_second(80e6));
}

TEST_CASE("Both ResNet-50 of the tutorial stand in one model") {
  Catalog catalog;
  const Model& resnet = **catalog.model("resnet-50");
  REQUIRE(resnet.tutorial.size() == 2);
  CHECK(resnet.tutorial[0].key == "ResNet50");
  CHECK(resnet.tutorial[0].flop == flop(8.2e9));
  CHECK(resnet.tutorial[1].key == "ResNet50_4p1G");
  CHECK(resnet.tutorial[1].flop == flop(4.1e9));
  CHECK(resnet.flop_per_input->in(gigaflop) == doctest::Approx(8.22));
}

TEST_CASE("Devices out of this world are refused") {
  const Change changes[] = {
      {"/memory_bandwidth_bytes_per_s", 0, ErrorCode::out_of_range, "memory_bandwidth_bytes_per_s"},
      {"/memory_bandwidth_bytes_per_s", -3e12, ErrorCode::out_of_range,
       "memory_bandwidth_bytes_per_s"},
      {"/memory_bandwidth_bytes_per_s", "3.35 TB/s", ErrorCode::wrong_type,
       "memory_bandwidth_bytes_per_s"},
      {"/memory_bandwidth_bytes_per_s", nullptr, ErrorCode::missing_field,
       "memory_bandwidth_bytes_per_s"},
      {"/memory_capacity_bytes", 1e300, ErrorCode::out_of_range, "memory_capacity_bytes"},
      {"/peak_flop_per_s", Json::object(), ErrorCode::missing_field, "peak_flop_per_s"},
      {"/peak_flop_per_s", 989e12, ErrorCode::wrong_type, "peak_flop_per_s"},
      {"/peak_flop_per_s/fp17", 1e12, ErrorCode::unknown_field, "peak_flop_per_s.fp17"},
      {"/peak_flop_per_s/fp16", 0, ErrorCode::out_of_range, "peak_flop_per_s.fp16"},
      {"/device_link/direction", "sideways", ErrorCode::unknown_id, "device_link.direction"},
      {"/device_link/speed", 1, ErrorCode::unknown_field, "device_link.speed"},
      {"/class", "datacenter", ErrorCode::unknown_id, "class"},
      {"/tdp_w", -1, ErrorCode::out_of_range, "tdp_w"},
      {"/sm_count", 131.5, ErrorCode::out_of_range, "sm_count"},
      {"/tutorial/key", nullptr, ErrorCode::missing_field, "tutorial.key"},
      {"/tutorial/rates_flop_per_s/int8", "fast", ErrorCode::wrong_type,
       "tutorial.rates_flop_per_s.int8"},
      {"/aliases", "H100", ErrorCode::wrong_type, "aliases"},
      {"/aliases/0", 1, ErrorCode::wrong_type, "aliases[0]"},
      {"/value_sources", Json::array(), ErrorCode::wrong_type, "value_sources"},
      {"/value_sources/tdp_w", 700, ErrorCode::wrong_type, "value_sources.tdp_w"},
      {"/id", nullptr, ErrorCode::missing_field, "id"},
      {"/id", "", ErrorCode::wrong_type, "id"},
      {"/memory", 1, ErrorCode::unknown_field, "memory"},
  };
  refuses("h100-sxm", &read_hardware, changes);
}

TEST_CASE("Models that cannot be are refused") {
  const Change changes[] = {
      {"/layers", 0, ErrorCode::out_of_range, "layers"},
      {"/layers", nullptr, ErrorCode::missing_field, "layers"},
      {"/layers", 61.5, ErrorCode::out_of_range, "layers"},
      {"/family", "llm", ErrorCode::unknown_id, "family"},
      {"/family", nullptr, ErrorCode::missing_field, "family"},
      {"/kv_heads", 256, ErrorCode::out_of_range, "kv_heads"},
      {"/kv_heads", 7, ErrorCode::out_of_range, "kv_heads"},
      {"/parameters", 0, ErrorCode::out_of_range, "parameters"},
      {"/parameters", 1e16, ErrorCode::out_of_range, "parameters"},
      {"/moe/active_experts", 300, ErrorCode::out_of_range, "moe.active_experts"},
      {"/moe/dense_layers", 62, ErrorCode::out_of_range, "moe.dense_layers"},
      {"/moe/gates", 1, ErrorCode::unknown_field, "moe.gates"},
      {"/mla/kv_lora_rank", nullptr, ErrorCode::missing_field, "mla.kv_lora_rank"},
      {"/mla", 512, ErrorCode::wrong_type, "mla"},
      {"/sliding_window", {{"window", 0}}, ErrorCode::out_of_range, "sliding_window.window"},
      {"/sliding_window",
       {{"window", 128}, {"local_layers", 99}},
       ErrorCode::out_of_range,
       "sliding_window.local_layers"},
      {"/tutorial/0/kind", "robot", ErrorCode::unknown_id, "tutorial[0].kind"},
      {"/tutorial/0/size", 1, ErrorCode::unknown_field, "tutorial[0].size"},
      {"/tutorial/0", "DeepSeek", ErrorCode::wrong_type, "tutorial[0]"},
      {"/gated_mlp", 1, ErrorCode::wrong_type, "gated_mlp"},
      {"/max_context", 0, ErrorCode::out_of_range, "max_context"},
  };
  refuses("deepseek-v3", &read_model, changes);
}

TEST_CASE("A model may leave out what follows from the rest") {
  const Json json{{"id", "tiny"},      {"family", "decoder"}, {"layers", 2},
                  {"hidden_dim", 128}, {"heads", 4},          {"intermediate_size", 512},
                  {"vocab_size", 1000}};
  const auto model = read_model(json, "");
  REQUIRE(model.has_value());
  CHECK(model->name == "tiny");
  CHECK(model->kv_heads == 4);
  CHECK(model->head_dim == 32);
  // 2 x 1000 x 128 embedding and head, 2 layers of 4 x 128² and 2 x 128 x 512.
  CHECK(model->parameters == 256000 + 2 * (65536 + 131072));
  CHECK(read_model({{"id", "blob"}, {"family", "cnn"}}, "").error().path == "parameters");
  CHECK(read_model({{"id", "blob"}, {"family", "cnn"}, {"parameters", 1e6}}, "").has_value());
}

TEST_CASE("Ten trillion parameters and a million layers' edge are taken or refused by range") {
  Json json{{"id", "giant"}, {"family", "decoder"}, {"parameters", 1e13}};
  CHECK(read_model(json, "")->parameters == 1e13);
  json["layers"] = 1000000;
  CHECK(read_model(json, "").error().path == "layers");
}

TEST_CASE("Schemes keep to bits that exist") {
  const Change changes[] = {
      {"/weight_bits", 0, ErrorCode::out_of_range, "weight_bits"},
      {"/weight_bits", nullptr, ErrorCode::missing_field, "weight_bits"},
      {"/act_format", "fp5", ErrorCode::unknown_id, "act_format"},
      {"/act_format", 16, ErrorCode::wrong_type, "act_format"},
      {"/kv_bits", -8, ErrorCode::out_of_range, "kv_bits"},
      {"/group_size", 12.5, ErrorCode::out_of_range, "group_size"},
      {"/groupsize", 128, ErrorCode::unknown_field, "groupsize"},
  };
  refuses("w4a16-g128", &read_scheme, changes);
  Catalog catalog;
  CHECK(catalog.scheme("w4a16-g128")->stored_bits() == 4.125);
  CHECK(catalog.scheme("w4a16")->stored_bits() == 4);
  CHECK(catalog.scheme("awq")->stored_bits() == 4.15625);
  CHECK(catalog.scheme("gguf-q6_k")->stored_bits() == 6.5625);
  CHECK(catalog.scheme("w4a4-fp4")->act_format == Format::fp4);
}

TEST_CASE("Kernels need paths that cover every M") {
  const Json ideal = {{"path", "ideal"}};
  const auto up_to = [](double tokens) {
    return Json{{"path", "baseline"}, {"up_to_tokens", tokens}};
  };
  const Change changes[] = {
      {"/segments", Json::array(), ErrorCode::missing_field, "segments"},
      {"/segments", {ideal, ideal}, ErrorCode::out_of_range, "segments[0].up_to_tokens"},
      {"/segments", Json::array({up_to(8)}), ErrorCode::out_of_range, "segments[0].up_to_tokens"},
      {"/segments",
       {up_to(64), up_to(8), ideal},
       ErrorCode::out_of_range,
       "segments[1].up_to_tokens"},
      {"/segments", Json::array({{{"path", "magic"}}}), ErrorCode::unknown_id, "segments[0].path"},
      {"/segments", Json::array({{{"path", "vector"}}}), ErrorCode::missing_field,
       "segments[0].vector_flop_per_clock_sm"},
      {"/segments", Json::array({{{"path", "ideal"}, {"bandwidth_fraction", 2}}}),
       ErrorCode::out_of_range, "segments[0].bandwidth_fraction"},
      {"/act_formats", {"fp16", "fp9"}, ErrorCode::unknown_id, "act_formats[1]"},
      {"/weight_bits", {4, "8"}, ErrorCode::wrong_type, "weight_bits[1]"},
      {"/group_sizes", {-1}, ErrorCode::out_of_range, "group_sizes[0]"},
  };
  refuses("kernel/marlin", &read_kernel, changes);
}

TEST_CASE("Runtimes reach at most the datasheet") {
  const Change changes[] = {
      {"/execution", "magic", ErrorCode::unknown_id, "execution"},
      {"/memory_efficiency", 1.01, ErrorCode::out_of_range, "memory_efficiency"},
      {"/compute_efficiency", 0, ErrorCode::out_of_range, "compute_efficiency"},
      {"/layer_s", -1e-6, ErrorCode::out_of_range, "layer_s"},
      {"/kv_copy_factor", 0.5, ErrorCode::out_of_range, "kv_copy_factor"},
  };
  refuses("runtime/vllm", &read_runtime, changes);
}

TEST_CASE("Calibrations carry what is fitted") {
  Catalog catalog;
  const auto may = catalog.calibration("tutorial-2026-05");
  REQUIRE(may.has_value());
  CHECK((*may)->layer_overhead == seconds(1e-5));
  CHECK((*may)->decode_bandwidth == 1);
  CHECK((*may)->fitted.empty());
  const auto march = catalog.calibration("tutorial-2026-03");
  REQUIRE(march.has_value());
  CHECK((*march)->layer_overhead == seconds(1e-4));
  CHECK((*march)->decode_bandwidth == 0.946);
  CHECK_FALSE((*march)->fitted.empty());
  CHECK(catalog.calibration("tutorial-2026-06", "calibration").error().path == "calibration");
}
