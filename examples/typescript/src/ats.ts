// What an applicant tracking system does with shokureki: hand résumés over, search, keep a mirror, follow, erase.

import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import {
  CandidatesDocument,
  RefusedError,
  SearchCandidatesDocument,
  ShokurekiError,
  TooLargeError,
  createClient,
} from '@shokureki/client';
import type { CandidatesQuery } from '@shokureki/client';
import { WebSocket } from 'ws';

type Candidate = CandidatesQuery['searchCandidates']['edges'][number]['node'];

const { SHOKUREKI_URL, SHOKUREKI_TOKEN } = process.env;
const client = createClient({
  endpoint: SHOKUREKI_URL ?? 'http://127.0.0.1:8080/graphql',
  language: 'ja',
  // Node 22 has one of its own.
  webSocket: WebSocket,
  ...(SHOKUREKI_TOKEN ? { token: SHOKUREKI_TOKEN } : {}),
});

/** Takes every file below the folder in. The path below it names the candidate; an ATS has an id of its own. */
async function importFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) {
    const externalId = relative(folder, path).split(sep).join('/');
    try {
      // The file's own date holds where the document states none: open periods (現在) end there.
      const { unchanged } = await client.importResume({ path }, { externalId, documentDate: 'modified' });
      console.log(`${externalId}\t${unchanged ? 'unchanged' : 'imported'}`);
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof TooLargeError)) throw error;
      console.log(`${externalId}\trefused\t${error.code}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}

/** Prints who is found, and the lines that prove it. */
async function search(query: string): Promise<void> {
  const { searchCandidates } = await client.request(SearchCandidatesDocument, { query });
  console.log(`${searchCandidates.totalCount} found`);
  for (const { node, matches } of searchCandidates.edges) {
    console.log(`\n${name(node)} (${node.externalId})`);
    for (const { clause, months, evidence } of matches) {
      console.log(`  ${clause}${months === null ? '' : `, ${months} months`}`);
      for (const { line, excerpt } of evidence) console.log(`    line ${line}: ${excerpt}`);
    }
  }
}

/** Prints every candidate. */
async function list(): Promise<void> {
  for await (const { node } of candidates()) {
    console.log(`${node.externalId}\t${name(node)}\t${node.updatedAt}`);
  }
}

/**
 * Brings a copy of all candidates, a file of JSON, up to date.
 *
 * The last updated come first: a quick run ends where the last run began, and learns of no erasure.
 */
async function mirror(file: string, isQuick: boolean): Promise<void> {
  const old = await readCopy(file);
  const newest = Object.values(old).reduce((latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest), '');
  const copy: Record<string, Candidate> = isQuick ? { ...old } : {};
  let changed = 0;
  for await (const { node } of candidates()) {
    if (isQuick && node.updatedAt < newest) break;
    if (JSON.stringify(old[node.id]) !== JSON.stringify(node)) changed += 1;
    copy[node.id] = node;
  }
  const removed = Object.keys(old).filter((id) => !(id in copy)).length;
  // A run that is interrupted leaves the old copy.
  await writeFile(`${file}.new`, JSON.stringify(copy, null, 1));
  await rename(`${file}.new`, file);
  console.log(`${changed} new or changed, ${removed} removed, ${Object.keys(copy).length} in all`);
}

async function readCopy(file: string): Promise<Record<string, Candidate>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, Candidate>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Every candidate, the last updated first. */
function candidates() {
  return client.paginate(CandidatesDocument, { sort: 'UPDATED_DESC' }, (data) => data.searchCandidates);
}

/**
 * Prints every change from now on, or after one that was seen before, until it is interrupted. A connection
 * that ends is made again, and goes on where it was.
 */
async function follow(afterSequence?: number): Promise<void> {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  try {
    for await (const { sequence, kind, candidateId, candidate } of client.changes({
      ...(afterSequence === undefined ? {} : { afterSequence }),
      signal: controller.signal,
    })) {
      // Whoever was erased is not there any more; whoever changed is there as they are now.
      console.log(`${sequence}\t${kind}\t${candidate ? `${candidate.externalId}\t${name(candidate)}` : candidateId}`);
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
}

/** Erases a candidate. It cannot be undone. */
async function erase(externalId: string): Promise<void> {
  const { erasedResumes } = await client.eraseCandidate({ externalId });
  console.log(`${erasedResumes} documents erased`);
}

/** The name; without the scope `identity` what stands for it. */
function name(candidate: { readonly name: string | null; readonly pseudonym: string }): string {
  return candidate.name ?? candidate.pseudonym;
}

const [command, argument, option] = process.argv.slice(2);
try {
  if (command === 'import' && argument) await importFolder(argument);
  else if (command === 'search' && argument) await search(argument);
  else if (command === 'list') await list();
  else if (command === 'mirror' && argument) await mirror(argument, option === '--quick');
  else if (command === 'follow') await follow(argument === undefined ? undefined : Number(argument));
  else if (command === 'erase' && argument) await erase(argument);
  else {
    console.error('usage: ats import FOLDER | search QUERY | list | mirror FILE [--quick] | follow [SEQUENCE] | erase EXTERNAL_ID');
    process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof ShokurekiError)) throw error;
  console.error('code' in error ? `${error.code}: ${error.message}` : error.message);
  process.exitCode = 1;
}
