// Advice: every option against the result of its scenario, ranks and dominance by brute force.
#include "crossover/advise.h"

#include <algorithm>
#include <array>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

const Json base{{"lens", "roofline"}, {"model", "llama-3.1-8b"}, {"hardware", "l4"}, {"batch", 16}};

double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

/// What the options are compared by, larger is better.
std::array<double, 7> aims(const Json& option) {
  static Catalog catalog;
  const Json& tokens = option.at("capacity_tokens_per_s");
  const auto scheme = catalog.scheme(option.at("scheme").get<std::string>());
  REQUIRE(scheme.has_value());
  return {-number(option, "step_s"),
          tokens.is_null() ? 0 : tokens.get<double>(),
          -number(option, "total_bytes"),
          number(option, "accuracy_delta"),
          scheme->weight_bits,
          scheme->act_bits(),
          number(option, "kv_bits")};
}

bool dominates(const Json& a, const Json& b) {
  const auto of_a = aims(a), of_b = aims(b);
  bool better = false;
  for (std::size_t i = 0; i < of_a.size(); ++i) {
    if (of_a[i] < of_b[i]) return false;
    better = better || of_a[i] > of_b[i];
  }
  return better;
}

const std::vector<Json> scenarios{
    base,
    with(base, {{"kernel", "marlin"}, {"runtime", "vllm"}}),
    with(base, {{"hardware", "h100-sxm"}, {"batch", 256}, {"kernel", "marlin"}}),
    with(base, {{"hardware", "m2-ultra"}, {"batch", 1}}),
    with(base, {{"kv_bits", 4}, {"batch", 200}}),
    with(base, {{"model", "resnet-50"}, {"hardware", "a100-80gb"}}),
    with(base, {{"model", "mixtral-8x7b"}, {"devices", 2}, {"hardware", "a100-80gb"}}),
    with(base, {{"hardware", "h100-sxm"},
                {"scheme", "w4a16-g128-kv4"},
                {"kernel", "machete"},
                {"runtime", "vllm"},
                {"batch", 4096},
                {"context", 512}}),
    with(base, {{"hardware", "iphone-15-pro"},
                {"model", "llama-3.2-1b"},
                {"scheme", "gguf-q4_k_m"},
                {"runtime", "llama-cpp"},
                {"batch", 1}})};

const Json* option_of(const Json& options, std::string_view scheme) {
  for (const Json& option : options) {
    if (option["scheme"] == scheme) return &option;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("Marked as dominated are exactly the options that another beats, and by which") {
  for (const Json& scenario : scenarios) {
    const Json options = answer("advise", scenario);
    REQUIRE(options.size() >= 3);
    for (const Json& option : options) {
      INFO(scenario.dump() << " " << option["scheme"].dump());
      const bool beaten = std::any_of(options.begin(), options.end(),
                                      [&](const Json& other) { return dominates(other, option); });
      CHECK(option["dominated_by"].is_null() != beaten);
      if (!beaten) continue;
      const auto by = std::find_if(options.begin(), options.end(), [&](const Json& other) {
        return other["scheme"] == option["dominated_by"];
      });
      REQUIRE(by != options.end());
      CHECK(dominates(*by, option));
    }
  }
}

TEST_CASE("Options come fastest first, and each rank counts those that are better") {
  for (const Json& scenario : scenarios) {
    const Json options = answer("advise", scenario);
    for (std::size_t i = 1; i < options.size(); ++i)
      CHECK(number(options[i - 1], "step_s") <= number(options[i], "step_s"));
    const std::array<const char*, 4> names{"latency", "capacity", "memory", "accuracy"};
    constexpr std::size_t accuracy = 3;
    for (const Json& option : options) {
      for (std::size_t a = 0; a < names.size(); ++a) {
        const auto better = std::count_if(options.begin(), options.end(), [&](const Json& other) {
          const auto theirs = aims(other), own = aims(option);
          if (a != accuracy) return theirs[a] > own[a];
          // Where the rule of thumb tells two not apart, the bits do: weights, activations, cache.
          return std::lexicographical_compare(own.begin() + accuracy, own.end(),
                                              theirs.begin() + accuracy, theirs.end());
        });
        CHECK(option["rank"][names[a]] == 1 + better);
      }
      // Energy goes with the step; without a price there is no rank by cost.
      CHECK(option["rank"]["energy"].is_null() == option["energy_j_per_token"].is_null());
      CHECK(option["rank"]["cost"].is_null() == option["cost_usd_per_million_tokens"].is_null());
    }
  }
}

TEST_CASE("Every option is the result of its own scenario") {
  for (const Json& scenario : scenarios) {
    for (const Json& option : answer("advise", scenario)) {
      Json own = with(scenario, {{"scheme", option["scheme"]}});
      if (option["kernel"] != "cublas-fp16") own["kernel"] = option["kernel"];
      const Json result = evaluated(own);
      INFO(own.dump());
      for (const char* key : {"step_s", "speedup", "weight_bytes", "total_bytes"})
        CHECK(number(option, key) == exactly(number(result, key)));
      CHECK(option["fits"] == result["fits"]);
      CHECK(option["max_batch"] == result["max_batch"]);
      CHECK(option["capacity_tokens_per_s"] == result["capacity_tokens_per_s"]);
      CHECK(option["energy_j_per_token"] == result["energy_j_per_token"]);
      const Json& reason = option["reason"];
      CHECK(reason["bound"] == result["regime"]);
      CHECK(number(reason, "share") ==
            exactly(number(result["bound_s"], result["regime"].get<std::string>().c_str()) /
                    number(result, "step_s")));
      if (!result["fits"].get<bool>()) CHECK(reason["key"] == "does_not_fit");
    }
  }
}

TEST_CASE("All speed-ups are over the scenario's own baseline, also where that is quantized") {
  const Json scenario = with(base, {{"hardware", "a100-80gb"},
                                    {"batch", 32},
                                    {"scheme", "w8a16"},
                                    {"kernel", "marlin"},
                                    {"baseline_scheme", "w4a16-g128"}});
  for (const char* baseline_kernel : {"", "exllamav2"}) {
    const Json asked =
        *baseline_kernel ? with(scenario, {{"baseline_kernel", baseline_kernel}}) : scenario;
    const double baseline = number(evaluated(asked), "baseline_step_s");
    const Json options = answer("advise", asked);
    CHECK(options.size() > 5);
    for (const Json& option : options)
      CHECK(number(option, "speedup") == exactly(baseline / number(option, "step_s")));
    // What multiplies in full precision is no kernel for four bits.
    CHECK(option_of(options, "fp16")->at("kernel") == "cublas-fp16");
  }
}

TEST_CASE("Under a real kernel each scheme takes the fastest of the library that accepts it") {
  const Json scenario = scenarios[1];
  for (const Json& option : answer("advise", scenario)) {
    const std::string scheme = option["scheme"];
    if (scheme == "fp16") continue;
    double fastest = 1e30;
    for (const CatalogEntry* entry : library().catalog().entries(SpecKind::kernel)) {
      const Kernel& kernel = **library().catalog().kernel(entry->id);
      const Scheme weights = *library().catalog().scheme(scheme);
      const bool unpacked = std::count(kernel.weight_formats.begin(), kernel.weight_formats.end(),
                                       weights.weight_format) > 0;
      if (entry->id == "ideal" || (!kernel.weight_formats.empty() && !unpacked)) continue;
      const auto result = library().call(
          "evaluate", Json::array({with(scenario, {{"scheme", scheme}, {"kernel", entry->id}})}));
      if (result) fastest = std::min(fastest, number(*result, "step_s"));
    }
    CHECK(number(option, "step_s") == exactly(fastest));
  }
}

TEST_CASE("NF4 is advised on a kernel with a codebook, never on one for integers") {
  const auto formats_of = [](const std::string& kernel) {
    return (*library().catalog().kernel(kernel))->weight_formats;
  };
  bool seen = false;
  for (const char* hardware : {"l4", "a100-80gb", "h100-sxm"}) {
    for (const Json& option : answer("advise", with(scenarios[1], {{"hardware", hardware}}))) {
      if (option["scheme"] != "nf4") continue;
      seen = true;
      const auto formats = formats_of(option["kernel"]);
      CHECK((formats.empty() ||
             std::count(formats.begin(), formats.end(), WeightFormat::codebook) == 1));
    }
  }
  CHECK(seen);
  const auto marlin = formats_of("marlin");
  CHECK(std::count(marlin.begin(), marlin.end(), WeightFormat::codebook) == 0);
}

TEST_CASE("Fewer bits do not set back more of them where the rule tells neither apart") {
  for (const Json& option : answer("advise", base)) {
    for (const auto& [more, fewer] :
         {std::pair("w3a16-g128", "w2a16-g128"), std::pair("w4a8-g128", "w4a4-int4"),
          std::pair("w4a16-g128", "w4a8-g128")}) {
      if (option["scheme"] == more) CHECK(option["dominated_by"] != fewer);
    }
  }
}

TEST_CASE("A cache of fewer bits does not dominate the same scheme with all of them") {
  for (const Json& option : answer("advise", base)) {
    if (option["scheme"] == "w4a16-g128") CHECK(option["dominated_by"] != "w4a16-g128-kv8");
  }
}

TEST_CASE("The accuracy rule takes the narrower of weights and activations") {
  const Json options = answer("advise", base);
  const auto delta = [&](std::string_view scheme) {
    for (const Json& option : options) {
      if (option["scheme"] == scheme) return number(option, "accuracy_delta");
    }
    FAIL("no option " << std::string(scheme));
    return 0.0;
  };
  CHECK(delta("fp16") == 0);
  CHECK(delta("w8a16") == -0.002);
  CHECK(delta("w4a8-g128") == -0.025);
  CHECK(delta("w2a16-g128") == -0.05);
}

TEST_CASE("The scenario's own scheme is an option, and here the only one that fits") {
  const Json options = answer("advise", scenarios[7]);
  for (const Json& option : options)
    CHECK(option["fits"] == (option["scheme"] == "w4a16-g128-kv4"));
  const Json* own = option_of(options, "w4a16-g128-kv4");
  REQUIRE(own != nullptr);
  CHECK((*own)["kernel"] == "machete");
  // 4,096 sequences of 512 tokens of 32 layers' 2 x 8 x 128 elements in half a byte each; for a
  // token 2 x 4096 + 2 x 14336 activations of 2 bytes and 128,256 logits of 4; 6,979,321,856
  // weights of 4.125 bits; embedding and head of 128256 x 4096 and 266,240 others of 2 bytes.
  const double cache = 512 * 32 * 2.0 * 8 * 128 / 2;
  const double activations = (2 * 4096 + 2 * 14336) * 2.0 + 128256 * 4;
  const double weights = 6979321856 * 4.125 / 8 + (2 * 128256 * 4096.0 + 266240) * 2;
  CHECK(number(*own, "total_bytes") == exactly(weights + 4096 * (cache + activations)));
  CHECK(option_of(answer("advise", scenarios[8]), "gguf-q4_k_m") != nullptr);
}

TEST_CASE("A scheme of one's own is an option by its id, and none where the list has it already") {
  const std::size_t listed = answer("advise", base).size();
  const auto advised = [](const Json& scheme) {
    return answer("advise", with(base, {{"scheme", scheme}}));
  };
  const Json five = advised({{"weight_bits", 5}, {"group_size", 64}});
  CHECK(five.size() == listed + 1);
  CHECK(option_of(five, "w5a16kv16-g64") != nullptr);
  CHECK(advised({{"weight_bits", 4}, {"group_size", 128}}).size() == listed);
  CHECK(advised("w4a16-g128-kv16").size() == listed);
}

TEST_CASE("The scenario's own scheme leaves a kernel that is for other weights") {
  const Json options = answer("advise", with(scenarios[1], {{"scheme", "nf4-dq"}}));
  const Json* own = option_of(options, "nf4-dq");
  REQUIRE(own != nullptr);
  const Kernel& kernel = **library().catalog().kernel((*own)["kernel"].get<std::string>());
  CHECK(kernel.id != "marlin");
  CHECK(kernel.unpacks(*library().catalog().scheme("nf4-dq")));
}

TEST_CASE("A single GEMM gets no advice") {
  const Json gemm{
      {"lens", "roofline"}, {"phase", "gemm"}, {"hardware", "l4"}, {"m", 1}, {"n", 8}, {"k", 8}};
  CHECK(refusal("advise", gemm).path == "phase");
}
