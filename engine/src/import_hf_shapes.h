// What the readers of architectures share: the names of the usual quantities, and the small
// parameters (norms, biases, positions) that each architecture adds up.
#pragma once

#include "import_hf_config.h"

namespace crossover::hugging_face {

constexpr Range width{1, 1e7};
constexpr Range few{1, 1e5};
constexpr Range or_none{0, 1e7};
constexpr Range vocabulary{1, 1e8};
constexpr Range lengths{0, 1e9};

/// Vectors of one layer and of the whole model, in parameters.
struct SmallOnes {
  double layer = 0;
  double once = 0;
};
void set_small_ones(Model& m, SmallOnes small);

/// Outputs of the query, key and value projections of one layer.
double qkv_width(const Model& m);
/// Biases of attention and MLP in one layer.
double layer_biases(const Model& m);

/// Layers, widths, vocabulary and context, under any of their names.
void read_core(Config& config, Model& m);
/// Heads under `names`; `head_dim`: what a head measures where the config does not say, 0 for its
/// share of the width.
void read_heads(Config& config, Model& m, Names names, double head_dim = 0);
/// Refuses KV heads that do not divide the heads, under the name that the config has.
void check_kv_heads(Config& config, const Model& m, std::string_view name);

/// `fallback_local`: how many layers are local where layer_types does not say; `fallback_window`:
/// transformers' default of the architecture, 0 for none.
void read_window(Config& config, Model& m, double fallback_local, double fallback_window = 0);
/// Layers that attend to a window only, from layer_types; `fallback` where the list is absent.
double local_layers(Config& config, const Model& m, double fallback);

using Reader = void (*)(Config&, std::string_view model_type, Model&);
struct Architecture {
  std::string_view model_type;
  Reader read = nullptr;
};
/// RMSNorm, gated MLP, rotary positions: Llama and its relatives.
std::span<const Architecture> llama_relatives();
/// LayerNorm, plain MLP, biases: GPT-2 and what came of it.
std::span<const Architecture> gpt_relatives();
/// Encoders, and encoders with decoders.
std::span<const Architecture> encoders();

}  // namespace crossover::hugging_face
