// What is followed: against the real server, and against sockets that do what a server seldom does.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { ApiError, ImportProgressDocument, StartImportDocument, TransportError, createClient } from '../dist/index.js';
import { Server, scriptedSockets, webSocket } from './server.js';

const resume = (name) => `# 職務経歴書\n\n氏名：${name}\n\n## 株式会社ミホン（2019年4月 ～ 2021年3月）\n\n- 使用技術：Rust\n`;

const withCode = (code) => (error) => error instanceof ApiError && error.code === code;

/** The next event of a subscription, which goes on. */
async function next(events) {
  const { value, done } = await events.next();
  assert.equal(done, false);
  return value;
}

const EVENT = 'subscription { candidatesChanged { sequence } }';
const event = (sequence) => ({ data: { candidatesChanged: { sequence } } });

describe('against a server', () => {
  let server, tokens, client;
  before(async () => {
    server = await Server.start();
    const scopes = 'search,identity,import,erase';
    const token = async () => (await server.run('token', 'create', '--scope', scopes)).trim();
    tokens = [await token(), await token(), await token()];
    client = createClient({ endpoint: server.endpoint, token: tokens[0], webSocket });
  });
  after(() => server.stop());

  test('each change is told with the candidate, once a search finds it', async () => {
    const changes = client.changes();
    const first = next(changes);
    await client.importResume({ text: resume('見本 太郎') }, { externalId: 'a', waitForIndex: false });
    const told = await first;
    assert.equal(told.kind, 'CHANGED');
    assert.equal(told.candidate.name, '見本 太郎');
    const { indexStatus } = await client.query('{ indexStatus { appliedSequence } }');
    assert.ok(indexStatus.appliedSequence >= told.sequence);
    await client.eraseCandidate({ externalId: 'a' });
    const erased = await next(changes);
    assert.deepEqual([erased.kind, erased.candidate, erased.candidateId], ['ERASED', null, told.candidateId]);
    await changes.return();
    // Whoever comes back goes on where they were.
    const later = client.changes({ afterSequence: told.sequence });
    assert.equal((await next(later)).sequence, erased.sequence);
    await later.return();
  });

  test('an import is followed to its end', async () => {
    const files = ['b', 'c', 'd'].map((id) => ({ externalId: id, fileName: `${id}.md`, text: resume(id) }));
    const { startImport } = await client.request(StartImportDocument, { input: { files } });
    let last;
    for await (const { importProgress } of client.subscribe(ImportProgressDocument, { jobId: startImport.job.id })) {
      last = importProgress;
    }
    assert.deepEqual([last.job.state, last.job.imported], ['FINISHED', 3]);
    const gone = client.subscribe(ImportProgressDocument, { jobId: 'SW1wb3J0Sm9iOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA' });
    await assert.rejects(gone.next(), withCode('NOT_FOUND'));
  });

  test('what happens while the server is away is told when it is back', async () => {
    await client.waitForIndex();
    const changes = client.changes();
    const first = next(changes);
    await client.importResume({ text: resume('見本 一郎') }, { externalId: 'e' });
    const { sequence, candidate } = await first;
    assert.equal(candidate.name, '見本 一郎');
    const waiting = next(changes);
    await server.down();
    const path = join(server.data, 'f.md');
    await writeFile(path, resume('見本 二郎'));
    await server.run('import', path);
    await server.up();
    const told = await waiting;
    assert.equal(told.sequence, sequence + 1);
    assert.equal(told.candidate.name, '見本 二郎');
    await changes.return();
  });

  test('a token that ends is exchanged for another, and nothing is missed', async () => {
    const asked = [];
    const renewing = createClient({
      endpoint: server.endpoint,
      webSocket,
      tokenProvider: async (isRefused) => {
        asked.push(isRefused);
        return isRefused ? tokens[0] : tokens[1];
      },
    });
    // Two of them lose the same socket.
    const both = [renewing.changes(), renewing.changes()];
    const firsts = both.map(next);
    await client.importResume({ text: resume('見本 三郎') }, { externalId: 'g' });
    const [{ sequence }] = await Promise.all(firsts);
    const waiting = both.map(next);
    await server.run('token', 'revoke', tokens[1].split('_')[1]);
    await client.importResume({ text: resume('見本 四郎') }, { externalId: 'h' });
    for (const told of await Promise.all(waiting)) assert.equal(told.sequence, sequence + 1);
    assert.equal(asked.filter((isRefused) => isRefused).length, 1, `${asked}`);
    for (const changes of both) await changes.return();
  });

  test('who has no other token hears why it ends', async () => {
    const theirs = createClient({ endpoint: server.endpoint, webSocket, token: tokens[2] });
    const changes = theirs.changes();
    const first = next(changes);
    await client.importResume({ text: resume('見本 五郎') }, { externalId: 'i' });
    await first;
    const waiting = changes.next();
    await server.run('token', 'revoke', tokens[2].split('_')[1]);
    await assert.rejects(waiting, withCode('UNAUTHENTICATED'));
    const again = theirs.subscribe(EVENT, {});
    await assert.rejects(again.next(), withCode('UNAUTHENTICATED'));
    // Nor who is given one that is not valid, asked twice.
    let asked = 0;
    const tokenProvider = () => `skr_000000000000_wrong${(asked += 1)}`;
    const never = createClient({ endpoint: server.endpoint, webSocket, tokenProvider });
    await assert.rejects(never.subscribe(EVENT, {}).next(), withCode('UNAUTHENTICATED'));
    assert.equal(asked, 2);
  });

  test('a place that was never reached is an error', async () => {
    const changes = client.changes({ afterSequence: 1_000_000 });
    await assert.rejects(changes.next(), withCode('BAD_USER_INPUT'));
  });

  test('who has enough ends it', async () => {
    const controller = new AbortController();
    const changes = client.changes({ signal: controller.signal });
    const first = next(changes);
    await client.importResume({ text: resume('見本 六郎') }, { externalId: 'j' });
    await first;
    const waiting = changes.next();
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    await assert.rejects(client.subscribe(EVENT, {}, { signal: controller.signal }).next(), { name: 'AbortError' });
  });
});

test('all subscriptions share a socket, which closes after the last', async () => {
  const server = await scriptedSockets((number, { type, id }, { say }) => {
    if (type === 'subscribe') say({ type: 'next', id, payload: event(Number(id)) });
  });
  try {
    const client = createClient({ endpoint: server.endpoint, webSocket });
    const both = [client.subscribe(EVENT, {}), client.subscribe(EVENT, {})];
    const told = await Promise.all(both.map(next));
    assert.deepEqual(told.map(({ candidatesChanged }) => candidatesChanged.sequence), [1, 2]);
    assert.equal(server.opened, 1);
    await both[0].return();
    assert.deepEqual(server.closed, []);
    await both[1].return();
    while (server.closed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(server.closed, [1000]);
  } finally {
    server.stop();
  }
});

test('a lost connection is made again, and variables say where to go on', async () => {
  const asked = [];
  const server = await scriptedSockets((number, { type, id, payload }, { say, socket }) => {
    if (type !== 'subscribe') return;
    asked.push(payload.variables.afterSequence);
    say({ type: 'next', id, payload: event(number) });
    if (number < 3) socket.terminate();
  });
  try {
    const client = createClient({ endpoint: server.endpoint, webSocket, retry: { attempts: 1 } });
    let last = 0;
    const events = client.subscribe(EVENT, () => ({ afterSequence: last }));
    while (last < 3) last = (await next(events)).candidatesChanged.sequence;
    assert.deepEqual(asked, [0, 1, 2]);
    await events.return();
  } finally {
    server.stop();
  }
});

test('who reads slowly gets everything, and the memory does not hold it all', async () => {
  const MANY = 2_500;
  const begun = [];
  const server = await scriptedSockets((number, { type, id, payload }, { say }) => {
    if (type !== 'subscribe') return;
    const { afterSequence } = payload.variables;
    begun.push(afterSequence);
    for (let sequence = afterSequence + 1; sequence <= MANY; sequence += 1) say({ type: 'next', id, payload: event(sequence) });
  });
  try {
    const client = createClient({ endpoint: server.endpoint, webSocket });
    let last = 0;
    const events = client.subscribe(EVENT, () => ({ afterSequence: last }));
    while (last < MANY) {
      const { sequence } = (await next(events)).candidatesChanged;
      assert.equal(sequence, last + 1);
      last = sequence;
      if (sequence % 500 === 1) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(begun.length > 1, `${begun}`);
    await events.return();
  } finally {
    server.stop();
  }
});

test('errors that may pass are waited for, others end it', async () => {
  const codes = ['UNAVAILABLE', 'RATE_LIMITED', 'FORBIDDEN'];
  let tries = 0;
  const server = await scriptedSockets((number, { type, id }, { say }) => {
    if (type !== 'subscribe') return;
    const error = { message: 'no', extensions: { code: codes[tries], retryAfter: 0.01 } };
    tries += 1;
    say({ type: 'error', id, payload: [error] });
  });
  try {
    const client = createClient({ endpoint: server.endpoint, webSocket });
    await assert.rejects(client.subscribe(EVENT, {}).next(), withCode('FORBIDDEN'));
    assert.equal(tries, 3);
  } finally {
    server.stop();
  }
});

test('an error of an event ends it', async () => {
  const server = await scriptedSockets((number, { type, id }, { say }) => {
    if (type !== 'subscribe') return;
    say({ type: 'next', id, payload: event(1) });
    say({ type: 'next', id, payload: { data: null, errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] } });
  });
  try {
    const events = createClient({ endpoint: server.endpoint, webSocket }).subscribe(EVENT, {});
    await next(events);
    await assert.rejects(events.next(), withCode('FORBIDDEN'));
    assert.equal((await events.next()).done, true);
  } finally {
    server.stop();
  }
});

test('faults of the protocol are not repeated', async () => {
  const server = await scriptedSockets((number, { type }, { socket }) => type === 'subscribe' && socket.close(4400, 'no'));
  try {
    const events = createClient({ endpoint: server.endpoint, webSocket }).subscribe(EVENT, {});
    await assert.rejects(events.next(), (error) => error instanceof TransportError && error.closeCode === 4400);
    assert.equal(server.opened, 1);
  } finally {
    server.stop();
  }
});

test('a server that is not there is an error, and one that never lets in', async () => {
  const nobody = createClient({ endpoint: 'http://127.0.0.1:9/graphql', webSocket, retry: { attempts: 2 } });
  await assert.rejects(nobody.subscribe(EVENT, {}).next(), TransportError);
  const server = await scriptedSockets((number, { type }) => type === 'connection_init');
  try {
    const client = createClient({ endpoint: server.endpoint, webSocket, timeoutMs: 100, retry: { attempts: 1 } });
    await assert.rejects(client.subscribe(EVENT, {}).next(), TransportError);
  } finally {
    server.stop();
  }
});

test('without sockets everything else works', { skip: 'WebSocket' in globalThis }, async () => {
  const client = createClient({ endpoint: 'http://127.0.0.1:9/graphql' });
  await assert.rejects(client.subscribe(EVENT, {}).next(), { name: 'TypeError', message: /package ws/ });
});
