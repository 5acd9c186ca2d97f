import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasProgram } from './available.ts';
import { counted } from './missing.ts';

/** Whether the system's own grub-mkconfig can be run on files of ours. */
export const hasMkconfig = hasProgram('grub-mkconfig') && hasProgram('bwrap');

/** Where a grub-mkconfig and what it runs lie, as on a system's own root. */
export interface MkconfigSystem {
  readonly name: string;
  readonly root: string;
}

const fetched = dirname(process.env['BOOTMEND_GRUB_EMU_2_14'] || '/nowhere/grub-emu');
const isFetched = counted(
  existsSync(join(fetched, 'usr/sbin/grub-mkconfig')),
  "GRUB 2.14's grub-mkconfig: BOOTMEND_GRUB_EMU_2_14, as test/oracle/fetch-grub-2.14.sh prints it",
);

/** This system's, and that of GRUB 2.14 where fetch-grub-2.14.sh brought it. */
export const mkconfigSystems: readonly MkconfigSystem[] = [
  { name: 'this system’s', root: '' },
  ...(isFetched ? [{ name: 'GRUB 2.14’s', root: fetched }] : []),
];

const RELEASE = '6.1.0-40-amd64';

/** What a machine with one plain disk answers: grub-probe can't tell in a container. */
const PROBE = `#!/bin/sh
case "$*" in
*--target=device*) echo /dev/sda1 ;;
*--target=fs_uuid*) echo d83f1b6a-4e70-49c5-8b2d-f61c07a95e34 ;;
*--target=partuuid*) echo 0a1b2c3d-01 ;;
*--target=fs*) echo ext2 ;;
esac
`;

/** The words behind the image on the lines that grub-mkconfig prints, as text; undefined where it prints none. */
export interface MadeLines {
  /** A command of the defaults files themselves fails here, which ends grub-mkconfig. */
  readonly failsToSource: boolean;
  readonly normal: string | undefined;
  readonly recovery: string | undefined;
  readonly dom0: string | undefined;
  readonly 'dom0-recovery': string | undefined;
  readonly hypervisor: string | undefined;
}

/**
 * Run the real grub-mkconfig, with one kernel and one Xen hypervisor in /boot, on defaults files.
 *
 * @param files names below /etc/default to texts, latin1
 */
export function runMkconfig(system: MkconfigSystem, files: Readonly<Record<string, string>>): MadeLines {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-mkconfig-'));
  try {
    for (const directory of ['boot', 'default/grub.d', 'scripts'])
      mkdirSync(join(place, directory), { recursive: true });
    writeFileSync(join(place, `boot/vmlinuz-${RELEASE}`), 'kernel\n');
    writeFileSync(join(place, `boot/config-${RELEASE}`), 'CONFIG_XEN_DOM0=y\n');
    writeFileSync(join(place, 'boot/xen-4.17-amd64.gz'), 'xen\n');
    writeFileSync(join(place, 'probe'), PROBE);
    chmodSync(join(place, 'probe'), 0o755);
    for (const name of ['10_linux', '20_linux_xen'])
      cpSync(join(system.root, '/etc/grub.d', name), join(place, 'scripts', name));
    mkdirSync(join(place, 'boot/grub'));
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(place, 'default', name), text, 'latin1');
    writeFileSync(join(place, 'system-release'), 'Fedora release 41\n');
    const binds = [
      ...['default:/etc/default', 'scripts:/etc/grub.d', 'boot:/boot', 'probe:/usr/sbin/grub-probe'],
      'system-release:/etc/system-release',
    ];
    const words = binds.flatMap((bind) => {
      const [from = '', to = ''] = bind.split(':');
      return ['--bind', join(place, from), to];
    });
    if (system.root !== '')
      for (const path of ['/usr/sbin/grub-mkconfig', '/usr/share/grub'])
        words.push('--bind', join(system.root, path), path);
    const run = (...program: readonly string[]) =>
      spawnSync('bwrap', ['--dev-bind', '/', '/', ...words, ...program], {
        encoding: 'latin1',
        env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
      });
    const made = run('/usr/sbin/grub-mkconfig');
    const failsToSource = made.status !== 0 && run('sh', '-ec', '. /etc/default/grub').status !== 0;
    return { failsToSource, ...linesOf(made.status === 0 ? made.stdout : '') };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function linesOf(script: string): Omit<MadeLines, 'failsToSource'> {
  const entries = script.split(/^[ \t]*menuentry /m).slice(1);
  const ofType = (type: string, command: RegExp): string | undefined => {
    const entry = entries.find((one) => command.test(one) && one.split('\n', 1)[0]?.includes(type) === true);
    return entry === undefined ? undefined : command.exec(entry)?.[1];
  };
  const linux = /^[ \t]*linux\t\S+vmlinuz\S+ ([^\n]*)$/m;
  const dom0 = /^[ \t]*module2?\t\S+vmlinuz\S+ placeholder ([^\n]*)$/m;
  return {
    normal: ofType('-advanced-', linux),
    recovery: ofType('-recovery-', linux),
    dom0: ofType('-advanced-', dom0),
    'dom0-recovery': ofType('-recovery-', dom0),
    hypervisor: ofType('-advanced-', /^[ \t]*multiboot2?\t\S+ placeholder ([^\n]*)$/m),
  };
}
