// Writes src/generated.ts from schema.graphql and src/operations. With --check: says whether it is what
// would be written.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { codegen } from '@graphql-codegen/core';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(here(path), 'utf8');
const target = 'src/generated.ts';

const documents = readdirSync(here('src/operations'))
  .sort()
  .map((name) => ({ location: name, document: parse(read(`src/operations/${name}`)) }));

const scalar = (input, output = input) => ({ input, output });
const shared = {
  documentMode: 'string',
  enumsAsTypes: true,
  immutableTypes: true,
  strictScalars: true,
  useTypeImports: true,
  avoidOptionals: { field: true, object: true },
  scalars: {
    ID: scalar('string'),
    Date: scalar('string'),
    DateTime: scalar('string'),
    YearMonth: scalar('string'),
  },
};

const generated = await codegen({
  filename: target,
  schema: parse(read('../../schema.graphql')),
  documents,
  config: shared,
  plugins: [{ operations: {} }, { typedDocuments: {} }],
  pluginMap: { operations, typedDocuments },
});
const text = `// Generated from schema.graphql and src/operations by \`npm run generate\`; not edited by hand.\n\n${generated}`;

if (process.argv.includes('--check')) {
  if (text !== read(target)) {
    console.error(`${target} is not current: npm run generate`);
    process.exit(1);
  }
} else {
  writeFileSync(here(target), text);
}
