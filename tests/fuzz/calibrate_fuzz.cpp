// [points, scenario]: constants of a runtime from someone's measurements.
#include "inspect.h"

using namespace crossover;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto arguments = fuzzing::parsed(data, size);
  static Engine engine(workbench_functions());
  if (arguments) fuzzing::inspect(engine.call("calibrate", *arguments));
  return 0;
}
