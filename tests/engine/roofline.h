// Shared by the tests of the roofline lens: one engine over the embedded library, and its answers.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "crossover/api.h"
#include "crossover/cost.h"
#include "crossover/lower.h"
#include "crossover/scenario_json.h"

namespace crossover::testing {

/// The engine of the tests that add nothing to the library.
inline Engine& library() {
  static Engine engine(workbench_functions());
  return engine;
}

/// The answer of a facade function; a refusal fails the test with its message.
inline Json answer_list(Engine& engine, std::string_view function, const Json& arguments) {
  const Result<Json> result = engine.call(function, arguments);
  if (!result) {
    FAIL(std::string(function) << arguments.dump() << ": " << result.error().path << ": "
                               << result.error().message);
  }
  return *result;
}
inline Json answer(Engine& engine, std::string_view function, const Json& argument) {
  return answer_list(engine, function, Json::array({argument}));
}
inline Json answer(Engine& engine, std::string_view function, const Json& first,
                   const Json& second) {
  return answer_list(engine, function, Json::array({first, second}));
}
inline Json answer(std::string_view function, const Json& argument) {
  return answer(library(), function, argument);
}
inline Json answer(std::string_view function, const Json& first, const Json& second) {
  return answer(library(), function, first, second);
}
inline Json evaluated(const Json& scenario) { return answer("evaluate", scenario); }

/// The refusal of a facade function; an answer fails the test.
inline Error refusal_of_list(Engine& engine, std::string_view function, const Json& arguments) {
  const Result<Json> result = engine.call(function, arguments);
  if (result) FAIL(std::string(function) << arguments.dump() << " was answered");
  return result.error();
}
inline Error refusal(std::string_view function, const Json& argument) {
  return refusal_of_list(library(), function, Json::array({argument}));
}
inline Error refusal(std::string_view function, const Json& first, const Json& second) {
  return refusal_of_list(library(), function, Json::array({first, second}));
}

/// The base with other or further fields.
inline Json with(Json base, const Json& changes) {
  base.update(changes);
  return base;
}

/// An operator of a result by name.
inline Json operator_named(const Json& result, std::string_view name) {
  for (const Json& op : result.at("operators")) {
    if (op.at("name") == name) return op;
  }
  FAIL("no operator " << std::string(name));
  return {};
}
inline bool has_operator(const Json& result, std::string_view name) {
  for (const Json& op : result.at("operators")) {
    if (op.at("name") == name) return true;
  }
  return false;
}

/// A figure added up over the operators.
inline double sum_over(const Json& result, const char* figure) {
  double sum = 0;
  for (const Json& op : result.at("operators")) sum += op.at(figure).get<double>();
  return sum;
}

inline RooflineScenario read(Engine& engine, const Json& scenario) {
  auto result = read_roofline(engine.catalog(), scenario);
  if (!result) FAIL(scenario.dump() << ": " << result.error().message);
  return *result;
}

/// Equal up to a few roundings.
inline doctest::Approx exactly(double value) { return doctest::Approx(value).epsilon(1e-12); }

/// A device of round figures, so that a hand calculation stays one: 1 TB/s, 100 TFLOP/s in FP16,
/// 100 SMs at 1 GHz.
inline Json round_device() {
  return {{"id", "round-device"},
          {"name", "Round figures"},
          {"vendor", "NVIDIA"},
          {"compute_capability", 8.6},
          {"memory_capacity_bytes", 24e9},
          {"memory_bandwidth_bytes_per_s", 1e12},
          {"peak_flop_per_s", {{"fp16", 1e14}, {"int8", 2e14}}},
          {"sm_count", 100},
          {"clock_hz", 1e9},
          {"tdp_w", 100},
          {"price_usd", 8766},
          {"device_link", {{"name", "link"}, {"bandwidth_bytes_per_s", 1e11}}},
          {"source", "definition"}};
}

}  // namespace crossover::testing
