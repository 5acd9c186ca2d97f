import { describe, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

interface Case {
  readonly rule: string;
  readonly words: readonly string[];
  readonly command?: string;
  readonly root?: string;
  readonly code: string;
  readonly text: string;
}

const misuses: readonly Case[] = [
  { rule: 'no command', words: [], code: 'misuse.no-command', text: 'Name a command.' },
  {
    rule: 'an unknown command',
    words: ['mend'],
    code: 'misuse.no-such-command',
    text: 'There is no command mend.',
  },
  {
    rule: 'help for an unknown command',
    words: ['help', 'mend'],
    code: 'misuse.no-such-command',
    text: 'There is no command mend.',
  },
  {
    rule: 'a misspelt command',
    words: ['stauts'],
    code: 'misuse.no-such-command-near',
    text: 'There is no command stauts. Did you mean status?',
  },
  {
    rule: 'help for the beginning of a command',
    words: ['help', 'roll'],
    code: 'misuse.no-such-command-near',
    text: 'There is no command roll. Did you mean rollback?',
  },
  {
    rule: 'an unknown option',
    words: ['status', '--noé'],
    command: 'status',
    code: 'misuse.unknown',
    text: 'There is no option --noé.',
  },
  {
    rule: 'an unknown short option',
    words: ['status', '-x'],
    command: 'status',
    code: 'misuse.unknown',
    text: 'There is no option -x.',
  },
  {
    rule: 'a misspelt option',
    words: ['fix', '--dryrun'],
    command: 'fix',
    code: 'misuse.unknown-near',
    text: 'There is no option --dryrun. Did you mean --dry-run?',
  },
  {
    rule: 'an option without what it needs',
    words: ['fix', '--check'],
    command: 'fix',
    code: 'misuse.needs-option',
    text: '--check says nothing without --dry-run.',
  },
  {
    rule: 'a second value for an option that takes one',
    words: ['fix', '--entries', 'all', '--entries=default'],
    command: 'fix',
    code: 'misuse.given-twice',
    text: '--entries was given more than once; it takes one value.',
  },
  {
    rule: "another command's option, before the command",
    words: ['--yes', 'audit', '--root', '/nowhere'],
    command: 'audit',
    root: '/nowhere',
    code: 'misuse.not-taken',
    text: 'audit takes no --yes; it belongs to fix, set, unset, confirm, rollback.',
  },
  {
    rule: 'a missing word',
    words: ['set'],
    command: 'set',
    code: 'misuse.words-missing',
    text: 'The command set needs a word behind it.',
  },
  {
    rule: 'too many words',
    words: ['rollback', 'first', 'latest'],
    command: 'rollback',
    code: 'misuse.words-left',
    text: 'There are more words than rollback takes.',
  },
  {
    rule: 'a missing value',
    words: ['status', '--root'],
    command: 'status',
    code: 'misuse.value-missing',
    text: 'A value is missing behind --root.',
  },
  {
    rule: 'a machine that could be an option of ssh',
    words: ['status', '--host=-oProxyCommand=id'],
    command: 'status',
    code: 'error.host-not-understood',
    text: '-oProxyCommand=id is not [USER@]HOST[:PORT]; an IPv6 address stands in brackets.',
  },
  {
    rule: 'a change on several machines',
    words: ['fix', '--host', 'web1', '--host', 'web2', '--dry-run'],
    command: 'fix',
    code: 'error.several-hosts',
    text: 'fix changes one machine at a time. For several there is Ansible, which can stop at the first refusal (docs/fleet.md).',
  },
  {
    rule: 'no machine at a time',
    words: ['audit', '--host', 'web1', '--forks', '0'],
    command: 'audit',
    code: 'error.forks-not-understood',
    text: '--forks takes a number from 1 to 200, and 0 is none.',
  },
  {
    rule: 'sudo on this machine',
    words: ['status', '--sudo'],
    command: 'status',
    code: 'misuse.needs-option',
    text: '--sudo says nothing without --host.',
  },
  {
    rule: 'a configuration for ssh without a machine',
    words: ['status', '--ssh-config', 'file'],
    command: 'status',
    code: 'misuse.needs-option',
    text: '--ssh-config says nothing without --host.',
  },
  {
    rule: 'an empty value',
    words: ['status', '--root='],
    command: 'status',
    code: 'misuse.value-empty',
    text: '--root needs a value, and it is empty.',
  },
  {
    rule: 'a value that is no choice',
    words: ['fix', '--remedy', 'prayer'],
    command: 'fix',
    code: 'misuse.choices',
    text: '--remedy cannot be prayer; it takes auto, nokmem, disable, thp-madvise, thp-never.',
  },
  {
    rule: 'a value for a flag',
    words: ['fix', '--yes=maybe'],
    command: 'fix',
    code: 'misuse.flag-value',
    text: '--yes takes no value.',
  },
  {
    rule: 'options that exclude each other',
    words: ['probe', '--kernel', '5.14', '--release', '5.14'],
    command: 'probe',
    code: 'error.kernel-and-file',
    text: 'Name an installed kernel with --kernel, or a file or release with --image, --system-map and --release, not both.',
  },
  {
    rule: 'a shell without completion',
    words: ['completion', 'tcsh'],
    command: 'completion',
    code: 'error.no-such-shell',
    text: 'There is no completion for tcsh; there is for bash, zsh, fish.',
  },
  {
    rule: 'a root that is not there',
    words: ['status', '--root', '/nowhere/é'],
    command: 'status',
    root: '/nowhere/é',
    code: 'error.no-root',
    text: '/nowhere/é is not a directory that can be entered.',
  },
];

describe('a usage error exits with 2', () => {
  test.each(misuses)(
    '$rule: with --json one document on stdout, the sentence on stderr',
    ({ words, command, root = '/', code, text }) => {
      const result = runCli(['--json', ...words]);
      expect(result.exitCode).toBe(2);
      const seeHelp =
        command === undefined
          ? 'Run "bootmend --help" to see what there is.'
          : `Run "bootmend help ${command}" to see what it takes.`;
      expect(result.stderr).toBe(`${text}\n${seeHelp}\n`);
      expect(result.stdout).toMatch(/^[^\n]+\n$/);
      expect(JSON.parse(result.stdout)).toEqual({
        schemaVersion: 1,
        toolVersion: expect.any(String),
        at: expect.any(String),
        changed: false,
        ...(command && { command }),
        root,
        outcome: 'refused',
        exitCode: 2,
        messages: [{ level: 'error', code, data: expect.any(Object), text }],
      });
    },
  );

  test.each(misuses)('$rule: without --json nothing on stdout', ({ words, text }) => {
    const { exitCode, stdout, stderr } = runCli([...words]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(text);
  });

  test('--json behind -- is a word and asks for nothing', () => {
    expect(runCli(['status', '--', '--json']).stdout).toBe('');
  });

  test('a hazard that there is not, with all that there are', () => {
    const { exitCode, stderr } = runCli(['fix', '--accept', 'kublet']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^--accept cannot be kublet\. Did you mean kubelet\? It takes kubelet, k3s, .*, all\.$/m,
    );
  });

  test('every unknown option has a message', () => {
    const { stdout } = runCli(['status', '--json', '--nope', '--noé']);
    expect(JSON.parse(stdout).messages).toMatchObject([
      { text: 'There is no option --nope.' },
      { text: 'There is no option --noé.' },
    ]);
  });

  test('several values that are no choice: a message each', () => {
    const { stdout } = runCli(['fix', '--json', '--lang', 'tlh', '--remedy', 'prayer']);
    expect(JSON.parse(stdout).messages).toMatchObject([
      { text: '--lang cannot be tlh; it takes en, zh-CN.' },
      { text: '--remedy cannot be prayer; it takes auto, nokmem, disable, thp-madvise, thp-never.' },
    ]);
  });
});
