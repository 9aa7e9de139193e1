// @ts-check
// <candidate-privacy>: what is agreed with a person about their data, and what they may ask for: that its
// use stops, that all of it is handed out, that it is erased.
//
// set(candidate)
// Event `privacy-changed` when something was changed; whoever erased is led back to the search.

import { define, emit, fill, h } from "../lib/dom.js";
import { texts } from "../lib/i18n.js";
import { go, lastSearch } from "../lib/route.js";
import { select } from "../lib/selection.js";
import { client, may } from "../lib/session.js";
import { EraseCandidate, ExportCandidate, SetCandidatePrivacy, SuspendUse } from "../operations.js";

/** @typedef {import("../pages/candidate.js").Candidate} Candidate */

const t = texts({
  ja: {
    title: "個人情報の扱い",
    purpose: "利用目的",
    consent: "同意日",
    retain: "保管期限",
    none: "記録なし",
    edit: "変更",
    save: "保存",
    cancel: "やめる",
    suspend: "利用を停止",
    resume: "利用を再開",
    export: "保有データを書き出す",
    erase: "消去…",
    eraseTitle: "この候補者を消去しますか",
    eraseText: "履歴・原本・検索索引のすべてから消えます。元には戻せません。続けるには「{name}」と入力してください。",
    eraseField: "確認のための入力",
    eraseNow: "完全に消去する",
    exported: "書き出しました。",
    failed: "できませんでした: {why}",
  },
  en: {
    title: "Personal data",
    purpose: "Purpose",
    consent: "Consent of",
    retain: "Kept until",
    none: "not recorded",
    edit: "Change",
    save: "Save",
    cancel: "Cancel",
    suspend: "Stop the use",
    resume: "Allow the use",
    export: "Export all that is held",
    erase: "Erase…",
    eraseTitle: "Erase this candidate?",
    eraseText: "They vanish from records, documents and the search index. It cannot be undone. Type “{name}” to go on.",
    eraseField: "Type to confirm",
    eraseNow: "Erase for good",
    exported: "Exported.",
    failed: "It did not work: {why}",
  },
});

export class CandidatePrivacy extends HTMLElement {
  /** @type {Candidate | null} */
  #candidate = null;
  #outcome = h("p", { class: "faint", role: "status" });

  /** @param {Candidate} candidate */
  set(candidate) {
    this.#candidate = candidate;
    this.#draw(candidate);
  }

  /** @param {Candidate} candidate */
  #draw({ privacy }) {
    const { purpose, consentedOn, retainUntil, suspendedAt } = privacy;
    /** @param {string} term @param {string | null} value */
    const fact = (term, value) => [h("dt", null, term), h("dd", value ? null : { class: "faint" }, value ?? t("none"))];
    /** @param {string} text @param {() => unknown} act @param {string} [kind] */
    const button = (text, act, kind) => h("button", { class: kind, onclick: act }, text);
    fill(
      this,
      h(
        "section",
        { class: "card person-section person-privacy" },
        h("h2", null, t("title")),
        h("dl", { class: "person-dl" }, fact(t("purpose"), purpose), fact(t("consent"), consentedOn), fact(t("retain"), retainUntil)),
        h(
          "div",
          { class: "person-actions" },
          may("IMPORT") && button(t("edit"), () => this.#edit()),
          may("ERASE") && button(t(suspendedAt ? "resume" : "suspend"), () => void this.#suspend(!suspendedAt)),
          may("IDENTITY") && may("CONTACT") && may("DOCUMENT") && button(t("export"), () => void this.#export()),
          may("ERASE") && button(t("erase"), () => this.#confirm(), "danger"),
        ),
        this.#outcome,
      ),
    );
  }

  /**
   * Runs a change and tells what became of it.
   * @param {() => Promise<{ message: string }[]>} change which returns what was wrong with it
   */
  async #run(change) {
    try {
      const [error] = await change();
      if (error) throw new Error(error.message);
      return true;
    } catch (error) {
      this.#outcome.textContent = t("failed", { why: error instanceof Error ? error.message : "" });
      return false;
    }
  }

  /** @param {boolean} suspended */
  async #suspend(suspended) {
    const id = this.#candidate?.id ?? null;
    const isDone = await this.#run(async () => (await client.request(SuspendUse, { input: { id, suspended } })).suspendUse.userErrors);
    if (isDone) emit(this, "privacy-changed");
  }

  async #export() {
    const { id = "", pseudonym = "" } = this.#candidate ?? {};
    await this.#run(async () => {
      const { export: text, userErrors } = (await client.request(ExportCandidate, { input: { id } })).exportCandidate;
      if (text === null) return userErrors;
      const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      // The name of a file ends up in lists of downloads: it tells nobody's.
      h("a", { href: url, download: `${pseudonym}.json` }).click();
      URL.revokeObjectURL(url);
      this.#outcome.textContent = t("exported");
      return [];
    });
  }

  #edit() {
    const { id, privacy } = /** @type {Candidate} */ (this.#candidate);
    const purpose = h("textarea", { rows: 2, maxlength: 1000 });
    purpose.value = privacy.purpose ?? "";
    const consentedOn = h("input", { type: "date", value: privacy.consentedOn });
    const retainUntil = h("input", { type: "date", value: privacy.retainUntil });
    this.#ask(
      t("title"),
      [h("label", null, t("purpose"), purpose), h("label", null, t("consent"), consentedOn), h("label", null, t("retain"), retainUntil)],
      h("button", { type: "submit", class: "primary" }, t("save")),
      async () => {
        const input = { id, purpose: purpose.value.trim() || null, consentedOn: consentedOn.value || null, retainUntil: retainUntil.value || null };
        const isDone = await this.#run(async () => (await client.request(SetCandidatePrivacy, { input })).setCandidatePrivacy.userErrors);
        if (isDone) emit(this, "privacy-changed");
      },
    );
  }

  #confirm() {
    const { id, name, pseudonym } = /** @type {Candidate} */ (this.#candidate);
    const wanted = name ?? pseudonym;
    const typed = h("input", { type: "text", autocomplete: "off" });
    const submit = h("button", { type: "submit", class: "danger", disabled: true }, t("eraseNow"));
    /** @param {string} text */
    const letters = (text) => text.normalize("NFKC").replace(/\s/g, "");
    typed.addEventListener("input", () => (submit.disabled = letters(typed.value) !== letters(wanted)));
    this.#ask(t("eraseTitle"), [h("p", null, t("eraseText", { name: wanted })), h("label", null, t("eraseField"), typed)], submit, async () => {
      const isDone = await this.#run(async () => (await client.request(EraseCandidate, { input: { id } })).eraseCandidate.userErrors);
      if (!isDone) return;
      select(id, false);
      go(lastSearch(), { replace: true });
    });
  }

  /**
   * Asks in a dialog.
   * @param {string} title
   * @param {import("../lib/dom.js").Children} fields
   * @param {HTMLButtonElement} submit
   * @param {() => Promise<void>} act
   */
  #ask(title, fields, submit, act) {
    const dialog = h(
      "dialog",
      { class: "ask", "aria-label": title, onclose: () => dialog.remove() },
      h(
        "form",
        {
          onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            if (submit.disabled) return;
            dialog.close();
            void act();
          },
        },
        h("h2", null, title),
        fields,
        h("div", { class: "person-actions" }, submit, h("button", { onclick: () => dialog.close() }, t("cancel"))),
      ),
    );
    this.append(dialog);
    dialog.showModal();
  }
}

define("candidate-privacy", CandidatePrivacy);
