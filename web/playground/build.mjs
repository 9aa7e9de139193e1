// Writes dist/: the page index.html and the scripts, styles and fonts that it names. Each file but the
// page has a hash of its content in its name, so that browsers may keep it.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const queries = join(root, '../../examples/queries');

/** Below which path the server gives the files out. */
const base = '/graphiql/';

/**
 * The queries of `examples/queries` as the module `examples`: an array of `{ name, title, query }` in the
 * order of their names.
 */
const examples = {
  name: 'examples',
  setup(builder) {
    builder.onResolve({ filter: /^examples$/ }, () => ({ path: 'examples', namespace: 'examples' }));
    builder.onLoad({ filter: /.*/, namespace: 'examples' }, async () => {
      const names = (await readdir(queries)).filter((name) => name.endsWith('.graphql')).sort();
      const read = names.map(async (name) => {
        const query = await readFile(join(queries, name), 'utf8');
        const title = /^# (.+)$/m.exec(query)?.[1];
        if (!title) throw new Error(`${name} does not begin with its title: "# …"`);
        return { name: basename(name, '.graphql'), title, query };
      });
      return { contents: JSON.stringify(await Promise.all(read)), loader: 'json' };
    });
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
  metafile: true,
  target: ['es2022'],
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.ttf': 'file' },
  outdir: dist,
  publicPath: base,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
};

/** The address of the script that was built from the entry point of this name. */
function script({ metafile }, name) {
  const built = Object.entries(metafile.outputs);
  const [file] = built.find(([, output]) => output.entryPoint && basename(output.entryPoint) === name);
  return base + basename(file);
}

/** The addresses of all styles: the page names those too that belong to parts which load later. */
function styles({ metafile }) {
  return Object.keys(metafile.outputs)
    .filter((file) => file.endsWith('.css'))
    .map((file) => base + basename(file));
}

await rm(dist, { recursive: true, force: true });
const workers = await build({
  ...shared,
  format: 'iife',
  entryPoints: [
    'monaco-editor/esm/vs/editor/editor.worker.js',
    'monaco-editor/esm/vs/language/json/json.worker.js',
    'monaco-graphql/esm/graphql.worker.js',
  ],
});
const page = await build({
  ...shared,
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  entryPoints: ['src/main.jsx'],
  plugins: [examples],
  define: {
    ...shared.define,
    WORKERS: JSON.stringify({
      editor: script(workers, 'editor.worker.js'),
      json: script(workers, 'json.worker.js'),
      graphql: script(workers, 'graphql.worker.js'),
    }),
  },
});
const template = await readFile(join(root, 'src/index.html'), 'utf8');
const links = styles(page).map((style) => `<link rel="stylesheet" href="${style}">`);
const html = template.replace('{{script}}', script(page, 'main.jsx')).replace('{{styles}}', links.join('\n'));
await writeFile(join(dist, 'index.html'), html);
console.log(`${relative(process.cwd(), dist) || dist}: ${(await readdir(dist)).length} files`);
