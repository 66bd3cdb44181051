// [kind, spec]: addSpec, and whatever it takes is then computed with.
#include "inspect.h"

using namespace crossover;

namespace {

/// Arguments of evaluate for a spec of that kind.
Json scenario_of(const std::string& kind, const std::string& id) {
  Json scenario{{"lens", "roofline"},
                {"model", "llama-3.1-8b"},
                {"hardware", "h100-sxm"},
                {"scheme", "w4a16-g128"},
                {"devices", 2}};
  if (kind == "calibration") {
    scenario = {{"lens", "tutorial"},
                {"question", "serving"},
                {"model", "Llama3_8B"},
                {"hardware", "H100"}};
  }
  scenario[kind] = id;
  return Json::array({scenario});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = fuzzing::parsed(data, size);
  if (!input) return 0;
  Engine engine(workbench_functions());
  const auto id = engine.call("addSpec", *input);
  fuzzing::inspect(id);
  if (!id) return 0;
  fuzzing::inspect(engine.call("describe", Json::array({*id})));
  const std::string kind = input->at(0).get<std::string>();
  if (kind == "source" || kind == "scenario") return 0;
  Json arguments = scenario_of(kind, id->get<std::string>());
  fuzzing::inspect(engine.call("evaluate", arguments));
  if (kind == "calibration") return 0;
  for (const char* phase : {"prefill", "train"}) {
    arguments[0]["phase"] = phase;
    fuzzing::inspect(engine.call("evaluate", arguments));
  }
  if (kind != "hardware" && kind != "model") return 0;
  for (const char* question : {"serving", "step"}) {
    Json scenario{
        {"lens", "tutorial"}, {"question", question}, {"model", "Llama3_8B"}, {"hardware", "H100"}};
    scenario[kind] = *id;
    fuzzing::inspect(engine.call("evaluate", Json::array({scenario})));
  }
  return 0;
}
