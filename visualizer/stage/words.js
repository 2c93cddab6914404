// Shows words and equations: one text of HTML, which Python wrote and packed (deflated, in Base64), as steps send it.

export const inflated = (packed) =>
  new Response(new Blob([Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("deflate")));
export const unpacked = (packed) => inflated(packed).text();

export default async function mount({ data: { packed }, parentElement }) {
  const words = parentElement.querySelector(".words");
  if (words.shown === (words.newest = packed)) return;
  const html = await unpacked(packed);
  if (words.newest === packed) [words.innerHTML, words.shown] = [html, packed];
}
