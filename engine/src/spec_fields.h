// What the readers of every kind of spec share: documentation fields, named lists, and elements of
// arrays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crossover/error.h"
#include "crossover/format.h"
#include "crossover/json_reader.h"
#include "crossover/scheme.h"

namespace crossover {

/// What every record has. Sources and notes are for people: their type is checked, their content is
/// not.
struct SpecHeader {
  std::string id;
  std::string name;
};
SpecHeader read_header(ObjectReader& reader);

/// Runs `read` on each object of the array under `key`; errors name the element:
/// "segments[1].path".
template <class Read>
void read_elements(ObjectReader& reader, std::string_view key, std::size_t limit, Read read) {
  std::size_t index = 0;
  for (const Json& element : reader.array(key, limit)) {
    ObjectReader item(element, std::string(key) + "[" + std::to_string(index++) + "]");
    read(item);
    if (const auto error = item.finish()) reader.fail(error->code, error->message, error->path);
  }
}

/// Numbers of the array under `key`; each lies in `range`.
std::vector<double> read_numbers(ObjectReader& reader, std::string_view key, Range range);
/// Texts of the array under `key`.
std::vector<std::string> read_texts(ObjectReader& reader, std::string_view key);
/// Formats named in the array under `key`.
std::vector<Format> read_formats(ObjectReader& reader, std::string_view key);
/// The format named under `key`.
Format read_format(ObjectReader& reader, std::string_view key);

/// The scheme's `weight_format`, or the usual one of its bits.
WeightFormat read_weight_format(ObjectReader& reader, const Scheme& scheme);

/// The spec, or the reader's first error.
template <class Spec>
Result<Spec> finished(ObjectReader& reader, Spec spec) {
  if (auto error = reader.finish()) return tl::unexpected<Error>(std::move(*error));
  return spec;
}

}  // namespace crossover
