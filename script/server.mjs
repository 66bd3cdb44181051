// A static server for dist/. `node script/server.mjs [directory]`, with HOST and PORT in the environment.
import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** @type {Record<string, string>} */
const types = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml",
};

/**
 * The file that a request means, or null: outside of the root, a hidden one, or none.
 * @param {string} root
 * @param {string} url
 */
async function fileFor(root, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  let file = normalize(join(root, path));
  if (file.includes("\0") || (file !== root && !file.startsWith(root + sep))) return null;
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) file = join(file, "index.html");
  const size = found?.isDirectory() ? (await stat(file).catch(() => null))?.size : found?.size;
  return size === undefined ? null : { file, size };
}

/**
 * Serves `directory`. Resolves when it listens; port 0 takes any free one.
 * @param {string} directory
 * @param {{ host?: string, port?: number }} [options]
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve(directory, { host = "127.0.0.1", port = 0 } = {}) {
  const root = resolve(directory);
  const server = createServer(async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const found = await fileFor(root, request.url ?? "/");
    if (found === null) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("not found\n");
      return;
    }
    response.writeHead(200, {
      "content-type": types[extname(found.file)] ?? "application/octet-stream",
      "content-length": found.size,
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    });
    if (request.method === "HEAD") response.end();
    else createReadStream(found.file).on("error", () => response.destroy()).pipe(response);
  });
  await new Promise((listening, failed) => {
    server.once("error", failed).listen(port, host, () => listening(undefined));
  });
  const address = server.address();
  const listeningOn = typeof address === "object" && address !== null ? address.port : port;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${listeningOn}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function main() {
  const port = Number(process.env.PORT ?? 8080);
  const host = process.env.HOST ?? "127.0.0.1";
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`server: PORT is "${process.env.PORT}", which is no port (0 to 65535).`);
    process.exit(1);
  }
  try {
    const { url } = await serve(process.argv[2] ?? "dist", { host, port });
    console.log(`Crossover is at ${url}   (Ctrl+C ends it)`);
  } catch (fault) {
    const busy = /** @type {NodeJS.ErrnoException} */ (fault).code === "EADDRINUSE";
    console.error(
      busy
        ? `server: port ${port} is taken; name another one, as in PORT=8081 script/server.`
        : `server: cannot listen on ${host}:${port}: ${String(fault)}`,
    );
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
