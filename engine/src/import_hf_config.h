// Reads a Hugging Face configuration: every quantity under the several names that it goes by, and
// an account of the keys that nobody asked for.
#pragma once

#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crossover/import_hf.h"
#include "crossover/json_reader.h"
#include "crossover/model.h"

namespace crossover::hugging_face {

using Names = std::initializer_list<std::string_view>;

class Config {
 public:
  Config(const Json& json, std::string path)
      : json_(json), path_(path), reader_(json, std::move(path)) {}

  /// The value under the first of the names that is present and not null. All count as read.
  double whole(Names names, Range range);
  double whole_or(Names names, double fallback, Range range);
  bool flag_or(std::string_view name, bool fallback);
  std::string text_or(std::string_view name, std::string_view fallback);
  const Json* find(std::string_view name);
  bool has(std::string_view name) { return find(name) != nullptr; }

  void fail(ErrorCode code, std::string message, std::string_view name) {
    reader_.fail(code, std::move(message), name);
  }
  /// Takes over what went wrong in a part of this config.
  void adopt(Config& part);
  /// Names a key that was understood and left out.
  void leave_out(std::string_view name, std::string reason);
  /// Adds the keys that nobody asked for and that may mean something.
  void leave_out_unread();

  bool failed() const { return reader_.failed(); }
  Error error() { return *reader_.finish(); }
  std::string path_of(std::string_view name) const { return reader_.path_of(name); }
  const std::vector<Unmapped>& unmapped() const { return unmapped_; }

 private:
  std::string_view first_of(Names names);
  const Json& json_;
  std::string path_;
  ObjectReader reader_;
  std::set<std::string, std::less<>> read_;
  std::vector<Unmapped> unmapped_;
};

/// Fills the shape from a config of one of the known architectures. Errors stay in `config`.
void read_architecture(Config& config, std::string_view model_type, Model& model);
/// The model_types that read_architecture knows.
std::vector<std::string> known_model_types();

/// The scheme that a quantization_config describes, as a record; null where its method is not known
/// (then `config` names it). `dtype` is the format of activations in weight-only schemes.
Json read_quantization(Config& config, std::string_view dtype);

/// Writes a field of a record; zero and false are what an absent field means, and stay out. (Out of
/// line: writing JSON in place costs a download more than it saves in time.)
void put(Json& record, std::string_view key, double value);
void put(Json& record, std::string_view key, bool value);
void put(Json& record, std::string_view key, std::string_view value);
inline void put(Json& record, std::string_view key, const char* value) {
  put(record, key, std::string_view(value));
}
Json& put_object(Json& record, std::string_view key);

/// The record of a model, as the files in specs/models have it.
Json record_of(const Model& model);

}  // namespace crossover::hugging_face
