import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyFixture, runCli } from './run-cli.ts';

/** A host on which the hard remedy was put in place. */
function disabledHost(fixture: string): string {
  const root = copyFixture(fixture);
  expect(runCli(['set', 'cgroup_disable=memory', '--yes', '--root', root]).exitCode).toBe(0);
  return root;
}

function json(root: string, command: string, ...options: readonly string[]) {
  return JSON.parse(runCli([command, '--json', '--root', root, ...options]).stdout);
}

/** Runs a command as it was printed. */
function paste(command: string, ...options: readonly string[]) {
  const [program, ...words] = command.split(' ');
  expect(program).toBe('bootmend');
  return runCli([...words, ...options]);
}

describe.each([
  { fixture: 'rocky-8', milder: 'nokmem', left: ['cgroup.memory=nokmem'] },
  { fixture: 'debian-12', milder: 'none', left: [] },
])('where cgroup_disable=memory is no longer needed: $fixture', ({ fixture, milder, left }) => {
  test('status and fix offer what would do, and the command does it', () => {
    const root = disabledHost(fixture);
    const offered = json(root, 'status').relaxation;
    expect(offered.milder).toBe(milder);
    const fixed = json(root, 'fix', '--yes');
    expect([fixed.outcome, fixed.relaxation]).toEqual(['unchanged', offered]);
    expect(fixed.messages).toContainEqual(expect.objectContaining({ code: `relax.${milder}` }));
    expect(runCli(['status', '--root', root]).stdout).toContain(offered.command.split(' ').at(-1));

    expect(paste(offered.command, '--yes').exitCode).toBe(0);
    const after = json(root, 'status');
    expect(after).not.toHaveProperty('relaxation');
    const words = after.entries.find((entry: { default: boolean }) => entry.default).cmdline.split(' ');
    expect(words.filter((word: string) => word.startsWith('cgroup'))).toEqual(left);
  });
});

test('a host that needs the hard remedy is offered nothing', () => {
  expect(json(disabledHost('centos-7.3'), 'status')).not.toHaveProperty('relaxation');
});

test('with an older kernel that needs it, only the default entry is relaxed', () => {
  const root = disabledHost('mixed-kernels');
  const block = join(root, 'boot/grub2/grubenv');
  const text = readFileSync(block, 'latin1');
  const newer = text.replace(
    /^saved_entry=.*$/m,
    'saved_entry=CentOS Linux (5.4.278-1.el7.elrepo.x86_64) 7 (Core)',
  );
  writeFileSync(block, newer.padEnd(1024, '#').slice(0, 1024), 'latin1');
  const { relaxation } = json(root, 'status');
  expect(relaxation).toMatchObject({ release: '5.4.278-1.el7.elrepo.x86_64', milder: 'nokmem' });
  expect(relaxation.command).toContain('--entries default');
  expect(paste(relaxation.command, '--yes').exitCode).toBe(0);
  const words = json(root, 'status').entries.map(
    ({ cmdline }: { cmdline: string }) => /cgroup\S*/.exec(cmdline)?.[0],
  );
  expect(words).toEqual(['cgroup.memory=nokmem', 'cgroup_disable=memory', undefined]);
});
