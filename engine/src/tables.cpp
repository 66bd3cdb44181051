#include "crossover/tables.h"

#include <array>
#include <initializer_list>

#include "crossover/json_record.h"
#include "crossover/tutorial_json.h"

namespace crossover {
namespace {

// ---- What is asked for
// ----------------------------------------------------------------------------------------------

/// The published rows: one language model decoding, one image model training.
struct Subject {
  std::string model, hardware;
  double batch;
};
const Subject decode_subject{"Llama3_8B", "H100", 1};
const Subject training_subject{"ResNet50_4p1G", "A100", 256};
constexpr double published_context = 2048;
constexpr double published_efficiency = 0.5;

constexpr std::array<Format, 3> compared{Format::fp16, Format::int8, Format::int4};

struct Request {
  Subject subject;   ///< of the table; of regimes' decode half
  Subject training;  ///< of regimes' training half
  double context = published_context;
  double efficiency = published_efficiency;
  Calibration calibration;
};

/// The fields that name a subject.
struct SubjectKeys {
  std::string_view model, hardware, batch;
};
constexpr SubjectKeys own_keys{"model", "hardware", "batch"};
constexpr SubjectKeys training_keys{"training_model", "training_hardware", "training_batch"};

Subject read_subject(ObjectReader& reader, const Subject& published, const SubjectKeys& keys) {
  return {std::string(reader.text_or(keys.model, published.model)),
          std::string(reader.text_or(keys.hardware, published.hardware)),
          reader.whole_or(keys.batch, published.batch, tutorial_range::batch)};
}

Result<Request> read_request(Catalog& catalog, const Json& json, const Subject& published,
                             bool with_training) {
  const Json object = json.is_null() ? Json::object() : json;
  ObjectReader reader(object, "");
  constexpr std::array<std::string_view, 1> lenses{"tutorial"};
  reader.choice_or("lens", lenses, 0);
  Request request;
  request.subject = read_subject(reader, published, own_keys);
  if (with_training) request.training = read_subject(reader, training_subject, training_keys);
  request.context = reader.whole_or("context", published_context, tutorial_range::context);
  request.efficiency =
      reader.number_or("efficiency", published_efficiency, tutorial_range::efficiency);
  const std::string_view calibration = reader.text_or("calibration", default_calibration);
  if (const auto error = reader.finish()) return tl::unexpected(*error);
  const Result<const Calibration*> found = catalog.calibration(calibration);
  if (!found) return tl::unexpected(found.error());
  request.calibration = **found;
  return request;
}

// ---- What is computed
// -------------------------------------------------------------------------------------------------

template <class R>
struct AtPrecision {
  Format precision;
  R result;
};
template <class R>
using Series = std::vector<AtPrecision<R>>;

struct Pair {
  const TutorialModel& model;
  const TutorialHardware& hardware;
};

Result<Pair> look_up(Catalog& catalog, const Subject& subject, const std::string& prefix = "") {
  const auto model = tutorial_model(catalog, subject.model, prefix + "model");
  if (!model) return tl::unexpected(model.error());
  const auto hardware = tutorial_hardware(catalog, subject.hardware, prefix + "hardware");
  if (!hardware) return tl::unexpected(hardware.error());
  return Pair{**model, **hardware};
}

TutorialSettings settings_at(const Request& request, Format precision, double batch) {
  return settings_of(request.calibration, precision, batch, request.efficiency);
}

Result<Series<ServingResult>> decode_series(const Request& request, const Pair& pair) {
  Series<ServingResult> series;
  for (const Format precision : compared) {
    const Result<ServingResult> served =
        serve(pair.model, pair.hardware, settings_at(request, precision, request.subject.batch),
              request.context);
    if (!served) return tl::unexpected(served.error());
    series.push_back({precision, *served});
  }
  return series;
}

Series<StepResult> step_series(const Request& request, const Pair& pair, double batch) {
  Series<StepResult> series;
  for (const Format precision : compared) {
    series.push_back(
        {precision, step(pair.model, pair.hardware, settings_at(request, precision, batch))});
  }
  return series;
}

// ---- What is handed back
// ----------------------------------------------------------------------------------------------

struct Column {
  std::string_view key, unit;
};

Json table_of(std::string_view name, std::initializer_list<Column> columns) {
  Json table = record({{"name", name},
                       {"columns", Json::array()},
                       {"rows", Json::array()},
                       {"notes", Json::array()}});
  for (const Column& column : columns) {
    append(table["columns"], {{"key", column.key}, {"unit", column.unit}});
  }
  return table;
}

/// Adds the note once, where it applies.
void note(Json& table, std::string_view key, bool applies = true) {
  Json& notes = table["notes"];
  if (!applies) return;
  for (const Json& present : notes) {
    if (present.get_ref<const std::string&>() == key) return;
  }
  notes.push_back(key);
}

void note_calibration(Json& table, const Request& request) {
  note(table, "fitted_calibration", !request.calibration.fitted.empty());
}

// ---- The tables
// ---------------------------------------------------------------------------------------------------------

Result<Json> bytes_per_parameter(Catalog& catalog, const Json& json) {
  const Result<Request> request = read_request(catalog, json, decode_subject, false);
  if (!request) return tl::unexpected(request.error());
  const Result<Pair> pair = look_up(catalog, request->subject);
  if (!pair) return tl::unexpected(pair.error());
  Json table = table_of("bytes_per_parameter", {{"precision", "text"},
                                                {"bits", "bits"},
                                                {"bytes_per_parameter", "bytes"},
                                                {"weight_bytes", "bytes"},
                                                {"ratio_to_fp16", "ratio"}});
  const Bytes at_fp16 = weights_of(pair->model, bits_of(Format::fp16));
  for (const Format precision : {Format::fp32, Format::fp16, Format::int8, Format::int4}) {
    const double bits = bits_of(precision);
    const Bytes weights = weights_of(pair->model, bits);
    append(table["rows"], {{"precision", name_of(precision)},
                           {"bits", bits},
                           {"bytes_per_parameter", bytes_of(1, bits).in(bytes)},
                           {"weight_bytes", weights.in(bytes)},
                           {"ratio_to_fp16", weights / at_fp16}});
  }
  note(table, "fixed_size", !pair->model.parameters);
  return table;
}

Result<Json> decode(Catalog& catalog, const Json& json) {
  const Result<Request> request = read_request(catalog, json, decode_subject, false);
  if (!request) return tl::unexpected(request.error());
  const Result<Pair> pair = look_up(catalog, request->subject);
  if (!pair) return tl::unexpected(pair.error());
  const Result<Series<ServingResult>> series = decode_series(*request, *pair);
  if (!series) return tl::unexpected(series.error());
  Json table = table_of("decode", {{"precision", "text"},
                                   {"itl_s", "s"},
                                   {"weight_bytes", "bytes"},
                                   {"kv_bytes", "bytes"},
                                   {"total_bytes", "bytes"},
                                   {"speedup", "ratio"},
                                   {"feasible", "flag"},
                                   {"fallback", "flag"}});
  const Time at_fp16 = series->front().result.itl;
  for (const auto& [precision, result] : *series) {
    append(table["rows"], {{"precision", name_of(precision)},
                           {"itl_s", result.itl.in(seconds)},
                           {"weight_bytes", result.weights.in(bytes)},
                           {"kv_bytes", result.kv.in(bytes)},
                           {"total_bytes", result.total.in(bytes)},
                           {"speedup", at_fp16 / result.itl},
                           {"feasible", result.feasible},
                           {"fallback", result.fallback}});
    note(table, "does_not_fit", !result.feasible);
  }
  note(table, "kv_follows_weights");
  note(table, "no_compute_ceiling");
  note_calibration(table, *request);
  return table;
}

Result<Json> training(Catalog& catalog, const Json& json) {
  const Result<Request> request = read_request(catalog, json, training_subject, false);
  if (!request) return tl::unexpected(request.error());
  const Result<Pair> pair = look_up(catalog, request->subject);
  if (!pair) return tl::unexpected(pair.error());
  Json table = table_of("training", {{"precision", "text"},
                                     {"latency_s", "s"},
                                     {"throughput", "per_s"},
                                     {"speedup", "ratio"},
                                     {"compute_s", "s"},
                                     {"memory_s", "s"},
                                     {"bottleneck", "text"},
                                     {"feasible", "flag"},
                                     {"fallback", "flag"}});
  const Series<StepResult> series = step_series(*request, *pair, request->subject.batch);
  const Time at_fp16 = series.front().result.latency;
  note(table, "forward_pass_only");
  for (const auto& [precision, result] : series) {
    append(table["rows"], {{"precision", name_of(precision)},
                           {"latency_s", result.latency.in(seconds)},
                           {"throughput", result.throughput.in(per_second)},
                           {"speedup", at_fp16 / result.latency},
                           {"compute_s", result.compute.in(seconds)},
                           {"memory_s", result.memory.in(seconds)},
                           {"bottleneck", bottleneck_name(result.memory_bound)},
                           {"feasible", result.feasible},
                           {"fallback", result.fallback}});
    note(table, "fallback_fp16_peak", result.fallback);
    note(table, "does_not_fit", !result.feasible);
  }
  note_calibration(table, *request);
  return table;
}

Result<Json> regimes(Catalog& catalog, const Json& json) {
  const Result<Request> request = read_request(catalog, json, decode_subject, true);
  if (!request) return tl::unexpected(request.error());
  const Result<Pair> decoding = look_up(catalog, request->subject);
  if (!decoding) return tl::unexpected(decoding.error());
  const Result<Pair> trained = look_up(catalog, request->training, "training_");
  if (!trained) return tl::unexpected(trained.error());
  const Result<Series<ServingResult>> tokens = decode_series(*request, *decoding);
  if (!tokens) return tl::unexpected(tokens.error());
  const Series<StepResult> steps = step_series(*request, *trained, request->training.batch);

  Json table = table_of("regimes", {{"precision", "text"},
                                    {"decode_speedup", "ratio"},
                                    {"decode_regime", "text"},
                                    {"decode_intensity", "flop_per_byte"},
                                    {"decode_ridge", "flop_per_byte"},
                                    {"training_speedup", "ratio"},
                                    {"training_regime", "text"},
                                    {"training_intensity", "flop_per_byte"},
                                    {"training_ridge", "flop_per_byte"},
                                    {"fallback", "flag"}});
  const Flop flop_of_decode =
      decode_flop_of(decoding->model, request->context, request->subject.batch);
  for (std::size_t i = 0; i < compared.size(); ++i) {
    const ServingResult& token = (*tokens)[i].result;
    const StepResult& step = steps[i].result;
    const TutorialPeak peak = peak_of(decoding->hardware, compared[i]);
    const Intensity intensity = flop_of_decode / token.total;
    const Intensity ridge =
        peak.rate / (decoding->hardware.memory_bandwidth * request->calibration.decode_bandwidth);
    const Intensity reached = ridge * request->efficiency;
    append(table["rows"], {{"precision", name_of(compared[i])},
                           {"decode_speedup", tokens->front().result.itl / token.itl},
                           {"decode_regime", bottleneck_name(memory_bound(intensity, reached))},
                           {"decode_intensity", intensity.in(flop_per_byte)},
                           {"decode_ridge", ridge.in(flop_per_byte)},
                           {"training_speedup", steps.front().result.latency / step.latency},
                           {"training_regime", bottleneck_name(step.memory_bound)},
                           {"training_intensity", step.intensity.in(flop_per_byte)},
                           {"training_ridge", step.ridge.in(flop_per_byte)},
                           {"fallback", peak.fallback || step.fallback}});
    note(table, "fallback_fp16_peak", peak.fallback || step.fallback);
    note(table, "does_not_fit", !token.feasible || !step.feasible);
    note(table, "between_ridges",
         (intensity >= reached && intensity < ridge) ||
             (step.intensity >= step.ridge_at_efficiency && step.intensity < step.ridge));
  }
  note(table, "first_order_intensity");
  note(table, "no_compute_ceiling");
  note(table, "forward_pass_only");
  note_calibration(table, *request);
  return table;
}

Result<Json> compression(Catalog& catalog, const Json& json) {
  const Result<Request> request = read_request(catalog, json, decode_subject, false);
  if (!request) return tl::unexpected(request.error());
  const Result<Pair> pair = look_up(catalog, request->subject);
  if (!pair) return tl::unexpected(pair.error());
  Json table = table_of("compression", {{"method", "text"},
                                        {"bits", "bits"},
                                        {"sparsity_pct", "percent"},
                                        {"pattern", "text"},
                                        {"weight_bytes", "bytes"},
                                        {"ratio", "ratio"},
                                        {"delta", "fraction"},
                                        {"savings_pct", "percent"},
                                        {"speedup", "ratio"}});
  constexpr double percent = 100;
  const auto add = [&table](Json row, const CompressionResult& result) {
    row["weight_bytes"] = result.compressed.in(bytes);
    row["ratio"] = result.ratio;
    row["delta"] = result.accuracy_delta;
    row["savings_pct"] = result.savings * percent;
    row["speedup"] = result.speedup;
    table["rows"].push_back(std::move(row));
  };
  for (const double bits : {16.0, 8.0, 4.0}) {
    add({{"method", "quantization"},
         {"bits", bits},
         {"sparsity_pct", nullptr},
         {"pattern", nullptr}},
        quantize(pair->model, pair->hardware, bits));
  }
  for (const double sparsity : {0.5, 0.75, 0.9}) {
    add({{"method", "pruning"},
         {"bits", nullptr},
         {"sparsity_pct", sparsity * percent},
         {"pattern", "unstructured"}},
        prune(pair->model, sparsity, PruningPattern::unstructured));
  }
  note(table, "baseline_is_fp32");
  note(table, "accuracy_is_a_rule");
  return table;
}

struct Entry {
  std::string_view name;
  Result<Json> (*make)(Catalog&, const Json&);
};
constexpr std::array<Entry, 5> entries{{{"bytes_per_parameter", bytes_per_parameter},
                                        {"decode", decode},
                                        {"training", training},
                                        {"regimes", regimes},
                                        {"compression", compression}}};

}  // namespace

Result<Json> table(Catalog& catalog, std::string_view name, const Json& request) {
  std::vector<std::string> known;
  for (const Entry& entry : entries) {
    if (entry.name == name) return entry.make(catalog, request);
    known.emplace_back(entry.name);
  }
  return fail(ErrorCode::unknown_id, not_among("table", name, known), "name");
}

}  // namespace crossover
