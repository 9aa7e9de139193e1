// What must compile, and what must not; checked by tsc, never run.

import {
  CandidateDocument,
  ImportProgressDocument,
  ImportResumeDocument,
  IndexStatusDocument,
  SearchCandidatesDocument,
} from '../src/index.js';
import type { Client } from '../src/index.js';

export async function typed(client: Client): Promise<void> {
  const { searchCandidates } = await client.request(SearchCandidatesDocument, {
    filter: { technology: { name: 'Rust', minMonths: 24 } },
    sort: 'MONTHS_DESC',
  });
  for (const { node, matches } of searchCandidates.edges) {
    const name: string | null = node.name;
    const months: (number | null)[] = matches.map((match) => match.months);
    void [name, months];
  }
  await client.request(IndexStatusDocument);
  const { candidate } = await client.request(CandidateDocument, { externalId: 'a' });
  // @ts-expect-error: there may be no such candidate
  void candidate.id;
  // @ts-expect-error: an unknown order
  await client.request(SearchCandidatesDocument, { sort: 'BEST' });
  // @ts-expect-error: an unknown condition
  await client.request(SearchCandidatesDocument, { filter: { skill: 'Rust' } });
  // @ts-expect-error: the input is missing
  await client.request(ImportResumeDocument);
  // @ts-expect-error: a field that was not asked for
  void searchCandidates.edges[0]?.node.birthDate;
  for await (const { kind, candidate } of client.changes({ afterSequence: 1 })) {
    const name: string | null | undefined = candidate?.name;
    void [kind === 'ERASED', name];
    // @ts-expect-error: whoever was erased is not there
    void candidate.id;
  }
  for await (const { importProgress } of client.subscribe(ImportProgressDocument, { jobId: 'x' })) {
    void importProgress.file?.sequence;
  }
  // @ts-expect-error: the import is missing
  client.subscribe(ImportProgressDocument, {});
}
