// The module of a first page: nothing but page_functions().
#include "boundary.h"

namespace crossover {

std::span<const Function> edition() { return {}; }

}  // namespace crossover
