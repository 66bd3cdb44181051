// Reads one JSON object field by field. The first problem found is kept with its path; finish()
// returns it, or refuses keys that nobody asked for. A getter that fails returns a harmless value,
// so a reader function reads like the object. Keys are kept as they are given, not copied: they
// have to outlive the reader.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crossover/error.h"
#include "crossover/quantity.h"

namespace crossover {

using Json = nlohmann::json;

/// The closed range that a number must lie in.
struct Range {
  double low = 0;
  double high = 1e30;
};

/// Parses text of at most `max_bytes`; errors name the position.
Result<Json> parse_json(std::string_view text, std::size_t max_bytes);

/// Text that is known to be JSON: the library's own records.
Json parse_record(std::string_view text);

/// Compact JSON. Text in it that is not UTF-8 (a message quoting half a character) is repaired.
std::string json_text(const Json& value);

/// A number as people write it: 2048, 0.5, 1e+30.
std::string number_text(double value);
/// The same, rounded to that many digits: 8.03.
std::string rounded_text(double value, double digits);

/// "found" half of a message: a short rendering of what stood there.
std::string shown(const Json& value);

/// "wanted", or the nearest of `known` when one is near: for "did you mean".
std::optional<std::string> nearest(std::string_view wanted, std::span<const std::string> known);

/// The first dozen of a list, and how many there are: "a, b, … (63)".
std::string some_of(std::span<const std::string> known);

/// The message for an id or key that is not in the list: what was found, the nearest, and (a few
/// of) those allowed.
std::string not_among(std::string_view what, std::string_view found,
                      std::span<const std::string> known);

class ObjectReader {
 public:
  /// `path` is prefixed to every field: "" or "scheme".
  ObjectReader(const Json& object, std::string path);
  ObjectReader(const ObjectReader&) = delete;  // one of object() points to its parent's error
  ObjectReader& operator=(const ObjectReader&) = delete;

  /// The field is there and not null. Counts as asked for.
  bool has(std::string_view key);

  double number(std::string_view key, Range range);  ///< required
  double number_or(std::string_view key, double fallback, Range range);
  std::optional<double> optional_number(std::string_view key, Range range);
  double whole(std::string_view key, Range range);  ///< required, integral
  double whole_or(std::string_view key, double fallback, Range range);
  std::optional<double> optional_whole(std::string_view key, Range range);
  // Texts live as long as the object, or the fallback, does.
  std::string_view text(std::string_view key);  ///< required, not empty
  std::string_view text_or(std::string_view key, std::string_view fallback);
  std::optional<std::string_view> optional_text(std::string_view key);
  bool flag_or(std::string_view key, bool fallback);

  template <class Q>
  Q quantity(std::string_view key, Unit<Q> unit, Range range) {
    return unit(number(key, range));
  }
  template <class Q>
  Q quantity_or(std::string_view key, Unit<Q> unit, Q fallback, Range range) {
    const std::optional<double> value = optional_number(key, range);
    return value ? unit(*value) : fallback;
  }
  template <class Q>
  std::optional<Q> optional_quantity(std::string_view key, Unit<Q> unit, Range range) {
    const std::optional<double> value = optional_number(key, range);
    if (!value) return std::nullopt;
    return unit(*value);
  }

  /// Position of the text in `allowed`.
  std::size_t choice(std::string_view key,
                     std::span<const std::string_view> allowed);  ///< required
  std::size_t choice_or(std::string_view key, std::span<const std::string_view> allowed,
                        std::size_t fallback);

  /// The object under `key`, sharing this reader's error, which has to outlive it. An absent one
  /// reads as empty.
  ObjectReader object(std::string_view key);
  /// Elements of the array under `key`; empty when absent. `limit` is the largest number of them.
  std::vector<Json> array(std::string_view key, std::size_t limit);

  /// Accepts a field without reading it (documentation fields: notes, sources).
  void ignore(std::string_view key);
  const Json* find(std::string_view key);  ///< raw value, or null; counts as asked for

  void fail(ErrorCode code, std::string message, std::string_view key);
  std::string path_of(std::string_view key) const;
  bool failed() const { return error_->has_value(); }

  /// The first error; else an unknown_field for a key that was never asked for; else nothing.
  std::optional<Error> finish();

 private:
  struct Field {
    std::string_view key;
    const Json* value;
    bool asked;
  };
  ObjectReader(const Json& object, std::string path, std::optional<Error>* error);
  Field* ask(std::string_view key);
  std::string_view text_in(const Json& value, std::string_view key);
  std::size_t choice_in(const Json* value, std::string_view key,
                        std::span<const std::string_view> allowed);
  double number_in(const Json& value, std::string_view key, Range range);
  double whole_in(double value, std::string_view key, Range range);
  std::vector<Field> fields_;  ///< those given: few, and told apart by their length mostly
  std::string path_;
  std::vector<std::string_view> asked_;  ///< those asked for
  std::optional<Error> own_error_;
  std::optional<Error>* error_;  ///< its own, or that of the reader it came from
};

}  // namespace crossover
