// Parameters and KV bytes of every model, from its shape; small parameters by hand from the architecture.

import assert from "node:assert/strict";
import { test } from "node:test";

import { recordNamed, recordsOf } from "./library.mjs";

/** @typedef {Record<string, any>} Model */

const models = recordsOf("model");
const computed = models.filter((model) => model.parameters_kind === "computed");

/**
 * Weight matrices from the shape: embedding, head, attention, MLPs with routers. Written from the architectures, apart
 * from engine/src/model.cpp.
 * @param {Model} m
 */
function matrices(m) {
  const embeddings = (m.vocab_size ?? 0) * m.hidden_dim * (m.tied_embeddings ? 1 : 2);
  if (m.ssm) {
    const inner = m.ssm.expand * m.hidden_dim;
    const mixer =
      m.hidden_dim * 2 * inner + inner * (m.ssm.dt_rank + 2 * m.ssm.state_size) + m.ssm.dt_rank * inner + inner * m.hidden_dim;
    return embeddings + m.layers * mixer;
  }
  let attention = 2 * m.hidden_dim * m.heads * m.head_dim + 2 * m.hidden_dim * m.kv_heads * m.head_dim;
  if (m.mla) {
    const { kv_lora_rank, q_lora_rank, qk_nope_head_dim, qk_rope_head_dim, v_head_dim } = m.mla;
    const queries = m.heads * (qk_nope_head_dim + qk_rope_head_dim);
    attention = q_lora_rank ? m.hidden_dim * q_lora_rank + q_lora_rank * queries : m.hidden_dim * queries;
    attention += m.hidden_dim * (kv_lora_rank + qk_rope_head_dim);
    attention += kv_lora_rank * m.heads * (qk_nope_head_dim + v_head_dim);
    attention += m.heads * v_head_dim * m.hidden_dim;
  }
  const perMlp = (m.gated_mlp ? 3 : 2) * m.hidden_dim;
  let mlp = m.layers * perMlp * m.intermediate_size;
  if (m.moe) {
    const sparse = m.layers - (m.moe.dense_layers ?? 0);
    const experts = m.moe.experts + (m.moe.shared_experts ?? 0);
    mlp = (m.moe.dense_layers ?? 0) * perMlp * m.intermediate_size;
    mlp += sparse * (experts * perMlp * m.moe.expert_intermediate_size + m.moe.experts * m.hidden_dim);
  }
  const attentions = m.family === "encoder_decoder" ? m.layers * 1.5 : m.layers;
  return embeddings + attentions * attention + mlp;
}

test("the parameters of every model with a shape are its matrices and its small ones, exactly", () => {
  assert.ok(computed.length >= 70, `${computed.length} models`);
  for (const model of computed) {
    assert.equal(matrices(model) + model.other_parameters, model.parameters, model.id);
  }
});

test("small parameters follow from each architecture, by hand", () => {
  const byHand = {
    // Learned positions; per layer two LayerNorms (weight, bias), biases of q, k, v, o, fc1, fc2; a final LayerNorm.
    "gpt2-small": 1024 * 768 + 12 * (2 * 2 * 768 + 4 * 768 + 3072 + 768) + 2 * 768,
    "gpt2-xl": 1024 * 1600 + 48 * (2 * 2 * 1600 + 4 * 1600 + 6400 + 1600) + 2 * 1600,
    // The same; OPT keeps two positions more.
    "opt-6.7b": 2050 * 4096 + 32 * (4 * 4096 + 4 * 4096 + 16384 + 4096) + 2 * 4096,
    // RMSNorm: two a layer and a final one, no biases.
    "llama-2-7b": (2 * 32 + 1) * 4096,
    "llama-3.1-8b": (2 * 32 + 1) * 4096,
    "llama-3.1-405b": (2 * 126 + 1) * 16384,
    "mixtral-8x7b": (2 * 32 + 1) * 4096,
    "phi-3-mini": (2 * 32 + 1) * 3072,
    // Biases of q, k and v besides.
    "qwen2.5-7b": (2 * 28 + 1) * 3584 + 28 * (28 + 4 + 4) * 128,
    // A norm for queries and one for keys, a head wide, in each layer.
    "qwen3-8b": (2 * 36 + 1) * 4096 + 36 * 2 * 128,
    "qwen3-30b-a3b": (2 * 48 + 1) * 2048 + 48 * 2 * 128,
    // Four norms a layer: before and after attention, before and after the MLP.
    "gemma-2-9b": (4 * 42 + 1) * 3584,
    "gemma-3-27b": (4 * 62 + 1) * 5376 + 62 * 2 * 128,
    // One LayerNorm for attention and MLP together; biases everywhere, the head's too.
    "phi-2": 32 * (2 * 2560 + 4 * 2560 + 10240 + 2560) + 2 * 2560 + 51200,
    "falcon-7b": 32 * 2 * 4544 + 2 * 4544,
    // Norms of the two latents; V3 corrects the router with a bias an expert in its 58 sparse layers.
    "deepseek-v2-lite": 27 * (2 * 2048 + 512) + 2048,
    "deepseek-v2": 60 * (2 * 5120 + 1536 + 512) + 5120,
    "deepseek-v3": 61 * (2 * 7168 + 1536 + 512) + 7168 + 58 * 256,
    // Norms; biases of q, k, v and o; a sink a head; biases of the router and of every expert's two products.
    "gpt-oss-20b": 24 * (2 * 2880 + (64 + 2 * 8) * 64 + 2880 + 64 + 32 + 32 * (2 * 2880 + 2880)) + 2880,
    "gpt-oss-120b": 36 * (2 * 2880 + (64 + 2 * 8) * 64 + 2880 + 64 + 128 + 128 * (2 * 2880 + 2880)) + 2880,
    // Positions, segments and their LayerNorm; the layers as in GPT-2; the pooler.
    "bert-base": 512 * 768 + 2 * 768 + 2 * 768 + 12 * (4 * 768 + 2 * 2 * 768 + 3072 + 768) + 768 * 768 + 768,
    // RMSNorms: 2 an encoder layer, 3 a decoder layer, 2 final; 32 relative positions a head, once a stack.
    "t5-base": (12 * 2 + 12 * 3 + 2) * 768 + 2 * 32 * 12,
    // 16 x 16 x 3 patches, a class token, 197 positions; the layers as in GPT-2; a final LayerNorm; 1000 classes.
    "vit-b16": 768 * 768 + 768 + 768 + 197 * 768 + 12 * (4 * 768 + 4 * 768 + 3072 + 768) + 2 * 768 + 1000 * 768 + 1000,
    // Convolution of 4 with bias, A, D, the bias of dt, a norm; a final norm.
    "mamba-130m": 24 * (1536 * 4 + 1536 + 1536 * 16 + 1536 + 1536 + 768) + 768,
    "mamba-2.8b": 64 * (5120 * 4 + 5120 + 5120 * 16 + 5120 + 5120 + 2560) + 2560,
  };
  for (const [id, parameters] of Object.entries(byHand)) {
    assert.equal(recordNamed("model", id).other_parameters, parameters, id);
  }
});

test("published totals of checkpoints are met to the parameter", () => {
  // Sizes of the released checkpoints, as their model cards and safetensors indices give them.
  const published = {
    "gpt2-small": 124439808,
    "gpt2-xl": 1557611200,
    "llama-2-7b": 6738415616,
    "llama-2-70b": 68976648192,
    "llama-3.1-8b": 8030261248,
    "llama-3.1-70b": 70553706496,
    "llama-3.1-405b": 405853388800,
    "mistral-7b-v0.1": 7241732096,
    "mixtral-8x7b": 46702792704,
    "qwen2.5-7b": 7615616512,
    "qwen3-8b": 8190735360,
    "gemma-2-9b": 9241705984,
    "phi-2": 2779683840,
    "deepseek-v2-lite": 15706484224,
    "bert-base": 109482240,
    "t5-base": 222903552,
    "mamba-130m": 129135360,
  };
  for (const [id, parameters] of Object.entries(published)) {
    assert.equal(recordNamed("model", id).parameters, parameters, id);
  }
});

test("a token's KV cache takes the bytes that its shape says, by hand", () => {
  // FP16: 2 x layers x KV heads x head size x 2 bytes; latent attention: layers x (latent + rope key) x 2 bytes.
  const expected = {
    "llama-2-7b": 524288, // 2 * 32 * 32 * 128 * 2: the half megabyte that everyone quotes
    "llama-3.1-8b": 131072, // a quarter of it: 8 KV heads of 32
    "llama-3.1-70b": 327680, // 2 * 80 * 8 * 128 * 2
    "llama-3.1-405b": 516096, // 2 * 126 * 8 * 128 * 2
    "gpt3-175b": 4718592, // 2 * 96 * 96 * 128 * 2
    "gpt2-xl": 307200, // 2 * 48 * 25 * 64 * 2
    "mixtral-8x7b": 131072,
    "qwen2.5-7b": 57344, // 2 * 28 * 4 * 128 * 2
    "qwen3-32b": 262144, // 2 * 64 * 8 * 128 * 2
    "gemma-2-9b": 344064, // 2 * 42 * 8 * 256 * 2
    "gemma-3-27b": 507904, // 2 * 62 * 16 * 128 * 2
    "phi-2": 327680, // 2 * 32 * 32 * 80 * 2
    "phi-4": 204800, // 2 * 40 * 10 * 128 * 2
    "falcon-7b": 8192, // 2 * 32 * 1 * 64 * 2: one KV head
    "gpt-oss-120b": 73728, // 2 * 36 * 8 * 64 * 2
    "deepseek-v2-lite": 31104, // 27 * (512 + 64) * 2
    "deepseek-v2": 69120, // 60 * 576 * 2
    "deepseek-v3": 70272, // 61 * 576 * 2: "70 KB a token" of the paper
    "tinyllama-1.1b": 22528, // 2 * 22 * 4 * 64 * 2
    "smollm2-1.7b": 196608, // 2 * 24 * 32 * 64 * 2
  };
  for (const [id, bytes] of Object.entries(expected)) {
    const m = recordNamed("model", id);
    const perLayer = m.mla ? m.mla.kv_lora_rank + m.mla.qk_rope_head_dim : 2 * m.kv_heads * m.head_dim;
    assert.equal(m.layers * perLayer * 2, bytes, id);
  }
});

test("shapes hold together", () => {
  for (const m of models) {
    if (m.heads === undefined) continue;
    assert.equal(m.heads % m.kv_heads, 0, `${m.id}: heads divide among KV heads`);
    assert.ok(m.head_dim >= 32 && m.head_dim <= 256, `${m.id}: head size`);
    const widening = m.intermediate_size / m.hidden_dim;
    if (m.intermediate_size) assert.ok(widening >= 1 && widening <= 8, `${m.id}: MLP ${widening} times as wide`);
    if (m.sliding_window) {
      assert.ok(m.sliding_window.local_layers <= m.layers, `${m.id}: local layers`);
      assert.ok(m.sliding_window.window < m.max_context, `${m.id}: a window shorter than the context`);
    }
    if (m.moe) assert.ok(m.moe.active_experts < m.moe.experts, `${m.id}: active experts`);
  }
});

test("active parameters of mixtures of experts are those of their cards", () => {
  /** @param {Model} m */
  const active = (m) => {
    const idle = m.moe.experts - m.moe.active_experts;
    const expert = 3 * m.hidden_dim * m.moe.expert_intermediate_size;
    return m.parameters - (m.layers - (m.moe.dense_layers ?? 0)) * idle * expert;
  };
  // Billions as the cards round them, with both embedding matrices counted.
  const cards = { "mixtral-8x7b": 12.9, "mixtral-8x22b": 39.1, "deepseek-v2": 21, "deepseek-v3": 37, "qwen3-235b-a22b": 22 };
  for (const [id, billions] of Object.entries(cards)) {
    const found = active(recordNamed("model", id)) / 1e9;
    assert.ok(Math.abs(found / billions - 1) < 0.03, `${id}: ${found}`);
  }
});

test("FLOP of models without shapes are twice the multiply-accumulates", () => {
  // GMAC of one 224 x 224 image in the measured table of timm.
  const gmac = { "resnet-18": 1.82, "resnet-50": 4.11, "mobilenet-v2": 0.31, "efficientnet-b0": 0.4 };
  for (const [id, macs] of Object.entries(gmac)) {
    const flop = recordNamed("model", id).flop_per_input;
    assert.ok(Math.abs(flop / (2e9 * macs) - 1) < 1e-9, `${id}: ${flop}`);
  }
});
