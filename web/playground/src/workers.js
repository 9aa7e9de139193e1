// The editors' workers: files of this server, of which build.mjs knows the names.

/* global WORKERS */

const SCRIPTS = { json: WORKERS.json, graphql: WORKERS.graphql };

globalThis.MonacoEnvironment = {
  getWorker: (_module, label) => new Worker(SCRIPTS[label] ?? WORKERS.editor, { name: label }),
};
