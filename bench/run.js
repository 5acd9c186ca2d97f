// `npm run bench`: every benchmark of this folder, one after the other. Each prints ratios beside a peer or bare Node.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

for (const name of readdirSync(import.meta.dirname).sort()) {
  if (!name.endsWith('.js') || name === 'run.js') continue;
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [`${import.meta.dirname}/${name}`], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
