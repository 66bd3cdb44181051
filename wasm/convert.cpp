#include "convert.h"

#include <string>
#include <string_view>
#include <vector>

#include "crossover/lower.h"

namespace crossover {
namespace {

using emscripten::val;

/// A string as JavaScript text.
val text(std::string_view characters) { return val(std::string(characters)); }

/// A copy that JavaScript owns: a view of the module's memory would change with the next call and
/// lose its content when the memory grows.
val column(const std::vector<double>& numbers) {
  return val(emscripten::typed_memory_view(numbers.size(), numbers.data())).call<val>("slice");
}

val series_object(const SweepSeries& series) {
  val object = val::object();
  object.set("scheme", text(series.scheme));
  for (const auto& [name, numbers] : series.columns) {
    object.set(std::string(name), column(numbers));
  }
  return object;
}

val list_of_bounds() {
  val names = val::array();
  for (const std::string_view name : bound_names) names.call<void>("push", text(name));
  return names;
}

val ok(val value) {
  val result = val::object();
  result.set("ok", true);
  result.set("value", value);
  return result;
}

}  // namespace

val status(const Error& error) {
  val details = val::object();
  details.set("code", text(name_of(error.code)));
  details.set("message", text(error.message));
  details.set("path", text(error.path));
  val result = val::object();
  result.set("ok", false);
  result.set("error", details);
  return result;
}

val status(const Result<Json>& result) {
  if (!result) return status(result.error());
  return ok(text(json_text(*result)));
}

val status(const Result<Sweep>& result) {
  if (!result) return status(result.error());
  val series = val::array();
  for (const SweepSeries& each : result->series) series.call<void>("push", series_object(each));
  val object = val::object();
  object.set("axis", text(result->axis));
  object.set("values", column(result->values));
  object.set("bounds", list_of_bounds());
  object.set("baseline", series_object(result->baseline));
  object.set("series", series);
  return ok(object);
}

}  // namespace crossover
