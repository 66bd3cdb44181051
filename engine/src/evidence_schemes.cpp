// From a row's bits and words to a scheme.

#include <algorithm>
#include <cmath>

#include "evidence_parts.h"

namespace crossover {
namespace {

constexpr double unstated_group = 128;  ///< of GPTQ and AWQ, whose tools take it by default

std::optional<double> number_of(std::string_view digits) {
  if (digits.empty() || digits.size() > 5 ||
      !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  return std::stod(std::string(digits));
}

/// The number behind one of the names, glued to it or the next word: "g128", "gs=128".
std::optional<double> number_after(const Words& words,
                                   std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string_view name : names) {
      if (!words[i].starts_with(name)) continue;
      if (auto glued = number_of(std::string_view(words[i]).substr(name.size()))) return glued;
      if (words[i] != name) continue;
      for (std::size_t next = i + 1; next < std::min(i + 3, words.size()); ++next) {
        if (const auto apart = number_of(words[next])) return apart;
      }
    }
  }
  return std::nullopt;
}

struct Bits {
  std::optional<double> weights, activations;
};

/// Bits that a scheme's words state: "w4a16", "a16w4", "int4", "fp8", "4bit". FP8 is the format of
/// the activations too, unless the weights alone have it.
Bits stated_bits(const Words& words) {
  Bits bits;
  for (const std::string& word : words) {
    const auto w = word.find('w'), a = word.find('a');
    if (w != std::string::npos && a != std::string::npos && std::min(w, a) == 0) {
      const std::size_t second = std::max(w, a);
      const auto first = number_of(std::string_view(word).substr(1, second - 1));
      const auto last = number_of(std::string_view(word).substr(second + 1));
      if (first && last) return w == 0 ? Bits{first, last} : Bits{last, first};
    }
  }
  if (has_word(words, "fp8") && !has_word(words, "only")) return {8, 8};
  for (const std::string_view name : {"int", "uint", "nf", "fp", "bf"}) {
    if (!bits.weights) bits.weights = number_after(words, {name});
  }
  for (const std::string& word : words) {
    if (!bits.weights && word.ends_with("bit")) {
      bits.weights = number_of(std::string_view(word).substr(0, word.size() - 3));
    }
  }
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool counted = words[i + 1] == "bit" || words[i + 1] == "bits";
    if (!bits.weights && counted) bits.weights = number_of(words[i]);
  }
  return bits;
}

bool any_starts(const Words& words, std::string_view start) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return word.starts_with(start); });
}

constexpr std::array<std::string_view, 6> block_formats{"q8", "q4", "q5", "q6", "q3", "q2"};

}  // namespace

tl::expected<Scheme, std::string> scheme_of(const MeasuredRow& row) {
  const Words words = words_of(row.scheme + " " + row.kernel);
  const Bits stated = stated_bits(words_of(row.scheme));
  const auto weight_bits = row.weight_bits ? row.weight_bits : stated.weights;
  if (!weight_bits) return tl::unexpected<std::string>("no weight bits");
  Scheme scheme;
  scheme.weight_bits = *weight_bits;
  scheme.kv_bits = row.kv_bits.value_or(16);
  const double act_bits = row.act_bits.value_or(stated.activations.value_or(16));
  const bool fp8 =
      any_starts(words, "fp8") || any_starts(words, "float8") || has_word(words, "e4m3");
  if (act_bits <= 4) {
    const bool fp4 = has_word(words, "fp4") || has_word(words, "nvfp4") || has_word(words, "mxfp4");
    scheme.act_format = fp4 ? Format::fp4 : Format::int4;
  } else if (act_bits <= 8) {
    scheme.act_format = fp8 ? Format::fp8 : Format::int8;
  }
  if (scheme.weight_bits >= 16) {
    scheme.id = "fp16";
    return scheme;
  }
  const bool nf4 = has_word(words, "nf4") || (has_word(words, "bnb") && scheme.weight_bits <= 4);
  const bool block =
      row.scheme.find('_') != std::string::npos &&
      std::any_of(block_formats.begin(), block_formats.end(),
                  [&](std::string_view format) { return any_starts(words, format); });
  const double stored = scheme.weight_bits;
  if (nf4) {
    scheme.group_size = 64;
    const bool twice = has_word(words, "double") || has_word(words, "dq");
    scheme.scale_bits = twice ? 8 : 32;
  } else if (block || (stored != std::floor(stored) && !has_word(words, "gptq"))) {
    // The published bits count the scales already.
    scheme.group_size = 0;
  } else {
    scheme.weight_bits = std::floor(stored);
    const bool grouped = has_word(words, "gptq") || has_word(words, "awq");
    const auto group =
        row.group_size ? row.group_size : number_after(words, {"g", "gs", "group", "groupsize"});
    scheme.group_size = std::max(0.0, group.value_or(grouped ? unstated_group : 0));
    if (scheme.group_size > 0 && has_word(words, "awq")) {
      scheme.zero_point_bits = scheme.weight_bits;
    }
  }
  scheme.id = nf4 ? "nf4"
                  : "w" + number_text(scheme.weight_bits) + "a" + number_text(act_bits) +
                        (scheme.group_size > 0 ? "-g" + number_text(scheme.group_size) : "") +
                        (scheme.act_format == Format::fp8 ? "-fp8" : "");
  return scheme;
}

}  // namespace crossover
