// Derivations of the tutorial lens: the tree gives the number, its formulas stand in MODEL.md and
// its leaves have a source.
#include "crossover/tutorial_explain.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "crossover/tutorial_json.h"

using namespace crossover;

namespace {

std::string model_page() {
  std::ifstream in(std::string(CROSSOVER_GOLDEN_DIR) + "/../../engine/MODEL.md");
  std::stringstream text;
  text << in.rdbuf();
  REQUIRE(text.str().size() > 1000);
  return text.str();
}

/// Sources that are no record: the scenario itself, and what is so by definition.
bool stands_for_itself(const std::string& source) {
  return source == "scenario" || source == "definition";
}

void check_tree(Catalog& catalog, const Json& tree, const std::string& page) {
  INFO(tree["symbol"].get<std::string>());
  if (tree["op"] == "leaf") {
    const std::string source = tree["source"].get<std::string>();
    INFO("source " << source);
    const std::vector<const CatalogEntry*> sources = catalog.entries(SpecKind::source);
    const bool listed = std::any_of(sources.begin(), sources.end(),
                                    [&](const CatalogEntry* entry) { return entry->id == source; });
    CHECK((listed || stands_for_itself(source)));
    return;
  }
  const std::string formula = tree["formula"].get<std::string>();
  INFO("formula " << formula);
  CHECK(page.find("**`" + formula + "`**") != std::string::npos);
  CHECK_FALSE(tree["children"].empty());
  for (const Json& child : tree["children"]) check_tree(catalog, child, page);
}

void check_quantities(const Json& scenario, std::initializer_list<const char*> quantities) {
  Catalog catalog;
  const std::string page = model_page();
  const Json result = evaluate_tutorial(catalog, scenario).value();
  for (const char* quantity : quantities) {
    INFO(std::string(quantity) << " of " << scenario.dump());
    const Result<Json> tree = explain_tutorial(catalog, scenario, quantity);
    if (!tree) FAIL(tree.error().message);
    const double value = (*tree)["value"].get<double>(), wanted = result[quantity].get<double>();
    // The tree multiplies in another order than the formula: a few units in the last place.
    CHECK(std::abs(value - wanted) <= 1e-12 * std::abs(wanted));
    check_tree(catalog, *tree, page);
  }
}

Json serving(const char* model) {
  return {{"lens", "tutorial"},   {"question", "serving"}, {"model", model},
          {"hardware", "H100"},   {"precision", "int4"},   {"batch", 8},
          {"cached_prefix", 1000}};
}

constexpr auto serving_quantities = {"itl_s", "ttft_s", "kv_bytes", "weight_bytes", "total_bytes"};

}  // namespace

TEST_CASE("every number of serving is the value of its derivation") {
  check_quantities(serving("Llama3_8B"), serving_quantities);
  check_quantities(serving("DeepSeek_V3"), serving_quantities);
  Json march = serving("Llama3_8B");
  march["calibration"] = "tutorial-2026-03";
  check_quantities(march, serving_quantities);
  march["layer_overhead_s"] = 2e-5;
  check_quantities(march, serving_quantities);
}

TEST_CASE("every number of a step is the value of its derivation, wherever the weights come from") {
  for (const auto& [model, hardware] : {std::pair{"ResNet50_4p1G", "A100"},
                                        {"DS_CNN", "ESP32_S3"},
                                        {"GPT3", "H100"},
                                        {"DLRM", "A100"}}) {
    check_quantities({{"lens", "tutorial"},
                      {"question", "step"},
                      {"model", model},
                      {"hardware", hardware},
                      {"batch", 16}},
                     {"latency_s", "compute_s", "memory_s", "overhead_s", "throughput", "intensity",
                      "ridge", "ridge_at_efficiency", "mfu", "energy_j", "footprint_bytes"});
  }
}

TEST_CASE("every number of compression is the value of its derivation") {
  const auto quantities = {"original_bytes", "compressed_bytes", "ratio",
                           "delta",          "savings_pct",      "speedup"};
  Json scenario{{"lens", "tutorial"}, {"question", "compression"}, {"model", "Llama3_8B"},
                {"hardware", "H100"}, {"method", "quantization"},  {"bits", 4}};
  check_quantities(scenario, quantities);
  for (const double sparsity : {0.0, 0.75, 1.0}) {
    scenario["method"] = "pruning";
    scenario["sparsity"] = sparsity;
    check_quantities(scenario, quantities);
  }
}

TEST_CASE("a field given as null counts as absent in a derivation too") {
  Catalog catalog;
  Json scenario = serving("Llama3_8B");
  scenario["batch"] = nullptr;
  scenario["layer_overhead_s"] = nullptr;
  scenario["calibration"] = nullptr;
  const Result<Json> tree = explain_tutorial(catalog, scenario, "itl_s");
  REQUIRE(tree);
  CHECK((*tree)["value"].get<double>() ==
        doctest::Approx(evaluate_tutorial(catalog, scenario).value()["itl_s"].get<double>()));
}

TEST_CASE("a number that does not exist is refused with the nearest that does") {
  Catalog catalog;
  const Result<Json> tree = explain_tutorial(catalog, serving("Llama3_8B"), "itl");
  REQUIRE_FALSE(tree);
  CHECK(tree.error().code == ErrorCode::unknown_id);
  CHECK(tree.error().path == "quantity");
  CHECK(tree.error().message.find("itl_s") != std::string::npos);
}
