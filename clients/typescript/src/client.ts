import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

import { ApiError, IndexWaitError, RefusedError, TransportError } from './errors.js';
import type { AnswerError, UserError } from './errors.js';
import {
  CandidatesChangedDocument,
  EraseCandidateDocument,
  ImportResumeDocument,
  IndexStatusDocument,
} from './generated.js';
import type {
  CandidatesChangedSubscription,
  EraseCandidateInput,
  EraseCandidateMutation,
  ImportResumeMutation,
} from './generated.js';
import { items } from './pages.js';
import type { Page, PageOptions } from './pages.js';
import { pause, retryAfterS, waitBefore } from './retry.js';
import type { RetryOptions } from './retry.js';
import type { SocketConstructor } from './socket.js';
import { Subscriptions } from './subscriptions.js';
import { toInput } from './upload.js';
import type { Source, UploadOptions } from './upload.js';

/** A request as text that knows the types of its variables and its answer: one of this package, or one that
 * graphql-codegen wrote with `documentMode: 'string'`. */
export type Document<TData, TVariables> = DocumentTypeDecoration<TData, TVariables> & { toString(): string };

/** Where to ask, and as whom. */
export interface ClientOptions {
  /** The server's `/graphql`. */
  readonly endpoint: string | URL;
  /** An API token. */
  readonly token?: string;
  /**
   * Gives the token of each request, instead of `token`. Asked with `true` once the server took a token for
   * invalid; the request is then sent once more.
   */
  readonly tokenProvider?: (isRefused: boolean) => string | Promise<string>;
  /** Sends requests, instead of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Opens the socket of subscriptions, instead of the global `WebSocket`: Node 20 has none. */
  readonly webSocket?: SocketConstructor;
  /** How often and how long to try again. */
  readonly retry?: RetryOptions;
  /** The longest time for one try. 30,000 ms by default. */
  readonly timeoutMs?: number;
  /** Language of messages, such as `ja` (the server's own choice by default). */
  readonly language?: string;
}

/** What holds for one request. */
export interface RequestOptions {
  /** Ends the request, and the wait for another try. */
  readonly signal?: AbortSignal;
}

/** What stands behind the document: variables where it needs some. */
export type RequestArguments<TVariables> =
  Record<string, never> extends TVariables
    ? [variables?: TVariables, options?: RequestOptions]
    : [variables: TVariables, options?: RequestOptions];

/** A change of a candidate. */
export type CandidateChange = CandidatesChangedSubscription['candidatesChanged'];

/** What became of a document that was taken in. */
export type ImportedResume = ImportResumeMutation['importResume'];

/** What an erasure did. */
export type ErasedCandidate = EraseCandidateMutation['eraseCandidate'];

/** Makes a client. It holds no connection, but for subscriptions under way: there is nothing to close. */
export function createClient(options: ClientOptions): Client {
  return new Client(options);
}

/** Asks one server as one caller. */
export class Client {
  readonly #options: ClientOptions;
  readonly #fetch: typeof globalThis.fetch;
  readonly #subscriptions: Subscriptions;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#subscriptions = new Subscriptions({
      endpoint: options.endpoint,
      token: (isRefused) => this.#token(isRefused),
      isRenewable: options.tokenProvider !== undefined,
      Socket: options.webSocket,
      timeoutMs: options.timeoutMs ?? 30_000,
      retry: options.retry ?? {},
    });
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  }

  /**
   * Asks, and answers with `data`.
   *
   * What may pass (`RATE_LIMITED`, `UNAVAILABLE`, no connection) is tried again, as long as nothing can be
   * done twice by that.
   *
   * @throws ApiError when the answer holds errors, also when there is data beside them
   * @throws TransportError when there is no answer
   */
  async request<TData, TVariables>(
    document: Document<TData, TVariables>,
    ...[variables, options]: RequestArguments<TVariables>
  ): Promise<TData> {
    return (await this.#ask(textOf(document), variables, options?.signal)) as TData;
  }

  /** Asks by any text. */
  async query<TData = unknown>(
    text: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: RequestOptions,
  ): Promise<TData> {
    return (await this.#ask(text, variables, options?.signal)) as TData;
  }

  /**
   * Goes through all pages of a connection, item by item.
   *
   * Begins anew on `CURSOR_EXPIRED`, without giving an item twice. What changes while it goes on may be
   * missed or come twice as the server orders it; `UPDATED_DESC` shows new changes to the next run.
   *
   * @param connection takes the connection out of the answer
   */
  paginate<TData, TVariables extends { first?: unknown; after?: unknown }, TItem>(
    document: Document<TData, TVariables>,
    variables: Omit<TVariables, 'first' | 'after'>,
    connection: (data: TData) => Page<TItem>,
    options: PageOptions<TItem> & RequestOptions = {},
  ): AsyncGenerator<TItem, void, undefined> {
    const text = textOf(document);
    return items(
      async (place) => connection((await this.#ask(text, { ...variables, ...place }, options.signal)) as TData),
      options,
    );
  }

  /**
   * Follows what goes on, event by event, until the server completes it, `signal` is given, or the loop over it
   * is left. All subscriptions of a client share one socket, which is there while there are any.
   *
   * A connection that ends is made again, and what was subscribed to is asked for anew, after a wait that grows
   * to `retry.maxWaitMs`; `retry.attempts` counts for the first connection alone. What happens meanwhile is
   * only told where the variables say from where on.
   *
   * @param variables those of each connection by a function, to go on where the last one ended
   * @throws ApiError when the operation, or an event, has errors that trying again does not mend
   * @throws TransportError when there is no way to the server
   */
  async *subscribe<TData, TVariables>(
    document: Document<TData, TVariables>,
    variables: TVariables | (() => TVariables),
    { signal }: RequestOptions = {},
  ): AsyncGenerator<TData, void, undefined> {
    const given = typeof variables === 'function' ? (variables as () => TVariables) : () => variables;
    for await (const event of this.#subscriptions.events(textOf(document), given, signal)) yield event as TData;
  }

  /**
   * Follows the changes of candidates, each once searches see it, in order, missing none: after the change
   * `afterSequence`, else after what searches see now. Whoever keeps the `sequence` of the last change goes on
   * there another time.
   */
  async *changes({
    afterSequence,
    signal,
  }: RequestOptions & { readonly afterSequence?: number } = {}): AsyncGenerator<CandidateChange, void, undefined> {
    const options = signal ? { signal } : {};
    let last = afterSequence;
    last ??= (await this.request(IndexStatusDocument, {}, options)).indexStatus.appliedSequence;
    const variables = () => ({ afterSequence: last });
    for await (const { candidatesChanged } of this.subscribe(CandidatesChangedDocument, variables, options)) {
      last = candidatesChanged.sequence;
      yield candidatesChanged;
    }
  }

  /**
   * Takes a document in. The same bytes again change nothing.
   *
   * @throws RefusedError when the server does not take it (too large, of no known format …)
   * @throws TooLargeError before it is sent
   */
  async importResume(source: Source, options: UploadOptions & RequestOptions = {}): Promise<ImportedResume> {
    const input = await toInput(source, options);
    const { importResume } = await this.request(ImportResumeDocument, { input }, options);
    return accepted(importResume);
  }

  /**
   * Erases a candidate, by id or external id. It cannot be undone.
   *
   * @throws RefusedError when there is no such candidate
   */
  async eraseCandidate(input: EraseCandidateInput, options: RequestOptions = {}): Promise<ErasedCandidate> {
    const { eraseCandidate } = await this.request(EraseCandidateDocument, { input }, options);
    return accepted(eraseCandidate);
  }

  /**
   * Waits until searches see a change: the one of this `sequence`, else the last one that is stored now.
   *
   * Of several servers behind one address another may answer the next search: give it `minSequence`.
   *
   * @throws IndexWaitError when it takes longer than `timeoutMs` (30,000 by default)
   */
  async waitForIndex(
    sequence?: number,
    { timeoutMs = 30_000, signal }: RequestOptions & { readonly timeoutMs?: number } = {},
  ): Promise<void> {
    const end = Date.now() + timeoutMs;
    let wait = 20;
    for (let wanted = sequence; ; wait = Math.min(wait * 2, 500)) {
      const { indexStatus } = await this.request(IndexStatusDocument, {}, signal ? { signal } : {});
      wanted ??= indexStatus.lastSequence;
      if (indexStatus.appliedSequence >= wanted) return;
      if (Date.now() + wait > end) throw new IndexWaitError(wanted, indexStatus.appliedSequence);
      await pause(wait, signal);
    }
  }

  async #ask(query: string, variables: unknown, signal?: AbortSignal): Promise<unknown> {
    const body = JSON.stringify({ query, variables });
    const isQuery = !/^\s*(mutation|subscription)\b/m.test(query);
    let token = await this.#token(false);
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#send(body, token, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (this.#options.tokenProvider && !isRenewed && isUnauthenticated(error)) {
          isRenewed = true;
          token = await this.#token(true);
          continue;
        }
        const wait = waitBefore(error, attempt, isQuery, this.#options.retry ?? {});
        if (wait === undefined) throw error;
        await pause(wait, signal);
      }
    }
  }

  async #token(isRefused: boolean): Promise<string | undefined> {
    const { token, tokenProvider } = this.#options;
    return tokenProvider ? await tokenProvider(isRefused) : token;
  }

  async #send(body: string, token: string | undefined, signal?: AbortSignal): Promise<unknown> {
    const headers: Record<string, string> = {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
    };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (this.#options.language !== undefined) headers['accept-language'] = this.#options.language;
    const timeout = AbortSignal.timeout(this.#options.timeoutMs ?? 30_000);
    let response: Response;
    let text: string;
    try {
      response = await this.#fetch(this.#options.endpoint, {
        method: 'POST',
        headers,
        body,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      text = await response.text();
    } catch (cause) {
      throw new TransportError(timeout.aborted ? 'the server took too long' : 'the server was not reached', { cause });
    }
    const answer = readAnswer(text);
    if (!answer) {
      throw new TransportError(`what answered is no GraphQL server (${response.status})`, { status: response.status });
    }
    if (answer.errors?.length) {
      throw new ApiError(answer.errors, {
        status: response.status,
        data: answer.data,
        retryAfterS: retryAfterS(response.headers.get('retry-after')),
        requestId: response.headers.get('x-request-id') ?? undefined,
      });
    }
    return answer.data;
  }
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[];
}

function readAnswer(text: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const isAnswer = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
    return isAnswer ? (answer as Answer) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(document: { toString(): string }): string {
  const text = document.toString();
  if (text === '[object Object]') {
    throw new TypeError('the document is a syntax tree: write it by graphql-codegen with documentMode "string"');
  }
  return text;
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'UNAUTHENTICATED';
}

function accepted<T extends { readonly userErrors: readonly UserError[] }>(payload: T): T {
  const [first, ...others] = payload.userErrors;
  if (first) throw new RefusedError([first, ...others]);
  return payload;
}
