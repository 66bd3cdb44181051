#include "crossover/evidence.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <string>

#include "crossover/catalog.h"

using namespace crossover;

namespace {

Json read_file(const std::string& name) {
  std::ifstream file(std::string(CROSSOVER_SPECS_DIR) + "/measurements/" + name);
  REQUIRE(file.good());
  return Json::parse(file);
}

Json options() {
  return {{"aliases", read_file("aliases.json")},
          {"split", read_file("split.json")},
          {"targets", read_file("targets.json")}};
}

/// A GEMM row as measurement files have it; `own` overrides.
Json gemm_row(const Json& own = Json::object()) {
  Json row = {{"id", "row"},
              {"hardware", "A100-80GB"},
              {"scheme", "W8A16 per-channel"},
              {"weight_bits", 8},
              {"act_bits", 16},
              {"kernel", "GemLite-Triton"},
              {"phase", "gemm"},
              {"m", 1},
              {"n", 8192},
              {"k", 8192},
              {"unit", "x"},
              {"value", 1.5},
              {"speedup", 1.5},
              {"source", 0}};
  row.update(own);
  return row;
}

Json measurements(Json rows) {
  return {{"rows", std::move(rows)},
          {"sources", Json::array({Json{{"repo_or_url", "someone/kernels"}}})}};
}

Json report_of(const Json& rows) {
  Catalog catalog;
  auto report = evidence(catalog, measurements(rows), options());
  REQUIRE(report.has_value());
  return *report;
}

}  // namespace

TEST_CASE("a GEMM under the datasheet is its bytes over the bandwidth") {
  // FP16: 2 * 8192^2 weights, 2 * 8192 inputs and outputs of 2 bytes; INT8 weights half of them.
  // 134,250,496 B and 67,141,632 B over 2.039e12 B/s.
  const Json row = report_of(Json::array({gemm_row()}))["rows"][0];
  CHECK(row["datasheet_s"].get<double>() == doctest::Approx(67141632 / 2.039e12).epsilon(1e-12));
  CHECK(row["datasheet_speedup"].get<double>() ==
        doctest::Approx(134250496.0 / 67141632.0).epsilon(1e-12));
  CHECK(row["kernel"] == "gemlite");
  CHECK(row["hardware"] == "a100-80gb");
}

TEST_CASE("a clock variant slows the arithmetic and leaves the memory as it is") {
  const Json wide = {{"m", 4096}, {"hardware", "A10 (clocks locked to base)"}, {"id", "compute"}};
  const Json thin = {{"hardware", "A10 (clocks locked to base)"}, {"id", "memory"}};
  const Json report = report_of({gemm_row(wide), gemm_row(thin)});
  // 2 * 4096 * 8192^2 FLOP at 125 TFLOP/s * 885 MHz / 1695 MHz.
  CHECK(report["rows"][0]["datasheet_s"].get<double>() ==
        doctest::Approx(2.0 * 4096 * 8192 * 8192 / (125e12 * 885 / 1695)).epsilon(1e-9));
  CHECK(report["rows"][1]["datasheet_s"].get<double>() ==
        doctest::Approx(67141632 / 600e9).epsilon(1e-12));
}

TEST_CASE("a device is found by the words of its name, glued, counted or dressed up") {
  const std::pair<const char*, const char*> names[] = {
      {"RTX4090", "rtx-4090"},
      {"4090RTX", "rtx-4090"},
      {"NVIDIA GeForce RTX 3090 24GB", "rtx-3090"},
      {"3090Ti", "rtx-3090-ti"},
      {"RTXA6000", "rtx-a6000"},
      {"RTX A6000 Ada", "rtx-6000-ada"},
      {"NVIDIA H100 80GB HBM3", "h100-sxm"},
      {"H100-PCIE-80GB", "h100-pcie"},
      {"A100-SXM4-40GB", "a100-40gb"},
      {"L40Sx1", "l40s"},
      {"2x L4", "l4"},
      {"GH200 480GB", "gh200"},
      {"A5000", "rtx-a5000"},
  };
  for (const auto& named : names) {
    const auto& name = named.first;
    const auto& id = named.second;
    CAPTURE(name);
    const Json report = report_of(Json::array({gemm_row({{"hardware", name}})}));
    REQUIRE(report["coverage"]["mapped"] == 1);
    CHECK(report["rows"][0]["hardware"] == id);
  }
  for (const char* name : {"RTX 4090 Laptop", "RTX 4090D", "RTX 4080 SUPER", "Quadro RTX 6000"}) {
    CAPTURE(name);
    CHECK(report_of(Json::array({gemm_row({{"hardware", name}})}))["coverage"]["mapped"] == 0);
  }
}

TEST_CASE("a bandwidth that a device's name states is the device's") {
  // M3 Max with 30 cores: 300 GB/s, where the library's has 400. 67,141,632 B as above.
  const auto row = [](const char* name) {
    const Json metal = gemm_row({{"hardware", name}, {"kernel", "llama.cpp Metal"}});
    return report_of(Json::array({metal}))["rows"][0];
  };
  const Json max = row("Apple M3 Max 30-core (300 GB/s)");
  CHECK(max["hardware"] == "m3-max");
  CHECK(max["datasheet_s"].get<double>() == doctest::Approx(67141632 / 300e9).epsilon(1e-12));
  CHECK(row("Apple M1 Pro 16-core")["hardware"] == "m1-pro");
}

TEST_CASE("bits, groups and numbers are read from text where no number states them") {
  const auto scheme = [](const char* text) {
    const Json row = gemm_row(
        {{"scheme", text}, {"weight_bits", nullptr}, {"act_bits", nullptr}, {"kernel", "Marlin"}});
    const Json report = report_of(Json::array({row}));
    return report["rows"].empty() ? std::string() : report["rows"][0]["scheme"].get<std::string>();
  };
  CHECK(scheme("W4A16 gs=128") == "w4a16-g128");
  CHECK(scheme("A16W4 group size 64") == "w4a16-g64");
  CHECK(scheme("INT4") == "w4a16");
  CHECK(scheme("8-bit") == "w8a16");
  CHECK(scheme("-") == "");
  const Json text = report_of(Json::array({gemm_row({{"m", "64"}, {"speedup", "1.5"}})}));
  CHECK(text["rows"][0]["position"] == 64);
}

TEST_CASE("a time is the same in whatever unit it is stated") {
  // 8192^3 products of 64 tokens: 2 * 64 * 8192^2 FLOP in 100 us are 85.9 TFLOP/s.
  const double flop = 2.0 * 64 * 8192 * 8192;
  const std::pair<const char*, double> stated[] = {{"us", 100},          {"\u00b5s", 100},
                                                   {"microseconds", 100}, {"ms", 0.1},
                                                   {"sec", 1e-4},        {"TFLOP/s", flop / 1e8},
                                                   {"TFLOPS", flop / 1e8}, {"it/s", 1e4}};
  for (const auto& figure : stated) {
    const auto& unit = figure.first;
    const auto& value = figure.second;
    CAPTURE(unit);
    const Json report = report_of(Json::array(
        {gemm_row({{"m", 64}, {"unit", unit}, {"value", value}, {"speedup", nullptr}})}));
    REQUIRE(report["rows"].size() == 1);
    CHECK(report["rows"][0]["measured_s"].get<double>() == doctest::Approx(1e-4));
  }
  const Json step = report_of(Json::array({gemm_row({{"phase", "generation"},
                                                     {"model", "Llama2-7B"},
                                                     {"kernel", "vLLM Marlin"},
                                                     {"batch", 4},
                                                     {"unit", "tok/s"},
                                                     {"value", 400},
                                                     {"speedup", nullptr}})}));
  CHECK(step["rows"][0]["measured_s"].get<double>() == doctest::Approx(4.0 / 400));
}

TEST_CASE("a kernel that adds up in FP16 runs at that rate on a GeForce card, and nowhere else") {
  // Compute-bound at 8192 tokens: GemLite's time is products plus unpacking. RTX 3090: 142 of 71.2
  // TFLOP/s, at 0.83 * (75.64 / 71.2) / (258.74 / 312) of it; 128 tiles of 64 tokens unpack 10
  // weights a clock on 82 SMs of 1695 MHz. A memory time far below counts for nothing.
  const Json row = report_of(
      Json::array({gemm_row({{"hardware", "RTX 3090"}, {"m", 8192}, {"unit", "ms"}})}))["rows"][0];
  const double weights = 8192.0 * 8192;
  const double share = (75.64 / 71.2) / (258.74 / 312);
  const double products = 2 * 8192 * weights / (142e12 * 0.83 * share);
  const double unpacking = weights * 128 / (10 * 82 * 1.695e9);
  CHECK(row["kernel_s"].get<double>() ==
        doctest::Approx(products + unpacking + 10.9e-6).epsilon(1e-3));
  CHECK(row["datasheet_s"].get<double>() ==
        doctest::Approx(2 * 8192 * weights / 71.2e12).epsilon(1e-9));
}

TEST_CASE("errors are the larger ratio less one, whichever side is high") {
  // Measured at half and at twice the datasheet's speed-up: both are wrong by 100 %, without bias.
  const double predicted = 134250496.0 / 67141632.0;
  const Json report = report_of(
      {gemm_row({{"speedup", predicted / 2}}), gemm_row({{"speedup", predicted * 2}, {"m", 1}})});
  for (const Json& errors : report["classes"]) {
    if (errors["protocol"] != "datasheet" || errors["quantity"] != "speedup") continue;
    CHECK(errors["class"] == "gemm_tensor_core");
    CHECK(errors["rows"] == 2);
    CHECK(errors["median"].get<double>() == doctest::Approx(1));
    CHECK(errors["max"].get<double>() == doctest::Approx(1));
    CHECK(errors["bias"].get<double>() == doctest::Approx(0));
  }
}

TEST_CASE("rows that cannot be mapped are counted and named by reason") {
  const Json report = report_of({
      gemm_row({{"id", "fine"}}),
      gemm_row({{"id", "device"}, {"hardware", "Abacus 3000"}}),
      gemm_row({{"id", "kernel"}, {"kernel", "nobody's kernel"}}),
      gemm_row({{"id", "shape"}, {"n", nullptr}}),
      gemm_row({{"id", "unit"}, {"unit", "furlongs"}, {"speedup", nullptr}}),
      gemm_row({{"id", "text"}, {"weight_bits", "four"}, {"scheme", nullptr}}),
      gemm_row({{"id", "flagged"}, {"hardware", "Abacus 3000"}, {"flag", "outlier"}}),
      Json("not even an object"),
  });
  const Json& coverage = report["coverage"];
  CHECK(coverage["rows"] == 8);
  CHECK(coverage["mapped"] == 1);
  CHECK(coverage["unflagged"] == 7);
  CHECK(coverage["share"].get<double>() == doctest::Approx(1.0 / 7));
  std::size_t left_out = 0;
  bool names_device = false;
  for (const Json& entry : coverage["left_out"]) {
    left_out += entry["rows"].get<std::size_t>();
    if (entry["reason"] == "no device of the library: Abacus 3000") {
      names_device = true;
      CHECK(entry["ids"] == Json({"device", "flagged"}));
      CHECK(entry["unflagged"] == 1);
    }
  }
  CHECK(left_out == 7);
  CHECK(names_device);
}

TEST_CASE("a row is fitted only on the project and device of the split, else it judges") {
  Json rows = {gemm_row({{"hardware", "A100"}, {"id", "own"}}),
               gemm_row({{"hardware", "RTX 4090"}, {"id", "other device"}})};
  Json file = {{"rows", rows},
               {"sources", Json::array({Json{{"repo_or_url", "mobiusml/gemlite"}}})}};
  Catalog catalog;
  const auto report = evidence(catalog, file, options());
  REQUIRE(report.has_value());
  CHECK((*report)["rows"][0]["role"] == "fit");
  CHECK((*report)["rows"][1]["role"] == "judged");
  Json marlin = file;
  for (Json& row : marlin["rows"]) row["kernel"] = "Marlin", row["weight_bits"] = 4;
  const auto fitted = evidence(catalog, marlin, options());
  REQUIRE(fitted.has_value());
  CHECK((*fitted)["rows"][0]["role"] == "fit");
}

TEST_CASE("a histogram counts each row in its band of error, too low before too high") {
  // Predicted over measured: 0.4 (1.5 off), 0.8 (0.25), 1.05, 1.15, 2.5. Ends of bands: 0.1, 0.2,
  // 0.3, 0.5, 1: five bands of predictions that are too low, one that is right, five too high.
  const double predicted = 134250496.0 / 67141632.0;
  Json rows = Json::array();
  for (const double ratio : {0.4, 0.8, 1.05, 1.15, 2.5}) {
    rows.push_back(gemm_row({{"speedup", predicted / ratio}}));
  }
  const Json report = report_of(rows);
  CHECK(report["bands"] == Json({0.1, 0.2, 0.3, 0.5, 1.0}));
  for (const Json& errors : report["classes"]) {
    if (errors["protocol"] != "datasheet" || errors["quantity"] != "speedup") continue;
    CHECK(errors["histogram"] == Json({1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1}));
  }
}

TEST_CASE("a GEMM benchmark that names a model runs the matrices of one of its layers") {
  // Llama 7B: q, k and v in one 12288 x 4096, the output 4096 x 4096, gate and up 22016 x 4096,
  // down 4096 x 11008. FP16 at one token: 2 bytes a weight, a token's inputs and outputs.
  Json row = gemm_row({{"model", "Llama-7B"}});
  row.erase("n");
  row.erase("k");
  const Json predicted = report_of(Json::array({row}))["rows"][0];
  double dense = 0, quantized = 0;
  const double shapes[][2] = {{12288, 4096}, {4096, 4096}, {22016, 4096}, {4096, 11008}};
  for (const auto& [n, k] : shapes) {
    dense += 2 * n * k + 2 * (n + k);
    quantized += n * k + 2 * (n + k);
  }
  CHECK(predicted["datasheet_s"].get<double>() ==
        doctest::Approx(quantized / 2.039e12).epsilon(1e-12));
  CHECK(predicted["datasheet_speedup"].get<double>() ==
        doctest::Approx(dense / quantized).epsilon(1e-12));
}

TEST_CASE(
    "a target is met, missed, or has no rows; low coverage misses it whatever the errors are") {
  const Json good = gemm_row({{"kernel", "Marlin"}, {"weight_bits", 4}, {"m", 1}});
  const auto target = [](const Json& report) {
    for (const Json& entry : report["targets"]) {
      if (entry["class"] == "gemm_tensor_core") return entry;
    }
    return Json();
  };
  Json own = good;
  own["speedup"] = report_of(Json::array({good}))["rows"][0]["kernel_speedup"];
  CHECK(target(report_of(Json::array({own})))["verdict"] == "met");
  Json off = own;
  off["speedup"] = own["speedup"].get<double>() * 1.5;
  const Json missed = target(report_of(Json::array({off})));
  CHECK(missed["verdict"] == "missed");
  CHECK(missed["checks"][0]["found"].get<double>() == doctest::Approx(0.5));
  Json strange = own;
  strange["hardware"] = "Abacus 3000";
  const Json thin = target(report_of({own, strange}));
  CHECK(thin["verdict"] == "missed");
  CHECK(thin["checks"][2]["figure"] == "coverage");
  CHECK(thin["checks"][2]["found"].get<double>() == doctest::Approx(0.5));
  CHECK(target(report_of(Json::array()))["verdict"] == "no_rows");
}

TEST_CASE("curves of flagged rows are listed apart") {
  const Json report = report_of({gemm_row({{"m", 1}}), gemm_row({{"m", 2}}),
                                 gemm_row({{"m", 1}, {"flag", "odd"}, {"n", 4096}}),
                                 gemm_row({{"m", 2}, {"flag", "odd"}, {"n", 4096}})});
  REQUIRE(report["series"].size() == 1);
  REQUIRE(report["flagged_series"].size() == 1);
  CHECK(report["series"][0]["flag"] == "");
  CHECK(report["flagged_series"][0]["flag"] == "odd");
  CHECK(report["series"][0]["protocol"] == "kernel");
  CHECK(report["series"][0]["calibrated"].is_null());
  CHECK(report["series"][0]["kernel_aware"]["median"] == report["series"][0]["median"]);
}

TEST_CASE("series state what holds for all of their rows") {
  Json head = gemm_row();
  head.erase("m");
  head["rows"] = {{{"id", "a"}, {"m", 1}}, {{"id", "b"}, {"m", 64}}};
  const Json file = {{"series", Json::array({head})},
                     {"sources", Json::array({Json{{"title", "someone"}}})}};
  Catalog catalog;
  const auto report = evidence(catalog, file, options());
  REQUIRE(report.has_value());
  REQUIRE((*report)["rows"].size() == 2);
  CHECK((*report)["rows"][1]["position"] == 64);
  CHECK((*report)["rows"][0]["series"] == (*report)["rows"][1]["series"]);
}

TEST_CASE("a measured crossover is read between its points, in octaves") {
  // 2.0 at 16 and 1.0 at 32: 1.5 halfway, at 2^4.5. The curve is steep: it does not idle.
  const Json report =
      report_of({gemm_row({{"m", 16}, {"speedup", 2.0}}), gemm_row({{"m", 32}, {"speedup", 1.0}})});
  const Json& list = report["crossovers"]["list"];
  bool found = false;
  for (const Json& crossing : list) {
    if (crossing["threshold"] != 1.5) continue;
    found = true;
    CHECK(crossing["measured"].get<double>() == doctest::Approx(std::exp2(4.5)));
    CHECK(crossing["idles"] == false);
  }
  CHECK(found);
}

TEST_CASE("a measured curve that stays near a threshold idles and is not counted") {
  const Json report = report_of(
      {gemm_row({{"m", 16}, {"speedup", 1.05}}), gemm_row({{"m", 128}, {"speedup", 0.95}})});
  CHECK(report["crossovers"]["counted"] == 0);
  CHECK(report["crossovers"]["idle"] == 1);
}

TEST_CASE("a runtime fitted to 16-bit rows meets them, and the quantized ones get a range") {
  // Llama 2 7B on a server that adds 2 ms to a step whatever its precision.
  const auto row = [](const char* id, double batch, double ms16, double ms4) {
    return Json{{"id", id},
                {"hardware", "A100-80GB"},
                {"model", "Llama-2-7B"},
                {"scheme", "W4A16 g128"},
                {"weight_bits", 4},
                {"act_bits", 16},
                {"kernel", "Marlin (vLLM)"},
                {"phase", "decode"},
                {"batch", batch},
                {"context_len", 256},
                {"unit", "ms"},
                {"value", ms4},
                {"baseline_value", ms16},
                {"baseline_scheme", "FP16 vLLM"},
                {"source", 0}};
  };
  const Json report =
      report_of({row("a", 1, 9.3, 4.2), row("b", 8, 9.9, 4.7), row("c", 32, 12.0, 7.0)});
  REQUIRE(report["calibrations"].size() == 1);
  const Json& fit = report["calibrations"][0];
  CHECK(fit["runtime"] == "vllm");
  CHECK(fit["points"] == 3);
  CHECK(fit["max_error"].get<double>() < 0.05);
  CHECK(fit["memory_efficiency_low"].get<double>() < fit["memory_efficiency_high"].get<double>());
  for (const Json& predicted : report["rows"]) {
    const double speedup = predicted["calibrated_speedup"].get<double>();
    CHECK(predicted["calibrated_low"].get<double>() <= speedup);
    CHECK(predicted["calibrated_high"].get<double>() >= speedup);
    CHECK(speedup > 1);
  }
}

TEST_CASE("a broken frame is refused with its path") {
  Catalog catalog;
  CHECK(evidence(catalog, Json::array(), options()).error().path == "measurements");
  CHECK(evidence(catalog, Json::object(), options()).error().path == "measurements.rows");
  CHECK(evidence(catalog, measurements(Json::array()), Json::object()).error().path ==
        "options.aliases");
}

TEST_CASE("a rule of the wrong type reads nothing, and the library is asked") {
  Catalog catalog;
  Json wrong = options();
  wrong["aliases"]["hardware"] = {7, {{"words", {"a100"}}, {"id", 7}}};
  const auto report = evidence(catalog, measurements(Json::array({gemm_row()})), wrong);
  REQUIRE(report.has_value());
  CHECK((*report)["rows"][0]["hardware"] == "a100-80gb");
}

TEST_CASE("conditions that no device could meet leave the row out") {
  const Json report = report_of({gemm_row({{"m", -1}}), gemm_row({{"n", 1e300}}),
                                 gemm_row({{"weight_bits", 0}}), gemm_row({{"gpus", 0}})});
  CHECK(report["coverage"]["mapped"] == 0);
}

TEST_CASE("no rows give an empty report, not an error") {
  const Json report = report_of(Json::array());
  CHECK(report["coverage"]["share"].is_null());
  CHECK(report["order"]["kendall_tau"].is_null());
  CHECK(report["rows"].empty());
}
