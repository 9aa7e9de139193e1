// @ts-check
// Questions to the server.

/**
 * @template Result, Variables
 * @typedef {import("../operations.js").Operation<Result, Variables>} Operation
 */

/** A request that has no answer. `code` is of the closed list of the API, or `NETWORK`. */
export class RequestError extends Error {
  /**
   * @param {string} message
   * @param {string} code
   * @param {{ position?: number, retryAfter?: number }} [extensions]
   */
  constructor(message, code, extensions = {}) {
    super(message);
    this.name = "RequestError";
    this.code = code;
    /** Where in the query the mistake is, in characters from 0. */
    this.position = extensions.position;
    /** Seconds after which it may be asked again. */
    this.retryAfter = extensions.retryAfter;
  }
}

/** Asks one server on behalf of one caller. */
export class Client {
  /**
   * @param {string} endpoint the address of `/graphql`
   * @param {() => string | null | Promise<string | null>} token what to show who asks
   * @param {() => string} language
   */
  constructor(endpoint, token, language) {
    this.endpoint = endpoint;
    this.token = token;
    this.language = language;
  }

  /**
   * Runs an operation of `operations/`.
   *
   * @template Result, Variables
   * @param {Operation<Result, Variables>} operation
   * @param {Variables} variables
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<Result>}
   * @throws {RequestError} where anything of the answer is missing
   */
  async request(operation, variables, { signal } = {}) {
    const token = await this.token();
    /** @type {Response} */
    let response;
    /** @type {any} */
    let answer;
    try {
      response = await fetch(this.endpoint, {
        method: "POST",
        headers: {
          accept: "application/graphql-response+json, application/json;q=0.9",
          "accept-language": this.language(),
          "content-type": "application/json",
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify({ query: operation, variables }),
        credentials: "omit",
        signal: signal ?? null,
      });
      answer = await response.json();
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new RequestError(String(error), "NETWORK");
    }
    const [error] = answer.errors ?? [];
    if (error) throw new RequestError(error.message, error.extensions?.code ?? "INTERNAL", error.extensions);
    return answer.data;
  }
}
