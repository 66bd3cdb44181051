// The five tables: published numbers in SI, worked by hand, and what each must tell the reader.
#include "crossover/tables.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace crossover;
using doctest::Approx;

namespace {

Json table_named(std::string_view name, const Json& request = nullptr) {
  Catalog catalog;
  const Result<Json> made = table(catalog, name, request);
  if (!made) FAIL(made.error().path << ": " << made.error().message);
  return *made;
}

Error refusal(std::string_view name, const Json& request) {
  Catalog catalog;
  const Result<Json> made = table(catalog, name, request);
  REQUIRE_FALSE(made);
  return made.error();
}

const Json& row(const Json& table, std::string_view precision) {
  const Json& rows = table.at("rows");
  const auto it = std::find_if(rows.begin(), rows.end(),
                               [&](const Json& r) { return r.at("precision") == precision; });
  REQUIRE(it != rows.end());
  return *it;
}

bool notes(const Json& table, std::string_view key) {
  const Json& all = table.at("notes");
  return std::find(all.begin(), all.end(), key) != all.end();
}

}  // namespace

TEST_CASE("every table names its columns with a unit, and every row has exactly these columns") {
  for (const char* name : {"bytes_per_parameter", "decode", "training", "regimes", "compression"}) {
    const Json made = table_named(name);
    INFO(made.dump());
    CHECK(made.at("name") == name);
    CHECK_FALSE(made.at("rows").empty());
    for (const Json& r : made.at("rows")) {
      CHECK(r.size() == made.at("columns").size());
      for (const Json& column : made.at("columns")) {
        CHECK(r.contains(column.at("key").get<std::string>()));
      }
    }
  }
}

TEST_CASE("bytes per parameter: FP32 4, FP16 2, INT8 1, INT4 0.5, and Llama-3 8B at each") {
  const Json made = table_named("bytes_per_parameter");
  REQUIRE(made.at("rows").size() == 4);
  CHECK(row(made, "fp32").at("bytes_per_parameter") == 4.0);
  CHECK(row(made, "fp16").at("bytes_per_parameter") == 2.0);
  CHECK(row(made, "int8").at("bytes_per_parameter") == 1.0);
  CHECK(row(made, "int4").at("bytes_per_parameter") == 0.5);
  CHECK(row(made, "fp32").at("weight_bytes").get<double>() == Approx(32.12e9).epsilon(1e-12));
  CHECK(row(made, "int4").at("weight_bytes").get<double>() == Approx(4.015e9).epsilon(1e-12));
  CHECK(row(made, "fp32").at("ratio_to_fp16") == 2.0);
  CHECK(row(made, "int4").at("ratio_to_fp16") == 0.25);
  CHECK_FALSE(notes(made, "fixed_size"));
}

TEST_CASE(
    "a model with a size but no parameter count weighs the same at every precision, and the table "
    "says why") {
  const Json made = table_named("bytes_per_parameter", {{"model", "DLRM"}});
  CHECK(row(made, "int4").at("weight_bytes") == row(made, "fp32").at("weight_bytes"));
  CHECK(row(made, "int4").at("ratio_to_fp16") == 1.0);
  CHECK(notes(made, "fixed_size"));
}

TEST_CASE("the decode table: 5.194, 2.757 and 1.539 ms, speed-up 1.88 and 3.38") {
  const Json made = table_named("decode");
  REQUIRE(made.at("rows").size() == 3);
  const double fp16 = 16.328435456 / 3350 + 0.32e-3;  // GB / (GB/s) + 32 layers x 10 µs
  const double int4 = 16.328435456 / 4 / 3350 + 0.32e-3;
  CHECK(row(made, "fp16").at("itl_s").get<double>() == Approx(fp16).epsilon(1e-12));
  CHECK(row(made, "int4").at("itl_s").get<double>() == Approx(int4).epsilon(1e-12));
  CHECK(row(made, "fp16").at("speedup") == 1.0);
  CHECK(row(made, "int4").at("speedup").get<double>() == Approx(fp16 / int4).epsilon(1e-12));
  CHECK(row(made, "fp16").at("kv_bytes") == 268435456.0);
  CHECK(row(made, "fp16").at("total_bytes").get<double>() == Approx(16.328435456e9).epsilon(1e-12));
  CHECK(row(made, "int4").at("fallback") == true);
  CHECK(row(made, "int8").at("fallback") == false);
  CHECK(notes(made, "no_compute_ceiling"));
  CHECK(notes(made, "kv_follows_weights"));
  CHECK_FALSE(notes(made, "fitted_calibration"));
  CHECK_FALSE(notes(made, "does_not_fit"));
}

TEST_CASE("the March calibration is marked as fitted wherever it is shown") {
  const Json march{{"calibration", "tutorial-2026-03"}};
  const Json made = table_named("decode", march);
  CHECK(notes(made, "fitted_calibration"));
  CHECK(row(made, "fp16").at("itl_s").get<double>() ==
        Approx(16.328435456 / (3350 * 0.946) + 3.2e-3).epsilon(1e-12));
  CHECK(notes(table_named("training", march), "fitted_calibration"));
  CHECK(notes(table_named("regimes", march), "fitted_calibration"));
}

TEST_CASE("a model that does not fit still has its numbers, with the flag and the note") {
  const Json made = table_named("decode", {{"model", "Llama3_70B"}});
  CHECK(row(made, "fp16").at("feasible") == false);  // 141.2 GB on 85.9 GB
  CHECK(row(made, "int4").at("feasible") == true);   // 35.3 GB
  CHECK(row(made, "fp16").at("itl_s").get<double>() > 0);
  CHECK(notes(made, "does_not_fit"));
}

TEST_CASE(
    "the training table is a forward pass: 7.24 ms, 35343 images a second, INT8 1.87x, INT4 "
    "nothing") {
  const Json made = table_named("training");
  CHECK(row(made, "fp16").at("latency_s").get<double>() ==
        Approx(256 * 4.1e9 / 156e12 + 0.515e-3).epsilon(1e-12));
  CHECK(row(made, "fp16").at("throughput").get<double>() == Approx(35343).epsilon(2e-5));
  CHECK(
      row(made, "int8").at("speedup").get<double>() ==
      Approx((256 * 4.1e9 / 156e12 + 0.515e-3) / (256 * 4.1e9 / 312e12 + 0.515e-3)).epsilon(1e-12));
  CHECK(row(made, "int4").at("speedup") == 1.0);
  CHECK(row(made, "fp16").at("bottleneck") == "Compute");
  CHECK(row(made, "int4").at("fallback") == true);
  CHECK(notes(made, "forward_pass_only"));
  CHECK(notes(made, "fallback_fp16_peak"));
}

TEST_CASE(
    "side by side: decode is memory-bound near 1 FLOP a byte, training compute-bound near 770") {
  const Json made = table_named("regimes");
  const Json& fp16 = row(made, "fp16");
  // 16.06 GFLOP + 4·32·32·128·2048 of attention over 16.328 GB; ridge 989 / 3.35.
  CHECK(fp16.at("decode_intensity").get<double>() ==
        Approx((16.06e9 + 4.0 * 32 * 32 * 128 * 2048) / 16.328435456e9).epsilon(1e-12));
  CHECK(fp16.at("decode_ridge").get<double>() == Approx(989.0 / 3.35).epsilon(1e-12));
  CHECK(fp16.at("decode_regime") == "Memory");
  // 256 x 4.1 GFLOP over 51.2 MB x (1 + 25.6); ridge 312 / 2.039.
  CHECK(fp16.at("training_intensity").get<double>() ==
        Approx(256 * 4.1e9 / (51.2e6 * 26.6)).epsilon(1e-12));
  CHECK(fp16.at("training_ridge").get<double>() == Approx(312 / 2.039).epsilon(1e-12));
  CHECK(fp16.at("training_regime") == "Compute");
  CHECK(row(made, "int4").at("decode_speedup").get<double>() > 3.3);
  CHECK(row(made, "int4").at("training_speedup") == 1.0);
  CHECK_FALSE(notes(made, "between_ridges"));
  CHECK(notes(made, "first_order_intensity"));
}

TEST_CASE("an intensity between the two ridge points is pointed out") {
  // ResNet-50 at batch 14: 57.4 GFLOP over 51.2 MB x 2.4 = 467; at batch 1: 4.1 GFLOP over 56.3 MB
  // = 72.8, below A100's 76.5 = 153/2. At batch 2: 8.2 GFLOP over 61.4 MB = 133: above 76.5 and
  // below 153.
  CHECK(notes(table_named("regimes", {{"training_batch", 2}}), "between_ridges"));
  const Json made = table_named("regimes", {{"training_batch", 2}});
  CHECK(row(made, "fp16").at("training_regime") == "Compute");
}

TEST_CASE("the two halves of the regimes table are chosen apart") {
  const Json made = table_named("regimes", {{"model", "Llama2_7B"},
                                            {"hardware", "A100"},
                                            {"training_model", "ResNet18"},
                                            {"training_hardware", "H100"}});
  CHECK(row(made, "fp16").at("decode_ridge").get<double>() == Approx(312 / 2.039).epsilon(1e-12));
  CHECK(row(made, "fp16").at("training_ridge").get<double>() == Approx(989 / 3.35).epsilon(1e-12));
  CHECK(refusal("regimes", {{"training_model", "nothing"}}).path == "training_model");
  CHECK(refusal("training", {{"training_model", "ResNet18"}}).code == ErrorCode::unknown_field);
}

TEST_CASE(
    "the compression table is against FP32: 2x, 4x, 8x; then pruning, whose unstructured form "
    "saves no time") {
  const Json made = table_named("compression");
  const Json& rows = made.at("rows");
  REQUIRE(rows.size() == 6);
  CHECK(rows[0].at("bits") == 16.0);
  CHECK(rows[0].at("ratio") == 2.0);
  CHECK(rows[0].at("weight_bytes").get<double>() == Approx(16.06e9).epsilon(1e-12));
  CHECK(rows[0].at("delta") == 0.0);
  CHECK(rows[1].at("delta") == -0.002);
  CHECK(rows[2].at("ratio") == 8.0);
  CHECK(rows[2].at("savings_pct") == 87.5);
  CHECK(rows[2].at("delta") == -0.025);
  CHECK(rows[3].at("method") == "pruning");
  CHECK(rows[3].at("bits").is_null());
  CHECK(rows[3].at("sparsity_pct") == 50.0);
  CHECK(rows[4].at("ratio") == 4.0);
  CHECK(rows[5].at("speedup") == 1.0);
  CHECK(notes(made, "baseline_is_fp32"));
}

TEST_CASE(
    "our own ids name the same records as the reference's keys, batch and efficiency included") {
  CHECK(
      table_named("training", {{"model", "ResNet50_4p1G"}, {"hardware", "A100"}, {"batch", 256}}) ==
      table_named("training"));
  CHECK(row(table_named("training", {{"efficiency", 1}}), "fp16").at("compute_s").get<double>() ==
        Approx(256 * 4.1e9 / 312e12).epsilon(1e-12));
  CHECK(row(table_named("decode", {{"model", "llama-3.1-8b"}}), "fp16") ==
        row(table_named("decode"), "fp16"));
}

TEST_CASE("what a table cannot be made of is refused with its place") {
  CHECK(refusal("decod", nullptr).code == ErrorCode::unknown_id);
  CHECK(refusal("decod", nullptr).path == "name");
  CHECK(refusal("decod", nullptr).message.find("\"decode\"") != std::string::npos);
  CHECK(refusal("decode", {{"model", "Llama3_8b0"}}).code == ErrorCode::unknown_id);
  CHECK(refusal("decode", {{"modell", "x"}}).code == ErrorCode::unknown_field);
  CHECK(refusal("decode", {{"batch", 0}}).code == ErrorCode::out_of_range);
  CHECK(refusal("decode", {{"batch", 1.5}}).code == ErrorCode::out_of_range);
  CHECK(refusal("decode", {{"batch", "1"}}).code == ErrorCode::wrong_type);
  CHECK(refusal("decode", {{"lens", "roofline"}}).path == "lens");
  CHECK(refusal("decode", Json::array()).code == ErrorCode::wrong_type);
  CHECK(refusal("decode", {{"calibration", "tutorial"}}).path == "calibration");
  CHECK(refusal("decode", {{"model", "ResNet50"}}).code == ErrorCode::unsupported);
}
