// The module of embedded views with what weighs one thing against another.
#include "boundary.h"

namespace crossover {

std::span<const Function> edition() { return weigh_functions(); }

}  // namespace crossover
