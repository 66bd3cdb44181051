#include "spec_fields.h"

namespace crossover {
namespace {

constexpr std::size_t longest_list = 64;

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const FormatInfo& info : format_table) names.emplace_back(info.name);
  return names;
}

std::string element(std::string_view key, std::size_t index) {
  return std::string(key) + "[" + std::to_string(index) + "]";
}

}  // namespace

SpecHeader read_header(ObjectReader& reader) {
  SpecHeader header;
  header.id = reader.text("id");
  header.name = reader.text_or("name", header.id);
  read_texts(reader, "aliases");
  reader.text_or("source", "");
  read_texts(reader, "further_sources");
  reader.text_or("notes", "");
  if (const Json* sources = reader.find("value_sources"); sources != nullptr) {
    if (!sources->is_object()) {
      reader.fail(ErrorCode::wrong_type, "found " + shown(*sources) + "; an object is needed",
                  "value_sources");
    } else {
      for (const auto& [field, source] : sources->items()) {
        if (source.is_string()) continue;
        reader.fail(ErrorCode::wrong_type,
                    "found " + shown(source) + "; the id of a source is needed",
                    "value_sources." + field);
      }
    }
  }
  return header;
}

std::vector<double> read_numbers(ObjectReader& reader, std::string_view key, Range range) {
  std::vector<double> numbers;
  for (const Json& value : reader.array(key, longest_list)) {
    const std::string place = element(key, numbers.size());
    if (!value.is_number()) {
      reader.fail(ErrorCode::wrong_type, "found " + shown(value) + "; a number is needed", place);
      return {};
    }
    const double number = value.get<double>();
    if (!(number >= range.low && number <= range.high)) {
      reader.fail(
          ErrorCode::out_of_range,
          "found " + shown(value) + "; allowed is " + shown(range.low) + " to " + shown(range.high),
          place);
      return {};
    }
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<std::string> read_texts(ObjectReader& reader, std::string_view key) {
  std::vector<std::string> texts;
  for (const Json& value : reader.array(key, longest_list)) {
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
      reader.fail(ErrorCode::wrong_type, "found " + shown(value) + "; a text is needed",
                  element(key, texts.size()));
      return {};
    }
    texts.push_back(value.get<std::string>());
  }
  return texts;
}

std::vector<Format> read_formats(ObjectReader& reader, std::string_view key) {
  std::vector<Format> formats;
  for (const std::string& name : read_texts(reader, key)) {
    const auto format = format_named(name);
    if (!format) {
      reader.fail(ErrorCode::unknown_id, not_among("number format", name, format_names()),
                  element(key, formats.size()));
      return {};
    }
    formats.push_back(*format);
  }
  return formats;
}

Format read_format(ObjectReader& reader, std::string_view key) {
  const std::string_view name = reader.text(key);
  const auto format = format_named(name);
  if (!format)
    reader.fail(ErrorCode::unknown_id, not_among("number format", name, format_names()), key);
  return format.value_or(Format::fp16);
}

WeightFormat read_weight_format(ObjectReader& reader, const Scheme& scheme) {
  const auto usual = static_cast<std::size_t>(scheme.usual_weight_format());
  return static_cast<WeightFormat>(reader.choice_or("weight_format", weight_format_names, usual));
}

}  // namespace crossover
