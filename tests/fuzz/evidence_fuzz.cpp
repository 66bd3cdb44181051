// [measurements, options]: published rows, and the rules that read their names.
#include "inspect.h"

using namespace crossover;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto arguments = fuzzing::parsed(data, size);
  static Engine engine(workbench_functions());
  if (arguments) fuzzing::inspect(engine.call("evidence", *arguments));
  return 0;
}
