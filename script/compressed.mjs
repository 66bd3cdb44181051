/** dist/ as a web server sends it that compresses: every file in a folder of its own, in brotli. Whoever asks for it removes it. */
import { cp, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

/** What the server says with each file. */
export const headers = { "content-encoding": "br" };

export async function compressed() {
  const folder = await mkdtemp(join(tmpdir(), "crossover-bench-"));
  await cp("dist", folder, { recursive: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile()) await writeFile(file, brotliCompressSync(await readFile(file)));
  }
  return folder;
}
