// What JavaScript sees of the engine: three names. wasm/engine.js makes the documented functions of
// them.
#include <emscripten/bind.h>

#include "boundary.h"

EMSCRIPTEN_BINDINGS(crossover) {
  emscripten::constant("version", crossover::version());
  emscripten::constant("maxRequestBytes", crossover::request_limit());
  emscripten::function("call", &crossover::call);
  emscripten::function("sweep", &crossover::sweep_columns);
}
