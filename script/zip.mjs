/** A zip archive whose bytes depend on nothing but names and contents: sorted, without dates or owners (PKWARE's APPNOTE 6.3). */
import { deflateRawSync } from "node:zlib";
import { crc32 } from "../web/lab/png-text.js";

/** 1 January 1980, the first day that the format knows. */
const date = 0x21;
const deflate = 8;
/** Names are UTF-8. */
const flags = 0x800;

/** @param {[2 | 4, number][]} fields each so many bytes, little-endian */
function record(fields) {
  const bytes = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of fields) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}

/**
 * @param {Map<string, Uint8Array>} files name → contents
 * @returns {Buffer}
 */
export function zip(files) {
  /** @type {Buffer[]} */
  const parts = [];
  /** @type {Buffer[]} */
  const directory = [];
  let offset = 0;
  for (const [name, contents] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const label = Buffer.from(name, "utf8");
    const packed = deflateRawSync(contents, { level: 9 });
    /** @type {[2 | 4, number][]} */
    const about = [
      [2, 20], [2, flags], [2, deflate], [2, 0], [2, date], [4, crc32(contents)], [4, packed.length], [4, contents.length], [2, label.length], [2, 0],
    ];
    const header = Buffer.concat([record([[4, 0x04034b50], ...about]), label]);
    directory.push(record([[4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), label);
    parts.push(header, packed);
    offset += header.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = record([[4, 0x06054b50], [2, 0], [2, 0], [2, files.size], [2, files.size], [4, size], [4, offset], [2, 0]]);
  return Buffer.concat([...parts, ...directory, end]);
}
