// @ts-check
// The files that are to be imported. They go on while the page shows something else.

import { emit } from "./dom.js";
import { RequestError } from "./graphql.js";
import { client } from "./session.js";
import { ImportResume } from "../operations.js";

/** @typedef {import("../operations.js").ImportResumeMutation["importResume"]} Payload */

/**
 * @typedef {object} Entry
 * @property {File} file
 * @property {string} path with the folders that it was dropped with
 * @property {string} externalId
 * @property {"waiting" | "reading" | "sending" | "imported" | "created" | "updated" | "unchanged" | "failed"} state
 * @property {string} [problem] a key of what went wrong
 * @property {string} [message] what the server says about it
 * @property {Payload["candidate"]} [candidate]
 */

/** Bytes of a file that the server takes. */
export const MOST_BYTES = 20 * 1024 * 1024;

/** First letters of files that are no text, as the server knows them too. */
const NO_TEXT = ["%PDF-", "PK\x03\x04", "\xD0\xCF\x11\xE0", "\x1F\x8B", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "7z\xBC\xAF", "Rar!", "{\\rtf"];

/** Files that are on their way at the same time. */
const AT_ONCE = 2;

/** Events: `change` (detail: the entry, or nothing where many changed). */
class ImportQueue extends EventTarget {
  /** @type {Entry[]} */
  entries = [];
  documentDate = "";
  /** @type {AbortController | null} */
  #running = null;

  get isRunning() {
    return this.#running !== null;
  }

  /** @param {{ file: File, path: string }[]} files */
  add(files) {
    const known = new Set(this.entries.map(({ path, file }) => `${path}:${file.size}:${file.lastModified}`));
    for (const { file, path } of files) {
      if (known.has(`${path}:${file.size}:${file.lastModified}`)) continue;
      /** @type {Entry} */
      const entry = { file, path, externalId: "", state: "waiting" };
      if (file.size > MOST_BYTES) Object.assign(entry, { state: "failed", problem: "tooLarge" });
      else if (file.size === 0) Object.assign(entry, { state: "failed", problem: "empty" });
      this.entries.push(entry);
    }
    emit(this, "change");
  }

  /** Takes out what is done with, or everything. */
  clear() {
    this.entries = this.entries.filter(({ state }) => this.isRunning && (state === "waiting" || state === "reading" || state === "sending"));
    emit(this, "change");
  }

  /** Makes those wait again that may succeed a second time. */
  retry() {
    for (const entry of this.entries) {
      if (entry.state === "failed" && !isHopeless(entry)) this.#set(entry, { state: "waiting", problem: "", message: "" });
    }
    void this.start();
  }

  cancel() {
    this.#running?.abort();
  }

  async start() {
    if (this.#running) return;
    const running = (this.#running = new AbortController());
    emit(this, "change");
    const work = async () => {
      for (let entry = this.#next(); entry && !running.signal.aborted; entry = this.#next()) await this.#import(entry, running.signal);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    this.#running = null;
    emit(this, "change");
  }

  #next() {
    return this.entries.find(({ state }) => state === "waiting");
  }

  /**
   * @param {Entry} entry
   * @param {Partial<Entry>} change
   */
  #set(entry, change) {
    Object.assign(entry, change);
    emit(this, "change", entry);
  }

  /**
   * @param {Entry} entry
   * @param {AbortSignal} signal
   */
  async #import(entry, signal) {
    this.#set(entry, { state: "reading" });
    try {
      const start = await entry.file.slice(0, 8).arrayBuffer();
      const letters = String.fromCharCode(...new Uint8Array(start));
      if (NO_TEXT.some((mark) => letters.startsWith(mark))) return this.#set(entry, { state: "failed", problem: "UNSUPPORTED_FORMAT" });
      const base64 = await encoded(entry.file);
      this.#set(entry, { state: "sending" });
      const input = { base64, fileName: entry.file.name, externalId: entry.externalId.trim() || null, documentDate: this.documentDate || null, waitForIndex: false };
      const { importResume } = await client.request(ImportResume, { input }, { signal });
      const { candidate, unchanged, userErrors } = importResume;
      const [error] = userErrors;
      if (error) return this.#set(entry, { state: "failed", problem: error.code, message: error.message });
      // Who may not search is not told who it was.
      const kind = candidate === null ? "imported" : candidate.resumes.length === 1 ? "created" : "updated";
      this.#set(entry, { state: unchanged ? "unchanged" : kind, candidate });
    } catch (error) {
      if (signal.aborted) return this.#set(entry, { state: "waiting" });
      if (!(error instanceof RequestError)) return this.#set(entry, { state: "failed", problem: "unreadable" });
      if (error.code === "RATE_LIMITED") {
        // Who is asked to wait waits; the file is not what is wrong.
        await new Promise((done) => setTimeout(done, (error.retryAfter ?? 5) * 1000));
        return this.#set(entry, { state: "waiting" });
      }
      this.#set(entry, { state: "failed", problem: error.code, message: error.message });
    }
  }
}

/**
 * Returns whether a file would fail again.
 * @param {Entry} entry
 */
export function isHopeless({ problem }) {
  return ["tooLarge", "empty", "UNSUPPORTED_FORMAT", "PAYLOAD_TOO_LARGE"].includes(problem ?? "");
}

/**
 * Returns a file's bytes in base64.
 * @param {File} file
 * @returns {Promise<string>}
 */
function encoded(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

export const queue = new ImportQueue();
