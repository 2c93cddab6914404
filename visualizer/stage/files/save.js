// A file that the browser itself has made, saved where it saves downloads.

const KEPT = 10000; // ms that its address is good for

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
