// @ts-check
// Résumés come in: dropped or chosen, any number, with what became of each.

import { adopt, define, fill, h } from "../lib/dom.js";
import { number, texts } from "../lib/i18n.js";
import { isHopeless, queue } from "../lib/import-queue.js";
import { may } from "../lib/session.js";
import person from "../styles/person.css.js";

/** @typedef {import("../lib/import-queue.js").Entry} Entry */

const t = texts({
  ja: {
    title: "職務経歴書の取り込み",
    forbidden: "取り込みの権限がありません。",
    drop: "ファイルやフォルダーをここにドロップ",
    files: "ファイルを選ぶ",
    folder: "フォルダーを選ぶ",
    formats: "Markdown、テキスト、Org、HTML、LaTeX、Typst、YAML、JSON。1 ファイル 20 MB、本文 2 MB まで。PDF・Word・Excel はテキストに保存し直してください。",
    options: "任意の設定",
    date: "書類の日付",
    dateHint: "書類に日付がないときだけ使います。継続中の職務はこの日までとして数えます。",
    byName: "ファイル名（拡張子なし）を管理番号にする",
    externalId: "管理番号",
    externalIdOf: "{name} の管理番号",
    start: "{n}件を取り込む",
    cancel: "中止",
    stopping: "送信中の分が終わるのを待っています…",
    retry: "失敗した{n}件をもう一度",
    clear: "一覧を消す",
    file: "ファイル",
    state: "状態",
    notices: "注意{n}件",
    progress: "取り込みの進み具合",
    counts: "{done} / {all} 件 完了",
    waiting: "待機中",
    reading: "読み込み中…",
    sending: "送信中…",
    imported: "取り込み済み",
    created: "新しい候補者",
    updated: "候補者を更新",
    unchanged: "変更なし（取り込み済み）",
    failed: "失敗",
    open: "{name} を開く",
    tooLarge: "20 MB を超えています。画像などを除いて保存し直してください。",
    empty: "中身が空です。",
    unreadable: "ファイルを読めません。移動や削除をしていないか確かめてください。",
    UNSUPPORTED_FORMAT: "読める形式ではありません。Markdown かテキストで保存し直してください。",
    PAYLOAD_TOO_LARGE: "本文が大きすぎます（2 MB まで）。分けて保存してください。",
    NETWORK: "サーバーに接続できません。接続を確かめて、もう一度お試しください。",
    UNAVAILABLE: "サーバーが混み合っています。しばらくしてからもう一度お試しください。",
    UNAUTHENTICATED: "サインインが切れました。",
    FORBIDDEN: "取り込みの権限がありません。",
    more: "もう一度お試しください。",
  },
  en: {
    title: "Import résumés",
    forbidden: "You may not import.",
    drop: "Drop files or folders here",
    files: "Choose files",
    folder: "Choose a folder",
    formats: "Markdown, text, Org, HTML, LaTeX, Typst, YAML, JSON. Up to 20 MB a file and 2 MB of text. Save PDF, Word and Excel as text first.",
    options: "Options",
    date: "Date of the documents",
    dateHint: "Used where a document states none: jobs that go on are counted up to it.",
    byName: "The file's name without its ending is your id",
    externalId: "Your id",
    externalIdOf: "Your id of {name}",
    start: "Import {n}",
    cancel: "Stop",
    stopping: "Waiting for what is on its way…",
    retry: "Try the {n} that failed again",
    clear: "Clear the list",
    file: "File",
    state: "State",
    notices: "{n} doubts",
    progress: "Progress of the import",
    counts: "{done} of {all} done",
    waiting: "waiting",
    reading: "reading…",
    sending: "sending…",
    imported: "imported",
    created: "new candidate",
    updated: "candidate updated",
    unchanged: "unchanged, imported before",
    failed: "failed",
    open: "Open {name}",
    tooLarge: "Larger than 20 MB. Save it without pictures.",
    empty: "The file is empty.",
    unreadable: "The file cannot be read. Was it moved or deleted?",
    UNSUPPORTED_FORMAT: "Not a format that can be read. Save it as Markdown or text.",
    PAYLOAD_TOO_LARGE: "The text is too long (2 MB at most). Save it in parts.",
    NETWORK: "The server cannot be reached. Check the connection and try again.",
    UNAVAILABLE: "The server is busy. Try again in a moment.",
    UNAUTHENTICATED: "You are no longer signed in.",
    FORBIDDEN: "You may not import.",
    more: "Try again.",
  },
});

const PROBLEMS = /** @type {const} */ (["tooLarge", "empty", "unreadable", "UNSUPPORTED_FORMAT", "PAYLOAD_TOO_LARGE", "NETWORK", "UNAVAILABLE", "UNAUTHENTICATED", "FORBIDDEN"]);

/** @param {Entry} entry */
function why({ problem, message }) {
  const known = PROBLEMS.find((one) => one === problem);
  return known ? t(known) : `${message ?? ""} ${t("more")}`;
}

/**
 * Returns the files of a drop, those in folders too.
 * @param {DataTransfer} data
 */
async function dropped(data) {
  // Entries must be taken before anything is waited for: the list is emptied then.
  const items = [...data.items].filter(({ kind }) => kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  /** @type {{ file: File, path: string }[]} */
  const files = [];
  /** @param {FileSystemEntry | File | null} entry */
  const read = async (entry) => {
    if (entry === null) return;
    if (entry instanceof File) files.push({ file: entry, path: entry.name });
    else if (entry.isFile) {
      const file = await new Promise((/** @type {(file: File | null) => void} */ done) => /** @type {FileSystemFileEntry} */ (entry).file(done, () => done(null)));
      // What systems keep beside documents is none.
      if (file && !file.name.startsWith(".")) files.push({ file, path: entry.fullPath.replace(/^\//, "") });
    } else {
      const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
      // A folder is told in parts, and is over with an empty one.
      for (;;) {
        const part = await new Promise((/** @type {(part: FileSystemEntry[]) => void} */ done) => reader.readEntries(done, () => done([])));
        if (part.length === 0) break;
        for (const inner of part) await read(inner);
      }
    }
  };
  for (const entry of entries) await read(entry);
  return files;
}

class ImportPage extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** @type {Map<Entry, HTMLElement>} */
  #rows = new Map();
  #byName = h("input", { type: "checkbox", onchange: () => this.#nameIds() });
  #date = h("input", { type: "date", id: "import-date", "aria-describedby": "import-date-hint", onchange: () => (queue.documentDate = this.#date.value) });
  #tools = h("div", { class: "person-actions" });
  #bar = h("progress", { value: 0, max: 1 });
  #counts = h("p", { role: "status" });
  #list = h("tbody");
  #table = h("section", { class: "card import-files" });
  #zone = h("div", { class: "card import-zone" });

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    queue.addEventListener("change", (event) => this.#update(/** @type {CustomEvent} */ (event).detail), { signal });
    // The whole page takes what is dropped: a browser would open it and leave.
    addEventListener("dragover", (event) => this.#drag(event, true), { signal });
    addEventListener("dragleave", (event) => this.#drag(event, false), { signal });
    addEventListener("drop", (event) => void this.#drop(event), { signal });
    addEventListener("beforeunload", (event) => queue.isRunning && event.preventDefault(), { signal });
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  /** @param {URL} _url */
  show(_url) {
    if (!may("IMPORT")) return fill(this, h("h1", null, t("title")), h("p", { class: "problem" }, t("forbidden")));
    /** @param {Event} event */
    const chosen = ({ target }) => {
      const input = /** @type {HTMLInputElement} */ (target);
      queue.add([...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
      input.value = "";
    };
    const files = h("input", { type: "file", multiple: true, hidden: true, onchange: chosen, "aria-label": t("files") });
    const folder = h("input", { type: "file", webkitdirectory: true, hidden: true, onchange: chosen, "aria-label": t("folder") });
    fill(
      this.#zone,
      h("p", { class: "import-drop" }, t("drop")),
      h("div", { class: "person-actions" }, h("button", { class: "primary", onclick: () => files.click() }, t("files")), h("button", { onclick: () => folder.click() }, t("folder")), files, folder),
      h("p", { class: "faint", id: "import-formats" }, t("formats")),
      h(
        "details",
        null,
        h("summary", null, t("options")),
        h("div", { class: "import-options" }, h("label", { for: "import-date" }, t("date")), this.#date, h("p", { class: "faint", id: "import-date-hint" }, t("dateHint")), h("label", null, this.#byName, " ", t("byName"))),
      ),
    );
    /** @param {"file" | "externalId" | "state"} key */
    const head = (key) => h("th", { scope: "col" }, t(key));
    this.#bar.setAttribute("aria-label", t("progress"));
    fill(this.#table, this.#counts, this.#bar, this.#tools, h("table", null, h("thead", null, h("tr", null, head("file"), head("externalId"), head("state"))), this.#list));
    fill(this, h("h1", null, t("title")), this.#zone, this.#table);
    this.#update();
  }

  /**
   * @param {DragEvent} event
   * @param {boolean} isOver
   */
  #drag(event, isOver) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#zone.classList.toggle("over", isOver);
  }

  /** @param {DragEvent} event */
  async #drop(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#zone.classList.remove("over");
    if (may("IMPORT")) queue.add(await dropped(event.dataTransfer));
  }

  #nameIds() {
    for (const entry of queue.entries) {
      if (entry.state === "waiting") entry.externalId = this.#byName.checked ? entry.file.name.replace(/\.[^.]*$/, "") : "";
    }
    this.#update();
  }

  /**
   * Draws one entry anew, or all.
   * @param {Entry} [entry]
   */
  #update(entry) {
    if (!this.#list.isConnected) return;
    const { entries, isRunning } = queue;
    if (entry) {
      const row = this.#row(entry);
      this.#rows.get(entry)?.replaceWith(row);
      this.#rows.set(entry, row);
    } else {
      if (this.#byName.checked) for (const one of entries) if (one.state === "waiting") one.externalId ||= one.file.name.replace(/\.[^.]*$/, "");
      this.#rows = new Map(entries.map((one) => [one, this.#row(one)]));
      fill(this.#list, [...this.#rows.values()]);
    }
    this.#table.hidden = entries.length === 0;
    /** @param {...Entry["state"]} states */
    const count = (...states) => entries.filter(({ state }) => states.includes(state)).length;
    const waiting = count("waiting");
    const failed = count("failed");
    const again = entries.filter((one) => one.state === "failed" && !isHopeless(one)).length;
    this.#bar.max = Math.max(1, entries.length);
    this.#bar.value = entries.length - waiting - count("reading", "sending");
    const parts = /** @type {const} */ (["imported", "created", "updated", "unchanged", "failed"]).filter((state) => count(state) > 0).map((state) => `${t(state)} ${number(count(state))}`);
    const told = [t("counts", { done: number(this.#bar.value), all: number(entries.length) }), ...parts].join(" · ");
    if (this.#counts.textContent !== told) this.#counts.textContent = told;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.act;
    /** @param {string} act @param {string} text @param {() => unknown} does @param {string} [kind] */
    const button = (act, text, does, kind) => h("button", { class: kind, "data-act": act, onclick: does }, text);
    fill(
      this.#tools,
      !isRunning && waiting > 0 && button("start", t("start", { n: number(waiting) }), () => void queue.start(), "primary"),
      isRunning && (queue.isStopping ? h("p", { class: "faint" }, t("stopping")) : button("cancel", t("cancel"), () => queue.cancel())),
      !isRunning && again > 0 && button("retry", t("retry", { n: number(again) }), () => queue.retry()),
      !isRunning && button("clear", t("clear"), () => queue.clear()),
    );
    // Who pressed a button that is no more goes on with the one in its place.
    if (focused && this.#tools.querySelector("[data-act]") && !this.#tools.contains(document.activeElement)) {
      const next = this.#tools.querySelector(`[data-act="${focused}"]`) ?? this.#tools.querySelector("[data-act]");
      /** @type {HTMLElement} */ (next).focus();
    }
    this.#table.setAttribute("aria-busy", String(isRunning));
    this.#table.classList.toggle("has-failed", failed > 0);
  }

  /** @param {Entry} entry */
  #row(entry) {
    const { path, state, candidate, externalId } = entry;
    const name = candidate?.name ?? candidate?.pseudonym ?? "";
    const notices = candidate?.notices.length ?? 0;
    const field = h("input", { type: "text", "aria-label": t("externalIdOf", { name: path }), value: externalId, oninput: () => (entry.externalId = field.value) });
    return h(
      "tr",
      { class: `import-${state}` },
      h("th", { scope: "row" }, path),
      h("td", null, state === "waiting" && !queue.isRunning ? field : externalId),
      h(
        "td",
        null,
        h("span", { class: "import-state" }, t(state)),
        state === "failed" && h("p", null, why(entry)),
        candidate && h("a", { href: `/candidates/${encodeURIComponent(candidate.id)}`, "aria-label": t("open", { name }) }, name),
        notices > 0 && h("span", { class: "faint" }, t("notices", { n: notices })),
      ),
    );
  }
}

adopt(person);
define("import-page", ImportPage);
