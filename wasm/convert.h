// The engine's results as JavaScript values.
#pragma once

#include <emscripten/val.h>

#include "crossover/error.h"
#include "crossover/json_reader.h"
#include "crossover/sweep.h"

namespace crossover {

/// {ok: false, error: {code, message, path}}
emscripten::val status(const Error& error);

/// {ok: true, value: JSON text}, or the error.
emscripten::val status(const Result<Json>& result);

/// {ok: true, value: SweepResult}, or the error.
emscripten::val status(const Result<Sweep>& result);

}  // namespace crossover
