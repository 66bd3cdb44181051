#include "inspect.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace crossover::fuzzing {
namespace {

[[noreturn]] void finding(const std::string& what) {
  std::fprintf(stderr, "FINDING: %s\n", what.c_str());
  std::abort();
}

void inspect_number(double number, const std::string& place) {
  if (!std::isfinite(number)) finding("not a finite number at " + place);
}

void inspect_value(const Json& value, const std::string& place) {
  if (value.is_number_float()) inspect_number(value.get<double>(), place);
  if (value.is_object()) {
    for (const auto& [key, item] : value.items()) inspect_value(item, place + "." + key);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      inspect_value(value[i], place + "[" + std::to_string(i) + "]");
    }
  }
}

void inspect_error(const Error& error) {
  if (error.message.empty()) finding("a refusal without a message");
  if (error.code == ErrorCode::internal) finding("internal: " + error.message);
  static_cast<void>(Json(error.message + error.path).dump());  // throws where it is not UTF-8
}

void inspect_series(const SweepSeries& series) {
  for (const auto& [name, numbers] : series.columns) {
    for (const double number : numbers)
      inspect_number(number, series.scheme + "." + std::string(name));
  }
}

}  // namespace

std::optional<Json> parsed(const std::uint8_t* data, std::size_t size) {
  auto json = parse_json({reinterpret_cast<const char*>(data), size}, max_request_bytes);
  if (json) return std::move(*json);
  inspect_error(json.error());
  return std::nullopt;
}

void inspect(const Result<Json>& answer) {
  if (!answer) return inspect_error(answer.error());
  inspect_value(*answer, "");
  static_cast<void>(answer->dump());
}

void inspect(const Result<Sweep>& answer) {
  if (!answer) return inspect_error(answer.error());
  for (const double value : answer->values) inspect_number(value, "values");
  inspect_series(answer->baseline);
  for (const SweepSeries& series : answer->series) inspect_series(series);
}

}  // namespace crossover::fuzzing
