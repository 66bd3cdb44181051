// Builds a model spec from a Hugging Face config.json, and a scheme from its quantization_config.
//
// Read are: Llama, Mistral, Mixtral, Qwen2 and Qwen3 (dense and mixture of experts), Gemma 1 to 3,
// Phi, Phi-3 and Phi-4, GPT-2, OPT, Falcon, DeepSeek V2 and V3, gpt-oss, BERT and Mamba. Parameters
// are counted from the shape, norms and biases included; nothing is downloaded.
#pragma once

#include <string>
#include <vector>

#include "crossover/error.h"
#include "crossover/json_reader.h"

namespace crossover {

/// A key of the config that may mean something for memory or speed and was not mapped.
struct Unmapped {
  std::string path;    ///< "num_nextn_predict_layers"
  std::string found;   ///< a short rendering of its value
  std::string reason;  ///< why it was left out, as a sentence
};

struct ImportedModel {
  Json model;   ///< as the files in specs/models: ready for Catalog::add
  Json scheme;  ///< as the files in specs/schemes; null without (a known) quantization_config
  std::vector<Unmapped> unmapped;
};

/// Errors: unsupported where the model_type is none of the above; missing_field, wrong_type and
/// out_of_range with the path in the config ("text_config.num_hidden_layers"), or of the spec where
/// the config only implies it ("head_dim").
Result<ImportedModel> import_hugging_face(const Json& config);

}  // namespace crossover
