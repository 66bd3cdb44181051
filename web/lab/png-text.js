/** Text inside a PNG: an international text chunk (iTXt) before the image's end, as the PNG specification has it. Pure. */

/** Of every byte, for CRC-32 (polynomial 0xEDB88320). */
const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = (table[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/**
 * @param {Uint8Array} png
 * @param {string} keyword  1 to 79 Latin-1 letters
 * @param {string} text
 * @returns {Uint8Array} with the chunk in it
 */
export function withText(png, keyword, text) {
  const encoder = new TextEncoder();
  // Keyword, separator, not compressed (flag and method), no language, no translated keyword, text.
  const body = new Uint8Array([...encoder.encode("iTXt"), ...encoder.encode(keyword), 0, 0, 0, 0, 0, ...encoder.encode(text)]);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  const end = png.length - 12;
  const whole = new Uint8Array(png.length + chunk.length);
  whole.set(png.subarray(0, end));
  whole.set(chunk, end);
  whole.set(png.subarray(end), end + chunk.length);
  return whole;
}

/**
 * @param {Uint8Array} png
 * @param {string} keyword
 * @returns {string | null} null where there is no such chunk
 */
export function readText(png, keyword) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const decoder = new TextDecoder();
  for (let at = 8; at + 12 <= png.length; ) {
    const length = view.getUint32(at);
    const type = decoder.decode(png.subarray(at + 4, at + 8));
    const data = png.subarray(at + 8, at + 8 + length);
    const name = decoder.decode(data.subarray(0, data.indexOf(0)));
    if (type === "iTXt" && name === keyword) return decoder.decode(data.subarray(name.length + 5));
    at += length + 12;
  }
  return null;
}
