// The module of the evidence and of scripts: everything.
#include "boundary.h"

namespace crossover {

std::span<const Function> edition() { return workbench_functions(); }

}  // namespace crossover
