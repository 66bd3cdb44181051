// Calibration: points made by a runtime of known constants give its curves back.
#include "crossover/calibrate.h"

#include <algorithm>
#include <cmath>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

const Json base{{"lens", "roofline"},    {"model", "llama-3.1-8b"}, {"hardware", "a100-80gb"},
                {"runtime", "gpt-fast"}, {"kernel", "marlin"},      {"scheme", "w4a16-g128"}};

double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

/// What a user would have measured: the baseline's step under a runtime of these constants.
class Bench {
 public:
  explicit Bench(const Json& constants) {
    Json runtime = answer(engine_, "describe", "gpt-fast");
    runtime.update({{"id", "truth"}, {"aliases", Json::array()}});
    runtime.update(constants);
    answer(engine_, "addSpec", "runtime", runtime);
  }
  Json measured(const Json& scenario) {
    return answer(engine_, "evaluate", with(with(base, {{"runtime", "truth"}}), scenario));
  }
  Json point(const Json& scenario) {
    return with(scenario, {{"step_s", measured(scenario)["baseline_step_s"]}});
  }
  /// The largest error of the quantized curve, predicted with a calibrated runtime.
  double worst(const Json& calibrated) {
    Json runtime = calibrated.at("runtime");
    runtime["id"] = "own";
    answer(engine_, "addSpec", "runtime", runtime);
    double most = 0;
    for (const double batch : {1.0, 3.0, 16.0, 64.0, 150.0, 256.0}) {
      const Json truth = measured({{"batch", batch}});
      const Json own =
          answer(engine_, "evaluate", with(base, {{"runtime", "own"}, {"batch", batch}}));
      most = std::max(most, std::abs(number(own, "step_s") / number(truth, "step_s") - 1));
    }
    return most;
  }
  Engine& engine() { return engine_; }

 private:
  Engine engine_{workbench_functions()};
};

}  // namespace

TEST_CASE(
    "Points of two models and contexts give the constants back, and the INT4 curve within 1 %") {
  Bench bench({{"memory_efficiency", 0.85},
               {"compute_efficiency", 0.55},
               {"layer_s", 2e-5},
               {"sequence_s", 1.5e-5}});
  Json points = Json::array();
  for (const char* model : {"llama-3.1-8b", "llama-3.2-1b", "llama-2-13b"}) {
    for (const double batch : {1.0, 8.0, 64.0, 256.0, 2000.0}) {
      for (const double context : {256.0, 4096.0}) {
        if (batch == 2000 && context > 1000) continue;
        points.push_back(bench.point({{"model", model}, {"batch", batch}, {"context", context}}));
      }
    }
  }
  const Json fit = answer(bench.engine(), "calibrate", points, base);
  CHECK(number(fit, "max_error") < 0.005);
  CHECK(number(fit["runtime"], "memory_efficiency") == 0.85);
  CHECK(number(fit["runtime"], "layer_s") == doctest::Approx(2e-5).epsilon(0.05));
  CHECK(number(fit["runtime"], "sequence_s") == doctest::Approx(1.5e-5).epsilon(0.05));
  CHECK(bench.worst(fit) < 0.01);
  // At batch 2000 the arithmetic takes the time.
  for (const Json& entry : fit["unidentified"]) CHECK(entry["constant"] != "compute_efficiency");
}

TEST_CASE("Residuals are the points' own errors, and the median and largest are theirs") {
  Bench bench({{"memory_efficiency", 0.8}, {"layer_s", 3e-5}});
  Json points = Json::array();
  for (const double batch : {1.0, 4.0, 16.0, 64.0})
    points.push_back(bench.point({{"batch", batch}}));
  points[2]["step_s"] = number(points[2], "step_s") * 1.2;  // one point off
  const Json fit = answer(bench.engine(), "calibrate", points, base);
  std::vector<double> errors;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Json& residual = fit["residuals"][i];
    CHECK(residual["batch"] == points[i]["batch"]);
    CHECK(number(residual, "measured_s") == number(points[i], "step_s"));
    const double ratio = number(residual, "fitted_s") / number(residual, "measured_s");
    CHECK(number(residual, "error") == exactly(std::max(ratio, 1 / ratio) - 1));
    errors.push_back(number(residual, "error"));
  }
  std::sort(errors.begin(), errors.end());
  CHECK(number(fit, "median_error") == exactly((errors[1] + errors[2]) / 2));
  CHECK(number(fit, "max_error") == errors.back());
  // The fitted times are those of the runtime that it returns.
  Json runtime = fit["runtime"];
  runtime["id"] = "own";
  answer(bench.engine(), "addSpec", "runtime", runtime);
  const Json own =
      answer(bench.engine(), "evaluate", with(base, {{"runtime", "own"}, {"batch", 4}}));
  CHECK(number(own, "baseline_step_s") == exactly(number(fit["residuals"][1], "fitted_s")));
}

TEST_CASE(
    "One model over batch does not tell memory efficiency from layer time: both are reported") {
  Bench bench({{"memory_efficiency", 0.8}, {"layer_s", 3e-5}, {"sequence_s", 1e-5}});
  Json points = Json::array();
  for (const double batch : {1.0, 2.0, 4.0, 8.0}) points.push_back(bench.point({{"batch", batch}}));
  const Json fit = answer(bench.engine(), "calibrate", points, base);
  const auto range = [&](std::string_view constant) {
    for (const Json& entry : fit["unidentified"]) {
      if (entry["constant"] == constant)
        return std::pair{number(entry, "low"), number(entry, "high")};
    }
    FAIL("identified: " << std::string(constant));
    return std::pair{0.0, 0.0};
  };
  const auto [low, high] = range("memory_efficiency");
  CHECK(low <= 0.8);
  CHECK(high >= 0.8);
  const auto [short_layer, long_layer] = range("layer_s");
  CHECK(short_layer <= 3e-5);
  CHECK(long_layer >= 3e-5);
  // Nothing multiplies at its peak at batch 8.
  const auto [slow, fast] = range("compute_efficiency");
  CHECK(slow < fast);
}

TEST_CASE("A constant that the points say nothing about has a range as wide as that") {
  Bench bench(Json::object());
  const Json ideal{{"lens", "roofline"},
                   {"model", "llama-3.1-8b"},
                   {"hardware", "h100-sxm"},
                   {"scheme", "w4a16-g128"}};
  Json points = Json::array();
  for (const auto& [batch, step] :
       {std::pair{1, 9.5e-3}, {8, 10.1e-3}, {32, 13.0e-3}, {64, 17.2e-3}})
    points.push_back({{"batch", batch}, {"step_s", step}});
  const Json fit = answer(bench.engine(), "calibrate", points, ideal);
  double low = 1, high = 0;
  for (const Json& entry : fit["unidentified"]) {
    if (entry["constant"] != "compute_efficiency") continue;
    low = number(entry, "low");
    high = number(entry, "high");
  }
  // 64 tokens x 2 x 7.5e9 weights at 989 TFLOP/s are 1 ms, beside 4.8 ms for the weights' 16 GB
  // at 3.35 TB/s: only below a fifth of the peak would the arithmetic of a layer be waited for.
  CHECK(low < 0.3);
  CHECK(high > 0.9);
}

TEST_CASE("Throughput is taken like times: tokens a second at a batch") {
  Bench bench(Json{{"layer_s", 4e-5}});
  Json times = Json::array(), rates = Json::array();
  for (const double batch : {1.0, 32.0, 128.0}) {
    const Json point = bench.point({{"batch", batch}});
    times.push_back(point);
    rates.push_back({{"batch", batch}, {"tokens_per_s", batch / number(point, "step_s")}});
  }
  const Json a = answer(bench.engine(), "calibrate", times, base);
  const Json b = answer(bench.engine(), "calibrate", rates, base);
  CHECK(number(a["runtime"], "layer_s") ==
        doctest::Approx(number(b["runtime"], "layer_s")).epsilon(1e-6));
}

TEST_CASE("Points are refused by their path") {
  const auto error = [](const Json& points) { return refusal("calibrate", points, base); };
  const Json good{{"batch", 1}, {"step_s", 0.01}};
  CHECK(error(3).path == "points");
  CHECK(error(Json::array({good})).code == ErrorCode::missing_field);
  CHECK(error(Json::array({good, 4})).path == "points[1]");
  CHECK(error(Json::array({good, {{"batch", 0}, {"step_s", 1}}})).path == "points[1].batch");
  CHECK(error(Json::array({good, {{"batch", 1}}})).path == "points[1].step_s");
  CHECK(error(Json::array({good, with(good, {{"tokens_per_s", 3}})})).path == "points[1].step_s");
  CHECK(error(Json::array({good, with(good, {{"model", "gpt-9"}})})).path == "points[1].model");
  CHECK(error(Json::array({good, with(good, {{"context", -4}})})).path == "points[1].context");
  CHECK(error(Json::array({good, with(good, {{"speed", 4}})})).code == ErrorCode::unknown_field);
  CHECK(refusal("calibrate", Json::array({good, good}), with(base, {{"batch", "x"}})).path ==
        "scenario.batch");
}
