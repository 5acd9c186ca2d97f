import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSensitive, redactReport, redactText } from '../../src/report/redact.ts';
import type { Report } from '../../src/report/report.ts';

test.each([
  'rd.luks.key',
  'luks.key',
  'cryptkey',
  'rd.luks.keyfile',
  'rd.iscsi.password',
  'rd.iscsi.in.username',
  'iscsi_target_ip',
  'cifspass',
  'cifsuser',
  'inst.vncpassword',
  'vncpassword',
  'systemd.set_credential',
  'ipa-agent-token',
  'MY_API_KEY',
  'ip',
  'nameserver',
  'BOOTIF',
  'ifname',
  'netroot',
  'nfsroot',
  'netconsole',
  'rd.nfs.domain',
  'inst.ks',
  'ks',
  'inst.proxy',
  'ds',
  'ignition.config.url',
  'coreos.live.rootfs_url',
  'dm-mod.create',
])('%s= can hold a secret or an address', (name) => {
  expect(isSensitive(name)).toBe(true);
});

test.each([
  'root',
  'rd.luks.uuid',
  'rd.luks.name',
  'rd.lvm.lv',
  'cryptdevice',
  'cgroup_disable',
  'cgroup.memory',
  'console',
  'crashkernel',
  'vconsole.keymap',
  'rd.vconsole.keymap',
  'iommu.passthrough',
  'ipv6.disable',
  'isolcpus',
  'GRUB_CMDLINE_LINUX',
  'kernelopts',
])('%s= stays readable', (name) => {
  expect(isSensitive(name)).toBe(false);
});

test.each([
  { rule: 'a bare value', text: 'ro rd.luks.key=/k quiet', shown: 'ro rd.luks.key=… quiet' },
  { rule: 'a value at the end', text: 'ro ip=10.0.0.1', shown: 'ro ip=…' },
  { rule: 'no value, nothing to hide', text: 'ip= quiet', shown: 'ip= quiet' },
  { rule: 'a name without =', text: 'ip quiet', shown: 'ip quiet' },
  { rule: 'quotes of the value', text: 'key="a b" quiet', shown: 'key=… quiet' },
  { rule: 'single quotes of the value', text: "key='a b' quiet", shown: 'key=… quiet' },
  { rule: 'quotes around the word', text: 'ro "key=a b" quiet', shown: 'ro "key=…" quiet' },
  { rule: 'quotes around the word at the start', text: '"key=a b" quiet', shown: '"key=…" quiet' },
  { rule: 'an escaped blank', text: 'key=a\\ b quiet', shown: 'key=… quiet' },
  {
    rule: 'a list in quotes',
    text: '+GRUB_CMDLINE_LINUX="quiet ip=10.0.0.1 rhgb"',
    shown: '+GRUB_CMDLINE_LINUX="quiet ip=… rhgb"',
  },
  {
    rule: 'the first and the last of a list',
    text: 'GRUB_CMDLINE_LINUX="ip=10.0.0.1 quiet key=x"',
    shown: 'GRUB_CMDLINE_LINUX="ip=… quiet key=…"',
  },
  {
    rule: 'escaped quotes in a list',
    text: 'GRUB_CMDLINE_LINUX="key=\\"a b\\" quiet"',
    shown: 'GRUB_CMDLINE_LINUX="key=… quiet"',
  },
  {
    rule: 'the other quotes in a list',
    text: 'GRUB_CMDLINE_LINUX=\'key="a b" quiet\'',
    shown: "GRUB_CMDLINE_LINUX='key=… quiet'",
  },
  {
    rule: 'an environment block',
    text: 'kernelopts=root=/dev/a ip=1.2.3.4',
    shown: 'kernelopts=root=/dev/a ip=…',
  },
  {
    rule: 'a part of a value',
    text: 'rootflags=username=u,password=p ro',
    shown: 'rootflags=username=u,password=… ro',
  },
  {
    rule: 'a variable handed to systemd',
    text: 'systemd.setenv=API_TOKEN=abc',
    shown: 'systemd.setenv=API_TOKEN=…',
  },
  { rule: 'root over the network', text: 'root=nfs:10.0.0.1:/srv ro', shown: 'root=… ro' },
  { rule: 'root over HTTP', text: 'root=live:http://u:p@h/i.img ro', shown: 'root=… ro' },
  { rule: 'root on a disk', text: 'root=UUID=ab-cd ro', shown: 'root=UUID=ab-cd ro' },
  { rule: 'any URL', text: 'talos.config=https://h/?a=b ro', shown: 'talos.config=… ro' },
  {
    rule: "GRUB's own passwords",
    text: ' password_pbkdf2 root grub.pbkdf2.sha512.1.AB',
    shown: ' password_pbkdf2 root …',
  },
  { rule: 'every line', text: 'ip=a\nquiet ip=b', shown: 'ip=…\nquiet ip=…' },
  { rule: 'colour behind a value', text: '\x1b[32m+x ip=a\x1b[39m', shown: '\x1b[32m+x ip=…\x1b[39m' },
  { rule: 'what is hidden already', text: 'not known: ip=…. Go on', shown: 'not known: ip=…. Go on' },
  { rule: 'an open quote: the rest', text: 'key="a b quiet', shown: 'key=…' },
])('$rule', ({ text, shown }) => {
  expect(redactText(text)).toBe(shown);
  expect(redactText(shown)).toBe(shown);
});

const secret = fc.stringMatching(/^[A-Za-z0-9]{4,12}$/).map((text) => `SECRET${text}`);
const quoted = fc.constantFrom(
  (word: string) => word,
  (word: string) => `"${word}"`,
  (word: string) => `'${word}'`,
  (word: string) => `${word.replace('=', '="')}"`,
  (word: string) => `${word.replace('=', "='")}'`,
);
const frames = fc.constantFrom(
  '$',
  'linux /vmlinuz ro $ quiet',
  'A="x $ y"',
  "A='x $'",
  'opts=root=/a $ b',
  '+ $',
);

test('no part of a secret is left, however the word is quoted and wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('rd.luks.key', 'ip', 'x.password'),
      secret,
      quoted,
      frames,
      (name, value, quote, frame) => {
        const text = frame.replace('$', quote(`${name}=${value}`));
        expect(redactText(text)).not.toContain('SECRET');
        expect(redactText(text)).toContain(`${name}=…`);
      },
    ),
  );
});

test('what only the structure tells to be one word is hidden whole', () => {
  const evidence = {
    source: 'image',
    says: 'present',
    strength: 'observation',
    code: 'image.token-referenced',
    data: { name: 'rd.luks.key', token: 'SECRET b' },
  } as const;
  const report: Report = {
    command: 'probe',
    root: '/',
    exitCode: 3,
    kernels: [
      {
        release: '6.1',
        running: false,
        default: true,
        support: {
          'rd.luks.key=SECRET b': { verdict: 'unknown', evidence: [evidence], decidedBy: evidence },
        },
      },
    ],
    entries: [
      {
        title: 't',
        id: 'i',
        kernel: undefined,
        initrd: [],
        image: '/vmlinuz',
        kind: 'normal',
        default: true,
        next: false,
        cmdline: 'ro',
        words: [{ word: 'rd.luks.key=SECRET b', effect: 'known', from: 'f:1' }],
      },
    ],
    messages: [
      {
        level: 'error',
        code: 'error.config-not-parsed',
        data: {
          path: 'key=SECRET',
          line: 1,
          column: 1,
          found: 'SECRET b',
          problem: 'syntax',
        },
      },
      { level: 'info', code: 'word.known', data: { word: 'key=SECRET b', from: 'f:1' } },
      {
        level: 'error',
        code: 'error.guarded-words',
        data: { words: 'ro key=SECRET' },
      },
    ],
  };
  expect(JSON.stringify(redactReport(report))).not.toContain('SECRET');
});
