// The last C++ before JavaScript. Every outcome is a status object, {ok: true, value} or
// {ok: false, error: {code, message, path}}. The module is built without exceptions, which would
// cost a third of its bytes: what would throw is a defect, traps, and the facade reports it as
// internal.
#pragma once

#include <emscripten/val.h>

#include <span>
#include <string>

#include "crossover/api.h"

namespace crossover {

/// The functions that this module has beside page_functions(): one of edition_*.cpp.
std::span<const Function> edition();

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
