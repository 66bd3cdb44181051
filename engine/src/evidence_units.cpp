// The time that a published figure stands for, in whatever unit it is stated.

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

#include "evidence_parts.h"

namespace crossover {
namespace {

/// What a unit is made of: "tokens/s/GPU" is tokens over s and gpu.
struct StatedUnit {
  std::string of;
  Words over;

  bool per(std::string_view word) const { return has_word(over, word); }
};

/// One name for each spelling: "tok", "token" and "tokens" are "token".
std::string plain(std::string word) {
  static const std::map<std::string, std::string, std::less<>> spellings{
      {"tok", "token"},    {"t", "token"},        {"sec", "s"},        {"second", "s"},
      {"msec", "ms"},      {"millisecond", "ms"}, {"usec", "us"},      {"microsecond", "us"},
      {"req", "sequence"}, {"request", "sequence"}, {"query", "sequence"}, {"querie", "sequence"},
      {"sample", "sequence"}, {"seq", "sequence"}, {"image", "sequence"}, {"it", "step"},
      {"iter", "step"},    {"iteration", "step"}, {"tflop", "tflops"}, {"top", "tflops"},
      {"tops", "tflops"},  {"gflop", "gflops"},   {"times", "x"},      {"ratio", "x"}};
  if (word.size() > 3 && word.back() == 's' && !word.ends_with("flops")) word.pop_back();
  const auto found = spellings.find(word);
  return found != spellings.end() ? found->second : word;
}

StatedUnit unit_of(std::string text) {
  for (const auto& [sign, letter] : {std::pair{"\u00b5", "u"}, {"\u03bc", "u"}, {"\u00d7", "x"}}) {
    if (const auto at = text.find(sign); at != std::string::npos) {
      text.replace(at, std::string_view(sign).size(), letter);
    }
  }
  StatedUnit unit;
  for (const std::string& word : words_of(text)) {
    if (word == "per") continue;
    // Rates that are written as one word.
    if (word == "tps" || word == "tflops" || word == "gflops") {
      unit.of = word == "tps" ? "token" : word;
      unit.over.push_back("s");
    } else if (unit.of.empty()) {
      unit.of = plain(word);
    } else {
      unit.over.push_back(plain(word));
    }
  }
  return unit;
}

std::optional<double> seconds_in(std::string_view unit) {
  if (unit == "s") return 1;
  if (unit == "ms") return 1e-3;
  if (unit == "us") return 1e-6;
  return std::nullopt;
}

/// Tokens that a rate counts: the prompt's of a prefill, else the new ones.
double counted_tokens(const MeasuredRow& row) {
  if (row.phase == "prefill") return row.context.value_or(0);
  return row.phase == "e2e" ? row.generated.value_or(0) : 1;
}

}  // namespace

bool states_speedup(const MeasuredRow& row) {
  const std::string unit = unit_of(row.unit).of;
  if (!unit.empty()) return unit == "x";
  const Words metric = words_of(row.metric);
  return has_word(metric, "speedup") || (has_word(metric, "speed") && has_word(metric, "up"));
}

std::optional<double> seconds_of(const MeasuredRow& row, std::optional<double> value) {
  if (!value || *value <= 0) return std::nullopt;
  const StatedUnit unit = unit_of(row.unit);
  const double batch = unit.per("user") ? 1 : row.batch.value_or(1);
  if (const auto scale = seconds_in(unit.of)) {
    return *value * *scale * (unit.per("token") ? counted_tokens(row) : 1);
  }
  if (!unit.per("s")) return std::nullopt;
  const double rate = *value * (unit.per("gpu") ? row.devices.value_or(1) : 1);
  if (unit.of == "token") return batch * counted_tokens(row) / rate;
  if (unit.of == "sequence") return batch / rate;
  if (unit.of == "step") return 1 / rate;
  if ((unit.of == "tflops" || unit.of == "gflops") && row.m && row.n && row.k) {
    return 2 * *row.m * *row.n * *row.k / (rate * (unit.of == "tflops" ? 1e12 : 1e9));
  }
  return std::nullopt;
}

}  // namespace crossover
