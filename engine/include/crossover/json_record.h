// Builds JSON objects. A page downloads this code: filling an object through one function that is
// not inlined takes a tenth of the bytes of nested initializer lists.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "crossover/json_reader.h"

namespace crossover {

/// One entry of an object: a key with a number, a text, a flag, null, or JSON. Lives only within
/// the full expression.
struct Field {
  enum class Kind : std::uint8_t { null, number, text, flag, json, moved };

  template <class Number>
  requires(std::integral<Number> || std::floating_point<Number>)
      Field(std::string_view name, Number value)
      : key(name),
        kind(std::same_as<Number, bool> ? Kind::flag : Kind::number),
        number(static_cast<double>(value)) {}
  Field(std::string_view name, std::string_view value) : key(name), kind(Kind::text), text(value) {}
  Field(std::string_view name, const std::string& value)
      : key(name), kind(Kind::text), text(value) {}
  Field(std::string_view name, const char* value) : key(name), kind(Kind::text), text(value) {}
  Field(std::string_view name, std::nullptr_t) : key(name), kind(Kind::null), number(0) {}
  Field(std::string_view name, const std::optional<double>& value)
      : key(name), kind(value ? Kind::number : Kind::null), number(value.value_or(0)) {}
  Field(std::string_view name, const Json& value) : key(name), kind(Kind::json), json(&value) {}
  Field(std::string_view name, Json&& value) : key(name), kind(Kind::moved), moved(&value) {}

  std::string_view key;
  Kind kind;
  union {  // what `kind` says
    double number;
    std::string_view text;
    const Json* json;
    Json* moved;  // a temporary
  };
};

/// An object of these fields.
Json record(std::initializer_list<Field> fields);
/// Sets fields of an object that is there.
void set(Json& object, std::initializer_list<Field> fields);
/// Appends an object of these fields to a list.
void append(Json& list, std::initializer_list<Field> fields);

}  // namespace crossover
