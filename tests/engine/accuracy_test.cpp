#include "crossover/accuracy.h"

#include <doctest/doctest.h>

#include "crossover/catalog.h"
#include "crossover/scenario_json.h"

using namespace crossover;

namespace {

Json rows_for(const char* model, const char* scheme) {
  Catalog catalog;
  const auto scenario = read_roofline(
      catalog,
      {{"lens", "roofline"}, {"model", model}, {"hardware", "h100-sxm"}, {"scheme", scheme}});
  REQUIRE(scenario.has_value());
  return accuracy_rows(*scenario);
}

}  // namespace

TEST_CASE("the tutorial's rule comes first: 4 bits cost 2.5 %, 8 bits 0.2 %, 16 nothing") {
  CHECK(rows_for("llama-3.1-8b", "w4a16-g128")[0]["delta"] == -0.025);
  CHECK(rows_for("llama-3.1-8b", "w8a8-int8")[0]["delta"] == -0.002);
  CHECK(rows_for("llama-3.1-8b", "fp16")[0]["delta"] == 0.0);
  CHECK(rows_for("llama-3.1-8b", "fp16").size() == 1);
}

TEST_CASE(
    "AWQ at 4 bits takes Llama 2 7B's perplexity from 5.47 to 5.60, as published with QServe") {
  bool found = false;
  for (const Json& row : rows_for("llama-2-7b", "w4a16-g128")) {
    if (row["method"] != "AWQ" || row["source"] != "deepcompressor-ppl") continue;
    found = true;
    CHECK(row["kind"] == "measured");
    CHECK(row["dataset"] == "WikiText-2 (seq 2048)");
    CHECK(row["baseline_value"] == 5.47);
    CHECK(row["value"] == 5.60);
    CHECK(row["delta"].get<double>() == doctest::Approx(0.13));
    CHECK(row["higher_is_better"] == false);
  }
  CHECK(found);
}

TEST_CASE("only the scheme's own bits are shown, and only the model's own rows") {
  for (const char* scheme : {"w4a16-g128", "w8a8-int8", "w4a8-g128"}) {
    const Json rows = rows_for("llama-3-8b", scheme);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const double weight_bits = scheme[1] - '0', act_bits = scheme[3] == '1' ? 16 : 8;
      CHECK(rows[i]["weight_bits"].get<double>() == doctest::Approx(weight_bits).epsilon(0.07));
      CHECK(rows[i]["act_bits"] == act_bits);
      CHECK(rows[i]["kv_bits"] == 16);
    }
  }
}

TEST_CASE("a model without measurements has the rule alone") {
  CHECK(rows_for("phi-2", "w4a16-g128").size() == 1);
}
