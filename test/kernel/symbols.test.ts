import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symbolEvidence } from '../../src/kernel/symbol-evidence.ts';
import { hasSymbol, readSymbols } from '../../src/kernel/symbols.ts';
import { fixtureText } from './fixture.ts';

const EL7 = fixtureText('centos-7.3/boot/System.map-3.10.0-514.el7.x86_64');
const DEBIAN_9 = fixtureText('debian-9/boot/System.map-4.9.0-19-amd64');
const DEBIAN_12 = fixtureText('debian-12/boot/System.map-6.1.0-40-amd64');
const STUB = fixtureText('debian-12-stub-map/boot/System.map-6.1.0-40-amd64');
const PATH = '/boot/System.map';
const NOKMEM = 'cgroup.memory=nokmem';

function inMap(text: string, parameter: string): ReturnType<typeof symbolEvidence> {
  return symbolEvidence(readSymbols(text, 'system-map'), PATH, parameter);
}

function inKallsyms(text: string, parameter: string): ReturnType<typeof symbolEvidence> {
  return symbolEvidence(readSymbols(text, 'kallsyms'), '/proc/kallsyms', parameter);
}

/** What /proc/kallsyms has of a map: functions alone, or all; the addresses hidden or not. */
function kallsymsOf(map: string, lists: 'functions' | 'all', addresses: 'shown' | 'hidden'): string {
  const lines = map.split('\n').filter((line) => lists === 'all' || /^\S+ [tT] /.test(line));
  const module = 'ffffffffc0201000 t cgroup_memory\t[acme]';
  const text = [...lines.filter((line) => line !== ''), module, ''].join('\n');
  return addresses === 'hidden' ? text.replace(/^[0-9a-f]+/gm, '0000000000000000') : text;
}

describe('a whole System.map', () => {
  // biome-ignore format: one row a line
  const cases = [
    { of: 'CentOS 7.3', map: EL7, word: NOKMEM, says: 'absent', code: 'symbols.handler-missing' },
    { of: 'CentOS 7.3', map: EL7, word: 'cgroup.memory=', says: 'absent', code: 'symbols.handler-missing' },
    { of: 'CentOS 7.3', map: EL7, word: 'cgroup_disable=memory', says: 'present', code: 'symbols.token-listed' },
    { of: 'CentOS 7.3', map: EL7, word: 'cgroup-disable=memory', says: 'present', code: 'symbols.token-listed' },
    { of: 'CentOS 7.3', map: EL7, word: 'cgroup_disable=cpuset', says: 'inconclusive', code: 'symbols.token-unseen' },
    { of: 'CentOS 7.3', map: EL7, word: 'cgroup_no_v1=all', says: 'inconclusive', code: 'symbols.no-known-symbol' },
    { of: 'CentOS 7.3', map: EL7, word: 'swapaccount=0', says: 'present', code: 'symbols.handler-listed' },
    { of: 'CentOS 7.3', map: EL7, word: 'quiet', says: 'present', code: 'symbols.handler-listed' },
    { of: 'CentOS 7.3', map: EL7, word: 'mitigations=off', says: 'inconclusive', code: 'symbols.no-known-symbol' },
    { of: 'CentOS 7.3', map: EL7, word: 'cgroup.memory', says: 'inconclusive', code: 'symbols.no-known-symbol' },
    { of: 'CentOS 7.3', map: EL7, word: 'printk.time=1', says: 'inconclusive', code: 'symbols.module-parameter-listed' },
    { of: 'CentOS 7.3', map: EL7, word: 'crashkernel=auto', says: 'inconclusive', code: 'symbols.no-known-symbol' },
    { of: 'Debian 9', map: DEBIAN_9, word: NOKMEM, says: 'present', code: 'symbols.token-listed' },
    { of: 'Debian 9', map: DEBIAN_9, word: 'cgroup.memory=nosocket', says: 'present', code: 'symbols.token-listed' },
    { of: 'Debian 9', map: DEBIAN_9, word: 'cgroup.memory=nobpf', says: 'absent', code: 'symbols.token-missing' },
    { of: 'Debian 9', map: DEBIAN_9, word: 'cgroup.memory=nokmen', says: 'inconclusive', code: 'symbols.token-unseen' },
    { of: 'Debian 12', map: DEBIAN_12, word: NOKMEM, says: 'present', code: 'symbols.token-listed' },
    { of: 'Debian 12', map: DEBIAN_12, word: 'swapaccount=1', says: 'present', code: 'symbols.handler-listed' },
  ];
  test.each(cases)('$of: $word is $says', ({ map, word, says, code }) => {
    expect(inMap(map, word)).toMatchObject({
      source: 'system-map',
      path: PATH,
      strength: 'observation',
      says,
      code,
    });
  });

  test.each(['cgroup_memory', 'cgroup_memory.llvm.123', 'cgroup_memory.constprop.0'])(
    'a module’s symbol %s is none of the kernel’s',
    (symbol) => {
      expect(hasSymbol(`ffffffffc0201000 t ${symbol}\t[acme]\n`, 'cgroup_memory')).toBe(false);
      expect(hasSymbol(`ffffffff81201000 t ${symbol}\n`, 'cgroup_memory')).toBe(true);
    },
  );

  test('a handler whose token leaves no variable behind does not know the token', () => {
    const withoutFlag = DEBIAN_9.replace(/^.* cgroup_memory_nokmem\n/m, '');
    expect(inMap(withoutFlag, NOKMEM)).toMatchObject({ says: 'absent', code: 'symbols.token-missing' });
  });

  test('the four landmarks make a map whole, whatever its length', () => {
    const short = [
      'ffffffff81000000 T _text',
      'ffffffff81b00000 T __setup_start',
      'ffffffff81b00018 t __setup_cgroup_disable',
      'ffffffff81b00030 T __setup_end',
    ];
    expect(inMap(`${short.join('\n')}\n`, NOKMEM)).toMatchObject({ says: 'absent' });
    for (const missing of short) {
      const poor = short.filter((line) => line !== missing).join('\n');
      expect(inMap(poor, NOKMEM)).toMatchObject({ says: 'inconclusive', code: 'symbols.incomplete' });
    }
  });

  test.each(['.llvm.12345', '.constprop.0', '.isra.7'])(
    'a compiler’s suffix %s changes nothing',
    (suffix) => {
      const renamed = DEBIAN_9.replace(/ (cgroup_memory|__setup_cgroup_memory)\n/g, ` $1${suffix}\n`);
      expect(inMap(renamed, NOKMEM)).toMatchObject({ says: 'present' });
    },
  );
});

describe('a map that proves nothing', () => {
  test.each([
    { why: "Debian's stub", text: STUB, reason: 'stub' },
    { why: 'empty', text: '', reason: 'empty' },
    { why: 'blank', text: '\n\n', reason: 'empty' },
    { why: 'another file', text: '<html>\n', reason: 'not-a-symbol-list' },
    { why: 'binary junk', text: '\x7fELF\x02\x01\0\0', reason: 'damaged' },
    {
      why: 'a block of zeros in the middle',
      text: EL7.replace('cgroup_mkdir', '\0'.repeat(12)),
      reason: 'damaged',
    },
    {
      why: 'cut in the middle of a line',
      text: EL7.slice(0, EL7.indexOf(' t cgroup_mkdir')),
      reason: 'damaged',
    },
    {
      why: 'no address but zero',
      text: EL7.replace(/^[0-9a-f]+/gm, '0'.repeat(16)),
      reason: 'zero-addresses',
    },
    {
      why: 'cut behind the functions',
      text: EL7.slice(0, EL7.indexOf('ffffffff81800000')),
      reason: 'landmark-missing',
    },
  ])('$why', ({ text, reason }) => {
    for (const word of [NOKMEM, 'cgroup_disable=memory', 'quiet']) {
      expect(inMap(text, word)).toMatchObject({
        says: 'inconclusive',
        code: 'symbols.incomplete',
        data: { reason },
      });
    }
  });

  test.each([
    { of: 'CentOS 7.3', map: EL7, words: ['cgroup_disable=memory', 'quiet', 'swapaccount=0'] },
    { of: 'Debian 9', map: DEBIAN_9, words: [NOKMEM, 'cgroup.memory=nosocket', 'cgroup_no_v1=all'] },
    { of: 'Debian 12', map: DEBIAN_12, words: [NOKMEM, 'cgroup_disable=memory'] },
  ])('cut at any line, the map of $of makes nothing absent that is there', ({ map, words }) => {
    const lines = map.split('\n');
    for (let kept = 0; kept < lines.length; kept += 1) {
      const cut = lines.slice(0, kept).join('\n');
      for (const word of words) expect(inMap(cut, word).says, `${word}, ${kept} lines`).not.toBe('absent');
    }
  });

  test('cut at any line before its last landmark, the map of CentOS 7.3 proves no absence', () => {
    const end = EL7.indexOf('__setup_end');
    const lines = EL7.slice(0, end).split('\n');
    for (let kept = 0; kept < lines.length; kept += 1) {
      expect(inMap(lines.slice(0, kept).join('\n'), NOKMEM).says).toBe('inconclusive');
    }
  });

  test('cut at any byte, no map makes nokmem absent where it is there', () => {
    fc.assert(
      fc.property(fc.nat(DEBIAN_9.length), (length) => {
        expect(inMap(DEBIAN_9.slice(0, length), NOKMEM).says).not.toBe('absent');
      }),
      { numRuns: 500 },
    );
  });
});

describe('/proc/kallsyms', () => {
  // biome-ignore format: one row a line
  const cases = [
    { of: 'Debian 9, all symbols', text: kallsymsOf(DEBIAN_9, 'all', 'shown'), word: NOKMEM, says: 'present' },
    { of: 'Debian 9, functions only', text: kallsymsOf(DEBIAN_9, 'functions', 'shown'), word: 'cgroup.memory=', says: 'present' },
    { of: 'Debian 9, functions only', text: kallsymsOf(DEBIAN_9, 'functions', 'shown'), word: NOKMEM, says: 'inconclusive' },
    { of: 'Debian 9, addresses hidden', text: kallsymsOf(DEBIAN_9, 'all', 'hidden'), word: NOKMEM, says: 'present' },
    { of: 'CentOS 7.3, all symbols', text: kallsymsOf(EL7, 'all', 'shown'), word: NOKMEM, says: 'absent' },
    { of: 'CentOS 7.3, functions only', text: kallsymsOf(EL7, 'functions', 'shown'), word: NOKMEM, says: 'absent' },
    { of: 'CentOS 7.3, functions only', text: kallsymsOf(EL7, 'functions', 'shown'), word: 'cgroup_disable=memory', says: 'present' },
    { of: 'CentOS 7.3, addresses hidden', text: kallsymsOf(EL7, 'all', 'hidden'), word: NOKMEM, says: 'inconclusive' },
    { of: 'CentOS 7.3 without init symbols', text: kallsymsOf(EL7.replace(/^.* _einittext\n/m, ''), 'all', 'shown'), word: NOKMEM, says: 'inconclusive' },
    { of: 'modules alone', text: 'ffffffffc0201000 t cgroup_memory\t[acme]\n', word: NOKMEM, says: 'inconclusive' },
  ];
  test.each(cases)('$of: $word is $says', ({ text, word, says }) => {
    expect(inKallsyms(text, word)).toMatchObject({ source: 'kallsyms', says });
  });

  test('cut at any line, it makes nothing absent that is there', () => {
    for (const lists of ['all', 'functions'] as const) {
      const lines = kallsymsOf(DEBIAN_9, lists, 'shown').split('\n');
      for (let kept = 0; kept < lines.length; kept += 1) {
        expect(inKallsyms(lines.slice(0, kept).join('\n'), NOKMEM).says).not.toBe('absent');
      }
    }
  });
});

describe('hasSymbol', () => {
  const text = 'ffffffff81000000 T cgroup_memory_pressure\nffffffff81000010 t my_cgroup_memory\n';
  test.each([
    { why: 'the beginning of a longer name', text, found: false },
    { why: 'a module’s', text: 'ffffffffc0000000 t cgroup_memory\t[acme]\n', found: false },
    { why: 'a word that is no symbol', text: 'ffffffff81000000 T an cgroup_memory\n', found: false },
    { why: 'in the last line, without a newline', text: 'ffffffff81000000 t cgroup_memory', found: true },
    { why: 'in a file with CRLF', text: 'ffffffff81000000 t cgroup_memory\r\n', found: true },
    {
      why: 'behind one that only begins alike',
      text: `${text}ffffffff81000020 t cgroup_memory\n`,
      found: true,
    },
  ])('$why: $found', ({ text: list, found }) => {
    expect(hasSymbol(list, 'cgroup_memory')).toBe(found);
  });
});

test('a symbol is missed in a list of 150,000', () => {
  const filler = Array.from(
    { length: 150_000 },
    (_, at) => `ffffffff8110${(at + 4096).toString(16)} t filler_${at}`,
  );
  const landmark = EL7.indexOf('\n', EL7.indexOf(' _stext')) + 1;
  const text = `${EL7.slice(0, landmark)}${filler.join('\n')}\n${EL7.slice(landmark)}`;
  expect(inMap(text, NOKMEM).says).toBe('absent');
});
