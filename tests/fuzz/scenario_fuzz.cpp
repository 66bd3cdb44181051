// {"call": name, "args": [...]}, a line of script/evaluate: every function that takes a scenario of
// either lens.
#include <algorithm>
#include <array>

#include "inspect.h"

using namespace crossover;

namespace {

/// What costs nothing to mutate and seconds to answer is kept small: the limits themselves have
/// tests of their own.
void keep_small(Json& request) {
  if (!request.is_object()) return;
  constexpr std::array<std::pair<const char*, double>, 3> largest{
      {{"points", 9}, {"to", 40}, {"batch", 1e9}}};
  for (const auto& [key, most] : largest) {
    const auto at = request.find(key);
    if (at != request.end() && at->is_number() && at->get<double>() > most) *at = most;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto input = fuzzing::parsed(data, size);
  if (!input || !input->is_object() || !input->contains("args") || !(*input)["call"].is_string())
    return 0;
  static Engine engine(workbench_functions());
  const std::string function = (*input)["call"].get<std::string>();
  Json& arguments = (*input)["args"];
  if (function == "addSpec") return 0;  // it would change what the next input meets
  if (arguments.is_array() && !arguments.empty()) keep_small(arguments[0]);
  if (function == "sweep") {
    if (arguments.is_array() && !arguments.empty()) fuzzing::inspect(engine.sweep(arguments[0]));
  } else {
    fuzzing::inspect(engine.call(function, arguments));
  }
  return 0;
}
