#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const words = process.argv.slice(2);
if (words.includes('--version') && !words.slice(0, words.indexOf('--version')).includes('--')) {
  const description = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${description.version}\n`);
} else {
  const { main } = await import('../dist/main.js');
  process.exitCode = await main(words);
}
