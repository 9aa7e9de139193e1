// @ts-check
// Where the evidence of the API stands in a text of JavaScript: the API counts bytes of UTF-8 and code
// points, a string counts units of UTF-16.

/** @typedef {{ excerpt: string, highlights: { start: number, end: number }[], line: number, byteStart: number, byteEnd: number }} Evidence */
/** @typedef {{ start: number, end: number }} Range units of UTF-16 from the beginning of the text */

/**
 * Returns the position in `text` of each byte offset of its UTF-8, in one pass.
 * @param {string} text
 * @param {number[]} offsets
 * @returns {Map<number, number>}
 */
export function positions(text, offsets) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const found = new Map();
  let byte = 0;
  let at = 0;
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    at += decoder.decode(bytes.subarray(byte, offset)).length;
    byte = offset;
    found.set(offset, at);
  }
  return found;
}

/**
 * Returns all places that evidence marks in the text it was cut from, in order and apart from each other.
 * @param {string} text
 * @param {Evidence[]} evidence
 * @returns {Range[]}
 */
export function places(text, evidence) {
  const at = positions(text, evidence.flatMap(({ byteStart, byteEnd }) => [byteStart, byteEnd]));
  const ranges = evidence.flatMap(({ excerpt, highlights, byteStart, byteEnd }) => {
    const first = { start: at.get(byteStart) ?? 0, end: at.get(byteEnd) ?? 0 };
    const letters = Array.from(excerpt);
    /** @param {number} count */
    const units = (count) => letters.slice(0, count).join("").length;
    const begin = first.start - units(highlights[0]?.start ?? 0);
    // A text that was read anew since is another one: then the bytes alone are believed.
    if (begin < 0 || !text.startsWith(excerpt, begin)) return [first];
    return [first, ...highlights.map(({ start, end }) => ({ start: begin + units(start), end: begin + units(end) }))];
  });
  /** @type {Range[]} */
  const merged = [];
  for (const range of ranges.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end);
    else if (range.end > range.start) merged.push({ ...range });
  }
  return merged;
}

/**
 * Returns where each line begins, counted as the API does: `\n`, `\r\n` and a lone `\r` end one.
 * @param {string} text
 * @returns {number[]}
 */
export function lineStarts(text) {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  return starts;
}
