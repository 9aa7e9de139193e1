// @ts-check
// The page's style sheets as they serve inside the page of somebody else.

import base from "../styles/base.css.js";
import embed from "../styles/embed.css.js";
import search from "../styles/search.css.js";

/** What `1rem` is in the page. */
const REM_PX = 16;

/**
 * A sheet whose lengths and widths are the element's own: `rem` is a length of the host's document, which may
 * be anything, and a host gives the element a column of the window, not the window.
 * @param {CSSStyleSheet} sheet
 */
function adapted(sheet) {
  const text = Array.from(sheet.cssRules, (rule) => rule.cssText).join("\n");
  const own = new CSSStyleSheet();
  own.replaceSync(
    text.replace(/@media ([^{]*)|(-?[\d.]+)rem\b/g, (whole, condition, rems) => {
      if (rems !== undefined) return `calc(var(--rem) * ${rems})`;
      if (!/\bwidth\b/.test(condition)) return whole;
      return `@container shokureki ${condition.replace(/([\d.]+)rem\b/g, (/** @type {string} */ _, /** @type {string} */ of) => `${Number(of) * REM_PX}px`)}`;
    }),
  );
  return own;
}

export const sheets = [base, search, embed].map(adapted);
