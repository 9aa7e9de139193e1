// Runs every audit of the package `graphql-http` against a server.
//
//   node audit.mjs URL                 prints the table; fails when a MUST or a SHOULD does
//   node audit.mjs URL --check FILE    fails as well when the table in FILE is another
//   node audit.mjs URL --write FILE    writes the table into FILE
import { readFile, writeFile } from 'node:fs/promises';
import { serverAudits } from 'graphql-http';

const [url, mode, file] = process.argv.slice(2);
if (!url) {
  console.error('usage: node audit.mjs URL [--check FILE | --write FILE]');
  process.exit(2);
}

const BEGIN = '<!-- audit -->\n';
const END = '<!-- /audit -->\n';

const rows = [];
for (const audit of serverAudits({ url })) {
  const result = await audit.fn();
  const level = audit.name.match(/^(MUST|SHOULD|MAY)/)[0];
  const told = result.status === 'ok' ? 'yes' : `no: ${result.reason}`;
  rows.push({ id: audit.id, level, name: audit.name, told });
}
const order = ['MUST', 'SHOULD', 'MAY'];
rows.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level) || a.id.localeCompare(b.id));

const lines = rows.map(({ id, name, told }) => `| ${id} | ${name} | ${told} |`);
const table = ['| id | what the specification asks for | met |', '| --- | --- | --- |', ...lines, ''].join('\n');
console.log(table);

const missed = (level) => rows.filter((row) => row.level === level && row.told !== 'yes').length;
for (const level of order) {
  const all = rows.filter((row) => row.level === level).length;
  console.log(`${level}: ${all - missed(level)} of ${all}`);
}
let failed = missed('MUST') + missed('SHOULD') > 0;

if (file) {
  const text = await readFile(file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  if (mode === '--write') {
    await writeFile(file, text.slice(0, begin) + table + text.slice(end));
  } else if (text.slice(begin, end) !== table) {
    console.error(`the table in ${file} is another`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
