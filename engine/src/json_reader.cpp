#include "crossover/json_reader.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace crossover {
namespace {

const Json empty_object = Json::object();

std::string needed(Range range) {
  return "a number from " + number_text(range.low) + " to " + number_text(range.high) +
         " is needed";
}

/// Levenshtein distance, case folded. Both words are short: callers cut them.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  const auto fold = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t change = fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1;
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + change});
      diagonal = above;
    }
  }
  return row[b.size()];
}

constexpr std::size_t longest_shown = 60;
/// The facade takes 64 levels (wasm/json.js), in a list of arguments.
constexpr std::size_t deepest = 65;

/// Cuts at a UTF-8 boundary, so that a message is always valid text.
std::string cut(std::string_view text) {
  if (text.size() <= longest_shown) return std::string(text);
  std::size_t end = longest_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

/// Builds the value of a text and remembers where it stops being JSON, without exceptions: the
/// WebAssembly module has none.
class Document final : private nlohmann::detail::json_sax_dom_parser<Json> {
 public:
  Json value;
  std::size_t error_byte = 0;
  bool number_too_large = false;
  bool too_deep = false;

  Document() : json_sax_dom_parser(value, false) {}

  using json_sax_dom_parser::binary;
  using json_sax_dom_parser::boolean;
  using json_sax_dom_parser::key;
  using json_sax_dom_parser::null;
  using json_sax_dom_parser::number_float;
  using json_sax_dom_parser::number_integer;
  using json_sax_dom_parser::number_unsigned;
  using json_sax_dom_parser::string;
  bool start_object(std::size_t n) { return descend() && json_sax_dom_parser::start_object(n); }
  bool end_object() { return --depth_, json_sax_dom_parser::end_object(); }
  bool start_array(std::size_t n) { return descend() && json_sax_dom_parser::start_array(n); }
  bool end_array() { return --depth_, json_sax_dom_parser::end_array(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) {
    constexpr int out_of_range_number = 406;
    error_byte = position;
    number_too_large = error.id == out_of_range_number;
    return false;
  }

 private:
  /// Copying and writing a value recurse: a megabyte of brackets would run out of stack there.
  bool descend() {
    too_deep = ++depth_ > deepest;
    return !too_deep;
  }

  std::size_t depth_ = 0;
};

}  // namespace

std::string json_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string number_text(double value) {
  std::string text = json_text(value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

std::string rounded_text(double value, double digits) {
  if (!(value > 0)) return number_text(value);
  const double places = std::pow(10, std::max(0.0, digits - 1 - std::floor(std::log10(value))));
  return number_text(std::round(value * places) / places);
}

Json parse_record(std::string_view text) {
  Document document;
  Json::sax_parse(text, &document);
  return std::move(document.value);
}

Result<Json> parse_json(std::string_view text, std::size_t max_bytes) {
  if (text.size() > max_bytes) {
    return crossover::fail(ErrorCode::too_large, "found " + std::to_string(text.size()) +
                                                     " bytes; at most " +
                                                     std::to_string(max_bytes) + " are taken");
  }
  Document document;
  if (Json::sax_parse(text, &document)) return std::move(document.value);
  if (document.too_deep) {
    return crossover::fail(ErrorCode::too_large,
                           "more than " + std::to_string(deepest) + " levels of lists and objects");
  }
  return crossover::fail(ErrorCode::invalid_json, document.number_too_large
                                                      ? "a number is too large to hold"
                                                      : "not JSON at byte " +
                                                            std::to_string(document.error_byte) +
                                                            " of " + std::to_string(text.size()));
}

std::string shown(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list of " + std::to_string(value.size());
  if (value.is_number()) return number_text(value.get<double>());
  if (value.is_string()) return "\"" + cut(value.get_ref<const std::string&>()) + "\"";
  return json_text(value);
}

std::optional<std::string> nearest(std::string_view wanted, std::span<const std::string> known) {
  const std::string_view word = wanted.substr(0, longest_shown);
  if (word.empty()) return std::nullopt;
  std::size_t best = std::max<std::size_t>(2, word.size() / 2) + 1;
  std::optional<std::string> found;
  for (const std::string& candidate : known) {
    const std::size_t d = distance(word, candidate);
    if (d < best) {
      best = d;
      found = candidate;
    }
  }
  return found;
}

std::string some_of(std::span<const std::string> known) {
  constexpr std::size_t listed = 12;
  std::string text;
  for (const std::string& each : known.first(std::min(known.size(), listed))) {
    text += (text.empty() ? "" : ", ") + each;
  }
  return known.size() > listed ? text + ", … (" + std::to_string(known.size()) + ")" : text;
}

std::string not_among(std::string_view what, std::string_view found,
                      std::span<const std::string> known) {
  std::string message = "found \"" + cut(found) + "\", which is no " + std::string(what);
  const auto near = nearest(found, known);
  if (near) message += "; did you mean \"" + *near + "\"?";
  // A long list helps only where nothing in it is near.
  constexpr std::size_t short_list = 12;
  if (!known.empty() && (!near || known.size() <= short_list)) {
    message += (near ? " Allowed: " : "; allowed: ") + some_of(known);
  }
  return message;
}

ObjectReader::ObjectReader(const Json& object, std::string path)
    : ObjectReader(object, std::move(path), nullptr) {}

ObjectReader::ObjectReader(const Json& object, std::string path, std::optional<Error>* error)
    : path_(std::move(path)), error_(error == nullptr ? &own_error_ : error) {
  if (!object.is_object()) {
    if (!failed())
      *error_ =
          Error{ErrorCode::wrong_type, "found " + shown(object) + "; an object is needed", path_};
    return;
  }
  constexpr std::size_t usual = 32;
  asked_.reserve(usual);
  fields_.reserve(object.size());
  for (const auto& [key, value] : object.get_ref<const Json::object_t&>())
    fields_.push_back({key, &value, false});
}

std::string ObjectReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void ObjectReader::fail(ErrorCode code, std::string message, std::string_view key) {
  if (!failed()) *error_ = Error{code, std::move(message), path_of(key)};
}

ObjectReader::Field* ObjectReader::ask(std::string_view key) {
  asked_.push_back(key);
  for (Field& field : fields_) {
    if (field.key != key) continue;
    field.asked = true;
    return &field;
  }
  return nullptr;
}

const Json* ObjectReader::find(std::string_view key) {
  const Field* field = ask(key);
  return field == nullptr || field->value->is_null() ? nullptr : field->value;
}

bool ObjectReader::has(std::string_view key) { return find(key) != nullptr; }
void ObjectReader::ignore(std::string_view key) { ask(key); }

double ObjectReader::number(std::string_view key, Range range) {
  if (const Json* value = find(key)) return number_in(*value, key, range);
  fail(ErrorCode::missing_field, "missing; " + needed(range), key);
  return range.low;
}

double ObjectReader::number_in(const Json& value, std::string_view key, Range range) {
  if (!value.is_number()) {
    fail(ErrorCode::wrong_type, "found " + shown(value) + "; " + needed(range), key);
    return range.low;
  }
  const double number = value.get<double>();
  if (!(number >= range.low && number <= range.high)) {
    fail(ErrorCode::out_of_range,
         "found " + number_text(number) + "; allowed is " + number_text(range.low) + " to " +
             number_text(range.high),
         key);
    return range.low;
  }
  return number;
}

double ObjectReader::number_or(std::string_view key, double fallback, Range range) {
  const Json* value = find(key);
  return value == nullptr ? fallback : number_in(*value, key, range);
}

std::optional<double> ObjectReader::optional_number(std::string_view key, Range range) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  return number_in(*value, key, range);
}

double ObjectReader::whole(std::string_view key, Range range) {
  return whole_in(number(key, range), key, range);
}

double ObjectReader::whole_in(double value, std::string_view key, Range range) {
  if (value == std::floor(value)) return value;
  fail(ErrorCode::out_of_range, "found " + number_text(value) + "; a whole number is needed", key);
  return range.low;
}

double ObjectReader::whole_or(std::string_view key, double fallback, Range range) {
  return optional_whole(key, range).value_or(fallback);
}

std::optional<double> ObjectReader::optional_whole(std::string_view key, Range range) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  return whole_in(number_in(*value, key, range), key, range);
}

std::string_view ObjectReader::text(std::string_view key) {
  if (const Json* value = find(key)) return text_in(*value, key);
  fail(ErrorCode::missing_field, "missing; a text is needed", key);
  return {};
}

std::string_view ObjectReader::text_in(const Json& value, std::string_view key) {
  if (value.is_string() && !value.get_ref<const std::string&>().empty()) {
    return value.get_ref<const std::string&>();
  }
  fail(ErrorCode::wrong_type, "found " + shown(value) + "; a text that is not empty is needed",
       key);
  return {};
}

std::string_view ObjectReader::text_or(std::string_view key, std::string_view fallback) {
  const Json* value = find(key);
  return value == nullptr ? fallback : text_in(*value, key);
}

std::optional<std::string_view> ObjectReader::optional_text(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  return text_in(*value, key);
}

bool ObjectReader::flag_or(std::string_view key, bool fallback) {
  const Json* value = find(key);
  if (value == nullptr) return fallback;
  if (!value->is_boolean()) {
    fail(ErrorCode::wrong_type, "found " + shown(*value) + "; true or false is needed", key);
    return fallback;
  }
  return value->get<bool>();
}

std::size_t ObjectReader::choice(std::string_view key, std::span<const std::string_view> allowed) {
  return choice_in(find(key), key, allowed);
}

std::size_t ObjectReader::choice_in(const Json* value, std::string_view key,
                                    std::span<const std::string_view> allowed) {
  const bool named = value != nullptr && value->is_string();
  const std::string_view found = named ? value->get_ref<const std::string&>() : std::string_view();
  const auto it = std::find(allowed.begin(), allowed.end(), found);
  if (it != allowed.end()) return static_cast<std::size_t>(it - allowed.begin());
  const std::vector<std::string> known(allowed.begin(), allowed.end());
  if (!found.empty()) {
    fail(ErrorCode::unknown_id, not_among(key, found, known), key);
  } else {
    fail(value == nullptr ? ErrorCode::missing_field : ErrorCode::wrong_type,
         (value == nullptr ? "missing" : "found " + shown(*value)) + "; allowed: " + some_of(known),
         key);
  }
  return 0;
}

std::size_t ObjectReader::choice_or(std::string_view key, std::span<const std::string_view> allowed,
                                    std::size_t fallback) {
  const Json* value = find(key);
  return value == nullptr ? fallback : choice_in(value, key, allowed);
}

ObjectReader ObjectReader::object(std::string_view key) {
  const Json* value = find(key);
  return {value == nullptr ? empty_object : *value, path_of(key), error_};
}

std::vector<Json> ObjectReader::array(std::string_view key, std::size_t limit) {
  const Json* value = find(key);
  if (value == nullptr) return {};
  if (!value->is_array()) {
    fail(ErrorCode::wrong_type, "found " + shown(*value) + "; a list is needed", key);
    return {};
  }
  if (value->size() > limit) {
    fail(ErrorCode::too_large,
         "found " + std::to_string(value->size()) + " elements; at most " + std::to_string(limit) +
             " are taken",
         key);
    return {};
  }
  return value->get<std::vector<Json>>();
}

std::optional<Error> ObjectReader::finish() {
  if (failed()) return *error_;
  for (const Field& field : fields_) {
    if (field.asked) continue;
    // has() is followed by what reads the field.
    const auto end = std::unique(asked_.begin(), asked_.end());
    const std::vector<std::string> known(asked_.begin(), end);
    fail(ErrorCode::unknown_field, not_among("field here", field.key, known), cut(field.key));
    return *error_;
  }
  return std::nullopt;
}

}  // namespace crossover
