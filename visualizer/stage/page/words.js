// Shows words and equations: one text of HTML, which Python wrote and packed (deflated, in Base64), as steps send it.

/** @param {string} packed @param {CompressionFormat} [way] */
export const inflated = (packed, way = "deflate") =>
  new Response(new Blob([Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream(way)));

export default async function mount({ data: { packed }, parentElement }) {
  const words = parentElement.querySelector(".words");
  if (words.shown === (words.newest = packed)) return;
  const html = await inflated(packed).text();
  if (words.newest === packed) [words.innerHTML, words.shown] = [html, packed];
}
