// @ts-check
// Who was chosen for the comparison: at most five, while the tab is open.

const STORED = "shokureki.selection";

export const MOST_COMPARED = 5;

const changes = new EventTarget();

/** @returns {string[]} ids of candidates, in the order in which they were chosen */
export function selection() {
  try {
    const ids = JSON.parse(sessionStorage.getItem(STORED) ?? "[]");
    return Array.isArray(ids) ? ids.map(String).slice(0, MOST_COMPARED) : [];
  } catch {
    return [];
  }
}

/**
 * Chooses a candidate or no longer; returns whether there was room.
 * @param {string} id
 * @param {boolean} on
 */
export function select(id, on) {
  const ids = selection().filter((other) => other !== id);
  if (on && ids.length >= MOST_COMPARED) return false;
  if (on) ids.push(id);
  sessionStorage.setItem(STORED, JSON.stringify(ids));
  changes.dispatchEvent(new Event("change"));
  return true;
}

/**
 * Calls `listener` at each change.
 * @param {() => void} listener
 * @param {{ signal?: AbortSignal }} [options]
 */
export function onSelection(listener, options = {}) {
  changes.addEventListener("change", listener, options);
}
