/** A typed client of shokureki's GraphQL. */

export { Client, createClient } from './client.js';
export type {
  CandidateChange,
  ClientOptions,
  Document,
  ErasedCandidate,
  ImportedResume,
  RequestArguments,
  RequestOptions,
} from './client.js';
export * from './errors.js';
export * from './generated.js';
export type { Page, PageOptions } from './pages.js';
export type { RetryOptions } from './retry.js';
export type { SocketConstructor, SocketLike } from './socket.js';
export { MAX_DOCUMENT_BYTES } from './upload.js';
export type { Source, UploadOptions } from './upload.js';
