// A Hugging Face config: what is imported is a spec that addSpec takes and evaluate computes with.
#include <cstdio>
#include <cstdlib>

#include "inspect.h"

using namespace crossover;

namespace {

/// Adds the imported record; only its id may be taken already.
void must_be_added(Engine& engine, const char* kind, const Json& spec) {
  if (spec.is_null()) return;
  const auto id = engine.call("addSpec", Json::array({kind, spec}));
  fuzzing::inspect(id);
  if (id || id.error().code == ErrorCode::duplicate_id) return;
  std::fprintf(stderr, "FINDING: an imported %s is refused: %s: %s\n", kind,
               id.error().path.c_str(), id.error().message.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto config = fuzzing::parsed(data, size);
  if (!config) return 0;
  Engine engine(workbench_functions());
  const auto imported = engine.call("importHuggingFace", Json::array({*config}));
  fuzzing::inspect(imported);
  if (!imported) return 0;
  must_be_added(engine, "model", imported->at("model"));
  must_be_added(engine, "scheme", imported->at("scheme"));
  const Json scenario{
      {"lens", "roofline"}, {"model", imported->at("model").at("id")}, {"hardware", "h100-sxm"}};
  fuzzing::inspect(engine.call("evaluate", Json::array({scenario})));
  return 0;
}
