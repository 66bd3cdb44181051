// What is asked most, apart from api.cpp because it is compiled for speed: a function by its name,
// and evaluate.
#include <array>

#include "api_arguments.h"
#include "crossover/evaluate.h"
#include "crossover/tutorial_json.h"

namespace crossover {

Result<Json> evaluate_call(Catalog& catalog, const Json& arguments) {
  const auto given = argument(arguments, 0, "scenario");
  if (!given) return tl::unexpected(given.error());
  const Json& scenario = **given;
  const auto found =
      scenario.is_object() ? scenario.find(std::string_view("lens")) : scenario.end();
  const bool named = found != scenario.end() && !found->is_null();
  const std::string_view lens = named && found->is_string()
                                    ? std::string_view(found->get_ref<const std::string&>())
                                    : std::string_view();
  if (lens == "tutorial") return evaluate_tutorial(catalog, scenario);
  if (named && lens != "roofline") {
    constexpr std::array<std::string_view, 2> lenses{"roofline", "tutorial"};
    ObjectReader reader(scenario, "");
    reader.choice("lens", lenses);
    return tl::unexpected(*reader.finish());
  }
  const auto read = read_roofline(catalog, scenario);
  if (!read) return tl::unexpected(read.error());
  return evaluate(*read);
}

Result<Json> Engine::call(std::string_view function, const Json& arguments) {
  if (!arguments.is_array()) {
    return fail(ErrorCode::wrong_type,
                "found " + shown(arguments) + "; a list of arguments is needed", "args");
  }
  const std::array groups{page_functions(), more_};
  for (const std::span<const Function> group : groups) {
    for (const Function& candidate : group) {
      if (candidate.name == function) return candidate.call(catalog_, arguments);
    }
  }
  std::vector<std::string> known;
  for (const std::span<const Function> group : groups) {
    for (const Function& candidate : group) known.emplace_back(candidate.name);
  }
  return fail(ErrorCode::unknown_id, not_among("function of the engine", function, known), "call");
}

Result<Sweep> Engine::sweep(const Json& request) { return crossover::sweep(catalog_, request); }

}  // namespace crossover
