#include "crossover/catalog.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace crossover;

namespace {

Json small_device() {
  return Json{{"id", "my-gpu"},
              {"name", "My GPU"},
              {"aliases", {"mine"}},
              {"memory_capacity_bytes", 16e9},
              {"memory_bandwidth_bytes_per_s", 500e9},
              {"peak_flop_per_s", {{"fp16", 50e12}}}};
}

}  // namespace

TEST_CASE("Every embedded record reads, and describe returns the file") {
  Catalog catalog;
  struct Kind {
    SpecKind kind;
    const char* directory;
  };
  for (const Kind& k :
       {Kind{SpecKind::hardware, "hardware"}, Kind{SpecKind::model, "models"},
        Kind{SpecKind::scheme, "schemes"}, Kind{SpecKind::kernel, "kernels"},
        Kind{SpecKind::runtime, "runtimes"}, Kind{SpecKind::calibration, "calibrations"}}) {
    std::size_t files = 0;
    const std::filesystem::path folder = std::filesystem::path(CROSSOVER_SPECS_DIR) / k.directory;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().extension() != ".json") continue;
      ++files;
      const std::string id = file.path().stem().string();
      CAPTURE(id);
      std::ifstream in(file.path());
      const Json record = Json::parse(in);
      const std::string kind(spec_kind_names[static_cast<std::size_t>(k.kind)]);
      const auto entry = catalog.describe(kind + "/" + id);
      REQUIRE(entry.has_value());
      CHECK(Json::parse((*entry)->json) == record);
      CHECK_FALSE((*entry)->added);
      switch (k.kind) {
        case SpecKind::hardware:
          CHECK(catalog.hardware(id).has_value());
          break;
        case SpecKind::model:
          CHECK(catalog.model(id).has_value());
          break;
        case SpecKind::scheme:
          CHECK(catalog.scheme(id).has_value());
          break;
        case SpecKind::kernel:
          CHECK(catalog.kernel(id).has_value());
          break;
        case SpecKind::runtime:
          CHECK(catalog.runtime(id).has_value());
          break;
        default:
          CHECK(catalog.calibration(id).has_value());
      }
    }
    CHECK(files == catalog.entries(k.kind).size());
    CHECK(files > 0);
  }
}

TEST_CASE("The library is as large as the reference that it was made from") {
  Catalog catalog;
  CHECK(catalog.entries(SpecKind::hardware).size() >= 63);
  CHECK(catalog.entries(SpecKind::model).size() >= 87);
  CHECK(catalog.entries(SpecKind::scheme).size() >= 24);
  CHECK(catalog.entries(SpecKind::calibration).size() == 2);
}

TEST_CASE("Entries come in order of id, and sources describe themselves") {
  Catalog catalog;
  const auto models = catalog.entries(SpecKind::model);
  CHECK(std::is_sorted(models.begin(), models.end(),
                       [](const CatalogEntry* a, const CatalogEntry* b) { return a->id < b->id; }));
  const auto source = catalog.describe("nvidia-h100");
  REQUIRE(source.has_value());
  CHECK(Json::parse((*source)->json).at("kind") == "datasheet");
}

TEST_CASE("The tutorial's keys find their own records") {
  Catalog catalog;
  CHECK((*catalog.model("Llama3_8B"))->id == "llama-3.1-8b");
  CHECK((*catalog.model("ResNet50_4p1G"))->id == "resnet-50");
  CHECK((*catalog.hardware("H100"))->id == "h100-sxm");
  CHECK((*catalog.hardware("MacBookM3Max"))->id == "m3-max");
  CHECK((*catalog.hardware("TPUv6"))->id == "tpu-v6e");
  CHECK((*catalog.model("ResNet50"))->tutorial.size() == 2);
}

TEST_CASE("Case does not matter, but an exact match wins") {
  Catalog catalog;
  CHECK((*catalog.model("GPT2"))->id == "gpt2-xl");     // the tutorial's key of the 1.5B model
  CHECK((*catalog.model("gpt2"))->id == "gpt2-small");  // everyone else's name of the 124M one
  CHECK((*catalog.hardware("h100"))->id == "h100-sxm");
  CHECK((*catalog.hardware("RTX 4090"))->id == "rtx-4090");
  CHECK((*catalog.hardware("nvidia h100 80gb hbm3"))->id == "h100-sxm");
  CHECK((*catalog.model("META-LLAMA/LLAMA-3.1-8B"))->id == "llama-3.1-8b");
  CHECK(catalog.scheme("INT4")->id == "w4a16");
}

TEST_CASE("An unknown id suggests the nearest one and names the path") {
  Catalog catalog;
  const auto model = catalog.model("lama-3.1-8b", "scenario.model");
  REQUIRE_FALSE(model.has_value());
  CHECK(model.error().code == ErrorCode::unknown_id);
  CHECK(model.error().path == "scenario.model");
  CHECK(model.error().message.find("\"llama-3.1-8b\"") != std::string::npos);
  CHECK(catalog.hardware("rtx4909").error().message.find("\"rtx-4090\"") != std::string::npos);
  CHECK(catalog.hardware("A100-SXM4-80G").error().message.find("\"a100-80gb\"") !=
        std::string::npos);
  CHECK(catalog.scheme("w4a16-g129").error().message.find("\"w4a16-g128\"") != std::string::npos);
  // Nothing near: no suggestion, and no crash on odd texts.
  CHECK(catalog.model("zzzzzzzzzzzzzzzzzzzzzzzz").error().message.find("did you mean") ==
        std::string::npos);
  CHECK_FALSE(catalog.model("").has_value());
  CHECK_FALSE(catalog.model(std::string(100000, 'x')).has_value());
}

TEST_CASE("A scheme's KV cache is a suffix away") {
  Catalog catalog;
  const auto scheme = catalog.scheme("w4a16-g128-kv4");
  REQUIRE(scheme.has_value());
  CHECK(scheme->id == "w4a16-g128-kv4");
  CHECK(scheme->kv_bits == 4);
  CHECK(scheme->weight_bits == 4);
  CHECK(catalog.scheme("fp16-kv8")->kv_bits == 8);
  CHECK(catalog.scheme("int4-kv16")->id == "w4a16-kv16");
  CHECK(catalog.scheme("fp16")->kv_bits == 16);
  CHECK_FALSE(catalog.scheme("fp16-kv3").has_value());
  CHECK_FALSE(catalog.scheme("-kv8").has_value());
}

TEST_CASE("Two kinds may share an id: a prefix tells them apart") {
  Catalog catalog;
  REQUIRE(catalog.describe("runtime/turbomind").has_value());
  CHECK((*catalog.describe("runtime/turbomind"))->kind == SpecKind::runtime);
  CHECK((*catalog.describe("kernel/turbomind"))->kind == SpecKind::kernel);
  // A slash is also part of a repository's name.
  CHECK((*catalog.describe("Qwen/Qwen3-8B"))->id == "qwen3-8b");
}

TEST_CASE("A spec of one's own is found by id and alias, in order, and marked") {
  Catalog catalog;
  const auto id = catalog.add(SpecKind::hardware, small_device());
  REQUIRE(id.has_value());
  CHECK(*id == "my-gpu");
  CHECK((*catalog.hardware("Mine"))->memory_bandwidth == gigabytes_per_second(500));
  CHECK((*catalog.describe("my-gpu"))->added);
  const auto devices = catalog.entries(SpecKind::hardware);
  CHECK(std::is_sorted(devices.begin(), devices.end(),
                       [](const CatalogEntry* a, const CatalogEntry* b) { return a->id < b->id; }));
}

TEST_CASE("Pointers stay valid while specs are added") {
  Catalog catalog;
  const Hardware* before = *catalog.hardware("h100-sxm");
  for (int i = 0; i < 300; ++i) {
    Json device = small_device();
    device["id"] = "gpu-" + std::to_string(i);
    device["aliases"] = Json::array();
    REQUIRE(catalog.add(SpecKind::hardware, device).has_value());
  }
  CHECK(*catalog.hardware("h100-sxm") == before);
  CHECK(before->id == "h100-sxm");
}

TEST_CASE("What is refused changes nothing") {
  Catalog catalog;
  const std::size_t count = catalog.entries(SpecKind::hardware).size();
  Json device = small_device();
  device["id"] = "h100-sxm";
  const auto duplicate = catalog.add(SpecKind::hardware, device);
  CHECK(duplicate.error().code == ErrorCode::duplicate_id);
  CHECK(duplicate.error().path == "id");

  device = small_device();
  device["aliases"] = {"ours", "H100"};
  CHECK(catalog.add(SpecKind::hardware, device).error().path == "aliases[1]");

  device = small_device();
  device["id"] = "My GPU";
  CHECK(catalog.add(SpecKind::hardware, device).error().code == ErrorCode::out_of_range);

  device = small_device();
  device["memory_bandwith_bytes_per_s"] = 1e12;
  const auto misspelt = catalog.add(SpecKind::hardware, device);
  CHECK(misspelt.error().code == ErrorCode::unknown_field);
  CHECK(misspelt.error().path == "memory_bandwith_bytes_per_s");
  CHECK(misspelt.error().message.find("memory_bandwidth_bytes_per_s") != std::string::npos);

  CHECK(catalog.add(SpecKind::hardware, Json::array()).error().code == ErrorCode::wrong_type);
  CHECK(catalog.entries(SpecKind::hardware).size() == count);
  CHECK_FALSE(catalog.hardware("my-gpu").has_value());
}

TEST_CASE("Scenarios and sources can be added too") {
  Catalog catalog;
  CHECK(
      catalog.add(SpecKind::source, {{"id", "my-notes"}, {"kind", "measured"}, {"title", "Notes"}})
          .has_value());
  CHECK((*catalog.describe("my-notes"))->name == "Notes");
  const Json preset{{"id", "my-preset"}, {"name", "Preset"}, {"scenario", {{"lens", "roofline"}}}};
  CHECK(catalog.add(SpecKind::scenario, preset).has_value());
  CHECK(catalog.add(SpecKind::scenario, {{"id", "empty"}}).error().path == "scenario");
  CHECK(catalog.add(SpecKind::source, {{"id", "x"}, {"kind", "measured"}}).error().path == "title");
}

TEST_CASE("The number of added specs is limited") {
  Catalog catalog;
  Json source{{"kind", "measured"}, {"title", "Notes"}};
  for (int i = 0; i < 1000; ++i) {
    source["id"] = "note-" + std::to_string(i);
    REQUIRE(catalog.add(SpecKind::source, source).has_value());
  }
  source["id"] = "one-too-many";
  CHECK(catalog.add(SpecKind::source, source).error().code == ErrorCode::too_large);
}
