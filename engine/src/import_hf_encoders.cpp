// Encoders (BERT, ViT), and encoders with decoders (T5, BART, Whisper). Small parameters are
// counted here, as each architecture has them; tests/engine/import_test.cpp works them out by hand.

#include <array>
#include <cmath>

#include "import_hf_shapes.h"

namespace crossover::hugging_face {
namespace {

void read_bert(Config& config, std::string_view type, Model& m) {
  m.family = ModelFamily::encoder;
  read_core(config, m);
  read_heads(config, m, {"num_attention_heads", "n_heads"});
  m.intermediate = config.whole({"intermediate_size", "hidden_dim"}, width);
  m.tied_embeddings = true;                     // no head of its own
  const bool distilled = type == "distilbert";  // no segments, no pooler
  const double segments =
      distilled ? 0 : config.whole_or({"type_vocab_size"}, type == "bert" ? 2 : 1, {0, 1e4});
  const double pooler = distilled ? 0 : (m.hidden_dim + 1) * m.hidden_dim;
  set_small_ones(m, {4 * m.hidden_dim + layer_biases(m),
                     (m.max_context + segments + 2) * m.hidden_dim + pooler});
}

/// Sliding windows in two of three layers; the first layer has no norm for its attention.
void read_modernbert(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::encoder;
  m.gated_mlp = true;
  read_core(config, m);
  read_heads(config, m, {"num_attention_heads"});
  m.intermediate = config.whole({"intermediate_size"}, width);
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  const double window = config.whole_or({"local_attention"}, 128, {1, lengths.high});
  const double every = config.whole_or({"global_attn_every_n_layers"}, 3, few);
  m.window = SlidingWindow{window, m.layers - std::ceil(m.layers / every)};
  set_small_ones(m, {2 * m.hidden_dim, m.hidden_dim});
}

/// Whether the checkpoint is the model with a classifier on top.
bool classifies(Config& config) {
  const Json* names = config.find("architectures");
  if (names == nullptr || !names->is_array() || names->empty() || !names->front().is_string()) {
    return false;
  }
  return names->front().get_ref<const std::string&>().ends_with("ForImageClassification");
}

void read_vit(Config& config, std::string_view, Model& m) {
  m.family = ModelFamily::encoder;
  m.layers = config.whole({"num_hidden_layers"}, few);
  m.hidden_dim = config.whole({"hidden_size"}, width);
  m.intermediate = config.whole({"intermediate_size"}, width);
  read_heads(config, m, {"num_attention_heads"});
  const double patch = config.whole({"patch_size"}, few);
  const double side = std::floor(config.whole_or({"image_size"}, 224, few) / patch);
  m.max_context = side * side + 1;  // patches, and the token of the class
  const double pixels = config.whole_or({"num_channels"}, 3, few) * patch * patch;
  double biases = layer_biases(m);
  if (!config.flag_or("qkv_bias", true)) biases -= qkv_width(m);
  const Json* labels = config.find("id2label");
  const double classes = labels != nullptr && labels->is_object()
                             ? static_cast<double>(labels->size())
                             : config.whole_or({"num_labels"}, 2, {0, 1e6});
  const double top = (classifies(config) ? classes : m.hidden_dim) * (m.hidden_dim + 1);
  set_small_ones(
      m, {4 * m.hidden_dim + biases, (m.max_context + 1 + pixels + 1 + 2) * m.hidden_dim + top});
}

/// Layers of both halves together, which have to be as many in each.
void read_halves(Config& config, Model& m, std::string_view encoder, std::string_view decoder) {
  const double half = config.whole({encoder}, few);
  const double other = config.whole_or({decoder}, half, few);
  if (!config.failed() && other != half) {
    config.fail(ErrorCode::unsupported,
                "found " + shown(other) + " beside " + shown(half) + " " + std::string(encoder) +
                    "; only halves of the same depth are known here",
                decoder);
  }
  m.family = ModelFamily::encoder_decoder;
  m.layers = 2 * half;
}

void read_t5(Config& config, std::string_view, Model& m) {
  read_halves(config, m, "num_layers", "num_decoder_layers");
  m.hidden_dim = config.whole({"d_model"}, width);
  m.intermediate = config.whole({"d_ff"}, width);
  m.vocab_size = config.whole({"vocab_size"}, vocabulary);
  m.max_context = config.whole_or({"n_positions"}, 512, lengths);
  m.heads = m.kv_heads = config.whole({"num_heads"}, few);
  m.head_dim = config.whole({"d_kv"}, few);
  m.gated_mlp = config.text_or("feed_forward_proj", "relu").starts_with("gated");
  config.flag_or("is_gated_act", false);  // the same once more
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
  // Two norms in a layer of the encoder, three in one of the decoder, one after each half; each
  // half has a table of biases for relative positions.
  const double buckets = config.whole_or({"relative_attention_num_buckets"}, 32, few);
  config.find("relative_attention_max_distance");
  set_small_ones(m, {2.5 * m.hidden_dim, 2 * m.hidden_dim + 2 * buckets * m.heads});
}

/// Width, heads and MLP, which the encoder and the decoder are taken to share.
void read_bart_core(Config& config, Model& m) {
  read_halves(config, m, "encoder_layers", "decoder_layers");
  m.hidden_dim = config.whole({"d_model"}, width);
  m.intermediate = config.whole({"encoder_ffn_dim"}, width);
  m.vocab_size = config.whole({"vocab_size"}, vocabulary);
  read_heads(config, m, {"encoder_attention_heads"});
  for (const std::string_view twin : {"decoder_ffn_dim", "decoder_attention_heads"}) {
    if (config.has(twin) &&
        config.whole({twin}, width) != (twin == "decoder_ffn_dim" ? m.intermediate : m.heads)) {
      config.leave_out(twin, "the decoder is counted like the encoder");
    }
  }
  config.find("num_hidden_layers");
  m.tied_embeddings = config.flag_or("tie_word_embeddings", true);
}

void read_bart(Config& config, std::string_view type, Model& m) {
  read_bart_core(config, m);
  m.max_context = config.whole_or({"max_position_embeddings"}, 1024, lengths);
  // Attention and its norm once in a layer of the encoder, twice in one of the decoder; positions
  // (two in reserve) and a norm of the embedding in each half, and in mBART a final one.
  const double attention = (4 + 2) * m.hidden_dim;
  const double mlp = m.intermediate + m.hidden_dim + 2 * m.hidden_dim;
  const double norms = type == "mbart" ? 4 : 2;
  set_small_ones(m, {1.5 * attention + mlp, 2 * (m.max_context + 2 + norms) * m.hidden_dim});
}

void read_whisper(Config& config, std::string_view, Model& m) {
  read_bart_core(config, m);
  m.max_context = config.whole_or({"max_target_positions"}, 448, lengths);
  const double sound = config.whole_or({"max_source_positions"}, 1500, lengths);
  const double bands = config.whole_or({"num_mel_bins"}, 80, few);
  // As BART, but keys have no bias, and the final norms stand in for those of the embedding; two
  // convolutions of three steps read the spectrogram.
  const double attention = (3 + 2) * m.hidden_dim;
  const double mlp = m.intermediate + m.hidden_dim + 2 * m.hidden_dim;
  const double convolutions = (3 * bands + 1 + 3 * m.hidden_dim + 1) * m.hidden_dim;
  set_small_ones(
      m, {1.5 * attention + mlp, convolutions + (m.max_context + sound + 2 * 2) * m.hidden_dim});
}

constexpr std::array<Architecture, 9> architectures{{
    {"bert", read_bert},
    {"roberta", read_bert},
    {"distilbert", read_bert},
    {"modernbert", read_modernbert},
    {"vit", read_vit},
    {"t5", read_t5},
    {"bart", read_bart},
    {"mbart", read_bart},
    {"whisper", read_whisper},
}};

}  // namespace

std::span<const Architecture> encoders() { return architectures; }

}  // namespace crossover::hugging_face
