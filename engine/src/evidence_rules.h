// Rules of specs/measurements/aliases.json: their conditions, and their fields of any type.
#pragma once

#include <algorithm>

#include "evidence_parts.h"

namespace crossover {

/// The rule's words all stand in the name. A rule without words applies to every name.
inline bool applies(const Json& rule, const Words& words) {
  if (!rule.is_object()) return false;
  const auto wanted = rule.find("words");
  if (wanted == rule.end()) return true;
  return std::all_of(wanted->begin(), wanted->end(), [&](const Json& word) {
    return word.is_string() && has_word(words, word.get_ref<const std::string&>());
  });
}

/// A condition of a rule holds where the rule does not state it.
inline bool same_text(const Json& rule, const char* key, std::string_view value) {
  if (!rule.is_object()) return false;
  const auto at = rule.find(key);
  return at == rule.end() || (at->is_string() && at->get_ref<const std::string&>() == value);
}
inline bool same_number(const Json& rule, const char* key, double value) {
  const auto at = rule.find(key);
  return at == rule.end() || (at->is_number() && at->get<double>() == value);
}

inline const Json& list_in(const Json& object, const char* key) {
  static const Json none = Json::array();
  const auto at = object.is_object() ? object.find(key) : object.end();
  return at != object.end() && at->is_array() ? *at : none;
}

/// A rule's field, or the fallback where it is absent or of another type.
inline std::string text_in(const Json& rule, const char* key, std::string_view fallback) {
  const auto at = rule.is_object() ? rule.find(key) : rule.end();
  return at != rule.end() && at->is_string() ? at->get<std::string>() : std::string(fallback);
}
inline double number_in(const Json& rule, const char* key, double fallback) {
  const auto at = rule.is_object() ? rule.find(key) : rule.end();
  return at != rule.end() && at->is_number() ? at->get<double>() : fallback;
}
/// The texts of a list.
inline Words texts_in(const Json& object, const char* key) {
  Words texts;
  for (const Json& text : list_in(object, key)) {
    if (text.is_string()) texts.push_back(text.get<std::string>());
  }
  return texts;
}

}  // namespace crossover
