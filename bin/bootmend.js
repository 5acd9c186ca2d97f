#!/usr/bin/env node
const words = process.argv.slice(2);
if (words.includes('--version') && !words.slice(0, words.indexOf('--version')).includes('--')) {
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  const { main } = require('../dist/cli/main.cjs');
  main(words).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
