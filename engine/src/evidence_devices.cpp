// From a published device name to a device: the library's, or a variant of it under another clock.

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "evidence_rules.h"

namespace crossover {
namespace {

/// Devices of one machine: what a name counts is no more than that.
constexpr double most_devices = 64;

/// A number glued to a unit or followed by it: "885 MHz", "800 GB/s".
std::optional<double> stated(const Words& words, std::string_view unit, bool per_second) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view digits = words[i];
    std::size_t after = i + 1;
    if (digits.ends_with(unit)) {
      digits.remove_suffix(unit.size());
    } else if (after >= words.size() || words[after++] != unit) {
      continue;
    }
    if (per_second && (after >= words.size() || words[after] != "s")) continue;
    const double number = std::strtod(std::string(digits).c_str(), nullptr);
    if (digits.find_first_not_of("0123456789.") == std::string_view::npos && number > 0) {
      return number;
    }
  }
  return std::nullopt;
}

std::optional<double> whole(std::string_view digits) {
  int number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool all = fault == std::errc() && end == digits.data() + digits.size();
  return all && number > 0 && number <= most_devices ? std::optional<double>(number) : std::nullopt;
}

/// Takes the count of devices off a name: "2x H100", "8xA100", "A6000x1", "4 x L40S".
std::optional<double> take_count(Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string& word = words[i];
    const auto front = word.find('x'), back = word.rfind('x');
    if (front == std::string::npos) continue;
    if (const auto before = whole(std::string_view(word).substr(0, front))) {
      word.erase(0, front + 1);
      return before;
    }
    const auto digits = std::string_view(word).substr(0, back).find_first_of("0123456789");
    const auto behind = whole(std::string_view(word).substr(back + 1));
    if (behind && digits != std::string_view::npos) {
      word.resize(back);
      return behind;
    }
    if (word == "x" && i > 0) {
      if (const auto before = whole(words[i - 1])) {
        words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        return before;
      }
    }
  }
  return std::nullopt;
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += word + " ";
  return text;
}

void slow_arithmetic(Hardware& device, double factor) {
  for (auto& peak : device.peak) {
    if (peak) peak = *peak * factor;
  }
}

}  // namespace

tl::expected<NamedDevice, std::string> EvidenceNames::device(Catalog& catalog,
                                                             const MeasuredRow& row) {
  const auto unknown = [&] {
    return tl::unexpected("no device of the library: " + (row.hardware.empty() ? "-" : row.hardware));
  };
  Words raw = words_of(row.hardware);
  NamedDevice named;
  named.count = take_count(raw);
  const Words words = spelling_.words(joined(raw));

  const Json* rule = nullptr;
  for (const Json& candidate : list_in(aliases_, "hardware")) {
    if (!applies(candidate, words)) continue;
    rule = &candidate;
    break;
  }
  std::string id = rule != nullptr ? text_in(*rule, "id", "") : inline_device(words);
  if (id.empty()) id = library_record(catalog, SpecKind::hardware, words);
  const auto own = devices_.find(id);
  if (own != devices_.end()) {
    named.hardware = &own->second;
  } else {
    auto found = catalog.hardware(id);
    if (!found) return unknown();
    named.hardware = *found;
  }

  Hardware variant = *named.hardware;
  bool varies = false;
  const double share = rule != nullptr ? number_in(*rule, "device_share", 1.0) : 1.0;
  if (share != 1) {
    varies = true;
    variant.memory_bandwidth = variant.memory_bandwidth * share;
    variant.memory_capacity = variant.memory_capacity * share;
    slow_arithmetic(variant, share);
  }
  if (const auto bandwidth = stated(words, "gb", true)) {
    varies = true;
    variant.memory_bandwidth = bytes_per_second(*bandwidth * 1e9);
  }
  auto clock = stated(words, "mhz", false);
  if (!clock && has_word(words, "base")) {
    const auto& bases = aliases_.contains("base_clocks_mhz") ? aliases_["base_clocks_mhz"] : Json();
    const double base = number_in(bases, variant.id.c_str(), 0.0);
    if (base <= 0) return tl::unexpected("no base clock is known: " + row.hardware);
    clock = base;
  }
  if (clock && variant.clock > hertz(0)) {
    varies = true;
    const Frequency slowed = hertz(*clock * 1e6);
    slow_arithmetic(variant, slowed / variant.clock);
    variant.clock = slowed;
    variant.matmul_share = 1;  // what is stated is what it ran at
  }
  if (varies) {
    variants_.push_back(std::move(variant));
    named.hardware = &variants_.back();
  }
  return named;
}

std::string EvidenceNames::inline_device(const Words& name) const {
  std::string best;
  std::size_t most = 0;
  for (const auto& [id, device] : devices_) {
    for (const std::string& text : {id, device.name}) {
      const std::size_t words = spelling_.matched(name, text);
      if (words > most) most = words, best = id;
    }
  }
  return best;
}

}  // namespace crossover
