// The last C++ before JavaScript. Nothing is thrown across: every outcome is a status object,
// {ok: true, value} or {ok: false, error: {code, message, path}}.
#pragma once

#include <emscripten/val.h>

#include <string>

namespace crossover {

std::string version();

/// Largest text that `call` and `sweep_columns` take, in bytes.
double request_limit();

/// `arguments` is the JSON text of a list: the arguments of the facade function of that name.
/// `value` is JSON text.
emscripten::val call(const std::string& function, const std::string& arguments);

/// `request` is the JSON text of a SweepRequest. `value` is a SweepResult whose columns JavaScript
/// owns.
emscripten::val sweep_columns(const std::string& request);

}  // namespace crossover
