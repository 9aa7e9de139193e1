import { TooLargeError } from './errors.js';
import type { ImportResumeInput } from './generated.js';

/** The largest document that the server takes, in bytes. */
export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024;

/** A document: a `File` of a page, bytes, a file of this machine (Node), or text. */
export type Source = Blob | Uint8Array | { readonly path: string } | { readonly text: string };

/** What is told of a document. */
export interface UploadOptions {
  /** Your own id of the candidate: a newer document with the same one becomes the current résumé. */
  readonly externalId?: string;
  /** The file's name, where it is not the source's own. */
  readonly fileName?: string;
  /**
   * The document's date (`2024-04-01`), used when it states none: open periods end there. `modified` takes
   * that of the file.
   */
  readonly documentDate?: string;
  /** Whether to wait until searches see the document; true by default. */
  readonly waitForIndex?: boolean;
}

interface Read {
  readonly bytes: Uint8Array;
  readonly name?: string | undefined;
  readonly modified?: Date | undefined;
}

/**
 * Returns the input of `importResume`.
 *
 * @throws TooLargeError before anything is read into memory, where the size is known
 */
export async function toInput(source: Source, options: UploadOptions = {}): Promise<ImportResumeInput> {
  const told: ImportResumeInput = {
    externalId: options.externalId,
    waitForIndex: options.waitForIndex ?? true,
  };
  if ('text' in source && typeof source.text === 'string') {
    checkSize(new TextEncoder().encode(source.text).length);
    return { ...told, fileName: options.fileName, documentDate: date(options.documentDate), text: source.text };
  }
  const { bytes, name, modified } = await read(source as Exclude<Source, { text: string }>);
  return {
    ...told,
    fileName: options.fileName ?? name,
    documentDate: date(options.documentDate, modified),
    base64: toBase64(bytes),
  };
}

async function read(source: Blob | Uint8Array | { readonly path: string }): Promise<Read> {
  if (source instanceof Uint8Array) {
    checkSize(source.length);
    return { bytes: source };
  }
  if (source instanceof Blob) {
    checkSize(source.size);
    const bytes = new Uint8Array(await source.arrayBuffer());
    const isFile = typeof File !== 'undefined' && source instanceof File;
    return isFile ? { bytes, name: source.name, modified: new Date(source.lastModified) } : { bytes };
  }
  const { readFile, stat } = await import('node:fs/promises');
  const { basename } = await import('node:path');
  const { size, mtime } = await stat(source.path);
  checkSize(size);
  return { bytes: await readFile(source.path), name: basename(source.path), modified: mtime };
}

function checkSize(bytes: number): void {
  if (bytes > MAX_DOCUMENT_BYTES) throw new TooLargeError(bytes, MAX_DOCUMENT_BYTES);
}

function date(asked: string | undefined, modified?: Date): string | undefined {
  if (asked !== 'modified') return asked;
  if (!modified) return undefined;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${modified.getFullYear()}-${two(modified.getMonth() + 1)}-${two(modified.getDate())}`;
}

/** Base64 where there is a `Buffer` and where there is none. */
function toBase64(bytes: Uint8Array): string {
  const slice = 0x8000;
  let binary = '';
  for (let start = 0; start < bytes.length; start += slice) {
    binary += String.fromCharCode(...bytes.subarray(start, start + slice));
  }
  return btoa(binary);
}
