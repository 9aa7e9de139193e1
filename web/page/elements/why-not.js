// @ts-check
// <why-not>: looks up a person who is missing from the results, by name, pseudonym or external id, and tells why.
//
// Properties: `client`, `byName` (whether names may be asked for), and as of <candidate-card> `asked`, `parsed`
// and `names`.

import { define, fill, h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { problem } from "../lib/problem.js";
import { condition } from "../lib/query.js";
import { Explain, FindPerson } from "../operations.js";
import "./explanation.js";

const t = texts({
  ja: {
    title: "あの人はなぜ出ない？",
    name: "氏名または外部ID",
    id: "「候補者-…」または外部ID",
    find: "調べる",
    nobody: "見つかりません。",
    which: "どの人ですか？",
  },
  en: {
    title: "Why is somebody missing?",
    name: "Name or external id",
    id: "“候補者-…” or external id",
    find: "Find out",
    nobody: "Nobody is found by that.",
    which: "Which one?",
  },
});

export class WhyNot extends HTMLElement {
  /** @type {import("../lib/graphql.js").Client | null} */
  client = null;
  /** @type {{ query: string | null, filter: import("../operations.js").CandidateFilter | null }} */
  #asked = { query: null, filter: null };
  parsed = "";
  /** @type {ReadonlyMap<string, string>} */
  names = new Map();
  byName = true;
  #answer = h("div", { "aria-live": "polite" });

  /** What was told is of what was asked before. @param {{ query: string | null, filter: import("../operations.js").CandidateFilter | null }} asked */
  set asked(asked) {
    this.#asked = asked;
    fill(this.#answer);
  }

  connectedCallback() {
    const input = h("input", { type: "text", name: "person", autocomplete: "off", "aria-label": t(this.byName ? "name" : "id"), placeholder: t(this.byName ? "name" : "id") });
    const form = h("form", { onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      if (input.value.trim()) void this.#tell(() => this.#find(input.value.trim()));
    } }, input, h("button", { type: "submit" }, t("find")));
    fill(this, h("details", { class: "wn" }, h("summary", null, t("title")), form, this.#answer));
  }

  /** @param {() => Promise<void>} act */
  async #tell(act) {
    try {
      await act();
    } catch (error) {
      fill(this.#answer, problem(error));
    }
  }

  /** @param {string} text */
  async #find(text) {
    if (!this.client) return;
    // As an input method writes it, and as people shorten it.
    const pseudonym = text.normalize("NFKC").replace(/^候補者.?/, "");
    const answer = await this.client.request(FindPerson, { externalId: text, pseudonym, query: condition("NAME", text, "en"), byName: this.byName });
    const found = [answer.byExternalId, answer.byPseudonym, ...(answer.searchCandidates?.nodes ?? [])].filter((person) => person !== null);
    const people = [...new Map(found.map((person) => [person.id, person])).values()];
    const [only, another] = people;
    if (!only) return fill(this.#answer, h("p", null, t("nobody")));
    if (!another) return this.#explain(only.id);
    const choice = (/** @type {typeof only} */ { id, name, pseudonym }) =>
      h("button", { onclick: () => void this.#tell(() => this.#explain(id)) }, name ?? pseudonym);
    fill(this.#answer, h("p", null, t("which")), h("div", { class: "wn-people" }, people.map(choice)));
  }

  /** @param {string} candidate */
  async #explain(candidate) {
    if (!this.client) return;
    const { explain } = await this.client.request(Explain, { candidate, ...this.#asked });
    const panel = document.createElement("rank-explanation");
    fill(this.#answer, h("h3", null, explain.candidate.name ?? explain.candidate.pseudonym), panel);
    Object.assign(panel, { parsed: this.parsed, names: this.names, explanation: explain });
  }
}

define("why-not", WhyNot);
