// The module of an embedded view: with what explains and weighs, without what reads files of others.
#include "boundary.h"

namespace crossover {

std::span<const Function> edition() { return analysis_functions(); }

}  // namespace crossover
