// The tables of tests/bad_input against the engine itself: code, path and a part of the message.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <vector>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

struct Table {
  std::string name;
  Json content;
};

std::vector<Table> bad_input_tables() {
  std::vector<Table> tables;
  for (const auto& file : std::filesystem::directory_iterator(CROSSOVER_BAD_INPUT_DIR)) {
    if (file.path().extension() != ".json") continue;
    std::ifstream in(file.path());
    tables.push_back({file.path().stem().string(), Json::parse(in)});
  }
  return tables;
}

/// {"$repeat": [text, times]} and {"$copies": [times, value]} stand for long values.
Json written(const Json& value) {
  if (value.is_object() && value.contains("$repeat")) {
    std::string text;
    for (int i = 0; i < value["$repeat"][1].get<int>(); ++i)
      text += value["$repeat"][0].get<std::string>();
    return text;
  }
  if (value.is_object() && value.contains("$copies")) {
    return std::vector<Json>(value["$copies"][0].get<std::size_t>(), value["$copies"][1]);
  }
  return value;
}

Json arguments_of(const Json& table, const Json& bad) {
  Json arguments = table.at("valid");
  if (bad.contains("set")) {
    for (const auto& [pointer, value] : bad["set"].items()) {
      arguments[Json::json_pointer(pointer)] = written(value);
    }
  }
  if (bad.contains("drop")) {
    for (const Json& pointer : bad["drop"]) {
      const Json::json_pointer place(pointer.get<std::string>());
      arguments[place.parent_pointer()].erase(place.back());
    }
  }
  return arguments;
}

/// Through text and its limit, as the boundary takes it. What is answered has no error.
std::optional<Error> error_of(Engine& engine, const std::string& function, const Json& arguments) {
  const auto read = parse_json(arguments.dump(), max_request_bytes);
  if (!read) return read.error();
  if (function == "sweep") {
    const auto swept = engine.sweep(read->at(0));
    return swept ? std::nullopt : std::optional(swept.error());
  }
  const auto answered = engine.call(function, *read);
  return answered ? std::nullopt : std::optional(answered.error());
}

}  // namespace

TEST_CASE("every table of bad input is refused, case by case, by its code, path and message") {
  std::set<std::string> inputs, codes;
  for (const Table& input : bad_input_tables()) {
    CAPTURE(input.name);
    const Json& table = input.content;
    const std::string function = table.at("call");
    Engine engine(workbench_functions());
    for (const Json& bad : table.at("cases")) {
      const Json arguments = arguments_of(table, bad);
      CAPTURE(bad.dump());
      inputs.insert(function + arguments.dump());
      codes.insert(bad.at("code").get<std::string>());
      const auto error = error_of(engine, function, arguments);
      REQUIRE(error);
      CHECK(name_of(error->code) == bad.at("code").get<std::string>());
      CHECK(error->path == bad.at("path").get<std::string>());
      CHECK_MESSAGE(error->message.find(bad.value("says", "")) != std::string::npos,
                    error->message);
    }
    CHECK_FALSE(error_of(engine, function, table.at("valid")));
  }
  CHECK(inputs.size() >= 200);
  CHECK(codes.size() == error_table.size() - 2);  // text that is no JSON, and a defect: elsewhere
}
