// @ts-check
// The token that a page of another application searches with: where it comes from, and for how long it is used.

import { Client, RequestError } from "../lib/graphql.js";

/**
 * What the application gives out for its signed-in user, as `createEmbedToken` answers it. Without
 * `expiresAt` the token is used until the server refuses it; without a token the user is not signed in.
 * @typedef {{ token?: string | null, expiresAt?: string | null }} EmbedToken
 */

/** @typedef {() => Promise<EmbedToken | null>} TokenProvider */

/** How long before its end a token is used no more: a request takes its time. */
const MARGIN_MS = 30_000;

/** A token in memory, exchanged for another before it ends. Nothing of it is written anywhere. */
export class Tokens {
  /** @param {TokenProvider} provider */
  constructor(provider) {
    this.provider = provider;
    /** @type {{ token: string, usedUntil: number } | null} */
    this.current = null;
    /** @type {Promise<string> | null} */
    this.pending = null;
  }

  /**
   * Returns a token that holds. Whoever asks while another is on its way waits for that one.
   * @param {string | null} [refused] a token that the server did not take
   * @returns {Promise<string>}
   */
  async get(refused = null) {
    const { current } = this;
    if (current && current.token !== refused && Date.now() < current.usedUntil) return current.token;
    this.pending ??= this.ask().finally(() => (this.pending = null));
    return this.pending;
  }

  /** @private */
  async ask() {
    const { token, expiresAt } = (await Promise.resolve().then(() => this.provider()).catch(unavailable)) ?? {};
    if (typeof token !== "string" || token === "") throw new RequestError("no token", "UNAUTHENTICATED");
    const end = expiresAt ? Date.parse(expiresAt) : Infinity;
    this.current = { token, usedUntil: (Number.isNaN(end) ? Infinity : end) - MARGIN_MS };
    return token;
  }
}

/**
 * What a page's own provider throws is no code of ours.
 * @param {unknown} error
 * @returns {never}
 */
function unavailable(error) {
  throw error instanceof RequestError ? error : new RequestError(String(error), "UNAVAILABLE");
}

/**
 * Asks an address of the application for a token, as its signed-in user.
 *
 * @param {string} address
 * @returns {TokenProvider}
 * @throws {RequestError} from the provider: `UNAUTHENTICATED` where the application does not know the user,
 * `NETWORK` where it does not answer, `UNAVAILABLE` where it answers with anything else
 */
export function tokensFrom(address) {
  return async () => {
    /** @type {Response} */
    let response;
    try {
      // POST: a page of another site cannot read it by a script tag, and the application can tell whose it is
      // by `Origin`.
      response = await fetch(address, { method: "POST", credentials: "same-origin", headers: { accept: "application/json" }, cache: "no-store" });
    } catch (error) {
      throw new RequestError(String(error), "NETWORK");
    }
    if (response.status === 401 || response.status === 403) throw new RequestError("not signed in", "UNAUTHENTICATED");
    const answer = await response.json().catch(() => null);
    if (!response.ok || answer === null) throw new RequestError("no token", "UNAVAILABLE");
    return { token: answer.token, expiresAt: byOwnClock(answer.expiresAt, response.headers.get("date")) };
  };
}

/**
 * A time of the server as this machine's clock will show it: a clock that is wrong would take every token for
 * ended, or none.
 * @param {string | null | undefined} time
 * @param {string | null} date what the server's clock showed when it answered
 */
function byOwnClock(time, date) {
  const ahead = date ? Date.now() - Date.parse(date) : 0;
  const end = time ? Date.parse(time) + ahead : NaN;
  return Number.isNaN(end) ? null : new Date(end).toISOString();
}

/** Asks with the tokens of an application; with another one where the server refuses the first. */
export class EmbedClient extends Client {
  /**
   * @param {string} endpoint
   * @param {Tokens} tokens
   * @param {() => string} language
   */
  constructor(endpoint, tokens, language) {
    super(endpoint, () => tokens.get(), language);
    this.tokens = tokens;
  }

  /**
   * @template Result, Variables
   * @param {import("../lib/graphql.js").Operation<Result, Variables>} operation
   * @param {Variables} variables
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<Result>}
   */
  async request(operation, variables, options) {
    const shown = await this.tokens.get();
    try {
      return await super.request(operation, variables, options);
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== "UNAUTHENTICATED") throw error;
      await this.tokens.get(shown);
      return super.request(operation, variables, options);
    }
  }
}
