import assert from "node:assert/strict";
import { test } from "node:test";

import { library, recordsOf } from "./library.mjs";

test("an id is its file's name", () => {
  for (const { file, record } of library) {
    assert.equal(`${record.id}.json`, file.split("/").pop(), file);
  }
});

test("no id or alias names two records of a kind", () => {
  const seen = new Map();
  for (const { kind, file, record } of library) {
    for (const name of [record.id, ...(record.aliases ?? [])]) {
      const key = `${kind}/${name}`;
      assert.equal(seen.get(key), undefined, `${key}: ${seen.get(key)} and ${file}`);
      seen.set(key, file);
    }
  }
});

test("a device, a model and a scheme never share a name", () => {
  const seen = new Map();
  for (const { kind, record } of library.filter((entry) => ["hardware", "model", "scheme"].includes(entry.kind))) {
    for (const name of [record.id, ...(record.aliases ?? [])]) {
      assert.ok(!seen.has(name) || seen.get(name) === kind, `${name}: ${seen.get(name)} and ${kind}`);
      seen.set(name, kind);
    }
  }
});

test("the tutorial's 32 devices and 28 models each have one record, found by their key", () => {
  const devices = `V100 T4 A100 H100 H200 B200 GB200_NVL72 MI250X MI300X Gaudi3 TPUv5p TPUv6 Trainium2 JetsonAGXOrin
    JetsonOrinNX JetsonOrinNano Coral DGX_Spark MacBookM3Max iPhone15Pro ESP32_S3 nRF52840 HimaxWE1 TPUv1 TPUv4 Gaudi2
    Cerebras_CS3 Groq_LPU ReferenceCPU AppleM2 Pixel8 Snapdragon8Gen3`.split(/\s+/);
  const models = `BERT_Base BERT_Large GPT2 GPT2_Small GPT3 GPT4 Llama2_7B Llama2_70B Llama3_8B Llama3_70B Llama3_405B
    Mixtral_8x7B DeepSeek_V3 AlexNet LeNet1 ResNet18 ResNet50 ResNet50_4p1G MobileNetV2 EfficientNetB0 YOLOv8_Nano
    AnomalyDetector DS_CNN WakeVision Mamba_130M Mamba_2_8B StableDiffusion_v1_5 DLRM`.split(/\s+/);
  assert.equal(devices.length, 32);
  assert.equal(models.length, 28);
  for (const [kind, keys] of /** @type {[string, string[]][]} */ ([["hardware", devices], ["model", models]])) {
    const found = recordsOf(kind).flatMap((record) => {
      const blocks = kind === "model" ? (record.tutorial ?? []) : [record.tutorial].filter(Boolean);
      for (const block of blocks) assert.ok(record.aliases.includes(block.key), `${record.id}: ${block.key}`);
      return blocks.map((/** @type {{key: string}} */ block) => block.key);
    });
    assert.deepEqual(found.sort(), [...keys].sort());
  }
});
