// Saves files that the server has made: each once, however often it comes.

import { save } from "./save.js";
import { inflated } from "../page/words.js";

export default async function mount({ data: { files } }) {
  const saved = (document.backpropSaved ??= new Set());
  const fresh = files.filter(({ id }) => !saved.has(id));
  for (const { id } of fresh) saved.add(id);
  for (const { name, mime, packed } of fresh) save((await inflated(packed).blob()).slice(0, undefined, mime), name);
}
