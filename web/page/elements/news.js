// @ts-check
// <candidate-news>: tells that candidates came in or changed since what is shown was found, and offers to show them.
//
// seen()                what is shown is as of now
// Event `news-asked` when they are to be shown. Nothing is told where no socket can be opened.

import { define, emit, fill, h } from "../lib/dom.js";
import { number, texts } from "../lib/i18n.js";
import { client, ended, live } from "../lib/session.js";
import { CandidatesChanged, Sequence } from "../operations.js";

const t = texts({
  ja: { changed: "候補者{n}人が追加・更新されました。", show: "表示する" },
  en: { changed: "{n} candidates came in or changed.", show: "Show" },
});

/** How long changes are gathered before they are told, in milliseconds: an import brings many. */
const GATHERED = 400;

/** The last change that is known, also of while the element was away. @type {number | null} */
let last = null;

/** Whom they are of since the results were found. @type {Set<string>} */
const changed = new Set();

export class CandidateNews extends HTMLElement {
  /** @type {() => void} */
  #end = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #text = h("p", { role: "status" });

  connectedCallback() {
    this.#tell();
    void this.#follow();
  }

  disconnectedCallback() {
    this.#end();
    clearTimeout(this.#timer);
  }

  seen() {
    changed.clear();
    this.#tell();
  }

  async #follow() {
    // From where the results are, not from when the socket stands: nothing between them is missed.
    last ??= await client.request(Sequence, {}).then(
      ({ indexStatus }) => indexStatus.appliedSequence,
      () => null,
    );
    if (!this.isConnected) return;
    this.#end = live.subscribe(CandidatesChanged, () => ({ afterSequence: last }), {
      next: ({ candidatesChanged: { sequence, kind, candidateId } }) => {
        last = sequence;
        // Who was erased is not there to be shown.
        if (kind === "ERASED") changed.delete(candidateId);
        else changed.add(candidateId);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#tell(), GATHERED);
      },
      error: ({ code }) => code === "UNAUTHENTICATED" && ended(),
    });
  }

  #tell() {
    const show = () => {
      this.seen();
      emit(this, "news-asked");
    };
    if (changed.size === 0) return this.replaceChildren();
    // The text is exchanged within an element that stays, for who hears it.
    if (!this.contains(this.#text)) fill(this, this.#text, h("button", { onclick: show }, t("show")));
    this.#text.textContent = t("changed", { n: number(changed.size) });
  }
}

define("candidate-news", CandidateNews);
