// @ts-check
// Keys of one letter, which can be switched off on all pages at once: who dictates would press them unasked.

import { h } from "./dom.js";

const OFF = "shokureki.keys-off";

/** A box that switches them. */
export function keySwitch() {
  const box = h("input", {
    type: "checkbox",
    checked: localStorage.getItem(OFF) === null,
    onchange: () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")),
  });
  return box;
}

/**
 * The letter that is meant as a key; nothing where somebody types it, or means another key with it.
 * @param {KeyboardEvent} event
 */
export function keyOf(event) {
  const target = /** @type {Element} */ (event.target);
  const isOther = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  const isTyped = target.closest("input:not([type=checkbox]), textarea, select, dialog");
  return isOther || isTyped || localStorage.getItem(OFF) !== null ? "" : event.key;
}
