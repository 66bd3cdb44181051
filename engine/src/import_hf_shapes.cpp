#include "import_hf_shapes.h"

#include <cmath>

namespace crossover::hugging_face {

void set_small_ones(Model& m, SmallOnes small) {
  m.other_parameters = m.layers * small.layer + small.once;
}

double qkv_width(const Model& m) { return (m.heads + 2 * m.kv_heads) * m.head_dim; }

double layer_biases(const Model& m) {
  return qkv_width(m) + m.hidden_dim + m.intermediate + m.hidden_dim;
}

void read_core(Config& config, Model& m) {
  m.layers = config.whole({"num_hidden_layers", "n_layer", "n_layers", "num_layers"}, few);
  m.hidden_dim = config.whole({"hidden_size", "n_embd", "n_embed", "d_model", "dim"}, width);
  m.vocab_size = config.whole({"vocab_size", "padded_vocab_size"}, vocabulary);
  m.max_context = config.whole_or(
      {"max_position_embeddings", "n_positions", "n_ctx", "max_seq_len", "seq_length"}, 0, lengths);
}

void check_kv_heads(Config& config, const Model& m, std::string_view name) {
  if (config.failed() || (m.kv_heads <= m.heads && std::fmod(m.heads, m.kv_heads) == 0)) return;
  config.fail(ErrorCode::out_of_range,
              "found " + shown(m.kv_heads) + "; the " + shown(m.heads) +
                  " heads must divide evenly among them",
              name);
}

void read_heads(Config& config, Model& m, Names names, double head_dim) {
  m.heads = config.whole(names, few);
  m.kv_heads = config.whole_or({"num_key_value_heads", "num_kv_heads", "n_head_kv"}, m.heads, few);
  const double quotient = head_dim > 0 ? head_dim : std::floor(m.hidden_dim / m.heads);
  m.head_dim = config.whole_or({"head_dim"}, quotient, few);
  if (config.failed()) return;
  if (m.head_dim < 1) {
    config.fail(ErrorCode::out_of_range,
                "found " + shown(m.hidden_dim) + "; less than the " + shown(m.heads) + " heads",
                "hidden_size");
  }
  check_kv_heads(config, m, "num_key_value_heads");
}

double local_layers(Config& config, const Model& m, double fallback) {
  const Json* types = config.find("layer_types");
  if (types == nullptr) return fallback;
  if (!types->is_array() || static_cast<double>(types->size()) != m.layers) {
    config.fail(
        types->is_array() ? ErrorCode::out_of_range : ErrorCode::wrong_type,
        "found " + shown(*types) + "; a list of the " + shown(m.layers) + " layers is needed",
        "layer_types");
    return 0;
  }
  double local = 0;
  for (const Json& type : *types) {
    if (type == "sliding_attention" || type == "chunked_attention") {
      ++local;
    } else if (type != "full_attention") {
      config.fail(ErrorCode::unsupported,
                  "found a layer of type " + shown(type) +
                      "; sliding_attention, chunked_attention and full_attention are known",
                  "layer_types");
    }
  }
  return local;
}

void read_window(Config& config, Model& m, double fallback_local, double fallback_window) {
  const double window = config.whole_or({"sliding_window"}, fallback_window, lengths);
  const double local = local_layers(config, m, fallback_local);
  if (window > 0 && local > 0 && (m.max_context == 0 || window < m.max_context)) {
    m.window = SlidingWindow{window, local};
  }
}

}  // namespace crossover::hugging_face
