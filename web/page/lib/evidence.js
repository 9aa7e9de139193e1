// @ts-check
// Lines of a résumé with what matters in them marked.

import { h } from "./dom.js";

/**
 * A text with marks. Ranges count Unicode code points, as the API does.
 * @param {string} text
 * @param {{ start: number, end: number }[]} ranges
 * @returns {(string | HTMLElement)[]}
 */
export function marked(text, ranges) {
  const characters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from > at) parts.push(characters.slice(at, from).join(""));
    parts.push(h("mark", null, characters.slice(from, end).join("")));
    at = end;
  }
  if (at < characters.length) parts.push(characters.slice(at).join(""));
  return parts;
}
