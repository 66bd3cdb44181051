#include "crossover/model.h"

#include <doctest/doctest.h>

#include "crossover/catalog.h"

using namespace crossover;

namespace {

/// GPT-2's shapes: MHA with heads of 64, an MLP four times as wide, tied embeddings.
Model gpt2_shape(double layers, double width) {
  Model model;
  model.layers = layers;
  model.hidden_dim = width;
  model.intermediate = 4 * width;
  model.heads = model.kv_heads = width / 64;
  model.head_dim = 64;
  model.vocab_size = 50257;
  model.tied_embeddings = true;
  return model;
}

}  // namespace

TEST_CASE("GPT-2's layers hold 12 d² weights each") {
  // 4 d² in attention (q, k, v, o) and 8 d² in the MLP: 2 · 12 L d² n is the identity 24 L n d².
  for (const double width : {768.0, 1024.0, 1280.0, 1600.0}) {
    const ParameterCount count = count_parameters(gpt2_shape(12, width));
    CHECK(count.attention == 12 * 4 * width * width);
    CHECK(count.mlp == 12 * 8 * width * width);
    CHECK(count.embedding == 50257 * width);
    CHECK(count.head == 0);
  }
}

TEST_CASE("An untied head is counted on its own") {
  Model model = gpt2_shape(12, 768);
  model.tied_embeddings = false;
  CHECK(count_parameters(model).head == 50257.0 * 768);
}

TEST_CASE("Grouped-query attention of Llama-3.1 8B, by hand") {
  Catalog catalog;
  const Model& model = **catalog.model("llama-3.1-8b");
  const ParameterCount count = count_parameters(model);
  // q and o: 4096 x 4096; k and v: 4096 x 1024; gate, up, down: 4096 x 14336.
  CHECK(count.attention == 32 * (2 * 4096.0 * 4096 + 2 * 4096.0 * 1024));
  CHECK(count.mlp == 32 * 3 * 4096.0 * 14336);
  CHECK(count.embedding == 128256.0 * 4096);
  CHECK(count.head == count.embedding);
  CHECK(count.other == 65 * 4096);
  CHECK(count.total() == 8030261248);
}

TEST_CASE("Experts and their routers are counted, all of them") {
  Catalog catalog;
  const ParameterCount count = count_parameters(**catalog.model("mixtral-8x7b"));
  CHECK(count.mlp == 32 * (8 * 3 * 4096.0 * 14336 + 8 * 4096));
  CHECK(count.total() == 46702792704);
}

TEST_CASE("Latent attention of DeepSeek-V3, by hand") {
  Catalog catalog;
  const ParameterCount count = count_parameters(**catalog.model("deepseek-v3"));
  const double queries = 7168.0 * 1536 + 1536.0 * 128 * (128 + 64);
  const double keys_and_values = 7168.0 * (512 + 64) + 512.0 * 128 * (128 + 128);
  CHECK(count.attention == 61 * (queries + keys_and_values + 128.0 * 128 * 7168));
  // Three dense layers, then 58 with 256 routed experts, a shared one and a router.
  const double expert = 3 * 7168.0 * 2048;
  CHECK(count.mlp == 3 * 3 * 7168.0 * 18432 + 58 * (257 * expert + 256 * 7168.0));
}

TEST_CASE("Decoder layers of T5 attend twice") {
  Catalog catalog;
  // 6 encoder and 6 decoder layers of 4 x 512²: 18 attentions.
  CHECK(count_parameters(**catalog.model("t5-small")).attention == 18 * 4 * 512.0 * 512);
}

TEST_CASE("Mamba's projections, by hand") {
  Catalog catalog;
  const ParameterCount count = count_parameters(**catalog.model("mamba-130m"));
  // in 768 x 3072, x 1536 x (48 + 32), dt 48 x 1536, out 1536 x 768.
  CHECK(count.mlp == 24 * (768.0 * 3072 + 1536.0 * 80 + 48.0 * 1536 + 1536.0 * 768));
  CHECK(count.attention == 0);
  CHECK(count.total() == 129135360);
}

TEST_CASE("Computed totals equal the stated parameters over the whole library") {
  Catalog catalog;
  int computed = 0;
  for (const CatalogEntry* entry : catalog.entries(SpecKind::model)) {
    const auto model = catalog.model(entry->id);
    REQUIRE_MESSAGE(model.has_value(), entry->id);
    const Json record = Json::parse(entry->json);
    if (record.at("parameters_kind") != "computed") continue;
    CAPTURE(entry->id);
    CHECK(count_parameters(**model).total() == (*model)->parameters);
    ++computed;
  }
  CHECK(computed >= 70);
}

TEST_CASE("A model without shapes counts nothing") {
  Catalog catalog;
  CHECK(count_parameters(**catalog.model("resnet-50")).total() == 0);
  CHECK(count_parameters(**catalog.model("gpt4-estimate")).total() == 0);
  CHECK_FALSE((*catalog.model("gpt4-estimate"))->transformer());
}
