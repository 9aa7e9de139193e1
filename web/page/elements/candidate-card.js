// @ts-check
// <candidate-card>: a person who was found, with what proves it.
//
// Properties: `found` (the fragment `Found`), `asked` ({ query, filter } as it was searched for), `parsed` (the
// same as one query, for links to the résumé), `names` (conditions as the page writes them, by how `Match`
// names them), `window` (the months that were asked for), `client`, `address` (of the résumé or of a line of it;
// where it is null the name is a button).
// Attribute `selectable`: may be chosen for the comparison. Event `candidate-selected` (detail: { id,
// externalId }) when the person's name is followed; cancel it to stay.

import { define, emit, fill, h } from "../lib/dom.js";
import { duration, month, texts } from "../lib/i18n.js";
import { problem } from "../lib/problem.js";
import { MOST_COMPARED, select, selection } from "../lib/selection.js";
import { Explain } from "../operations.js";
import { EvidenceList, gradeName, lineAddress } from "./evidence.js";
import { RankExplanation } from "./explanation.js";
import { CareerTimeline } from "./timeline.js";

/** @typedef {import("../operations.js").FoundFragment} Found */

const TEXTS = {
  ja: {
    undated: "期間の記載なし",
    stated: "本人の記載",
    used: "{month}まで",
    asOf: "{month}時点",
    compare: "比較に加える",
    compareOf: "{name}を比較に加える",
    full: "比較できるのは{n}人までです。",
    why: "なぜこの順位か",
    current: "現職",
    last: "最終職",
  },
  en: {
    undated: "without dates",
    stated: "as stated",
    used: "until {month}",
    asOf: "as of {month}",
    compare: "Compare",
    compareOf: "Compare {name}",
    full: "At most {n} people can be compared.",
    why: "Why this rank",
    current: "now",
    last: "last",
  },
};

/**
 * The stints that a person meets conditions by: the best one of each, and those whose work is evidence.
 * @param {Found} found
 */
function matchedStints({ node, matches }) {
  const byLine = [...node.employments, ...node.projects].sort((a, b) => a.line - b.line);
  const ids = new Set();
  for (const { stint, evidence } of matches) {
    if (stint) ids.add(stint.id);
    for (const { grade, line } of evidence) {
      const of = grade === "WORKED" && byLine.findLast((stint) => stint.line <= line);
      if (of) ids.add(of.id);
    }
  }
  return ids;
}

/**
 * The job that ended last.
 * @param {Found["node"]["employments"]} jobs
 */
function latest(jobs) {
  return [...jobs].sort((a, b) => (b.period?.to ?? "").localeCompare(a.period?.to ?? ""))[0];
}

export class CandidateCard extends HTMLElement {
  #t = texts(TEXTS, this);
  /** @type {import("../lib/graphql.js").Client | null} */
  client = null;
  /** @type {Found | null} */
  found = null;
  /** @type {{ query: string | null, filter: import("../operations.js").CandidateFilter | null }} */
  asked = { query: null, filter: null };
  parsed = "";
  /** @type {ReadonlyMap<string, string>} */
  names = new Map();
  /** @type {import("./timeline.js").Window | null} */
  window = null;
  /** @type {(line: number | null) => string | null} */
  address = (line) => lineAddress(this.found?.node.id ?? "", line, this.parsed);

  connectedCallback() {
    if (this.found && !this.firstChild) this.#draw(this.found);
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    /** @type {HTMLElement | null} */ (this.querySelector(".cc-name"))?.focus(options);
  }

  /** @param {Found} found */
  #draw(found) {
    const { node, matches } = found;
    const name = node.name ?? node.pseudonym;
    const timeline = new CareerTimeline();
    timeline.setAttribute("compact", "");
    Object.assign(timeline, { career: node, matched: matchedStints(found), window: this.window, asOf: node.resume.documentDate?.slice(0, 7) ?? null });
    const job = node.employments.find(({ period }) => period?.isCurrent) ?? latest(node.employments);
    const asOf = node.resume.documentDate && this.#t("asOf", { month: month(node.resume.documentDate.slice(0, 7), this) });
    const place = [job && `${this.#t(job.period?.isCurrent ? "current" : "last")}: ${[job.employer?.name, job.title].filter(Boolean).join(" ")}`, node.location, asOf];
    const why = h("button", { class: "quiet", "aria-expanded": "false", onclick: () => this.#explain(why, explanation) }, this.#t("why"));
    const explanation = h("div", { class: "cc-why" });
    const address = this.address(null);
    const follow = (/** @type {MouseEvent} */ event) => {
      if (!emit(this, "candidate-selected", { id: node.id, externalId: node.externalId })) event.preventDefault();
    };
    fill(
      this,
      h(
        "article",
        { class: "card cc", "aria-label": name },
        h(
          "header",
          { class: "cc-head" },
          h("h2", null, address === null ? h("button", { class: "quiet cc-name", onclick: follow }, name) : h("a", { class: "cc-name", href: address, onclick: follow }, name)),
          node.nameKana && h("span", { class: "faint" }, node.nameKana),
          h("span", { class: "cc-place" }, place.filter(Boolean).join(" · ")),
          this.hasAttribute("selectable") && this.#select(node.id, name),
        ),
        timeline,
        h("ul", { class: "cc-matches" }, matches.map((match) => this.#match(match))),
        h("footer", null, why, explanation),
      ),
    );
  }

  /** @param {Found["matches"][number]} match */
  #match({ clause, months, monthsAreStated, lastUsed, evidence }) {
    const lines = new EvidenceList();
    Object.assign(lines, {
      evidence,
      link: (/** @type {{ line: number }} */ { line }) => this.address(line),
    });
    const grade = evidence.find((line) => line.grade)?.grade;
    return h(
      "li",
      null,
      h(
        "p",
        { class: "cc-clause" },
        h("strong", null, this.names.get(clause) ?? clause),
        months !== null && h("span", { class: "cc-months" }, months > 0 ? duration(months, this) : this.#t("undated")),
        monthsAreStated && h("span", { class: "faint" }, this.#t("stated")),
        lastUsed && h("span", { class: "faint" }, this.#t("used", { month: month(lastUsed, this) })),
        grade && h("span", { class: "faint" }, gradeName(grade, this)),
      ),
      lines,
    );
  }

  /**
   * @param {string} id
   * @param {string} name
   */
  #select(id, name) {
    const box = h("input", {
      type: "checkbox",
      checked: selection().includes(id),
      "aria-label": this.#t("compareOf", { name }),
      onchange: () => {
        if (select(id, box.checked)) return;
        box.checked = false;
        told.replaceChildren(this.#t("full", { n: MOST_COMPARED }));
      },
    });
    const told = h("span", { role: "status", class: "cc-full" });
    return h("label", { class: "cc-select" }, told, box, this.#t("compare"));
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {HTMLElement} into
   */
  async #explain(button, into) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen || !this.client || !this.found) return into.replaceChildren();
    const panel = new RankExplanation();
    fill(into, panel);
    try {
      const { explain } = await this.client.request(Explain, { candidate: this.found.node.id, ...this.asked });
      Object.assign(panel, { address: this.address, names: this.names, explanation: explain });
    } catch (error) {
      fill(into, problem(error, { at: this }));
    }
  }
}

define("candidate-card", CandidateCard);
