// @ts-check
// Subscriptions over graphql-transport-ws: one socket for all of them, opened when the first is asked for and
// closed after the last. A socket that breaks is opened again, and what was subscribed to is asked for anew.

import { RequestError } from "./graphql.js";

/**
 * @template Result, Variables
 * @typedef {import("../operations.js").Operation<Result, Variables>} Operation
 */

/**
 * @typedef {object} Subscriber
 * @property {string} operation
 * @property {() => unknown} variables asked for at each connection, to go on where the last one ended
 * @property {(result: any) => void} next
 * @property {() => void} [complete]
 * @property {(error: RequestError) => void} [error] also when there is no way to connect
 */

/** Closing codes after which it is of no use to try again. */
const FINAL = [4400, 4401, 4403, 4406, 4429];

/** Seconds until it is tried again, at first and at most. */
const SOON = 1;
const LATE = 30;

export class Live {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Map<string, Subscriber>} */
  #subscribers = new Map();
  #count = 0;
  #isReady = false;
  #wasReady = false;
  #wait = SOON;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {((isOpen: boolean) => void)[]} */
  #asking = [];

  /**
   * @param {() => string | null} token
   */
  constructor(token) {
    this.token = token;
  }

  /**
   * Subscribes; returns a function that ends it.
   *
   * @template Result, Variables
   * @param {Operation<Result, Variables>} operation
   * @param {() => Variables} variables
   * @param {{ next: (result: Result) => void, complete?: () => void, error?: (error: RequestError) => void }} told
   */
  subscribe(operation, variables, told) {
    const id = String(++this.#count);
    this.#subscribers.set(id, { operation, variables, ...told });
    if (this.#isReady) this.#ask(id);
    else if (!this.#socket) this.#connect();
    return () => {
      if (!this.#subscribers.delete(id)) return;
      if (this.#isReady) this.#send({ type: "complete", id });
      this.#rest();
    };
  }

  /** Returns whether a socket can be opened, once it is known. */
  reach() {
    if (this.#isReady) return Promise.resolve(true);
    if (!this.#socket) this.#connect();
    return new Promise((/** @type {(isOpen: boolean) => void} */ told) => this.#asking.push(told));
  }

  /** @param {boolean} isOpen */
  #reached(isOpen) {
    for (const told of this.#asking.splice(0)) told(isOpen);
  }

  #connect() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
    this.#socket = socket;
    socket.onopen = () => {
      const token = this.token();
      this.#send({ type: "connection_init", payload: token ? { authorization: `Bearer ${token}` } : {} });
    };
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onclose = ({ code, reason }) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#isReady = false;
      this.#reached(false);
      if (this.#subscribers.size === 0) return;
      // A proxy that lets no socket through will not do so later.
      if (!this.#wasReady || FINAL.includes(code)) return this.#fail(reason, code === 4403 ? "UNAUTHENTICATED" : "NETWORK");
      this.#timer = setTimeout(() => this.#connect(), this.#wait * 1000);
      this.#wait = Math.min(this.#wait * 2, LATE);
    };
  }

  /** @param {{ type: string, id: string, payload?: any }} message */
  #hear({ type, id, payload }) {
    if (type === "ping") return this.#send({ type: "pong" });
    if (type === "connection_ack") {
      this.#isReady = this.#wasReady = true;
      this.#wait = SOON;
      for (const id of this.#subscribers.keys()) this.#ask(id);
      this.#reached(true);
      return;
    }
    const subscriber = this.#subscribers.get(id);
    if (!subscriber) return;
    const [error] = type === "error" ? payload : (payload?.errors ?? []);
    if (type === "next" && !error) return subscriber.next(payload.data);
    if (type === "complete" || error) this.#subscribers.delete(id);
    if (error) subscriber.error?.(new RequestError(error.message, error.extensions?.code ?? "INTERNAL"));
    else if (type === "complete") subscriber.complete?.();
    this.#rest();
  }

  /**
   * Tells all subscribers that there is no way.
   * @param {string} reason
   * @param {string} code
   */
  #fail(reason, code) {
    const subscribers = [...this.#subscribers.values()];
    this.#subscribers.clear();
    for (const { error } of subscribers) error?.(new RequestError(reason, code));
  }

  /** Closes the socket that nobody needs. */
  #rest() {
    if (this.#subscribers.size > 0) return;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    // One that is closed before it is open is told of as a failure.
    if (socket?.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close(1000);
    else socket?.close(1000);
    this.#socket = null;
    this.#isReady = false;
  }

  /** @param {string} id */
  #ask(id) {
    const { operation, variables } = /** @type {Subscriber} */ (this.#subscribers.get(id));
    this.#send({ type: "subscribe", id, payload: { query: operation, variables: variables() } });
  }

  /** @param {unknown} message */
  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
