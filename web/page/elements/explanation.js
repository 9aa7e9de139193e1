// @ts-check
// <rank-explanation>: why a person is found, and where in the order, or why not.
//
// Properties: `parsed` (the query for links to the résumé) or `address` (of a line of it, or null), `names` (as of <candidate-card>), then `explanation`
// (of the operation `Explain`).

import { define, fill, h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { EvidenceList, lineAddress } from "./evidence.js";

/** @typedef {import("../operations.js").ExplainQuery["explain"]} Explanation */

const TEXTS = {
  ja: {
    met: "条件をすべて満たしています。",
    unmet: "満たしていない条件があるため、結果に出ません。",
    none: "条件がないため、新しい順に並んでいます。",
    yes: "一致",
    no: "不一致",
    weak: "順位のみ",
    nearest: "もっとも近い記載",
    together: "同じ職務で一致",
    score: "合計 {n}",
  },
  en: {
    met: "Meets every condition.",
    unmet: "Not in the results: not every condition is met.",
    none: "There is no condition: the latest come first.",
    yes: "met",
    no: "not met",
    weak: "order only",
    nearest: "What comes nearest",
    together: "Met in one job",
    score: "{n} in all",
  },
};

export class RankExplanation extends HTMLElement {
  #t = texts(TEXTS, this);
  parsed = "";
  /** @type {((line: number) => string | null) | null} */
  address = null;
  /** @type {ReadonlyMap<string, string>} */
  names = new Map();

  /** @param {Explanation} explanation */
  set explanation({ isMet, score, clauses, together, candidate }) {
    const most = Math.max(0.001, together?.value ?? 0, ...clauses.flatMap(({ parts }) => parts.map(({ value }) => value)));
    /** @param {{ text: string, value: number }} part */
    const bar = ({ text, value }) =>
      h(
        "li",
        { class: "re-part" },
        h("span", null, text),
        h("span", { class: "re-track", "aria-hidden": "true" }, h("span", { class: "re-bar", style: { width: `${Math.max(0, (value / most) * 100)}%` } })),
        h("span", { class: "re-value" }, value.toFixed(1)),
      );
    fill(
      this,
      h("p", { class: "re-sum" }, clauses.length === 0 ? this.#t("none") : this.#t(isMet ? "met" : "unmet"), isMet && score > 0 && h("span", { class: "faint" }, ` ${this.#t("score", { n: score.toFixed(1) })}`)),
      h("ul", null, clauses.map(({ clause, isMet: isOne, isNegated, isWeak, parts, whyNot }) =>
        h(
          "li",
          { class: "re-clause" },
          h("p", null, h("span", { class: `re-mark ${isOne !== isNegated ? "yes" : "no"}` }, isOne !== isNegated ? `✓ ${this.#t("yes")}` : isWeak ? this.#t("weak") : `✗ ${this.#t("no")}`), " ", h("strong", null, `${isNegated ? "-" : ""}${this.names.get(clause) ?? clause}`)),
          parts.length > 0 && h("ul", null, parts.map(bar)),
          whyNot && h("p", null, whyNot.text),
          whyNot && whyNot.evidence.length > 0 && [h("p", { class: "faint" }, this.#t("nearest")), this.#lines(candidate.id, whyNot.evidence)],
        ),
      )),
      together && h("ul", null, bar({ text: `${this.#t("together")}: ${together.text}`, value: together.value })),
    );
  }

  /**
   * @param {string} candidate
   * @param {import("../operations.js").EvidenceLineFragment[]} evidence
   */
  #lines(candidate, evidence) {
    const lines = new EvidenceList();
    return Object.assign(lines, { evidence, link: (/** @type {{ line: number }} */ { line }) => this.address ? this.address(line) : lineAddress(candidate, line, this.parsed) });
  }
}

define("rank-explanation", RankExplanation);
