// Bytes of files that the browser writes.

/** Numbers of so many bytes, the least significant first. @param {number} size @param {number[]} numbers */
export const little = (size, ...numbers) => numbers.flatMap((number) => Array.from({ length: size }, (_, i) => Math.floor(number / 256 ** i) % 256));

/** A number of so many bytes, the most significant first. @param {number} size @param {number} number */
export const big = (size, number) => little(size, number).reverse();

/** Characters of ASCII. @param {string} text */
export const ascii = (text) => [...text].map((sign) => sign.charCodeAt(0));

/** Parts, one after the other. @param {ArrayLike<number>[]} parts */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
