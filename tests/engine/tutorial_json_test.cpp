// Tutorial scenarios as JSON: what is answered, what is refused and where.
#include "crossover/tutorial_json.h"

#include <doctest/doctest.h>

using namespace crossover;
using doctest::Approx;

namespace {

Json answer(const Json& scenario) {
  Catalog catalog;
  const Result<Json> result = evaluate_tutorial(catalog, scenario);
  if (!result) FAIL(result.error().path << ": " << result.error().message);
  return *result;
}

Error refusal(const Json& scenario) {
  Catalog catalog;
  const Result<Json> result = evaluate_tutorial(catalog, scenario);
  REQUIRE_FALSE(result);
  return result.error();
}

const Json serving{
    {"lens", "tutorial"}, {"question", "serving"}, {"model", "Llama3_8B"}, {"hardware", "H100"}};

Json with(Json scenario, const Json& changes) {
  scenario.update(changes);
  return scenario;
}

}  // namespace

TEST_CASE("serving defaults: FP16, batch 1, 2048 tokens, efficiency 0.5, calibration of May 2026") {
  const Json spelt = with(serving, {{"precision", "fp16"},
                                    {"batch", 1},
                                    {"context", 2048},
                                    {"cached_prefix", 0},
                                    {"efficiency", 0.5},
                                    {"calibration", "tutorial-2026-05"},
                                    {"layer_overhead_s", 1e-5}});
  CHECK(answer(serving) == answer(spelt));
  CHECK(answer(serving).at("calibration") == "tutorial-2026-05");
  CHECK(answer(serving).at("precision") == "fp16");
}

TEST_CASE("an overhead of its own replaces the calibration's, its decode bandwidth stays") {
  const Json march = with(serving, {{"calibration", "tutorial-2026-03"}, {"layer_overhead_s", 0}});
  CHECK(answer(march).at("itl_s").get<double>() ==
        Approx(16.328435456 / (3350 * 0.946)).epsilon(1e-12));
}

TEST_CASE("a step answers with its ridge point, the datasheet's and at the efficiency") {
  const Json result = answer({{"lens", "tutorial"},
                              {"question", "step"},
                              {"model", "ResNet50_4p1G"},
                              {"hardware", "A100"},
                              {"precision", "int8"},
                              {"batch", 256}});
  CHECK(result.at("ridge").get<double>() == Approx(624 / 2.039).epsilon(1e-12));
  CHECK(result.at("ridge_at_efficiency").get<double>() == Approx(312 / 2.039).epsilon(1e-12));
  CHECK(result.at("bottleneck") == "Compute");
  CHECK(result.at("path") == "hbm");
}

TEST_CASE("the two ResNet-50 records are told apart by their keys") {
  const Json key{{"lens", "tutorial"}, {"question", "step"}, {"hardware", "A100"}};
  CHECK(answer(with(key, {{"model", "ResNet50"}})).at("compute_s").get<double>() ==
        Approx(2 * answer(with(key, {{"model", "ResNet50_4p1G"}})).at("compute_s").get<double>())
            .epsilon(1e-12));
}

TEST_CASE(
    "the self-check: 5 FLOP a byte against 150 is memory-bound; the ridge may come from a device "
    "instead") {
  const Json check{{"lens", "tutorial"}, {"question", "regime"}, {"intensity_flop_per_byte", 5}};
  const Json given = answer(with(check, {{"ridge_flop_per_byte", 150}}));
  CHECK(given.at("memory_bound") == true);
  CHECK(given.at("bottleneck") == "Memory");
  const Json device = answer(with(check, {{"hardware", "A100"}, {"precision", "int8"}}));
  CHECK(device.at("ridge").get<double>() == Approx(624 / 2.039).epsilon(1e-12));
  CHECK(answer(with(check, {{"intensity_flop_per_byte", 300}, {"ridge_flop_per_byte", 150}}))
            .at("bottleneck") == "Compute");
  CHECK(refusal(check).path == "ridge_flop_per_byte");
  CHECK(refusal({{"lens", "tutorial"}, {"question", "regime"}}).path == "intensity_flop_per_byte");
}

TEST_CASE("compression by pruning needs no device, by quantization it does") {
  const Json compression{{"lens", "tutorial"}, {"question", "compression"}, {"model", "Llama3_8B"}};
  CHECK(answer(with(compression, {{"method", "pruning"}, {"sparsity", 0.75}})).at("ratio") == 4.0);
  CHECK(refusal(with(compression, {{"method", "quantization"}, {"bits", 4}})).path == "hardware");
  CHECK(refusal(with(compression, {{"method", "quantization"}})).path == "bits");
  CHECK(refusal(with(compression, {{"method", "pruning"}})).path == "sparsity");
  CHECK(refusal(compression).path == "method");
}

TEST_CASE(
    "what is missing, misspelt, of the wrong type or out of range is refused with its place") {
  CHECK(refusal({{"lens", "tutorial"}}).path == "question");
  CHECK(refusal(with(serving, {{"question", "training"}})).code == ErrorCode::unknown_id);
  CHECK(refusal(with(serving, {{"model", nullptr}})).code == ErrorCode::missing_field);
  CHECK(refusal(with(serving, {{"model", "Llama3_8Z"}})).code == ErrorCode::unknown_id);
  CHECK(refusal(with(serving, {{"hardware", "H1000"}})).path == "hardware");
  CHECK(refusal(with(serving, {{"precision", "int3"}})).path == "precision");
  CHECK(refusal(with(serving, {{"batch", 0}})).code == ErrorCode::out_of_range);
  CHECK(refusal(with(serving, {{"batch", 2.5}})).code == ErrorCode::out_of_range);
  CHECK(refusal(with(serving, {{"batch", "1"}})).code == ErrorCode::wrong_type);
  CHECK(refusal(with(serving, {{"context", -1}})).path == "context");
  CHECK(refusal(with(serving, {{"context", 1e12}})).code == ErrorCode::out_of_range);
  CHECK(refusal(with(serving, {{"efficiency", 0}})).path == "efficiency");
  CHECK(refusal(with(serving, {{"efficiency", 1.01}})).code == ErrorCode::out_of_range);
  CHECK(refusal(with(serving, {{"seq_len", 2048}})).code == ErrorCode::unknown_field);
  CHECK(refusal(with(serving, {{"calibration", "2026"}})).path == "calibration");
  CHECK(refusal(with(serving, {{"model", "ResNet50"}})).code == ErrorCode::unsupported);
}

TEST_CASE("fields that another question uses are checked here too") {
  CHECK(refusal(with(serving, {{"bits", 0}})).path == "bits");
  CHECK(refusal(with(serving, {{"sparsity", 1.5}})).path == "sparsity");
  CHECK(refusal(with(serving, {{"pattern", "2:4"}})).path == "pattern");
}
