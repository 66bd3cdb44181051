// Every golden row through the same JSON that the facade takes, every column of it.
// tests/golden/README.md names the source.
#include <doctest/doctest.h>

#include <cmath>

#include "crossover/tutorial_json.h"
#include "golden_csv.h"

using namespace crossover;
using golden::Row;

namespace {

/// The oracle's own arithmetic order differs from ours by a few units in the last place; 1e-9
/// leaves room for that and for nothing that a formula could get wrong.
constexpr double tolerance = 1e-9;

Json number(const std::string& text) { return std::stod(text); }

void check_cell(const Json& answer, const std::string& column, const std::string& expected) {
  INFO("column " << column << ", expected " << expected);
  REQUIRE(answer.contains(column));
  const Json& found = answer[column];
  INFO("found " << found.dump());
  if (found.is_boolean()) {
    CHECK(found.get<bool>() == (expected == "true"));
  } else if (found.is_string()) {
    CHECK(found.get<std::string>() == expected);
  } else {
    REQUIRE(found.is_number());
    const double wanted = std::stod(expected);
    CHECK(std::abs(found.get<double>() - wanted) <= tolerance * std::abs(wanted));
  }
}

void check_row(Catalog& catalog, const Row& row, const Json& scenario,
               const std::vector<std::string>& columns) {
  INFO("case " << row.at("id") << ": " << scenario.dump());
  const Result<Json> answer = evaluate_tutorial(catalog, scenario);
  if (!answer) FAIL(answer.error().path << ": " << answer.error().message);
  for (const std::string& column : columns) check_cell(*answer, column, row.at(column));
}

Json timing_scenario(const Row& row, const char* question) {
  Json scenario{{"lens", "tutorial"},
                {"question", question},
                {"model", row.at("model")},
                {"hardware", row.at("hardware")},
                {"precision", row.at("precision")},
                {"batch", number(row.at("batch"))},
                {"efficiency", number(row.at("efficiency"))},
                {"layer_overhead_s", number(row.at("layer_tax_s"))}};
  if (!row.at("seq_len").empty()) scenario["context"] = number(row.at("seq_len"));
  return scenario;
}

/// "method=pruning;sparsity=0.75;type=structured" as the scenario's fields.
Json compression_scenario(const Row& row) {
  Json scenario{{"lens", "tutorial"},
                {"question", "compression"},
                {"model", row.at("model")},
                {"hardware", row.at("hardware")}};
  for (const std::string& option : golden::split(row.at("options"), ';')) {
    const std::vector<std::string> pair = golden::split(option, '=');
    if (pair.at(0) == "type") {
      scenario["pattern"] = pair.at(1);
    } else if (pair.at(0) == "method") {
      scenario["method"] = pair.at(1);
    } else {
      scenario[pair.at(0)] = number(pair.at(1));
    }
  }
  return scenario;
}

}  // namespace

TEST_CASE("all 269 golden serving cases agree within 1e-9") {
  Catalog catalog;
  const std::vector<Row> rows = golden::read("oracle_serving.csv");
  CHECK(rows.size() == 269);
  for (const Row& row : rows) {
    check_row(catalog, row, timing_scenario(row, "serving"),
              {"feasible", "ttft_s", "itl_s", "kv_bytes", "weight_bytes", "total_bytes"});
  }
}

TEST_CASE("all 321 golden step cases agree within 1e-9, path and bottleneck included") {
  Catalog catalog;
  const std::vector<Row> rows = golden::read("oracle_engine.csv");
  CHECK(rows.size() == 321);
  for (const Row& row : rows) {
    check_row(
        catalog, row, timing_scenario(row, "step"),
        {"feasible", "latency_s", "compute_s", "memory_s", "overhead_s", "throughput", "bottleneck",
         "intensity", "mfu", "energy_j", "footprint_bytes", "peak_bw_actual", "path"});
  }
}

TEST_CASE("all 112 golden compression cases agree within 1e-9") {
  Catalog catalog;
  const std::vector<Row> rows = golden::read("oracle_compression.csv");
  CHECK(rows.size() == 112);
  for (const Row& row : rows) {
    check_row(catalog, row, compression_scenario(row),
              {"original_bytes", "compressed_bytes", "ratio", "delta", "savings_pct", "speedup"});
  }
}
