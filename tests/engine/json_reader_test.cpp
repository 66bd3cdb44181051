// What stands in the JSON is read or refused with its path; nothing is coerced.
#include "crossover/json_reader.h"

#include <doctest/doctest.h>

#include <array>

using namespace crossover;

namespace {

Error error_of(ObjectReader& reader) {
  const std::optional<Error> error = reader.finish();
  REQUIRE(error);
  return *error;
}

bool says(const Error& error, std::string_view part) {
  return error.message.find(part) != std::string::npos;
}

constexpr std::array<std::string_view, 3> phases{"decode", "prefill", "train"};

}  // namespace

// ---- Text
// -------------------------------------------------------------------------------------------------------------

TEST_CASE("text that is not JSON is refused with the byte at which it goes wrong") {
  for (const char* text : {"", "{", "[1,]", "{\"a\":nan}", "{'a':1}", "1 2", "{\"a\":1,}"}) {
    const Result<Json> parsed = parse_json(text, 100);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == ErrorCode::invalid_json);
    CHECK(says(parsed.error(), "byte"));
  }
}

TEST_CASE("a number beyond the range of a double is refused, not turned into infinity") {
  const Result<Json> parsed = parse_json("{\"batch\":1e999}", 100);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::invalid_json);
}

TEST_CASE("text past the limit is refused before it is parsed, at the limit it is read") {
  CHECK(parse_json("[1,2]", 5));
  const Result<Json> parsed = parse_json("[1,23]", 5);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::too_large);
  CHECK(says(parsed.error(), "6"));
}

TEST_CASE("text nested deeper than 65 levels is refused: what recurses over it must not meet it") {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
  };
  CHECK(parse_json(nested(65), 1 << 20));
  for (const std::string& text : {nested(66), nested(400000), std::string(1 << 20, '[')}) {
    const Result<Json> parsed = parse_json(text, 1 << 20);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == ErrorCode::too_large);
    CHECK(says(parsed.error(), "65 levels"));
  }
}

TEST_CASE("text that is not UTF-8 is refused") { CHECK_FALSE(parse_json("{\"a\":\"\xff\"}", 100)); }

// ---- Numbers
// ------------------------------------------------------------------------------------------------------------

TEST_CASE("numbers are read inside their closed range") {
  const Json json{{"low", 1}, {"high", 2.5}};
  ObjectReader reader(json, "");
  CHECK(reader.number("low", {1, 2}) == 1);
  CHECK(reader.number("high", {1, 2.5}) == 2.5);
  CHECK_FALSE(reader.finish());
}

TEST_CASE("a number outside its range is refused with the value found and both ends") {
  const Json json{{"batch", -3}};
  ObjectReader reader(json, "");
  reader.number("batch", {1, 4096});
  const Error error = error_of(reader);
  CHECK(error.code == ErrorCode::out_of_range);
  CHECK(error.path == "batch");
  CHECK(says(error, "-3"));
  CHECK(says(error, "1 to 4096"));
}

TEST_CASE("text, booleans, lists and objects are not numbers") {
  for (const Json& value : {Json("4"), Json(true), Json::array({1}), Json::object()}) {
    const Json json{{"batch", value}};
    ObjectReader reader(json, "");
    reader.number("batch", {0, 10});
    CHECK(error_of(reader).code == ErrorCode::wrong_type);
  }
}

TEST_CASE("a count with a fraction is refused") {
  const Json json{{"batch", 1.7}};
  ObjectReader reader(json, "");
  reader.whole("batch", {1, 10});
  const Error error = error_of(reader);
  CHECK(error.code == ErrorCode::out_of_range);
  CHECK(says(error, "whole"));
}

TEST_CASE("a needed number that is absent or null is missing; an optional one takes its default") {
  const Json json{{"context", nullptr}};
  ObjectReader needed(json, "");
  needed.number("context", {0, 10});
  CHECK(error_of(needed).code == ErrorCode::missing_field);
  ObjectReader optional(json, "");
  CHECK(optional.number_or("context", 7, {0, 10}) == 7);
  CHECK(optional.whole_or("batch", 3, {0, 10}) == 3);
  CHECK_FALSE(optional.optional_number("tdp", {0, 10}));
  CHECK_FALSE(optional.finish());
}

TEST_CASE("a quantity is read in the unit of its field") {
  const Json json{{"dispatch_s", 2e-5}};
  ObjectReader reader(json, "");
  CHECK(reader.quantity("dispatch_s", seconds, {0, 1}).in(microseconds) == doctest::Approx(20));
  CHECK(reader.quantity_or("other_s", seconds, milliseconds(3), {0, 1}) == milliseconds(3));
  CHECK_FALSE(reader.optional_quantity("third_s", seconds, {0, 1}));
  CHECK_FALSE(reader.finish());
}

// ---- Words
// ------------------------------------------------------------------------------------------------------------

TEST_CASE("an empty text, a number or a flag is no text") {
  for (const Json& value : {Json(""), Json(4), Json(false)}) {
    const Json json{{"model", value}};
    ObjectReader reader(json, "");
    reader.text("model");
    const Error error = error_of(reader);
    CHECK(error.code == ErrorCode::wrong_type);
    CHECK(error.path == "model");
  }
}

TEST_CASE("a flag is true or false: 1 and \"true\" are refused") {
  for (const Json& value : {Json(1), Json("true")}) {
    const Json json{{"quantize_head", value}};
    ObjectReader reader(json, "");
    reader.flag_or("quantize_head", false);
    CHECK(error_of(reader).code == ErrorCode::wrong_type);
  }
}

TEST_CASE(
    "a choice gives its position; another word is refused with the nearest and all that are "
    "allowed") {
  const Json json{{"phase", "train"}, {"other", "prefil"}};
  ObjectReader reader(json, "");
  CHECK(reader.choice("phase", phases) == 2);
  CHECK(reader.choice_or("absent", phases, 1) == 1);
  reader.choice("other", phases);
  const Error error = error_of(reader);
  CHECK(error.code == ErrorCode::unknown_id);
  CHECK(error.path == "other");
  CHECK(says(error, "did you mean \"prefill\""));
  CHECK(says(error, "decode, prefill, train"));
}

// ---- The object
// -------------------------------------------------------------------------------------------------------

TEST_CASE("a key that nobody asked for is refused, with the nearest that is known") {
  const Json json{{"batch", 1}, {"contxt", 2048}};
  ObjectReader reader(json, "");
  reader.whole("batch", {1, 10});
  reader.whole_or("context", 1, {1, 10});
  const Error error = error_of(reader);
  CHECK(error.code == ErrorCode::unknown_field);
  CHECK(error.path == "contxt");
  CHECK(says(error, "did you mean \"context\""));
}

TEST_CASE("fields that only document are passed over") {
  const Json json{{"notes", "measured twice"}};
  ObjectReader reader(json, "");
  reader.ignore("notes");
  CHECK_FALSE(reader.finish());
}

TEST_CASE("the first problem is the one reported") {
  const Json json{{"a", "x"}, {"b", -1}, {"c", 1}};
  ObjectReader reader(json, "");
  reader.number("a", {0, 1});
  reader.number("b", {0, 1});
  CHECK(error_of(reader).path == "a");
}

TEST_CASE("what is not an object is refused whole") {
  for (const Json& json : {Json(1), Json("x"), Json::array(), Json(nullptr)}) {
    ObjectReader reader(json, "scheme");
    const Error error = error_of(reader);
    CHECK(error.code == ErrorCode::wrong_type);
    CHECK(error.path == "scheme");
  }
}

TEST_CASE("a problem inside a nested object carries the whole path") {
  const Json json{{"scheme", {{"weight_bits", 99}}}};
  ObjectReader reader(json, "scenario");
  ObjectReader scheme = reader.object("scheme");
  scheme.number("weight_bits", {1, 32});
  CHECK(error_of(reader).path == "scenario.scheme.weight_bits");
}

TEST_CASE("a list is read up to its limit") {
  const Json json{{"list", {1, 2, 3}}, {"word", "x"}};
  ObjectReader reader(json, "");
  CHECK(reader.array("list", 3).size() == 3);
  CHECK(reader.array("absent", 3).empty());
  reader.array("list", 2);
  CHECK(error_of(reader).code == ErrorCode::too_large);
  ObjectReader again(json, "");
  again.array("word", 3);
  CHECK(error_of(again).code == ErrorCode::wrong_type);
}

TEST_CASE("messages stay short and valid text, however long and odd the input") {
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ä";
  const std::string rendered = shown(Json(umlauts));
  CHECK(rendered.size() < 80);
  CHECK_NOTHROW(Json(rendered).dump());  // throws on broken UTF-8
  const Json json{{umlauts, 1}};
  ObjectReader reader(json, "");
  const Error error = error_of(reader);
  CHECK_NOTHROW(Json(error.message + error.path).dump());
}

TEST_CASE("what was found is shown in a word or two") {
  CHECK(shown(Json(1.5)) == "1.5");
  CHECK(shown(Json("x")) == "\"x\"");
  CHECK(shown(Json::object()) == "an object");
  CHECK(shown(Json::array({1, 2})) == "a list of 2");
  CHECK(shown(Json(true)) == "true");
}

TEST_CASE("the nearest word is found whatever its case, and none when nothing is near") {
  const std::vector<std::string> known{"llama-3.1-8b", "gpt2-xl", "h100-sxm"};
  CHECK(nearest("Llama-3.1-8B", known) == "llama-3.1-8b");
  CHECK(nearest("gpt2xl", known) == "gpt2-xl");
  CHECK_FALSE(nearest("zzzzzz", known));
  CHECK_FALSE(nearest("", std::vector<std::string>{}));
}

TEST_CASE(
    "a number is written with as many digits as are asked for, and never in scientific notation "
    "for fewer") {
  CHECK(rounded_text(8.0303, 3) == "8.03");
  CHECK(rounded_text(0.0012349, 3) == "0.00123");
  CHECK(rounded_text(999.6, 3) == "1000");
  CHECK(rounded_text(1042.4, 3) == "1042");
  CHECK(rounded_text(10.0 / 3, 6) == "3.33333");
  CHECK(rounded_text(70, 3) == "70");
  CHECK(rounded_text(0, 3) == "0");
}
