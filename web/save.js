/** Out of the page: to the clipboard, or as a file. Nothing leaves the machine. */

/**
 * @param {string} text
 * @returns {Promise<boolean>} false where the browser refuses
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} name of the file
 * @param {BlobPart} text, or a file's bytes
 * @param {string} type
 */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
