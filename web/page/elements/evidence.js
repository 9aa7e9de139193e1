// @ts-check
// <evidence-list>: lines of a résumé that prove something.
//
// Properties, to be set before it is connected:
//   evidence  what the fragment `EvidenceLine` (operations/EvidenceLine.graphql) brings, best first
//   limit     how many are shown before the others are asked for; 2 by default
//   link      (line of evidence) => address of the place in the résumé, or null for none

import { define, fill, h } from "../lib/dom.js";
import { marked } from "../lib/evidence.js";
import { texts } from "../lib/i18n.js";

/** @typedef {import("../operations.js").EvidenceLineFragment} Line */

const TEXTS = {
  ja: {
    line: "{n}行目",
    more: "ほか{n}行を表示",
    WORKED: "実務",
    DECLARED: "申告",
    PERSONAL: "個人",
    CERTIFIED: "資格",
    LEARNING: "学習",
    NEGATED: "未経験",
  },
  en: {
    line: "line {n}",
    more: "Show {n} more",
    WORKED: "at work",
    DECLARED: "declared",
    PERSONAL: "personal",
    CERTIFIED: "certified",
    LEARNING: "learning",
    NEGATED: "not known",
  },
};

/**
 * A grade in words.
 * @param {NonNullable<Line["grade"]>} grade
 * @param {Element} [at]
 */
export function gradeName(grade, at) {
  return texts(TEXTS, at)(grade);
}

/**
 * The address of a line of a candidate's résumé.
 * @param {string} candidate
 * @param {number | null} line
 * @param {string | null} query what was searched for, to mark it there
 */
export function lineAddress(candidate, line, query) {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  if (line !== null) parameters.set("line", String(line));
  return `/candidates/${encodeURIComponent(candidate)}${parameters.size > 0 ? `?${parameters}` : ""}`;
}

export class EvidenceList extends HTMLElement {
  #t = texts(TEXTS, this);
  /** @type {Line[]} */
  evidence = [];
  /** @type {((line: Line) => string | null) | null} */
  link = null;
  limit = 2;

  connectedCallback() {
    this.#draw(this.limit);
  }

  /** @param {number} most lines that are shown */
  #draw(most) {
    const left = this.evidence.length - most;
    fill(
      this,
      h("ul", { class: "ev-lines" }, this.evidence.slice(0, most).map((line) => this.#line(line))),
      left > 0 && h("button", { class: "quiet ev-more", onclick: () => this.#showAll() }, this.#t("more", { n: left })),
    );
  }

  #showAll() {
    this.#draw(Infinity);
    // The button is gone: whoever pressed it goes on reading at the first line that came.
    this.querySelectorAll("li")[this.limit]?.querySelector("a")?.focus();
  }

  /** @param {Line} line */
  #line(line) {
    const { excerpt, highlights, headingPath, grade } = line;
    const address = this.link?.(line);
    const place = this.#t("line", { n: line.line });
    // The outermost heading is the document's title: the same on every line.
    const path = headingPath.slice(headingPath.length > 1 ? 1 : 0).join(" › ");
    return h(
      "li",
      { class: "ev-line" },
      h("p", { class: "ev-text" }, marked(excerpt, highlights)),
      h(
        "p",
        { class: "ev-place" },
        grade && h("span", { class: `ev-grade ${grade.toLowerCase()}` }, this.#t(grade)),
        path && h("span", { class: "ev-path", title: path }, path),
        address ? h("a", { href: address, "aria-label": `${place} ${excerpt.slice(0, 40)}` }, place) : h("span", null, place),
      ),
    );
  }
}

define("evidence-list", EvidenceList);
