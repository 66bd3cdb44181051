// script/server's static server.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { serve } from "../../script/server.mjs";

/** Status, type and text of a path exactly as given: fetch would tidy it up first. @param {string} url @param {string} path */
const get = (url, path, method = "GET") =>
  /** @type {Promise<{ status: number | undefined, type: string | undefined, text: string }>} */ (
    new Promise((done, failed) => {
      const { hostname, port } = new URL(url);
      request({ hostname, port, path, method }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
        response.on("end", () => done({ status: response.statusCode, type: response.headers["content-type"], text }));
      })
        .on("error", failed)
        .end();
    })
  );

test("the server gives each file with its type, and nothing from outside of its directory", async () => {
  const above = await mkdtemp(join(tmpdir(), "crossover-server-"));
  const root = join(above, "dist");
  await mkdir(join(root, "lab"), { recursive: true });
  await writeFile(join(above, "secret.txt"), "secret");
  await mkdir(join(above, "dist-other"));
  await writeFile(join(above, "dist-other", "secret.txt"), "secret");
  await writeFile(join(root, "index.html"), "<!doctype html>page");
  await writeFile(join(root, "lab", "index.html"), "lab");
  await writeFile(join(root, "main.js"), "export {};");
  await writeFile(join(root, "crossover.wasm"), "wasm");
  await writeFile(join(root, "100 % ü.txt"), "name");
  const server = await serve(root);
  try {
    for (const [path, type, text] of [
      ["/", "text/html; charset=utf-8", "<!doctype html>page"],
      ["/?model=llama-3.1-8b", "text/html; charset=utf-8", "<!doctype html>page"],
      ["/lab/", "text/html; charset=utf-8", "lab"],
      ["/main.js", "text/javascript; charset=utf-8", "export {};"],
      ["/crossover.wasm", "application/wasm", "wasm"],
      ["/100%20%25%20%C3%BC.txt", "text/plain; charset=utf-8", "name"],
    ]) {
      assert.deepEqual(await get(server.url, path), { status: 200, type, text }, path);
    }
    assert.deepEqual((await get(server.url, "/main.js", "HEAD")).text, "");
    assert.equal((await get(server.url, "/main.js", "POST")).status, 405);
    for (const path of [
      "/none.html",
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/..%2fdist-other%2fsecret.txt",
      "/lab/../../secret.txt",
      "/%00",
      "/%",
      "//secret.txt",
    ]) {
      const answer = await get(server.url, path);
      assert.equal(answer.status, 404, path);
      assert.doesNotMatch(answer.text, /secret/);
    }
  } finally {
    await server.close();
    await rm(above, { recursive: true });
  }
});

test("two servers on the same port: the second one says so", async () => {
  const first = await serve(".");
  try {
    await assert.rejects(serve(".", { port: Number(new URL(first.url).port) }), { code: "EADDRINUSE" });
  } finally {
    await first.close();
  }
});
