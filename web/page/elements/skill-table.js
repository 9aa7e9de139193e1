// @ts-check
// <skill-table>: what a résumé shows of each technology, parts beneath what they are a part of.
//
// set(experiences, { evidence, link })   `evidence(name)` loads the lines that name a technology
// Event `technology-opened` (detail: `{ what, evidence }`) when the lines of one were asked for.

import { define, emit, fill, h } from "../lib/dom.js";
import { duration, month, texts } from "../lib/i18n.js";
import { problem } from "../lib/problem.js";
import { gradeName } from "./evidence.js";

/** @typedef {NonNullable<import("../operations.js").CandidatePageQuery["candidate"]>["technologies"][number]} Experience */
/** @typedef {import("../operations.js").EvidenceLineFragment} Line */
/** @typedef {"name" | "months" | "last" | "grade"} Key */

const t = texts({
  ja: {
    name: "技術",
    months: "期間",
    last: "最終利用",
    grade: "根拠",
    lines: "{name} の根拠を表示",
    between: "{lower}〜{upper}（年単位の記載）",
    stated: "記載 {months}",
    STATED: "期間は自己申告",
    UNDATED: "期間の記載なし",
    asOf: "期間は {month} 時点。重なる期間は一度だけ数えています。",
    all: "ほか{n}件の技術を表示",
    loading: "読み込んでいます…",
  },
  en: {
    name: "Technology",
    months: "Months",
    last: "Last use",
    grade: "Basis",
    lines: "Show the lines that name {name}",
    between: "{lower} – {upper} (years only)",
    stated: "says {months}",
    STATED: "as stated, undated",
    UNDATED: "no months stated",
    asOf: "Months as of {month}; those that overlap count once.",
    all: "Show {n} more technologies",
    loading: "Loading…",
  },
});

/** Technologies that are shown at first. */
const AT_FIRST = 15;

const GRADES = ["WORKED", "DECLARED", "PERSONAL", "CERTIFIED", "LEARNING", "NEGATED"];

/** @type {{ [key in Key]: (a: Experience, b: Experience) => number }} */
const ORDERS = {
  name: (a, b) => a.technology.name.localeCompare(b.technology.name, "ja"),
  months: (a, b) => b.months - a.months,
  last: (a, b) => (b.lastUsed ?? "").localeCompare(a.lastUsed ?? ""),
  grade: (a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade) || b.months - a.months,
};

export class SkillTable extends HTMLElement {
  /** @type {Experience[]} */
  #experiences = [];
  /** @type {(name: string) => Promise<Line[]>} */
  #evidence = async () => [];
  /** @type {((line: Line) => string | null) | null} */
  #link = null;
  /** @type {Key} */
  #key = "grade";
  #isReversed = false;
  #isWhole = false;

  /**
   * @param {Experience[]} experiences
   * @param {{ evidence: (name: string) => Promise<Line[]>, link: ((line: Line) => string | null) | null }} sources
   */
  set(experiences, { evidence, link }) {
    this.#experiences = experiences;
    this.#evidence = evidence;
    this.#link = link;
    this.#draw();
  }

  /** Those that are a part of another stand beneath it. */
  #rows() {
    const order = (/** @type {Experience} */ a, /** @type {Experience} */ b) => ORDERS[this.#key](a, b) * (this.#isReversed ? -1 : 1);
    const sorted = [...this.#experiences].sort(order);
    const listed = new Set(sorted.map(({ technology }) => technology.id));
    /** @type {{ of: Experience, depth: number }[]} */
    const rows = [];
    /** @param {string | null} whole @param {number} depth */
    const add = (whole, depth) => {
      for (const of of sorted) {
        const { id, partOf } = of.technology;
        if ((partOf && listed.has(partOf.id) ? partOf.id : null) !== whole) continue;
        rows.push({ of, depth });
        add(id, depth + 1);
      }
    };
    add(null, 0);
    return rows;
  }

  #draw() {
    const rows = this.#rows();
    const most = Math.max(1, ...rows.map(({ of }) => of.months));
    const asOf = this.#experiences[0]?.asOf;
    const left = this.#isWhole ? 0 : Math.max(0, rows.length - AT_FIRST);
    /** @param {Key} key */
    const head = (key) => {
      const isKey = this.#key === key;
      const direction = isKey ? (this.#isReversed ? " ▲" : " ▼") : "";
      return h(
        "th",
        { scope: "col", "aria-sort": isKey ? (this.#isReversed ? "descending" : "ascending") : null },
        h("button", { class: "sort", "data-key": key, onclick: () => this.#sort(key) }, t(key), h("span", { "aria-hidden": "true" }, direction)),
      );
    };
    fill(
      this,
      h(
        "table",
        { class: "skills" },
        h("thead", null, h("tr", null, head("name"), head("months"), head("last"), head("grade"))),
        h("tbody", null, rows.map((row, index) => this.#row(row, most, index >= rows.length - left))),
      ),
      left > 0 && h("button", { class: "quiet skills-more", onclick: () => this.#showAll() }, t("all", { n: left })),
      asOf && h("p", { class: "faint" }, t("asOf", { month: month(asOf) })),
    );
  }

  #showAll() {
    this.#isWhole = true;
    this.#draw();
    /** @type {HTMLElement | null} */ (this.querySelectorAll("tbody tr")[AT_FIRST]?.querySelector("button"))?.focus();
  }

  /** @param {Key} key */
  #sort(key) {
    this.#isReversed = this.#key === key && !this.#isReversed;
    this.#key = key;
    this.#draw();
    /** @type {HTMLElement | null} */ (this.querySelector(`[data-key="${key}"]`))?.focus();
  }

  /**
   * @param {{ of: Experience, depth: number }} row
   * @param {number} most
   * @param {boolean} isLeft whether it is shown on paper only
   */
  #row({ of, depth }, most, isLeft) {
    const { technology, months, statedMonths, lowerMonths, upperMonths, basis, lastUsed, grade } = of;
    const notes = [
      lowerMonths !== upperMonths && t("between", { lower: duration(lowerMonths), upper: duration(upperMonths) }),
      basis !== "DATED" && t(basis),
      basis === "DATED" && statedMonths !== null && t("stated", { months: duration(statedMonths) }),
    ].filter(Boolean);
    const button = h("button", { class: "skill-name", "aria-expanded": "false", title: t("lines", { name: technology.name }) }, technology.name);
    const row = h(
      "tr",
      { class: isLeft ? "skill-left" : null },
      h("th", { scope: "row", style: { "--depth": depth } }, button),
      h(
        "td",
        null,
        h("span", { class: "skill-months" }, months > 0 ? duration(months) : "–"),
        months > 0 && h("span", { class: `skill-bar ${basis.toLowerCase()}`, style: { "--share": months / most } }),
        notes.length > 0 && h("span", { class: "faint skill-notes" }, notes.join("、")),
      ),
      h("td", null, lastUsed && month(lastUsed)),
      h("td", null, h("span", { class: `ev-grade ${grade.toLowerCase()}` }, gradeName(grade))),
    );
    button.addEventListener("click", () => void this.#open(button, row, technology.name));
    return row;
  }

  /**
   * Shows the lines that name a technology beneath its row, or no longer.
   * @param {HTMLElement} button
   * @param {HTMLElement} row
   * @param {string} name
   */
  async #open(button, row, name) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) return row.nextElementSibling?.remove();
    const cell = h("td", { colspan: 4, role: "cell" }, h("p", { class: "faint", role: "status" }, t("loading")));
    const below = h("tr", { class: "skill-lines" }, cell);
    row.after(below);
    try {
      const evidence = await this.#evidence(name);
      if (!below.isConnected) return;
      const list = /** @type {import("./evidence.js").EvidenceList} */ (document.createElement("evidence-list"));
      list.limit = 4;
      list.link = this.#link;
      list.evidence = evidence;
      fill(cell, list);
      emit(this, "technology-opened", { what: name, evidence });
    } catch (error) {
      fill(cell, problem(error));
    }
  }
}

define("skill-table", SkillTable);
