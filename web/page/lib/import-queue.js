// @ts-check
// The files that are to be imported. They go on while the page shows something else.

import { emit } from "./dom.js";
import { RequestError } from "./graphql.js";
import { client, live } from "./session.js";
import { ImportJob, ImportProgress, ImportResume, StartImport } from "../operations.js";

/** @typedef {import("../operations.js").ImportResumeMutation["importResume"]} Payload */
/** @typedef {import("../operations.js").ImportedFileFragment} Imported */

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
const MOST_BYTES = 20 * 1024 * 1024;

/** First letters of files that are no text, as the server knows them too. */
const NO_TEXT = ["%PDF-", "PK\x03\x04", "\xD0\xCF\x11\xE0", "\x1F\x8B", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "7z\xBC\xAF", "Rar!", "{\\rtf"];

/** Files that are on their way at the same time where each is a request. */
const AT_ONCE = 2;

/** Files of the first job, and of any: what the server takes. */
const FIRST_FILES = 5;
const MOST_FILES = 100;

/** Bytes of one job: well below what a request may hold. */
const JOB_BYTES = MOST_BYTES;

/**
 * How long a job should take, in milliseconds. It is not stopped once it began, so that this is what whoever
 * stops the import waits for, at most; between two jobs hardly anything is lost.
 */
const JOB_TIME = 700;

/** Events: `change` (detail: the entry, or nothing where many changed). */
class ImportQueue extends EventTarget {
  /** @type {Entry[]} */
  entries = [];
  documentDate = "";
  /** @type {AbortController | null} */
  #running = null;
  /** Files of the next job. */
  #size = FIRST_FILES;

  /** Whether it was stopped, and what is on its way is waited for. */
  get isStopping() {
    return this.#running?.signal.aborted ?? false;
  }

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
    emit(this, "change");
  }

  async start() {
    if (this.#running) return;
    const running = (this.#running = new AbortController());
    emit(this, "change");
    const { signal } = running;
    // One by one where no socket can be opened: each answer then tells what became of its file.
    const isFollowed = await live.reach();
    const work = async () => {
      while (isFollowed && !signal.aborted && this.#next()) await this.#importTogether(signal);
      for (let entry = this.#next(); entry && !signal.aborted; entry = this.#next()) await this.#import(entry, signal);
    };
    await Promise.all(Array.from({ length: isFollowed ? 1 : AT_ONCE }, work));
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
   * Returns a file as it is sent; null where there is no sense in that, which the entry then tells.
   * @param {Entry} entry
   */
  async #read(entry) {
    this.#set(entry, { state: "reading" });
    try {
      const start = await entry.file.slice(0, 8).arrayBuffer();
      const letters = String.fromCharCode(...new Uint8Array(start));
      if (!NO_TEXT.some((mark) => letters.startsWith(mark))) {
        const base64 = await encoded(entry.file);
        this.#set(entry, { state: "sending" });
        return { base64, fileName: entry.file.name, externalId: entry.externalId.trim() || null, documentDate: this.documentDate || null };
      }
      this.#set(entry, { state: "failed", problem: "UNSUPPORTED_FORMAT" });
    } catch {
      this.#set(entry, { state: "failed", problem: "unreadable" });
    }
    return null;
  }

  /**
   * Imports the next files as one job, whose progress is followed.
   * @param {AbortSignal} signal
   */
  async #importTogether(signal) {
    /** @type {Entry[]} */
    const sent = [];
    const files = [];
    let bytes = 0;
    for (let entry = this.#next(); entry && sent.length < this.#size; entry = this.#next()) {
      bytes += entry.file.size;
      if (sent.length > 0 && bytes > JOB_BYTES) break;
      const file = await this.#read(entry);
      if (!file) continue;
      sent.push(entry);
      files.push(file);
    }
    if (sent.length === 0) return;
    const begun = performance.now();
    try {
      const { startImport } = await client.request(StartImport, { input: { files } }, { signal });
      // Where one is refused nothing begins: the others wait for the next job.
      for (const { field, code, message } of startImport.userErrors) {
        const refused = sent[Number(/^files\.(\d+)/.exec(field ?? "")?.[1])];
        for (const entry of refused ? [refused] : sent) this.#set(entry, { state: "failed", problem: code, message });
      }
      if (startImport.job) {
        await this.#follow(startImport.job.id, sent);
        // As many as the server takes in that time: at most twice as many as it just did.
        const files = (sent.length * JOB_TIME) / (performance.now() - begun);
        this.#size = Math.max(1, Math.min(Math.floor(files), this.#size * 2, MOST_FILES));
        return;
      }
      for (const entry of sent) if (entry.state === "sending") this.#set(entry, { state: "waiting" });
    } catch (error) {
      for (const entry of sent) if (entry.state === "sending") await this.#fail(entry, error, signal);
    }
  }

  /**
   * Tells what becomes of a job's files, until it is over.
   * @param {string} jobId
   * @param {Entry[]} sent
   */
  async #follow(jobId, sent) {
    /** @param {Imported} file */
    const tell = ({ index, status, candidate, error }) => {
      const entry = sent[index];
      if (!entry || status === "WAITING") return;
      if (status === "FAILED") this.#set(entry, { state: "failed", problem: error?.code ?? "INTERNAL", message: error?.message ?? "" });
      else this.#set(entry, { state: outcome(status === "UNCHANGED", candidate), candidate });
    };
    const isWhole = await new Promise((/** @type {(isWhole: boolean) => void} */ done) => {
      live.subscribe(ImportProgress, () => ({ jobId }), {
        next: ({ importProgress: { file } }) => file && tell(file),
        complete: () => done(true),
        error: () => done(false),
      });
    });
    // What was told while the socket was broken is asked for.
    while (!isWhole || sent.some(({ state }) => state === "sending")) {
      const { importJob } = await client.request(ImportJob, { id: jobId });
      importJob?.files.forEach(tell);
      if (importJob?.state === "RUNNING") await new Promise((done) => setTimeout(done, 1000));
      // A server that was started anew does not know of it; the same bytes again change nothing.
      else return sent.forEach((entry) => entry.state === "sending" && this.#set(entry, { state: "failed", problem: "UNAVAILABLE" }));
    }
  }

  /**
   * @param {Entry} entry
   * @param {AbortSignal} signal
   */
  async #import(entry, signal) {
    const file = await this.#read(entry);
    if (!file) return;
    try {
      const { importResume } = await client.request(ImportResume, { input: { ...file, waitForIndex: false } }, { signal });
      const { candidate, unchanged, userErrors } = importResume;
      const [error] = userErrors;
      if (error) this.#set(entry, { state: "failed", problem: error.code, message: error.message });
      else this.#set(entry, { state: outcome(unchanged, candidate), candidate });
    } catch (error) {
      await this.#fail(entry, error, signal);
    }
  }

  /**
   * @param {Entry} entry
   * @param {unknown} error
   * @param {AbortSignal} signal
   */
  async #fail(entry, error, signal) {
    if (signal.aborted) return this.#set(entry, { state: "waiting" });
    const { code, message, retryAfter } = error instanceof RequestError ? error : new RequestError(String(error), "INTERNAL");
    if (code === "RATE_LIMITED") {
      // Who is asked to wait waits; the file is not what is wrong.
      await new Promise((done) => setTimeout(done, (retryAfter ?? 5) * 1000));
      return this.#set(entry, { state: "waiting" });
    }
    this.#set(entry, { state: "failed", problem: code, message });
  }
}

/**
 * Returns what became of a file that was taken. Who may not search is not told who it was.
 * @param {boolean} isUnchanged
 * @param {Payload["candidate"]} candidate
 * @returns {Entry["state"]}
 */
function outcome(isUnchanged, candidate) {
  if (isUnchanged) return "unchanged";
  return candidate === null ? "imported" : candidate.resumes.length === 1 ? "created" : "updated";
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
