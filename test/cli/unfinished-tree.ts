import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyFixture, runCli } from './run-cli.ts';

const STATE = 'var/lib/bootmend';

/** A tree with a change that was being taken back when it was cut short. */
export function withUnfinishedChange(): string {
  const root = copyFixture('centos-7.3');
  runCli(['set', 'nosmt', '--yes', '--root', root]);
  const [setId = ''] = readdirSync(join(root, STATE, 'backups'));
  const { planId, files, directories } = JSON.parse(
    readFileSync(join(root, STATE, 'backups', setId, 'manifest.json'), 'utf8'),
  );
  const hashes = files.map(({ path, beforeSha256, afterSha256 }: Record<string, string>) => ({
    path,
    beforeSha256,
    afterSha256,
  }));
  writeFileSync(
    join(root, STATE, 'journal-undo.json'),
    JSON.stringify({ version: 1, setId, planId, files: hashes, directories }),
  );
  return root;
}
