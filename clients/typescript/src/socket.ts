import { ApiError, TransportError } from './errors.js';
import type { AnswerError } from './errors.js';

/** What is needed of a `WebSocket`: that of browsers, of Node 22 and of the package `ws` have it. */
export interface SocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** Makes a {@link SocketLike}. */
export type SocketConstructor = new (url: string, protocol: string) => SocketLike;

/** How to open a socket. */
export interface SocketOptions {
  readonly Socket: SocketConstructor;
  /** The server's `/graphql`. */
  readonly endpoint: string | URL;
  readonly token: string | undefined;
  /** The longest time until the server has let the caller in. */
  readonly timeoutMs: number;
  /** How often the server is asked whether it is there. */
  readonly pingMs: number;
}

/** What is asked for. */
export interface SocketRequest {
  readonly query: string;
  readonly variables: unknown;
}

/** More events wait than are kept: whoever asks again goes on where they are. */
export class OverrunError extends Error {}

/** Events that wait at most for whoever reads them: a socket knows no slow readers. */
const MOST_WAITING = 1_000;

const PROTOCOL = 'graphql-transport-ws';

/** The code by which the server tells that the credentials are not valid, or no longer. */
export const FORBIDDEN = 4403;

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

interface Payload {
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[];
}

/** A socket at which the server has let the caller in. It closes after its last operation. */
export class Connection {
  readonly #socket: SocketLike;
  readonly #operations = new Map<string, Operation>();
  #count = 0;
  #heardAt = Date.now();
  #pinging: ReturnType<typeof setInterval> | undefined;
  #end: Error | undefined;

  private constructor(socket: SocketLike) {
    this.#socket = socket;
  }

  /**
   * Opens a socket and says who calls.
   *
   * @throws ApiError `UNAUTHENTICATED` when the server does not let the caller in
   * @throws TransportError when there is no socket, or it is closed for another reason
   */
  static open({ Socket, endpoint, token, timeoutMs, pingMs }: SocketOptions): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = new Socket(String(endpoint).replace(/^http/, 'ws'), PROTOCOL);
      const connection = new Connection(socket);
      const timer = setTimeout(() => {
        connection.#close(new TransportError('the server took too long'));
      }, timeoutMs);
      socket.onopen = () => {
        const payload = token === undefined ? {} : { authorization: `Bearer ${token}` };
        connection.#send({ type: 'connection_init', payload });
      };
      socket.onmessage = ({ data }: { data: unknown }) => {
        const message = read(data);
        if (!message) {
          connection.#close(new TransportError('what answered is no GraphQL server'));
        } else if (message.type === 'connection_ack') {
          clearTimeout(timer);
          connection.#pinging = setInterval(() => connection.#ping(pingMs), pingMs);
          resolve(connection);
        } else {
          connection.#hear(message);
        }
      };
      // What it is comes with the end.
      socket.onerror = () => {};
      socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
        clearTimeout(timer);
        connection.#finish(closedBy(code, reason));
        reject(connection.#end);
      };
    });
  }

  /** Why there is no connection any more; undefined while there is one. */
  get end(): Error | undefined {
    return this.#end;
  }

  /**
   * Gives the events of an operation, until the server completes it or whoever reads has enough.
   *
   * @throws ApiError when an event, or the operation, has errors
   * @throws TransportError, ApiError when the connection ends, as {@link open} does
   * @throws OverrunError when too many events wait
   */
  async *subscribe(request: SocketRequest, signal?: AbortSignal): AsyncGenerator<unknown, void, undefined> {
    const operation = new Operation();
    const id = String((this.#count += 1));
    const stop = () => operation.fail(signal?.reason);
    this.#operations.set(id, operation);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      if (this.#end) throw this.#end;
      this.#send({ type: 'subscribe', id, payload: request });
      yield* operation.events();
    } finally {
      signal?.removeEventListener('abort', stop);
      if (this.#operations.delete(id) && !operation.isEnded) this.#send({ type: 'complete', id });
      if (this.#operations.size === 0) this.#close(new TransportError('the socket was closed'));
    }
  }

  #hear({ type, id, payload }: Message): void {
    this.#heardAt = Date.now();
    if (type === 'ping') return this.#send({ type: 'pong' });
    const operation = id === undefined ? undefined : this.#operations.get(id);
    if (!operation) return;
    if (type === 'next') operation.next(payload as Payload);
    else if (type === 'error') operation.end(refused(payload as readonly AnswerError[]));
    else if (type === 'complete') operation.end();
  }

  /** Asks whether the server is there: a network that has gone closes no socket. */
  #ping(everyMs: number): void {
    if (Date.now() - this.#heardAt > 2 * everyMs) this.#close(new TransportError('the server answers nothing'));
    else this.#send({ type: 'ping' });
  }

  #send(message: Message): void {
    if (!this.#end) this.#socket.send(JSON.stringify(message));
  }

  #close(why: Error): void {
    this.#finish(why);
    this.#socket.close(1000);
  }

  #finish(why: Error): void {
    if (this.#end) return;
    this.#end = why;
    clearInterval(this.#pinging);
    for (const operation of this.#operations.values()) operation.end(why);
  }
}

/** Events on their way to whoever reads them. */
class Operation {
  #waiting: unknown[] = [];
  #error: unknown;
  #isOver = false;
  #wake = () => {};
  /** Whether the server knows that it is over. */
  isEnded = false;

  next({ data, errors }: Payload): void {
    if (errors?.length) this.fail(refused(errors, data));
    else if (this.#waiting.length >= MOST_WAITING) this.fail(new OverrunError());
    else if (!this.#isOver) this.#waiting.push(data);
    this.#wake();
  }

  /** The server ends it. */
  end(error?: unknown): void {
    this.isEnded = true;
    this.fail(error);
  }

  /** It is over once what waits is read; why is undefined where all is well. */
  fail(error?: unknown): void {
    if (!this.#isOver) this.#error = error;
    this.#isOver = true;
    this.#wake();
  }

  async *events(): AsyncGenerator<unknown, void, undefined> {
    for (;;) {
      while (this.#waiting.length > 0) yield this.#waiting.shift();
      if (this.#isOver) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#error !== undefined) throw this.#error;
  }
}

function read(data: unknown): Message | undefined {
  try {
    const message = JSON.parse(String(data)) as Partial<Message> | null;
    return typeof message?.type === 'string' ? (message as Message) : undefined;
  } catch {
    return undefined;
  }
}

function refused(errors: readonly AnswerError[], data?: unknown): ApiError {
  return new ApiError(errors, { status: 200, ...(data == null ? {} : { data }) });
}

function closedBy(code: number, reason: string): Error {
  if (code === FORBIDDEN) {
    return new ApiError([{ message: reason, extensions: { code: 'UNAUTHENTICATED' } }], { status: 401 });
  }
  const why = reason ? `${reason} (${code})` : `${code}`;
  return new TransportError(`the server closed the socket, or there is no way to it: ${why}`, { closeCode: code });
}
