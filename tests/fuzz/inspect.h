// What every target demands of the engine's answers, whatever the input was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "crossover/api.h"

namespace crossover::fuzzing {

/// The input as the boundary reads it; nothing where it is no JSON or too large.
std::optional<Json> parsed(const std::uint8_t* data, std::size_t size);

/// Stops the run, as a finding, at a number that is not finite, at text that is not UTF-8, at a
/// refusal without a message, or at one that calls itself a defect of the engine.
void inspect(const Result<Json>& answer);
void inspect(const Result<Sweep>& answer);

}  // namespace crossover::fuzzing
