// Against the real server.

import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import {
  ApiError,
  CandidateDocument,
  CandidatesDocument,
  IndexWaitError,
  RefusedError,
  SearchCandidatesDocument,
  SearchStintsDocument,
  TooLargeError,
  createClient,
} from '../dist/index.js';
import { Server } from './server.js';

const RESUME = `# 職務経歴書

氏名：見本 太郎

## 株式会社ミホン商事（2019年4月 ～ 現在）

### 受注管理（2020年4月 ～ 2022年3月）

- 使用技術：Rust、PostgreSQL
`;

describe('with the samples', () => {
  let server, client;
  before(async () => {
    server = await Server.start('--samples');
    client = createClient({ endpoint: server.endpoint });
  });
  after(() => server.stop());

  test('a search answers with evidence', async () => {
    const { searchCandidates } = await client.request(SearchCandidatesDocument, {
      filter: { technology: { name: 'Rust', minMonths: 24 } },
      sort: 'MONTHS_DESC',
    });
    const [first] = searchCandidates.edges;
    assert.equal(first.node.name, '日下部 蓮');
    assert.equal(first.matches[0].months, 40);
    assert.match(first.matches[0].evidence[0].excerpt, /Rust/);
    assert.equal(searchCandidates.totalCount, 2);
  });

  test('stints are found with their candidate', async () => {
    const { searchStints } = await client.request(SearchStintsDocument, { query: 'tech:Erlang', first: 1 });
    assert.equal(searchStints.totalCount, 7);
    assert.equal(searchStints.edges[0].node.__typename, 'Project');
    assert.ok(searchStints.edges[0].candidate.name);
  });

  test('any text may be asked', async () => {
    const { suggest } = await client.query('query($p: String!) { suggest(prefix: $p) { text } }', { p: 'あーら' });
    assert.deepEqual(suggest, [{ text: 'Erlang' }]);
  });

  test('an error has the code, and the language that was asked for', async () => {
    const english = createClient({ endpoint: server.endpoint, language: 'en' });
    const japanese = createClient({ endpoint: server.endpoint, language: 'ja' });
    const ask = (client) => client.request(SearchCandidatesDocument, { query: '"AWS' });
    await assert.rejects(ask(english), (error) => {
      assert.ok(error instanceof ApiError);
      assert.equal(error.code, 'BAD_USER_INPUT');
      assert.equal(error.status, 200);
      assert.ok(error.requestId);
      assert.doesNotMatch(error.message, /[ぁ-ん]/);
      return true;
    });
    await assert.rejects(ask(japanese), (error) => /[ぁ-ん]/.test(error.message));
  });

  test('all pages are gone through, once each', async () => {
    const names = [];
    const all = client.paginate(CandidatesDocument, { sort: 'NAME_ASC' }, (data) => data.searchCandidates, {
      pageSize: 3,
    });
    for await (const { node } of all) names.push(node.name);
    const { searchCandidates } = await client.request(SearchCandidatesDocument, { sort: 'NAME_ASC', first: 100 });
    assert.equal(names.length, searchCandidates.totalCount);
    assert.deepEqual(
      names,
      searchCandidates.edges.map(({ node }) => node.name),
    );
  });

  test('a document is taken in once, found and erased', async () => {
    const file = new File([RESUME], 'resume.md');
    const first = await client.importResume(file, { externalId: 'client-1' });
    assert.equal(first.unchanged, false);
    assert.equal(first.candidate.name, '見本 太郎');
    const again = await client.importResume(new TextEncoder().encode(RESUME), {
      externalId: 'client-1',
      fileName: 'resume.md',
    });
    assert.equal(again.unchanged, true);
    const { searchCandidates } = await client.request(SearchCandidatesDocument, {
      query: '{技術:Rust 会社:ミホン商事}',
      minSequence: first.sequence,
    });
    assert.deepEqual(
      searchCandidates.edges.map(({ node }) => node.externalId),
      ['client-1'],
    );
    const { erasedResumes } = await client.eraseCandidate({ externalId: 'client-1' });
    assert.equal(erasedResumes, 1);
    await assert.rejects(client.eraseCandidate({ externalId: 'client-1' }), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, 'NOT_FOUND');
      return true;
    });
  });

  test('a file of this machine brings its name and its date', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shokureki-client-'));
    try {
      const path = join(folder, 'resume.md');
      await writeFile(path, RESUME);
      await utimes(path, new Date(2023, 2, 15, 12), new Date(2023, 2, 15, 12));
      await client.importResume({ path }, { externalId: 'client-2', documentDate: 'modified' });
      const { candidate } = await client.request(CandidateDocument, { externalId: 'client-2' });
      assert.equal(candidate.resume.fileName, 'resume.md');
      assert.equal(candidate.resume.documentDate, '2023-03-15');
      // The job goes on: until the month of the document.
      assert.equal(candidate.employments[0].period.months, 48);
    } finally {
      await rm(folder, { recursive: true });
      await client.eraseCandidate({ externalId: 'client-2' });
    }
  });

  test('bytes that are no document are refused, too many are not sent', async () => {
    const noise = Uint8Array.from({ length: 4096 }, (_, place) => (place * 89) % 256);
    await assert.rejects(client.importResume(noise, { fileName: 'photo.png' }), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, 'UNSUPPORTED_FORMAT');
      return true;
    });
    const large = new Blob([new Uint8Array(20 * 1024 * 1024 + 1)]);
    await assert.rejects(client.importResume(large), TooLargeError);
  });

  test('a change that was not waited for is waited for later', async () => {
    const { sequence } = await client.importResume({ text: RESUME }, { externalId: 'client-3', waitForIndex: false });
    await client.waitForIndex(sequence);
    const { searchCandidates } = await client.request(SearchCandidatesDocument, { query: '会社:ミホン商事' });
    assert.equal(searchCandidates.totalCount, 1);
    await client.eraseCandidate({ externalId: 'client-3' });
    await client.waitForIndex();
    await assert.rejects(client.waitForIndex(1_000_000, { timeoutMs: 100 }), IndexWaitError);
  });
});

test('a list that is gone through begins anew when the index was written anew', async () => {
  const server = await Server.start('--samples');
  try {
    const client = createClient({ endpoint: server.endpoint });
    const pages = client.paginate(CandidatesDocument, { sort: 'NAME_ASC' }, (data) => data.searchCandidates, {
      pageSize: 5,
    });
    const ids = [];
    for (let count = 0; count < 5; count += 1) ids.push((await pages.next()).value.node.id);
    await server.down();
    await server.run('reindex');
    await server.up();
    for await (const { node } of pages) ids.push(node.id);
    assert.equal(ids.length, 16);
    assert.equal(new Set(ids).size, 16);

    const strict = client.paginate(CandidatesDocument, {}, (data) => data.searchCandidates, {
      pageSize: 5,
      restarts: 0,
    });
    for (let count = 0; count < 5; count += 1) await strict.next();
    await server.down();
    await server.run('reindex');
    await server.up();
    await assert.rejects(strict.next(), (error) => error instanceof ApiError && error.code === 'CURSOR_EXPIRED');
  } finally {
    await server.stop();
  }
});

test('a token is sent, and asked for anew once it is refused', async () => {
  const server = await Server.start();
  try {
    await server.down();
    const printed = await server.run('token', 'create', '--organization', 'default', '--scope', 'search', '--name', 'test');
    const token = /skr_[a-z0-9]+_\S+/.exec(printed)[0];
    await server.up();
    const status = (options) =>
      createClient({ endpoint: server.endpoint, ...options }).query('{ indexStatus { isCurrent } }');
    assert.deepEqual(await status({ token }), { indexStatus: { isCurrent: true } });
    await assert.rejects(status({}), (error) => error.code === 'UNAUTHENTICATED' && error.status === 401);
    const asked = [];
    const tokenProvider = async (isRefused) => {
      asked.push(isRefused);
      return isRefused ? token : 'skr_000000000000_expired';
    };
    assert.deepEqual(await status({ tokenProvider }), { indexStatus: { isCurrent: true } });
    assert.deepEqual(asked, [false, true]);
    const stubborn = () => 'skr_000000000000_expired';
    await assert.rejects(status({ tokenProvider: stubborn }), (error) => error.code === 'UNAUTHENTICATED');
    const client = createClient({ endpoint: server.endpoint, token });
    await assert.rejects(client.importResume({ text: RESUME }), (error) => error.code === 'FORBIDDEN');
  } finally {
    await server.stop();
  }
});

test('a spent budget is told with the seconds to wait', async () => {
  const server = await Server.start('--rate-limit-cost-per-minute', '3');
  try {
    const client = createClient({ endpoint: server.endpoint, retry: { maxWaitMs: 1 } });
    const ask = () => client.query('{ indexStatus { isCurrent } }');
    await ask();
    await assert.rejects(ask(), (error) => {
      assert.equal(error.code, 'RATE_LIMITED');
      assert.equal(error.status, 429);
      assert.ok(error.retryAfterS > 0 && error.retryAfterS <= 60, `${error.retryAfterS}`);
      return true;
    });
  } finally {
    await server.stop();
  }
});
