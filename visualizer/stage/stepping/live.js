// The stage on a page of the server: keyframes come packed, once for all readers of the same shape.

import mount from "./keys.js";
import { inflated } from "../page/words.js";

/** @type {import("../types").Keyframes} */
let unpacked = null;
let newest = ""; // the keyframes that arrived last: older ones may take longer to unpack

/** @param {import("../types").Mounted<import("../types").PackedKeyframes>} mounted */
export default async function mountPacked({ data: { id, packed }, ...rest }) {
  newest = id;
  const keyframes = unpacked?.id === id ? unpacked : await inflated(packed, "gzip").json();
  if (newest !== id) return;
  unpacked = keyframes;
  mount({ data: keyframes, ...rest });
}
