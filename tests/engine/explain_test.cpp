// Derivations of the roofline lens: every tree, evaluated once more here, gives its own numbers and
// the result's; its formulas stand in MODEL.md, its leaves have a source.
#include "crossover/explain.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

double relative(double a, double b) {
  const double size = std::max(std::abs(a), std::abs(b));
  return size > 0 ? std::abs(a - b) / size : 0;
}

/// The value of a node from its children alone, by the words of wasm/engine.d.ts.
double value_of(const Json& node) {
  const std::string op = node.at("op");
  if (op == "leaf") return node.at("value").get<double>();
  std::vector<double> values;
  for (const Json& child : node.at("children")) values.push_back(value_of(child));
  REQUIRE_FALSE(values.empty());
  double result = values[0];
  if (op == "sum") {
    for (std::size_t i = 1; i < values.size(); ++i) result += values[i];
  } else if (op == "product") {
    for (std::size_t i = 1; i < values.size(); ++i) result *= values[i];
  } else if (op == "difference") {
    REQUIRE(values.size() == 2);
    result -= values[1];
  } else if (op == "quotient") {
    REQUIRE(values.size() == 2);
    result /= values[1];
  } else if (op == "max") {
    result = *std::max_element(values.begin(), values.end());
  } else if (op == "min") {
    result = *std::min_element(values.begin(), values.end());
  } else if (op == "power") {
    result = std::pow(result, node.at("exponent").get<double>());
  } else if (op == "one_minus") {
    result = 1 - result;
  } else if (op == "ceil") {
    result = std::ceil(result);
  } else if (op == "floor") {
    result = std::floor(result);
  } else if (op == "pnorm") {
    const double p = node.at("exponent"), high = *std::max_element(values.begin(), values.end());
    if (!(p > 0)) FAIL("no root of order " << p);
    double sum = 0;
    for (const double value : values) sum += high > 0 ? std::pow(value / high, p) : 0;
    result = high > 0 ? high * std::pow(sum, 1 / p) : high;
  } else {
    FAIL("an operation that the contract does not have: " << op);
  }
  const double stated = node.at("value");
  if (relative(result, stated) > 1e-12) FAIL_CHECK(node.at("symbol") << " is " << result);
  return result;
}

const std::string& model_page() {
  static const std::string page = [] {
    std::ifstream in(std::string(CROSSOVER_GOLDEN_DIR) + "/../../engine/MODEL.md");
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }();
  REQUIRE(page.size() > 1000);
  return page;
}

void collect(const Json& node, std::set<std::string>& formulas, std::set<std::string>& sources) {
  if (node.at("op") == "leaf") {
    if (!node.at("formula").is_null() || !node.at("children").empty()) FAIL(node.dump());
    sources.insert(node.at("source").get<std::string>());
    return;
  }
  if (!node.at("source").is_null() || node.at("children").empty()) FAIL(node.dump());
  formulas.insert(node.at("formula").get<std::string>());
  for (const Json& child : node.at("children")) collect(child, formulas, sources);
}

const std::vector<const char*> quantities{"step_s",
                                          "baseline_step_s",
                                          "speedup",
                                          "tokens_per_s",
                                          "weight_bytes",
                                          "kv_bytes",
                                          "total_bytes",
                                          "traffic_bytes",
                                          "flop",
                                          "intensity",
                                          "ridge",
                                          "mfu",
                                          "mbu",
                                          "max_batch",
                                          "energy_j",
                                          "cost_usd_per_million_tokens",
                                          "activation_bytes",
                                          "training_bytes",
                                          "usable_bytes",
                                          "energy_j_per_token",
                                          "price_usd_per_hour",
                                          "capacity_tokens_per_s"};

Json llama(const Json& changes) {
  return with({{"lens", "roofline"},
               {"model", "llama-3.1-8b"},
               {"hardware", "a100-80gb"},
               {"kernel", "marlin"},
               {"runtime", "vllm"},
               {"batch", 17}},
              changes);
}

/// Scenarios that between them take every kernel path, phase, family and kind of runtime.
std::vector<Json> scenarios() {
  std::vector<Json> list;
  for (const char* kernel : {"ideal", "marlin", "trtllm-weight-only", "tinygemm", "exllamav2",
                             "awq-gemv", "naive-dequantize", "gemlite"}) {
    for (const double batch : {1.0, 7.0, 90.0})
      list.push_back(llama({{"scheme", "w4a16-g128"}, {"kernel", kernel}, {"batch", batch}}));
  }
  list.push_back(
      llama({{"scheme", "nf4"}, {"kernel", "bitsandbytes-nf4"}, {"runtime", "hf-eager"}}));
  list.push_back(llama({{"scheme", "nf4"}, {"kernel", "bitsandbytes-nf4"}, {"batch", 1}}));
  list.push_back(llama({{"scheme", "w8a8-int8"}, {"kernel", "cutlass-int8"}, {"batch", 300}}));
  list.push_back(llama({{"scheme", "w4a8-g128"}, {"kernel", "qqq"}, {"hardware", "h100-sxm"}}));
  list.push_back(llama({{"scheme", "w8a16"}, {"kernel", "torchao-int8wo"}, {"batch", 1}}));
  list.push_back(llama({{"scheme", "fp32"}, {"kernel", "ideal"}, {"kv_bits", 8}}));
  list.push_back(llama({{"scheme", {{"weight_bits", 8}, {"act_bits", 32}}}, {"kernel", "ideal"}}));
  list.push_back(llama({{"scheme", "gguf-q4_k_m"}, {"kernel", "ideal"}, {"runtime", "llama-cpp"}}));
  list.push_back(llama({{"scheme", "w4a16-g128-kv8"}, {"devices", 4}}));
  list.push_back(llama({{"phase", "prefill"}, {"scheme", "w4a16-g128"}, {"cached_prefix", 100}}));
  list.push_back(llama({{"phase", "prefill"}, {"prompt", 3000}, {"chunk", 1024}, {"devices", 2}}));
  list.push_back(llama({{"phase", "train"}, {"batch", 2}, {"runtime", "ideal"}}));
  list.push_back(llama({{"phase", "train"},
                        {"scheme", "nf4-dq"},
                        {"kernel", "bitsandbytes-nf4"},
                        {"lora_rank", 16}}));
  list.push_back(llama({{"lowering", "lumped"}, {"kernel", "ideal"}, {"scheme", "w4a16"}}));
  list.push_back(llama({{"lowering", "lumped"}, {"kernel", "ideal"}, {"model", "gpt-oss-20b"}}));
  list.push_back(llama({{"memory_reserve_bytes", 1e9},
                        {"bandwidth_bytes_per_s", 3e12},
                        {"peak_factor", 2},
                        {"power_w", 300},
                        {"price_usd_per_hour", 2}}));
  for (const char* model : {"mixtral-8x7b", "deepseek-v3", "gpt-oss-20b"}) {
    for (const char* kernel : {"ideal", "marlin", "awq-gemv", "exllamav2"}) {
      for (const double batch : {1.0, 5.0, 64.0})
        list.push_back(llama(
            {{"model", model}, {"scheme", "w4a16-g128"}, {"kernel", kernel}, {"batch", batch}}));
    }
  }
  for (const char* model : {"gemma-2-9b", "mistral-7b-v0.1", "falcon-7b", "gpt2-small", "t5-base"})
    list.push_back(llama({{"model", model}, {"context", 9000}, {"scheme", "w8a16"}}));
  list.push_back(llama({{"model", "mamba-2.8b"}, {"scheme", "w8a16"}}));
  list.push_back(llama({{"model", "mamba-2.8b"}, {"phase", "prefill"}, {"devices", 2}}));
  for (const char* model : {"bert-base", "resnet-50", "yolov8n", "sd-1.5"})
    list.push_back(llama(
        {{"model", model}, {"phase", "prefill"}, {"scheme", "w8a8-int8"}, {"kernel", "ideal"}}));
  list.push_back(llama({{"model", "resnet-50"}, {"phase", "train"}, {"kernel", "ideal"}}));
  for (const char* kernel : {"ideal", "marlin", "exllamav2"})
    list.push_back({{"lens", "roofline"},
                    {"phase", "gemm"},
                    {"hardware", "a10"},
                    {"m", 40},
                    {"n", 4096},
                    {"k", 11008},
                    {"kernel", kernel},
                    {"scheme", "w4a16-g128"},
                    {"runtime", "gemm-bench"}});
  return list;
}

}  // namespace

TEST_CASE("Every tree evaluates to its own numbers and to the result's") {
  std::set<std::string> formulas, sources;
  int compared = 0;
  for (const Json& scenario : scenarios()) {
    const Json result = evaluated(scenario);
    for (const char* quantity : quantities) {
      INFO(quantity << " of " << scenario.dump());
      const Result<Json> tree = library().call("explain", Json::array({scenario, quantity}));
      if (!tree) {  // exactly where there is no such number
        CHECK(tree.error().code == ErrorCode::unsupported);
        CHECK(tree.error().path == "quantity");
        CHECK(result.at(quantity).is_null());
        continue;
      }
      REQUIRE(result.at(quantity).is_number());
      CHECK(relative(value_of(*tree), result.at(quantity).get<double>()) <= 1e-12);
      collect(*tree, formulas, sources);
      ++compared;
    }
  }
  CHECK(compared > 1000);
  for (const std::string& formula : formulas) {
    INFO("formula " << formula);
    CHECK(model_page().find("`" + formula + "`") != std::string::npos);
  }
  for (const std::string& source : sources) {
    INFO("source " << source);
    const auto listed = library().catalog().entries(SpecKind::source);
    CHECK((source == "scenario" || source == "definition" || source == "max_batch" ||
           std::any_of(listed.begin(), listed.end(), [&](auto* e) { return e->id == source; })));
  }
}

TEST_CASE("A tree names where its figures come from") {
  const auto source_of = [](const Json& tree, std::string_view symbol) {
    std::string found;
    const auto search = [&](const auto& self, const Json& node) -> void {
      if (node.at("symbol") == symbol && node.at("op") == "leaf") found = node.at("source");
      for (const Json& child : node.at("children")) self(self, child);
    };
    search(search, tree);
    return found;
  };
  const Json tree =
      answer("explain", llama({{"scheme", "w4a16-g128"}, {"runtime", "turbomind"}}), "step_s");
  const auto stated = [](SpecKind kind, const char* id, const char* field) {
    for (const CatalogEntry* entry : library().catalog().entries(kind)) {
      if (entry->id != id) continue;
      const Json record = Json::parse(entry->json);
      const Json own = record.value("value_sources", Json::object());
      return own.value(field, record["source"].get<std::string>());
    }
    return std::string();
  };
  CHECK(source_of(tree, "BW") ==
        stated(SpecKind::hardware, "a100-80gb", "memory_bandwidth_bytes_per_s"));
  // A kernel and a runtime of one name are two records.
  CHECK(source_of(tree, "η_mem") == stated(SpecKind::runtime, "turbomind", "memory_efficiency"));
  CHECK(source_of(tree, "B") == "scenario");
}

TEST_CASE("The cache is derived from layers, heads, head size and tokens") {
  const auto leaves = [](const Json& tree) {
    std::set<double> values;
    const auto search = [&](const auto& self, const Json& node) -> void {
      if (node.at("op") == "leaf") values.insert(node.at("value").get<double>());
      for (const Json& child : node.at("children")) self(self, child);
    };
    search(search, tree);
    return values;
  };
  const std::set<double> values = leaves(answer("explain", llama({{"context", 1000}}), "kv_bytes"));
  for (const double figure : {2.0, 32.0, 8.0, 128.0, 1000.0, 17.0, 16.0})
    CHECK(values.count(figure) == 1);
}

TEST_CASE("Throughput at capacity names the largest batch as what it is, not as the scenario's") {
  const Json asked = llama({{"scheme", "w4a16-g128"}});
  const double largest = evaluated(asked).at("max_batch");
  bool found = false;
  const auto search = [&](const auto& self, const Json& node) -> void {
    if (node.at("symbol") == "B") {
      found = true;
      CHECK(node.at("source") == "max_batch");
      CHECK(node.at("value") == largest);
    }
    for (const Json& child : node.at("children")) self(self, child);
  };
  search(search, answer("explain", asked, "capacity_tokens_per_s"));
  CHECK(found);
}

TEST_CASE("The state of training is derived from its parameters and the optimizer's bytes") {
  const Json adam =
      answer("explain", llama({{"phase", "train"}, {"runtime", "ideal"}, {"kernel", "ideal"}}),
             "training_bytes");
  CHECK(adam.at("formula") == "optimizer_state");
  // 16-bit gradient, FP32 master weight and two FP32 moments (Rajbhandari et al. 2020, §3.1).
  CHECK(adam.at("children")[1].at("value") == 2 + 4 + 2 * 4);
  const Json lora = answer("explain",
                           llama({{"phase", "train"},
                                  {"scheme", "nf4-dq"},
                                  {"kernel", "bitsandbytes-nf4"},
                                  {"lora_rank", 16},
                                  {"optimizer", "sgd"}}),
                           "training_bytes");
  // Rank times inputs and outputs of the seven linears of a layer of Llama 3 8B: q, o 4096 + 4096;
  // k, v 4096 + 1024; gate, up, down 4096 + 14336. Gradient, master weight, and the adapter itself.
  const double sides = 32.0 * (2 * 8192 + 2 * 5120 + 3 * 18432);
  CHECK(lora.at("value") == exactly(16 * sides * (2 + 4 + 2)));
}

TEST_CASE("A step of too many operators keeps what is derived without them") {
  // 1000 chunks of a token each: an operator for each chunk's attention, and a few more.
  const Json chunked = llama({{"phase", "prefill"}, {"prompt", 1000}, {"chunk", 1}});
  const Json result = evaluated(chunked);
  for (const char* quantity : {"weight_bytes", "kv_bytes", "total_bytes", "ridge", "max_batch"}) {
    INFO(quantity);
    REQUIRE(result.at(quantity).is_number());
    const double found = value_of(answer("explain", chunked, quantity));
    CHECK(relative(found, result.at(quantity).get<double>()) <= 1e-12);
  }
  for (const char* quantity : {"step_s", "traffic_bytes", "speedup"}) {
    const Error refused = refusal("explain", chunked, quantity);
    CHECK(refused.code == ErrorCode::too_large);
    CHECK(refused.path == "chunk");
  }
}

TEST_CASE("Unknown quantities and scenarios are refused by name") {
  const Error unknown = refusal("explain", llama(Json::object()), "step_ms");
  CHECK(unknown.code == ErrorCode::unknown_id);
  CHECK(unknown.message.find("step_s") != std::string::npos);
  CHECK(refusal("explain", llama({{"batch", -1}}), "step_s").code == ErrorCode::out_of_range);
  CHECK(refusal("explain", 3, "step_s").code == ErrorCode::wrong_type);
}
