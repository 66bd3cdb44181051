// Errors are values: every function that can refuse its input returns a Result, and the boundary
// turns the Error into a status that wasm/engine.js throws. "Does not fit in memory" is never an
// error: it is a result with its numbers.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "crossover/text.h"

namespace crossover {

enum class ErrorCode {
  invalid_json,
  wrong_type,
  missing_field,
  unknown_field,
  unknown_id,
  duplicate_id,
  out_of_range,
  unsupported,
  too_large,
  internal,
};

/// What went wrong, said once: `path` names the place in the input ("batch", "scheme.weight_bits";
/// empty for the whole), `message` says what was found there and what is allowed.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string path;
};

template <class T>
using Result = tl::expected<T, Error>;

/// The one list of error codes. wasm/engine.d.ts and the tests are compared with it.
struct ErrorInfo {
  ErrorCode code;
  std::string_view name;
  std::string_view meaning;
};
inline constexpr std::array<ErrorInfo, 10> error_table{{
    {ErrorCode::invalid_json, "invalid_json",
     "the text is not JSON; the message gives the position"},
    {ErrorCode::wrong_type, "wrong_type",
     "a value has another type than the field takes, or is not finite"},
    {ErrorCode::missing_field, "missing_field", "a field that the input needs is absent"},
    {ErrorCode::unknown_field, "unknown_field",
     "a key that the input does not have; the nearest is suggested"},
    {ErrorCode::unknown_id, "unknown_id",
     "no spec, choice or name of that id; the nearest is suggested"},
    {ErrorCode::duplicate_id, "duplicate_id", "a spec of that kind and id exists already"},
    {ErrorCode::out_of_range, "out_of_range", "a number outside the range that the message gives"},
    {ErrorCode::unsupported, "unsupported",
     "valid by itself, but this combination has no meaning; the message says why"},
    {ErrorCode::too_large, "too_large",
     "the input or the request is larger than the limit that the message gives"},
    {ErrorCode::internal, "internal", "a defect of the engine: please report it with the input"},
}};

constexpr std::string_view name_of(ErrorCode code) {
  for (const ErrorInfo& info : error_table) {
    if (info.code == code) return info.name;
  }
  return "internal";
}

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string path = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(path)});
}

}  // namespace crossover
