// A bare number is not assigned to a quantity either, not even 0.
#include "crossover/quantity.h"

using namespace crossover;

Bytes cache() {
#ifdef MUST_NOT_COMPILE
  return 0.0;
#else
  return Bytes();
#endif
}
