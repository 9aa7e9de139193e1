import type { ErrorCode } from './generated.js';

/** An entry of `errors` in an answer. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: ErrorCode; readonly retryAfter?: number };
}

/** An entry of `userErrors`: why a mutation did not do what was asked. */
export interface UserError {
  readonly field: string | null;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What all errors of this package are. */
export abstract class ShokurekiError extends Error {}

/** The server answered with errors. */
export class ApiError extends ShokurekiError {
  override readonly name = 'ApiError';
  /** The code of the first error; `INTERNAL` where the answer gives none. */
  readonly code: ErrorCode;
  /** All errors of the answer. */
  readonly errors: readonly AnswerError[];
  /** The HTTP status. */
  readonly status: number;
  /** What was answered all the same; undefined where nothing was executed. */
  readonly data: unknown;
  /** In how many seconds to try again, where the server says so. */
  readonly retryAfterS: number | undefined;
  /** Names the request in the server's log. */
  readonly requestId: string | undefined;

  constructor(errors: readonly AnswerError[], answer: ApiAnswer) {
    super(errors[0]?.message ?? `the server answered ${answer.status}`);
    this.code = errors[0]?.extensions?.code ?? 'INTERNAL';
    this.errors = errors;
    this.status = answer.status;
    this.data = answer.data;
    this.retryAfterS = answer.retryAfterS ?? errors[0]?.extensions?.retryAfter;
    this.requestId = answer.requestId;
  }
}

/** What is known of an answer beside its errors. */
export interface ApiAnswer {
  readonly status: number;
  readonly data?: unknown;
  readonly retryAfterS?: number | undefined;
  readonly requestId?: string | undefined;
}

/** There is no answer of the server: it was not reached, took too long, or something else answered. */
export class TransportError extends ShokurekiError {
  override readonly name = 'TransportError';
  /** The HTTP status, where there is one. */
  readonly status: number | undefined;
  /** The code that a subscription's socket was closed with, where there is one. */
  readonly closeCode: number | undefined;

  constructor(message: string, options: { cause?: unknown; status?: number; closeCode?: number } = {}) {
    super(message, { cause: options.cause });
    this.status = options.status;
    this.closeCode = options.closeCode;
  }
}

/** A mutation did not do what was asked. */
export class RefusedError extends ShokurekiError {
  override readonly name = 'RefusedError';
  /** The code of the first reason. */
  readonly code: ErrorCode;
  /** The reasons. */
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly [UserError, ...UserError[]]) {
    super(userErrors[0].message);
    this.code = userErrors[0].code;
    this.userErrors = userErrors;
  }
}

/** A document is larger than the server takes; it was not sent. */
export class TooLargeError extends ShokurekiError {
  override readonly name = 'TooLargeError';
  readonly code: ErrorCode = 'PAYLOAD_TOO_LARGE';

  constructor(
    /** Its size. */
    readonly bytes: number,
    /** The most that the server takes. */
    readonly limit: number,
  ) {
    super(`the document has ${bytes} bytes; the most is ${limit}`);
  }
}

/** Searches did not see a change in time. */
export class IndexWaitError extends ShokurekiError {
  override readonly name = 'IndexWaitError';

  constructor(
    /** The change that was waited for. */
    readonly sequence: number,
    /** The last one that searches saw. */
    readonly appliedSequence: number,
  ) {
    super(`searches have seen change ${appliedSequence}, not ${sequence}`);
  }
}
