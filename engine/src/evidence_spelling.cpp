// Spellings: the words of a published name, and the record of the library that it means.

#include <algorithm>
#include <cctype>

#include "evidence_parts.h"

namespace crossover {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// Letters that make a name: "rtx" and "llama" do, the "a" of "a100" and the "gb" of "80gb" do not.
constexpr std::size_t name_letters = 3;

/// A word in parts where a name is glued to a number: "rtx4090", "4090rtx", "qwen2.5", "885mhz".
void split_into(const std::string& word, Words& parts) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i;
    while (end < word.size() && is_letter(word[end]) == is_letter(word[i])) ++end;
    const bool name = is_letter(word[i]) && end - i >= name_letters;
    if (name && i > start && is_digit(word[i - 1])) {
      parts.push_back(word.substr(start, i - start));
      start = i;
    }
    if (name && end < word.size() && is_digit(word[end])) {
      parts.push_back(word.substr(start, end - start));
      start = end;
    }
    i = end;
  }
  if (start < word.size()) parts.push_back(word.substr(start));
}

bool ends_with_affix(const std::string& word, const std::string& affix) {
  return word.size() > affix.size() + 2 && word.ends_with(affix) &&
         is_digit(word[word.size() - affix.size() - 1]);
}

bool starts_with_affix(const std::string& word, const std::string& affix) {
  return word.size() > affix.size() + 1 && word.starts_with(affix) && is_digit(word.back());
}

}  // namespace

Words words_of(std::string_view text) {
  Words words;
  std::string word;
  const auto flush = [&] {
    while (!word.empty() && word.back() == '.') word.pop_back();
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || (c == '.' && !word.empty())) {
      word += static_cast<char>(std::tolower(byte));
    } else {
      flush();
    }
  }
  flush();
  return words;
}

bool has_word(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Words with_parts(Words words) {
  Words parts;
  for (const std::string& word : words) split_into(word, parts);
  for (std::string& part : parts) {
    if (!has_word(words, part)) words.push_back(std::move(part));
  }
  return words;
}

Words Spelling::words(std::string_view text) const {
  Words parts;
  for (std::string word : words_of(text)) {
    for (const std::string& brand : brands) {
      if (starts_with_affix(word, brand)) {
        parts.push_back(brand);
        word.erase(0, brand.size());
      }
    }
    std::string tail;
    for (const std::string& variant : variants) {
      if (tail.empty() && ends_with_affix(word, variant)) {
        tail = variant;
        word.resize(word.size() - variant.size());
      }
    }
    split_into(word, parts);
    if (!tail.empty()) parts.push_back(tail);
  }
  return parts;
}

std::size_t Spelling::matched(const Words& name, std::string_view spelling) const {
  Words wanted = words(spelling);
  std::erase_if(wanted, [&](const std::string& word) { return has_word(brands, word); });
  const bool all = std::all_of(wanted.begin(), wanted.end(),
                               [&](const std::string& word) { return has_word(name, word); });
  const bool other = std::any_of(variants.begin(), variants.end(), [&](const std::string& word) {
    return has_word(name, word) && !has_word(wanted, word);
  });
  return all && !other ? wanted.size() : 0;
}

std::string Spelling::record(const Catalog& catalog, SpecKind kind, const Words& name) const {
  std::string best;
  std::size_t most = 0;
  for (const CatalogEntry* entry : catalog.entries(kind)) {
    const auto consider = [&](const std::string& spelling) {
      const std::size_t words = matched(name, spelling);
      if (words > most) most = words, best = entry->id;
    };
    consider(entry->id);
    for (const std::string& alias : entry->aliases) consider(alias);
  }
  return best;
}

}  // namespace crossover
