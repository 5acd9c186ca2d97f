#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const [first, ...rest] = process.argv.slice(2);
if (first === '--version' && rest.length === 0) {
  const description = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${description.version}\n`);
} else {
  const { main } = await import('../dist/main.js');
  process.exitCode = await main(process.argv.slice(2));
}
