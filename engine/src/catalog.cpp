#include "crossover/catalog.h"

#include <algorithm>
#include <array>

#include "crossover/spec_json.h"
#include "spec_fields.h"

namespace crossover {
namespace {

constexpr std::size_t largest_record_bytes = 1 << 20;
constexpr std::size_t most_added = 1000;

std::size_t index_of(SpecKind kind) { return static_cast<std::size_t>(kind); }

std::string_view name_of(SpecKind kind) { return spec_kind_names[index_of(kind)]; }

bool same_ignoring_case(std::string_view a, std::string_view b) {
  const auto fold = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return fold(x) == fold(y); });
}

/// How well `word` names the entry; the smallest wins. An exact alias comes before an id in another
/// case, so that the tutorial's "GPT2" and the "gpt2" of everyone else stay apart.
enum class Match { id, alias, id_ignoring_case, alias_ignoring_case, none };

Match match(const CatalogEntry& entry, std::string_view word) {
  if (entry.id == word) return Match::id;
  Match best = same_ignoring_case(entry.id, word) ? Match::id_ignoring_case : Match::none;
  for (const std::string& alias : entry.aliases) {
    if (alias == word) return Match::alias;
    if (best == Match::none && same_ignoring_case(alias, word)) best = Match::alias_ignoring_case;
  }
  return best;
}

/// The text before `separator`, which is taken off the front of `text` with it.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view front = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return front;
}

/// The texts of a JSON list of plain texts: ["a","b"].
std::vector<std::string> listed(std::string_view json) {
  std::vector<std::string> texts;
  take(json, '"');
  while (!json.empty()) {
    texts.emplace_back(take(json, '"'));
    take(json, '"');
  }
  return texts;
}

/// An entry from its embedded line; the record's JSON is put together again, not parsed.
CatalogEntry entry_of(std::string_view line) {
  CatalogEntry entry;
  entry.kind = static_cast<SpecKind>(take(line, '\t').front() - '0');
  entry.id = take(line, '\t');
  entry.name = take(line, '\t');
  const std::string_view aliases = take(line, '\t');
  entry.aliases = listed(aliases);
  entry.json = "{\"id\":\"" + entry.id + "\",";
  entry.json += entry.kind == SpecKind::source ? "\"title\":\"" : "\"name\":\"";
  entry.json += entry.name + "\"";
  if (!aliases.empty()) entry.json.append(",\"aliases\":").append(aliases);
  entry.json.append(line == "}" ? "" : ",").append(line);
  return entry;
}

/// "found "h10", which is no hardware; did you mean "h100-sxm"?" Every spelling is compared; the id
/// is what is offered.
Error unknown(std::string_view what, std::string_view word,
              const std::vector<const CatalogEntry*>& known, std::string_view path) {
  std::vector<std::string> spellings;
  std::vector<const CatalogEntry*> owners;
  for (const CatalogEntry* entry : known) {
    const auto add = [&](const std::string& spelling) {
      spellings.push_back(spelling);
      owners.push_back(entry);
    };
    add(entry->id);
    for (const std::string& alias : entry->aliases) add(alias);
    add(entry->name);
  }
  std::string message =
      "found " + shown(Json(std::string(word))) + ", which is no " + std::string(what);
  if (const auto near = nearest(word, spellings)) {
    const auto at = std::find(spellings.begin(), spellings.end(), *near) - spellings.begin();
    message += "; did you mean \"" + owners[static_cast<std::size_t>(at)]->id + "\"?";
  } else {
    std::vector<std::string> ids;
    for (const CatalogEntry* entry : known) ids.push_back(entry->id);
    message += "; allowed: " + some_of(ids);
  }
  return Error{ErrorCode::unknown_id, std::move(message), std::string(path)};
}

bool well_formed(std::string_view id) {
  if (id.empty() || id.size() > 64 || id.front() == '-') return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

/// Scenarios and sources are kept as they are; only their frame is read here.
Result<void> check_scenario(const Json& spec) {
  ObjectReader reader(spec, "");
  read_header(reader);
  if (!reader.has("scenario")) {
    reader.fail(ErrorCode::missing_field, "missing; an object is needed", "scenario");
  }
  reader.object("scenario");
  if (const auto error = reader.finish()) return tl::unexpected<Error>(*error);
  return {};
}

Result<void> check_source(const Json& spec) {
  ObjectReader reader(spec, "");
  for (const std::string_view key : {"id", "kind", "title"}) reader.text(key);
  for (const std::string_view key : {"url", "checked"}) reader.text_or(key, "");
  if (const auto error = reader.finish()) return tl::unexpected<Error>(*error);
  return {};
}

/// What a reader made of a record; null where it only checks.
using Kept = Result<std::shared_ptr<const void>>;

template <auto read>
Kept kept(const Json& spec, const std::string& path) {
  auto result = read(spec, path);
  if (!result) return tl::unexpected<Error>(result.error());
  return std::make_shared<const typename decltype(result)::value_type>(std::move(*result));
}

template <auto check>
Kept checked(const Json& spec, const std::string&) {
  const Result<void> result = check(spec);
  if (!result) return tl::unexpected<Error>(result.error());
  return nullptr;
}

/// In the order of SpecKind.
constexpr std::array<Kept (*)(const Json&, const std::string&), spec_kind_names.size()> readers{
    kept<read_hardware>, kept<read_model>,       kept<read_scheme>,       kept<read_kernel>,
    kept<read_runtime>,  kept<read_calibration>, checked<check_scenario>, checked<check_source>};

/// The record as the catalog keeps it; the reader has accepted it already.
CatalogEntry entry_of(SpecKind kind, const Json& spec) {
  CatalogEntry entry;
  entry.kind = kind;
  entry.id = spec.at("id").get<std::string>();
  // null stands for absent, as the readers have it.
  const auto name = spec.find(kind == SpecKind::source ? "title" : "name");
  entry.name = name != spec.end() && name->is_string() ? name->get<std::string>() : entry.id;
  const auto aliases = spec.find("aliases");
  if (aliases != spec.end() && aliases->is_array()) {
    entry.aliases = aliases->get<std::vector<std::string>>();
  }
  entry.json = json_text(spec);
  entry.added = true;
  return entry;
}

struct KvSuffix {
  std::string_view text;
  double bits;
};
constexpr std::array<KvSuffix, 3> kv_suffixes{{{"-kv16", 16}, {"-kv8", 8}, {"-kv4", 4}}};

}  // namespace

Catalog::Catalog() {
  for (std::string_view text : embedded_library()) {
    while (!text.empty()) entries_.push_back(entry_of(take(text, '\n')));
  }
}

const CatalogEntry* Catalog::find(SpecKind kind, std::string_view id) const {
  const CatalogEntry* found = nullptr;
  Match best = Match::none;
  for (const CatalogEntry& entry : entries_) {
    if (entry.kind != kind) continue;
    const Match m = match(entry, id);
    if (m < best) {
      best = m;
      found = &entry;
    }
  }
  return found;
}

Result<const void*> Catalog::parsed(SpecKind kind, std::string_view id, std::string_view path) {
  Shelf& shelf = shelves_[index_of(kind)];
  if (const auto it = shelf.find(id); it != shelf.end()) return it->second.get();
  const CatalogEntry* entry = find(kind, id);
  if (entry == nullptr) {
    return tl::unexpected<Error>(unknown(name_of(kind), id, entries(kind), path));
  }
  std::shared_ptr<const void> spec;
  if (const auto it = shelf.find(entry->id); it != shelf.end()) {
    spec = it->second;
  } else {
    const auto json = parse_json(entry->json, largest_record_bytes);
    if (!json) return tl::unexpected<Error>(json.error());
    auto read = readers[index_of(kind)](*json, std::string(name_of(kind)) + "/" + entry->id);
    if (!read) return tl::unexpected<Error>(read.error());
    spec = std::move(*read);
    shelf.emplace(entry->id, spec);
  }
  if (match(*entry, id) == Match::alias) shelf.emplace(id, spec);
  return spec.get();
}

template <class Spec>
Result<const Spec*> Catalog::get(SpecKind kind, std::string_view id, std::string_view path) {
  const auto found = parsed(kind, id, path);
  if (!found) return tl::unexpected<Error>(found.error());
  return static_cast<const Spec*>(*found);
}

Result<const Hardware*> Catalog::hardware(std::string_view id, std::string_view path) {
  return get<Hardware>(SpecKind::hardware, id, path);
}
Result<const Model*> Catalog::model(std::string_view id, std::string_view path) {
  return get<Model>(SpecKind::model, id, path);
}
Result<const Kernel*> Catalog::kernel(std::string_view id, std::string_view path) {
  return get<Kernel>(SpecKind::kernel, id, path);
}
Result<const Runtime*> Catalog::runtime(std::string_view id, std::string_view path) {
  return get<Runtime>(SpecKind::runtime, id, path);
}

Result<Scheme> Catalog::scheme(std::string_view id, std::string_view path) {
  const auto whole = get<Scheme>(SpecKind::scheme, id, path);
  if (whole) return **whole;
  for (const KvSuffix& suffix : kv_suffixes) {
    if (!id.ends_with(suffix.text)) continue;
    const auto base =
        get<Scheme>(SpecKind::scheme, id.substr(0, id.size() - suffix.text.size()), path);
    if (!base) return tl::unexpected<Error>(base.error());
    Scheme scheme = **base;
    scheme.kv_bits = suffix.bits;
    scheme.id += suffix.text;
    scheme.name += ", KV cache at " + std::string(suffix.text.substr(3)) + " bits";
    return scheme;
  }
  return tl::unexpected<Error>(whole.error());
}

Result<const Calibration*> Catalog::calibration(std::string_view id, std::string_view path) {
  return get<Calibration>(SpecKind::calibration, id, path);
}

std::vector<const CatalogEntry*> Catalog::entries(SpecKind kind) const {
  std::vector<const CatalogEntry*> found;
  for (const CatalogEntry& entry : entries_) {
    if (entry.kind == kind) found.push_back(&entry);
  }
  return found;
}

Result<const CatalogEntry*> Catalog::describe(std::string_view id) const {
  // "runtime/turbomind" is not "kernel/turbomind".
  const std::size_t slash = std::min(id.find('/'), id.size());
  const auto kind = std::find(spec_kind_names.begin(), spec_kind_names.end(), id.substr(0, slash));
  const bool named = slash < id.size() && kind != spec_kind_names.end();
  const auto index = static_cast<SpecKind>(kind - spec_kind_names.begin());
  if (named) {
    if (const CatalogEntry* entry = find(index, id.substr(slash + 1))) return entry;
  }
  const CatalogEntry* found = nullptr;
  Match best = Match::none;
  for (const CatalogEntry& entry : entries_) {
    const Match m = match(entry, id);
    if (m < best) {
      best = m;
      found = &entry;
    }
  }
  if (found != nullptr) return found;
  if (named) {
    return tl::unexpected<Error>(unknown(*kind, id.substr(slash + 1), entries(index), "id"));
  }
  std::vector<const CatalogEntry*> all;
  for (const CatalogEntry& entry : entries_) all.push_back(&entry);
  return tl::unexpected<Error>(unknown("spec", id, all, "id"));
}

Result<std::string> Catalog::add(SpecKind kind, const Json& spec) {
  if (const auto read = readers[index_of(kind)](spec, ""); !read)
    return tl::unexpected<Error>(read.error());
  CatalogEntry entry = entry_of(kind, spec);
  if (!well_formed(entry.id)) {
    return fail(
        ErrorCode::out_of_range,
        "found " + shown(Json(entry.id)) +
            "; an id has at most 64 lower-case letters, digits, dots, hyphens and underscores",
        "id");
  }
  if (entry.json.size() > largest_record_bytes) {
    return fail(ErrorCode::too_large, "found " + std::to_string(entry.json.size()) +
                                          " bytes; at most " +
                                          std::to_string(largest_record_bytes) + " are taken");
  }
  const auto added = std::count_if(entries_.begin(), entries_.end(),
                                   [](const CatalogEntry& other) { return other.added; });
  if (static_cast<std::size_t>(added) >= most_added) {
    return fail(ErrorCode::too_large,
                "found " + std::to_string(added) + " added specs already; no more are taken");
  }
  const auto taken = [&](const std::string& name) {
    return std::any_of(entries_.begin(), entries_.end(), [&](const CatalogEntry& other) {
      return other.kind == kind && match(other, name) <= Match::alias;
    });
  };
  const auto duplicate = [](const std::string& name, std::string path) {
    return fail(ErrorCode::duplicate_id, "found " + shown(Json(name)) + ", which exists already",
                std::move(path));
  };
  if (taken(entry.id)) return duplicate(entry.id, "id");
  for (std::size_t i = 0; i < entry.aliases.size(); ++i) {
    if (taken(entry.aliases[i])) {
      return duplicate(entry.aliases[i], "aliases[" + std::to_string(i) + "]");
    }
  }
  std::string id = entry.id;
  const auto place = std::upper_bound(entries_.begin(), entries_.end(), entry,
                                      [](const CatalogEntry& a, const CatalogEntry& b) {
                                        return a.kind != b.kind ? a.kind < b.kind : a.id < b.id;
                                      });
  entries_.insert(place, std::move(entry));
  return id;
}

}  // namespace crossover
