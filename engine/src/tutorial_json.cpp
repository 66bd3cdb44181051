// TutorialScenario in, one of its four results out.
#include "crossover/tutorial_json.h"

#include <array>

#include "crossover/json_record.h"

namespace crossover {
namespace {

enum class Question { serving, step, compression, regime };
constexpr std::array<std::string_view, 4> question_names{"serving", "step", "compression",
                                                         "regime"};

constexpr std::array<Format, 8> precisions{Format::fp32, Format::tf32, Format::fp16, Format::bf16,
                                           Format::fp8,  Format::int8, Format::int4, Format::fp4};
constexpr auto precision_names = []() {
  std::array<std::string_view, precisions.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = name_of(precisions[i]);
  return names;
}();
constexpr std::size_t default_precision = 2;  // fp16

enum class Method { quantization, pruning };
constexpr std::array<std::string_view, 2> method_names{"quantization", "pruning"};
constexpr std::array<std::string_view, 3> pattern_names{"unstructured", "structured", "n_m"};

/// The scenario's fields as they were given, which have to outlive it; ids are looked up by the
/// question that needs them.
struct Request {
  Question question = Question::serving;
  std::optional<std::string_view> model, hardware;
  Format precision = Format::fp16;
  double batch = 1;
  double context = 2048;
  double cached_prefix = 0;
  double efficiency = 0.5;
  std::string_view calibration;
  std::optional<Time> layer_overhead;
  std::optional<Method> method;
  std::optional<double> bits, sparsity;
  PruningPattern pattern = PruningPattern::unstructured;
  std::optional<double> intensity, ridge;
};

Result<Request> read_request(const Json& json) {
  ObjectReader reader(json, "");
  constexpr std::array<std::string_view, 1> lenses{"tutorial"};
  reader.choice_or("lens", lenses, 0);
  Request request;
  request.question = static_cast<Question>(reader.choice("question", question_names));
  request.model = reader.optional_text("model");
  request.hardware = reader.optional_text("hardware");
  request.precision = precisions[reader.choice_or("precision", precision_names, default_precision)];
  request.batch = reader.whole_or("batch", request.batch, tutorial_range::batch);
  request.context = reader.whole_or("context", request.context, tutorial_range::context);
  request.cached_prefix = reader.whole_or("cached_prefix", 0, tutorial_range::context);
  request.efficiency =
      reader.number_or("efficiency", request.efficiency, tutorial_range::efficiency);
  request.calibration = reader.text_or("calibration", default_calibration);
  request.layer_overhead =
      reader.optional_quantity("layer_overhead_s", seconds, tutorial_range::layer_overhead);
  if (reader.has("method")) {
    request.method = static_cast<Method>(reader.choice("method", method_names));
  }
  request.bits = reader.optional_whole("bits", tutorial_range::bits);
  request.sparsity = reader.optional_number("sparsity", tutorial_range::sparsity);
  request.pattern = static_cast<PruningPattern>(reader.choice_or("pattern", pattern_names, 0));
  request.intensity = reader.optional_number("intensity_flop_per_byte", tutorial_range::intensity);
  request.ridge = reader.optional_number("ridge_flop_per_byte", tutorial_range::intensity);
  if (const auto error = reader.finish()) return tl::unexpected(*error);
  return request;
}

tl::unexpected<Error> missing(std::string_view key, std::string_view what) {
  return fail(ErrorCode::missing_field, "missing; " + std::string(what) + " is needed",
              std::string(key));
}

Result<const TutorialModel*> model_of(Catalog& catalog, const Request& request) {
  if (!request.model) return missing("model", "the id of a model");
  return tutorial_model(catalog, *request.model, "model");
}

Result<const TutorialHardware*> hardware_of(Catalog& catalog, const Request& request) {
  if (!request.hardware) return missing("hardware", "the id of a device");
  return tutorial_hardware(catalog, *request.hardware, "hardware");
}

/// What serving and step have in common: `answer` takes the request with its model, its device, its
/// settings and the id of their calibration.
template <class Answer>
Result<Json> timed(Catalog& catalog, const Request& request, Answer answer) {
  const Result<const TutorialModel*> model = model_of(catalog, request);
  if (!model) return tl::unexpected(model.error());
  const Result<const TutorialHardware*> hardware = hardware_of(catalog, request);
  if (!hardware) return tl::unexpected(hardware.error());
  const Result<const Calibration*> calibration = catalog.calibration(request.calibration);
  if (!calibration) return tl::unexpected(calibration.error());
  TutorialSettings settings =
      settings_of(**calibration, request.precision, request.batch, request.efficiency);
  if (request.layer_overhead) settings.layer_overhead = *request.layer_overhead;
  return answer(request, **model, **hardware, settings, (*calibration)->id);
}

std::string_view name_of(Question question) {
  return question_names[static_cast<std::size_t>(question)];
}

Result<Json> answer_serving(const Request& request, const TutorialModel& model,
                            const TutorialHardware& hardware, const TutorialSettings& settings,
                            const std::string& calibration) {
  const Result<ServingResult> served =
      serve(model, hardware, settings, request.context, request.cached_prefix);
  if (!served) return tl::unexpected(served.error());
  return record({{"calibration", calibration},
                 {"capacity_bytes", served->capacity.in(bytes)},
                 {"fallback", served->fallback},
                 {"feasible", served->feasible},
                 {"itl_s", served->itl.in(seconds)},
                 {"kv_bytes", served->kv.in(bytes)},
                 {"lens", "tutorial"},
                 {"precision", name_of(request.precision)},
                 {"question", name_of(request.question)},
                 {"total_bytes", served->total.in(bytes)},
                 {"ttft_s", served->ttft.in(seconds)},
                 {"weight_bytes", served->weights.in(bytes)}});
}

Json answer_step(const Request& request, const TutorialModel& model,
                 const TutorialHardware& hardware, const TutorialSettings& settings,
                 const std::string& calibration) {
  const StepResult result = step(model, hardware, settings);
  return record({{"bottleneck", bottleneck_name(result.memory_bound)},
                 {"calibration", calibration},
                 {"capacity_bytes", result.capacity.in(bytes)},
                 {"compute_s", result.compute.in(seconds)},
                 {"energy_j", result.energy.in(joules)},
                 {"fallback", result.fallback},
                 {"feasible", result.feasible},
                 {"footprint_bytes", result.footprint.in(bytes)},
                 {"intensity", result.intensity.in(flop_per_byte)},
                 {"latency_s", result.latency.in(seconds)},
                 {"lens", "tutorial"},
                 {"memory_s", result.memory.in(seconds)},
                 {"mfu", result.mfu},
                 {"overhead_s", result.overhead.in(seconds)},
                 {"path", name_of(result.path)},
                 {"peak_bw_actual", result.bandwidth.in(bytes_per_second)},
                 {"precision", name_of(request.precision)},
                 {"question", name_of(request.question)},
                 {"ridge", result.ridge.in(flop_per_byte)},
                 {"ridge_at_efficiency", result.ridge_at_efficiency.in(flop_per_byte)},
                 {"throughput", result.throughput.in(per_second)}});
}

Result<CompressionResult> compress(Catalog& catalog, const Request& request) {
  const Result<const TutorialModel*> model = model_of(catalog, request);
  if (!model) return tl::unexpected(model.error());
  if (!request.method) return missing("method", "\"quantization\" or \"pruning\"");
  if (*request.method == Method::pruning) {
    if (!request.sparsity) return missing("sparsity", "the share of weights removed, 0 to 1,");
    if (request.hardware) {  // pruning does not ask the device, but a wrong id is an error all the
                             // same
      if (const auto hardware = hardware_of(catalog, request); !hardware) {
        return tl::unexpected(hardware.error());
      }
    }
    return prune(**model, *request.sparsity, request.pattern);
  }
  if (!request.bits) return missing("bits", "a whole number of bits a weight, 1 to 32,");
  const Result<const TutorialHardware*> hardware = hardware_of(catalog, request);
  if (!hardware) return tl::unexpected(hardware.error());
  return quantize(**model, **hardware, *request.bits);
}

Result<Json> answer_compression(Catalog& catalog, const Request& request) {
  const Result<CompressionResult> result = compress(catalog, request);
  if (!result) return tl::unexpected(result.error());
  constexpr double percent = 100;
  return record({{"compressed_bytes", result->compressed.in(bytes)},
                 {"delta", result->accuracy_delta},
                 {"lens", "tutorial"},
                 {"method", method_names[static_cast<std::size_t>(*request.method)]},
                 {"original_bytes", result->original.in(bytes)},
                 {"question", name_of(request.question)},
                 {"ratio", result->ratio},
                 {"savings_pct", result->savings * percent},
                 {"speedup", result->speedup}});
}

Result<Json> answer_regime(Catalog& catalog, const Request& request) {
  if (!request.intensity) {
    return missing("intensity_flop_per_byte", "the workload's FLOP for each byte moved");
  }
  Intensity ridge = flop_per_byte(request.ridge.value_or(0));
  if (!request.ridge) {
    if (!request.hardware) return missing("ridge_flop_per_byte", "a ridge point, or hardware,");
    const Result<const TutorialHardware*> hardware = hardware_of(catalog, request);
    if (!hardware) return tl::unexpected(hardware.error());
    ridge = peak_of(**hardware, request.precision).rate / (*hardware)->memory_bandwidth;
  }
  const bool memory = memory_bound(flop_per_byte(*request.intensity), ridge);
  return record({{"bottleneck", bottleneck_name(memory)},
                 {"intensity", *request.intensity},
                 {"lens", "tutorial"},
                 {"memory_bound", memory},
                 {"question", name_of(request.question)},
                 {"ridge", ridge.in(flop_per_byte)}});
}

}  // namespace

Result<Json> evaluate_tutorial(Catalog& catalog, const Json& scenario) {
  const Result<Request> request = read_request(scenario);
  if (!request) return tl::unexpected(request.error());
  switch (request->question) {
    case Question::serving:
      return timed(catalog, *request, answer_serving);
    case Question::step:
      return timed(catalog, *request, answer_step);
    case Question::compression:
      return answer_compression(catalog, *request);
    case Question::regime:
      return answer_regime(catalog, *request);
  }
  return fail(ErrorCode::internal, "a question without an answer", "question");
}

}  // namespace crossover
