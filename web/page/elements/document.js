// @ts-check
// <resume-document>: the text of a résumé with line numbers, its marks, and the way from one to the next.
//
// set(text, evidence)   what is shown and marked; null while it is not known
// reveal(line)          scrolls to a line and points at it
// step(1), step(-1)     goes to the next mark or the one before, as the keys n and p do
// begin()               goes to the first mark, and leaves the page where it is
// renderAll()           renders lines that nobody looked at yet, for paper

import { define, fill, h } from "../lib/dom.js";
import { number, texts } from "../lib/i18n.js";
import { keyOf, keySwitch } from "../lib/keys.js";
import { lineStarts, places } from "../lib/positions.js";

const t = texts({
  ja: {
    lines: "{n}行",
    position: "マーク {at} / {of}",
    none: "マークなし",
    next: "次のマーク",
    previous: "前のマーク",
    keys: "n / p キーで移動",
    text: "原本のテキスト",
    loading: "原本を読み込んでいます…",
  },
  en: {
    lines: "{n} lines",
    position: "mark {at} of {of}",
    none: "no marks",
    next: "Next mark",
    previous: "Previous mark",
    keys: "keys n / p",
    text: "Text of the document",
    loading: "Loading the document…",
  },
});

/** Rows that are rendered together. */
const CHUNK = 100;

/** The longest row, in letters: a line beyond it, as data may be of one, takes engines minutes to break. */
const LONGEST = 1000;

/** Up to so many letters are rendered at once, for the browser's own search to find them. */
const AT_ONCE = 100_000;

export class ResumeDocument extends HTMLElement {
  #text = "";
  /** Where each line begins. @type {number[]} */
  #lines = [];
  /** Where each row begins: a line, or a part of a long one. @type {number[]} */
  #starts = [];
  /** @type {import("../lib/positions.js").Range[]} */
  #marks = [];
  #mark = -1;
  /** @type {HTMLElement[]} */
  #chunks = [];
  /** @type {IntersectionObserver | undefined} */
  #observer;
  /** @type {AbortController | undefined} */
  #listening;
  #status = h("span", { class: "doc-status", "aria-live": "polite" });
  #body = h("div", { class: "doc-text", tabindex: "0", role: "region" });
  #previous = h("button", { onclick: () => this.step(-1) }, "↑");
  #next = h("button", { onclick: () => this.step(1) }, "↓");

  connectedCallback() {
    this.#listening = new AbortController();
    document.addEventListener("keydown", (event) => this.#press(event), { signal: this.#listening.signal });
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#observer?.disconnect();
  }

  /**
   * @param {string | null} text
   * @param {import("../lib/positions.js").Evidence[]} evidence
   */
  set(text, evidence) {
    this.#observer?.disconnect();
    this.#text = text ?? "";
    this.#lines = lineStarts(this.#text);
    this.#starts = this.#lines.flatMap((start, line) => rows(this.#text, start, this.#lines[line + 1] ?? this.#text.length));
    this.#marks = places(this.#text, evidence);
    this.#mark = -1;
    this.#body.setAttribute("aria-label", t("text"));
    for (const [button, title] of /** @type {const} */ ([[this.#previous, t("previous")], [this.#next, t("next")]])) {
      button.title = title;
      button.setAttribute("aria-label", title);
      button.disabled = this.#marks.length === 0;
    }
    if (text === null) {
      fill(this, h("p", { class: "faint", role: "status" }, t("loading")));
      return;
    }
    const count = this.#starts.length;
    this.#chunks = Array.from({ length: Math.ceil(count / CHUNK) }, (_, index) =>
      h("div", { class: "doc-chunk", "data-chunk": index, style: { "min-height": `${Math.min(CHUNK, count - index * CHUNK) * 1.6}em` } }),
    );
    fill(this.#body, this.#chunks);
    if (!this.contains(this.#body)) {
      fill(this, h("div", { class: "doc-tools" }, this.#previous, this.#next, this.#status, h("label", { class: "doc-keys" }, keySwitch(), t("keys"))), this.#body);
    }
    this.#tell();
    if (this.#text.length <= AT_ONCE) this.renderAll();
    else {
      this.#observer = new IntersectionObserver(
        (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && this.#render(this.#chunks.indexOf(/** @type {HTMLElement} */ (target)))),
        { root: this.#body, rootMargin: "100%" },
      );
      for (const chunk of this.#chunks) this.#observer.observe(chunk);
    }
  }

  renderAll() {
    this.#chunks.forEach((_, index) => this.#render(index));
  }

  /** @param {number} line from 1 */
  reveal(line) {
    const start = this.#lines[line - 1];
    const found = start === undefined ? undefined : this.#row(start);
    if (start === undefined || !found) return;
    this.#here(found);
    this.#scrollTo(found);
    // The next mark is the next one from here.
    const end = this.#lines[line] ?? Infinity;
    const on = this.#marks.findIndex((mark) => mark.start >= start && mark.start < end);
    this.#point(on >= 0 ? on : -1);
  }

  begin() {
    const { scrollX, scrollY } = window;
    this.step(1);
    scrollTo(scrollX, scrollY);
  }

  /** @param {1 | -1} by */
  step(by) {
    const count = this.#marks.length;
    if (count === 0) return;
    const to = this.#mark < 0 && by < 0 ? count - 1 : (this.#mark + by + count) % count;
    const mark = this.#marks[to];
    if (!mark) return;
    const row = this.#row(mark.start);
    if (!row) return;
    this.#here(row);
    this.#point(to);
    this.#scrollTo(this.querySelector("mark.current") ?? row);
  }

  /** @param {Element} row */
  #here(row) {
    this.querySelector(".doc-line.here")?.classList.remove("here");
    row.classList.add("here");
  }

  /** @param {number} to */
  #point(to) {
    this.#mark = to;
    for (const old of this.querySelectorAll("mark.current")) old.classList.remove("current");
    for (const now of this.querySelectorAll(`mark[data-mark="${to}"]`)) now.classList.add("current");
    this.#tell();
  }

  #tell() {
    const of = number(this.#marks.length);
    const marks = this.#marks.length === 0 ? t("none") : t("position", { at: this.#mark < 0 ? "–" : number(this.#mark + 1), of });
    fill(this.#status, marks, h("span", { class: "faint" }, ` · ${t("lines", { n: number(this.#lines.length) })}`));
  }

  /**
   * Returns the row that a position is in.
   * @param {number} position
   */
  #row(position) {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    const index = Math.floor(low / CHUNK);
    // What stands around it is rendered too, so that nothing moves it afterwards.
    for (const near of [index - 1, index, index + 1]) this.#render(near);
    return this.#chunks[index]?.children[low % CHUNK];
  }

  /** @param {number} index */
  #render(index) {
    const chunk = this.#chunks[index];
    if (!chunk || chunk.childElementCount > 0) return;
    const from = index * CHUNK;
    const to = Math.min(from + CHUNK, this.#starts.length);
    const begin = this.#starts[from] ?? 0;
    let mark = this.#marks.findIndex(({ end }) => end > begin);
    if (mark < 0) mark = this.#marks.length;
    const lines = [];
    let line = this.#lines.findIndex((start) => start >= begin);
    for (let row = from; row < to; row += 1) {
      const start = this.#starts[row] ?? 0;
      const end = this.#starts[row + 1] ?? this.#text.length;
      const parts = [];
      let at = start;
      for (let next = mark; next < this.#marks.length; next += 1) {
        const range = this.#marks[next];
        if (!range || range.start >= end) break;
        const first = Math.max(range.start, start);
        parts.push(this.#text.slice(at, first));
        at = Math.min(range.end, end);
        parts.push(h("mark", { "data-mark": next, class: next === this.#mark ? "current" : null }, this.#text.slice(first, at).replace(/[\r\n]+$/, "")));
        if (range.end <= end) mark = next + 1;
      }
      parts.push(this.#text.slice(at, end).replace(/[\r\n]+$/, ""));
      // A part of a long line has no number of its own.
      if (this.#lines[line] === start) line += 1;
      lines.push(h("div", { class: "doc-line", "data-line": this.#lines[line - 1] === start ? line : null }, parts));
    }
    fill(chunk, lines);
    chunk.style.removeProperty("min-height");
    this.#observer?.unobserve(chunk);
  }

  /** @param {Element} element */
  #scrollTo(element) {
    // `scrollIntoView` of the line would move the page under whoever reads beside it.
    const body = this.#body.getBoundingClientRect();
    const place = element.getBoundingClientRect();
    this.#body.scrollTop += place.top - body.top - (body.height - place.height) / 2;
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) this.#body.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const by = /** @type {const} */ ({ n: 1, p: -1 })[keyOf(event)];
    if (!by) return;
    event.preventDefault();
    this.step(by);
  }
}

/**
 * Returns where the rows of a line begin.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function rows(text, start, end) {
  const starts = [start];
  for (let at = start + LONGEST; at < end; at += LONGEST) {
    // Two units that are one letter stay together.
    if (/[\uDC00-\uDFFF]/.test(text.charAt(at))) at -= 1;
    starts.push(at);
  }
  return starts;
}

define("resume-document", ResumeDocument);
