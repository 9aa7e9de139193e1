// Requests as the server takes them: queries and mutations by POST, subscriptions over
// graphql-transport-ws.

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';

const ENDPOINT = '/graphql';

/** Where subscriptions are asked for: the same path, over a WebSocket. */
function socketAddress() {
  const address = new URL(ENDPOINT, window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

/** What is said when a connection is opened: the headers, which a browser cannot send with a WebSocket. */
function connectionParams(headers = {}) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Reads a document; undefined where it is none, which is for the server to say. */
function read(query) {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}

/**
 * Makes what GraphiQL asks through.
 *
 * A subscription has a connection of its own, opened with what the headers editor says at that moment:
 * another token is another connection.
 *
 * @param {(result: unknown) => void} onSchema hears what the server answered when it was asked for the
 *   schema
 */
export function createFetcher(onSchema) {
  return async (request, options = {}) => {
    const ask = createGraphiQLFetcher({
      url: ENDPOINT,
      enableIncrementalDelivery: false,
      wsClient: createClient({
        url: socketAddress(),
        connectionParams: connectionParams(options.headers),
        retryAttempts: 0,
      }),
    });
    // What GraphiQL gives as the document may be that of a moment ago.
    const answer = await ask(request, { ...options, documentAST: read(request.query) });
    if (request.operationName === 'IntrospectionQuery') onSchema(answer);
    return answer;
  };
}
