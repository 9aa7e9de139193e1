import { ApiError, TransportError } from './errors.js';
import { pause, waitBefore } from './retry.js';
import type { RetryOptions } from './retry.js';
import { Connection, OverrunError } from './socket.js';
import type { SocketConstructor } from './socket.js';

/** Where to listen, and as whom. */
export interface SubscriptionsOptions {
  readonly endpoint: string | URL;
  /** Gives the token of a connection; asked with `true` once the server took one for invalid. */
  readonly token: (isRefused: boolean) => Promise<string | undefined>;
  /** Whether another token may be had. */
  readonly isRenewable: boolean;
  readonly Socket: SocketConstructor | undefined;
  readonly timeoutMs: number;
  readonly retry: RetryOptions;
}

/** How often the server is asked whether it is there. */
const PING_MS = 20_000;

/** A connection that held for as long was a good one: the next wait is the shortest again. */
const GOOD_MS = 10_000;

/** Codes of faults of this program, or of a server that is none: they come again. */
const FINAL = [4400, 4401, 4406, 4409, 4429];

/** The subscriptions of one client, all on one socket, which is there while there are any. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  #opening: Promise<Connection> | undefined;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  /**
   * Gives the events of an operation until the server completes it. Where the connection ends, or the server
   * says that it cannot answer now, it is asked for again: once it has been there, for as long as it takes.
   *
   * @param variables asked for at each connection, to go on where the last one ended
   */
  async *events(
    query: string,
    variables: () => unknown,
    signal?: AbortSignal,
  ): AsyncGenerator<unknown, void, undefined> {
    let attempt = 0;
    let wasThere = false;
    for (;;) {
      let since: number | undefined;
      try {
        signal?.throwIfAborted();
        const connection = await this.#connect();
        signal?.throwIfAborted();
        since = Date.now();
        wasThere = true;
        for await (const event of connection.subscribe({ query, variables: variables() }, signal)) {
          attempt = 0;
          yield event;
        }
        return;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof OverrunError) continue;
        if (since !== undefined && Date.now() - since > GOOD_MS) attempt = 0;
        attempt += 1;
        const wait = this.#waitBefore(error, attempt, since, wasThere);
        if (wait === undefined) throw error;
        await pause(wait, signal);
      }
    }
  }

  #waitBefore(error: unknown, attempt: number, since: number | undefined, wasThere: boolean): number | undefined {
    const { isRenewable, retry } = this.#options;
    let lost = error;
    if (isUnauthenticated(error)) {
      // Credentials that ended meanwhile are exchanged for others; who is not let in at all has none.
      if (!isRenewable || since === undefined) return undefined;
      if (attempt === 1) return 0;
      lost = new TransportError('the credentials ended at once');
    }
    if (lost instanceof TransportError && FINAL.includes(lost.closeCode ?? 0)) return undefined;
    return waitBefore(lost, attempt, true, wasThere ? { ...retry, attempts: Infinity } : retry);
  }

  /** Returns the connection that there is, or a new one; all who ask at once get the same. */
  async #connect(): Promise<Connection> {
    const opening = (this.#opening ??= this.#open(false));
    let connection: Connection;
    try {
      connection = await opening;
    } catch (error) {
      if (this.#opening === opening) this.#opening = undefined;
      throw error;
    }
    if (!connection.end) return connection;
    if (this.#opening === opening) this.#opening = this.#open(isUnauthenticated(connection.end));
    return this.#connect();
  }

  /** @param isRefused whether the server took the last token for invalid */
  async #open(isRefused: boolean): Promise<Connection> {
    const { endpoint, isRenewable, timeoutMs, Socket = globalThis.WebSocket } = this.#options;
    if (!Socket) throw new TypeError('there is no WebSocket here: give one as `webSocket`, such as that of the package ws');
    const open = async (isRefused: boolean) => {
      const token = await this.#options.token(isRefused);
      return Connection.open({ Socket, endpoint, token, timeoutMs, pingMs: PING_MS });
    };
    try {
      return await open(isRefused);
    } catch (error) {
      if (isRefused || !isRenewable || !isUnauthenticated(error)) throw error;
      return open(true);
    }
  }
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'UNAUTHENTICATED';
}
