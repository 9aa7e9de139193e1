// What is tried again, and what is not: against answers as the server gives them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ApiError, TransportError, createClient } from '../dist/index.js';
import { scripted } from './server.js';

const WELL = { body: { data: { a: 1 } } };
const QUERY = '{ a }';
const MUTATION = '# Changes it.\nmutation { a }';

function refused(code, { status = 503, retryAfter } = {}) {
  return {
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    body: { errors: [{ message: 'no', extensions: { code } }] },
  };
}

async function check(text, answers, { retry, sent, rejects }) {
  const server = await scripted(answers);
  try {
    const client = createClient({ endpoint: server.endpoint, retry });
    if (rejects) await assert.rejects(client.query(text), rejects);
    else assert.deepEqual(await client.query(text), { a: 1 });
    assert.equal(server.requests.length, sent);
    return server.requests;
  } finally {
    server.stop();
  }
}

const withCode = (code) => (error) => error instanceof ApiError && error.code === code;

test('the seconds of Retry-After are waited', async () => {
  const limited = refused('RATE_LIMITED', { status: 429, retryAfter: 1 });
  const [first, second] = await check(QUERY, [limited, WELL], { sent: 2 });
  assert.ok(second.at - first.at >= 990, `${second.at - first.at} ms`);
});

test('a longer wait than is allowed is the error', async () => {
  const limited = refused('RATE_LIMITED', { status: 429, retryAfter: 31 });
  await check(QUERY, [limited, WELL], { sent: 1, rejects: withCode('RATE_LIMITED') });
});

test('a query is asked again after UNAVAILABLE and a lost connection', async () => {
  await check(QUERY, [refused('UNAVAILABLE'), null, WELL], { sent: 3 });
});

test('at most so often as is asked for', async () => {
  await check(QUERY, [refused('UNAVAILABLE')], { retry: { attempts: 2 }, sent: 2, rejects: withCode('UNAVAILABLE') });
  await check(QUERY, [null], { retry: { attempts: 1 }, sent: 1, rejects: TransportError });
});

test('a mutation that may have been executed is not repeated', async () => {
  await check(MUTATION, [null, WELL], { sent: 1, rejects: TransportError });
  await check(MUTATION, [refused('UNAVAILABLE'), WELL], { sent: 1, rejects: withCode('UNAVAILABLE') });
  const executed = {
    headers: { 'retry-after': '0' },
    body: { data: { a: null }, errors: [{ message: 'no', extensions: { code: 'UNAVAILABLE', retryAfter: 0 } }] },
  };
  await check(MUTATION, [executed, WELL], { sent: 1, rejects: withCode('UNAVAILABLE') });
});

test('a mutation that was refused unread is repeated', async () => {
  await check(MUTATION, [refused('RATE_LIMITED', { status: 429, retryAfter: 0 }), WELL], { sent: 2 });
});

test('what is wrong in the request is not tried again', async () => {
  for (const code of ['BAD_USER_INPUT', 'FORBIDDEN', 'TOO_COMPLEX', 'INTERNAL']) {
    await check(QUERY, [refused(code, { status: 400 }), WELL], { sent: 1, rejects: withCode(code) });
  }
});

test('data beside errors is in the error', async () => {
  const partly = { body: { data: { a: 1, b: null }, errors: [{ message: 'no', path: ['b'] }] } };
  await check(QUERY, [partly], {
    sent: 1,
    rejects: (error) => error.code === 'INTERNAL' && error.data.a === 1 && error.errors[0].path[0] === 'b',
  });
});

test('what is no GraphQL is a failure of the transport', async () => {
  const page = { status: 404, body: '<html>' };
  await check(QUERY, [page], {
    retry: { attempts: 1 },
    sent: 1,
    rejects: (error) => error instanceof TransportError && error.status === 404,
  });
});

test('a signal ends the wait', async () => {
  const server = await scripted([refused('RATE_LIMITED', { status: 429, retryAfter: 20 })]);
  try {
    const client = createClient({ endpoint: server.endpoint });
    const begun = Date.now();
    await assert.rejects(client.query(QUERY, {}, { signal: AbortSignal.timeout(100) }), { name: 'TimeoutError' });
    assert.ok(Date.now() - begun < 5_000);
  } finally {
    server.stop();
  }
});

test('another fetch may be given', async () => {
  const seen = [];
  const fetch = async (address, init) => {
    seen.push([String(address), init.headers['authorization']]);
    return Response.json({ data: { a: 1 } });
  };
  const client = createClient({ endpoint: 'https://ats.example/graphql', token: 't', fetch });
  assert.deepEqual(await client.query(QUERY), { a: 1 });
  assert.deepEqual(seen, [['https://ats.example/graphql', 'Bearer t']]);
});
