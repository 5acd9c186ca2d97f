// Turns a staged folder into archives that are the same bytes whenever and wherever the same files are packed.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';

/** Seconds since 1970 that stand for every file's time: SOURCE_DATE_EPOCH (reproducible-builds.org), else 1980. */
export const TIME = process.env.SOURCE_DATE_EPOCH ?? '315532800';

const COMPRESSIONS = {
  xz: { program: ['xz', '--compress', '--stdout', '--threads=1', '-6'], suffix: 'xz', decompress: 'xz -dc' },
  gzip: { program: ['gzip', '--stdout', '--no-name', '-6'], suffix: 'gz', decompress: 'gzip -dc' },
};

export function writeTar(parent, name, path) {
  const words = [
    '--create',
    '--file',
    path,
    '--format=ustar',
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
  ];
  execFileSync('tar', [...words, `--mtime=@${TIME}`, '--directory', parent, name]);
}

export function compress(from, to, name) {
  const [program, ...words] = COMPRESSIONS[name].program;
  const [input, output] = [openSync(from, 'r'), openSync(to, 'w')];
  const { status } = spawnSync(program, words, { stdio: [input, output, 'inherit'] });
  closeSync(input);
  closeSync(output);
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
}

export const suffixOf = (name) => COMPRESSIONS[name].suffix;

/** A shell script that carries the compressed archive behind its own text. */
export function writeSelfUnpacking(archive, path, { compression, name, version, platform, uname, bytes }) {
  const payload = readFileSync(archive);
  const script = readFileSync(new URL('self-unpacking.sh', import.meta.url), 'utf8')
    .replaceAll('@VERSION@', version)
    .replaceAll('@PLATFORM@', platform)
    .replaceAll('@NAME@', name)
    .replaceAll('@UNAME@', uname)
    .replaceAll('@SHA256@', createHash('sha256').update(payload).digest('hex'))
    .replaceAll('@MEGABYTES@', String(Math.ceil(bytes / 1e6)))
    .replaceAll('@DECOMPRESS@', COMPRESSIONS[compression].decompress);
  writeFileSync(path, Buffer.concat([Buffer.from(withOwnLength(script)), payload]), { mode: 0o755 });
}

/** The offset at which the script ends has to stand in the script. */
function withOwnLength(script) {
  let text = script.replace('@OFFSET@', '0');
  for (;;) {
    const next = script.replace('@OFFSET@', String(Buffer.byteLength(text)));
    if (next === text) return text;
    text = next;
  }
}
