// Servers to test against: shokureki itself, by the program that SHOKUREKI_BIN names, and one that
// answers what a test tells it.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import WebSocket, { WebSocketServer } from 'ws';

/** The global one, which Node 20 does not have. */
export const webSocket = globalThis.WebSocket ?? WebSocket;

const program = process.env.SHOKUREKI_BIN && resolve(process.env.SHOKUREKI_BIN);
if (!program) throw new Error('SHOKUREKI_BIN names no program to test against');

/** A server on a free port, and its data. */
export class Server {
  static async start(...args) {
    const server = new Server();
    server.data = await mkdtemp(join(tmpdir(), 'shokureki-client-'));
    await server.up(...args);
    return server;
  }

  async up(...args) {
    const listen = `127.0.0.1:${this.port ?? 0}`;
    this.process = spawn(program, ['serve', '--data-dir', this.data, '--listen', listen, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SHOKUREKI_LOG: 'error' },
    });
    for await (const line of createInterface({ input: this.process.stdout })) {
      const port = /listens on http:\/\/[^:]+:(\d+)\//.exec(line)?.[1];
      if (port) {
        this.port = Number(port);
        this.process.stdout.resume();
        return;
      }
    }
    throw new Error('the server did not start');
  }

  get endpoint() {
    return `http://127.0.0.1:${this.port}/graphql`;
  }

  /** Runs another command of the program on the same data and returns what it prints. */
  async run(...args) {
    const { stdout } = await promisify(execFile)(program, [...args, '--data-dir', this.data]);
    return stdout;
  }

  async down() {
    if (this.process.exitCode !== null) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }

  async stop() {
    await this.down();
    await rm(this.data, { recursive: true, force: true });
  }
}

/** Answers each request with the next of `answers`: `{ status, headers, body }` or `null`, which hangs up. */
export async function scripted(answers) {
  const requests = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()), at: Date.now() });
      const answer = answers[Math.min(requests.length, answers.length) - 1];
      if (answer === null) {
        request.socket.destroy();
        return;
      }
      const { status = 200, headers = {}, body } = answer;
      response.writeHead(status, { 'content-type': 'application/graphql-response+json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { endpoint: `http://127.0.0.1:${server.address().port}/graphql`, requests, stop };
}

/**
 * Speaks graphql-transport-ws as far as `connection_ack`, and leaves the rest to `hear`, which is told the
 * number of the socket, each message, and how to answer.
 */
export async function scriptedSockets(hear) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const script = { endpoint: `http://127.0.0.1:${server.address().port}/graphql`, opened: 0, closed: [] };
  server.on('connection', (socket) => {
    const number = (script.opened += 1);
    const say = (message) => socket.send(JSON.stringify(message));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_init' && !hear(number, message, { say, socket })) say({ type: 'connection_ack' });
      else if (message.type !== 'connection_init') hear(number, message, { say, socket });
    });
    socket.on('close', (code) => script.closed.push(code));
  });
  script.stop = () => {
    for (const client of server.clients) client.terminate();
    server.close();
  };
  return script;
}
