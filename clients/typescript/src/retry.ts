import { ApiError, TransportError } from './errors.js';

/** How often and how long to try again. */
export interface RetryOptions {
  /** How often a request is sent at most; 1 for never again. 4 by default. */
  readonly attempts?: number;
  /** The longest wait before another try: where the server asks for a longer one, the error is thrown. 30,000 ms by default. */
  readonly maxWaitMs?: number;
}

const FIRST_WAIT_MS = 200;

/**
 * Returns how many milliseconds to wait before the request is sent again; undefined where that is of no
 * use, or not safe: a mutation that may have been executed is not repeated.
 *
 * @param attempt how often it was sent, from 1
 */
export function waitBefore(
  error: unknown,
  attempt: number,
  isQuery: boolean,
  { attempts = 4, maxWaitMs = 30_000 }: RetryOptions,
): number | undefined {
  if (attempt >= attempts) return undefined;
  const backOff = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2), maxWaitMs);
  if (error instanceof ApiError) {
    // With Retry-After the server says that nothing was executed.
    const isRefused = error.retryAfterS !== undefined && error.data === undefined;
    const mayPass = error.code === 'RATE_LIMITED' || error.code === 'UNAVAILABLE';
    if (!mayPass || !(isQuery || isRefused)) return undefined;
    const wait = error.retryAfterS === undefined ? backOff : error.retryAfterS * 1000;
    return wait <= maxWaitMs ? wait : undefined;
  }
  if (error instanceof TransportError && isQuery) return backOff;
  return undefined;
}

/** Reads `Retry-After`: seconds, or a date of HTTP. */
export function retryAfterS(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}

/** Waits; ends at once, with the signal's reason, when the signal is given. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
