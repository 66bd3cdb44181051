// The module of the lab, and of pages that are one file.
#include "boundary.h"

namespace crossover {

std::span<const Function> edition() { return lab_functions(); }

}  // namespace crossover
