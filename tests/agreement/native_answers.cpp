// Answers requests with the native engine: a line {"call": "evaluate", "args": [...]} in, a line of
// JSON out. The tests beside it compare the answers with those of the WebAssembly module.
#include <iostream>
#include <string>

#include "crossover/api.h"
#include "crossover/lower.h"

namespace {

using namespace crossover;

Json error_json(const Error& error) {
  return {
      {"error", {{"code", name_of(error.code)}, {"message", error.message}, {"path", error.path}}}};
}

Json series_json(const SweepSeries& series) {
  Json json{{"scheme", series.scheme}};
  for (const auto& [name, numbers] : series.columns) json[std::string(name)] = numbers;
  return json;
}

Json sweep_json(Engine& engine, const Json& request) {
  const Result<Sweep> sweep = engine.sweep(request);
  if (!sweep) return error_json(sweep.error());
  Json series = Json::array();
  for (const SweepSeries& each : sweep->series) series.push_back(series_json(each));
  return {{"axis", sweep->axis},
          {"values", sweep->values},
          {"bounds", bound_names},
          {"baseline", series_json(sweep->baseline)},
          {"series", series}};
}

Json answer(Engine& engine, const std::string& line) {
  const Json request = Json::parse(line);
  const std::string function = request.at("call");
  if (function == "sweep") return sweep_json(engine, request.at("args").at(0));
  const Result<Json> result = engine.call(function, request.at("args"));
  return result ? *result : error_json(result.error());
}

}  // namespace

int main() {
  Engine engine(workbench_functions());
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(engine, line).dump() << '\n';
  }
}
