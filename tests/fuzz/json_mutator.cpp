// libFuzzer's mutations break JSON long before they reach the engine behind its parser. This one
// changes values, keys and structure of an input that parses, and leaves a part of the changes to
// libFuzzer's own.
#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "crossover/json_reader.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using crossover::Json;
using Random = std::minstd_rand;

std::size_t below(Random& random, std::size_t end) {
  return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
}

void collect(Json& value, std::vector<Json*>& places) {
  places.push_back(&value);
  if (value.is_structured()) {
    for (Json& item : value) collect(item, places);
  }
}

/// Numbers that code likes to stumble over.
constexpr std::array<double, 24> odd_numbers{
    0,      -0.0,   1,    -1,  0.5,   1.7, 2,   3,     8,      16,   32,    64,
    1e-300, 5e-324, 1e-6, 1e3, 65536, 1e6, 1e9, 4.3e9, 9.1e15, 1e30, 1e300, -1e300};

double other_number(double number, Random& random) {
  switch (below(random, 6)) {
    case 0:
      return number * 10;
    case 1:
      return number / 10;
    case 2:
      return number + 1;
    case 3:
      return -number;
    case 4:
      return number * 1e6;
    default:
      return odd_numbers[below(random, odd_numbers.size())];
  }
}

Json other_leaf(const Json& value, Random& random) {
  if (value.is_number() && below(random, 8) != 0) return other_number(value.get<double>(), random);
  switch (below(random, 8)) {
    case 0:
      return nullptr;
    case 1:
      return true;
    case 2:
      return "";
    case 3:
      return Json::array();
    case 4:
      return Json::object();
    case 5:
      return std::string(below(random, 200), 'x');
    default:
      return odd_numbers[below(random, odd_numbers.size())];
  }
}

/// A change of members: one less, one twice, one under another's key.
void change_structure(Json& value, Random& random) {
  if (!value.is_structured() || value.empty()) return;
  auto member = value.begin();
  std::advance(member, static_cast<std::ptrdiff_t>(below(random, value.size())));
  const Json item = *member;
  if (value.is_array()) {
    if (below(random, 2) == 0)
      value.erase(member);
    else
      value.insert(member, item);
    return;
  }
  auto other = value.begin();
  std::advance(other, static_cast<std::ptrdiff_t>(below(random, value.size())));
  switch (below(random, 3)) {
    case 0:
      value.erase(member);
      break;
    case 1:
      *other = item;
      break;
    default:
      value[member.key() + "_"] = item;
  }
}

void change(Json& root, Random& random) {
  std::vector<Json*> places;
  collect(root, places);
  Json& place = *places[below(random, places.size())];
  if (place.is_structured() && below(random, 4) != 0) return change_structure(place, random);
  if (below(random, 4) == 0) {
    const Json copy = *places[below(random, places.size())];
    place = copy;
  } else {
    place = other_leaf(place, random);
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  Random random(seed);
  constexpr std::size_t one_in = 8;
  if (below(random, one_in) == 0) return LLVMFuzzerMutate(data, size, max_size);
  auto json = crossover::parse_json({reinterpret_cast<const char*>(data), size}, max_size);
  if (!json) return LLVMFuzzerMutate(data, size, max_size);
  for (std::size_t changes = 1 + below(random, 3); changes > 0; --changes) change(*json, random);
  const std::string text = json->dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}

/// Two inputs in one: a member of the second under the same key of the first.
extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size,
                                                 const std::uint8_t* other, std::size_t other_size,
                                                 std::uint8_t* out, std::size_t max_size,
                                                 unsigned seed) {
  Random random(seed);
  auto into = crossover::parse_json({reinterpret_cast<const char*>(one), one_size}, max_size);
  auto from = crossover::parse_json({reinterpret_cast<const char*>(other), other_size}, max_size);
  if (!into || !from) return 0;
  std::vector<Json*> places, parts;
  collect(*into, places);
  collect(*from, parts);
  *places[below(random, places.size())] = Json(*parts[below(random, parts.size())]);
  const std::string text = into->dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > max_size) return 0;
  std::memcpy(out, text.data(), text.size());
  return text.size();
}
