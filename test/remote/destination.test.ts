import { describe, expect, test } from 'vitest';
import { parseDestination } from '../../src/remote/destination.ts';

describe('[USER@]HOST[:PORT]', () => {
  test.each([
    ['web1', undefined, 'web1', undefined],
    ['web_1.example.org', undefined, 'web_1.example.org', undefined],
    ['root@10.0.0.1:2222', 'root', '10.0.0.1', 2222],
    ['svc-boot@web1', 'svc-boot', 'web1', undefined],
    ['jane@corp.example@web1', 'jane@corp.example', 'web1', undefined],
    ['machine$@web1', 'machine$', 'web1', undefined],
    ['[fe80::1%eth0]:22', undefined, 'fe80::1%eth0', 22],
    ['root@[2001:db8::7]', 'root', '2001:db8::7', undefined],
  ])('%s', (text, user, host, port) => {
    expect(parseDestination(text)).toEqual({ text, user, host, port });
  });

  test.each([
    ['', 'nothing'],
    ['-oProxyCommand=id', 'an option of ssh'],
    ['root@-oProxyCommand=id', 'an option behind the user'],
    ['-l@web1', 'an option as the user'],
    ['@web1', 'an empty user'],
    ['root@', 'an empty host'],
    ['web1:', 'an empty port'],
    ['web1:0', 'port 0'],
    ['web1:65536', 'a port that is none'],
    ['web1:22x', 'a port with more behind it'],
    ['fe80::1', 'IPv6 without brackets'],
    ['[web1]', 'a name in brackets'],
    ['[]', 'empty brackets'],
    ['[::1%;id]', 'a shell word as a zone'],
    ['web1;id', 'a shell word'],
    ['$(id)@web1', 'a command as the user'],
    ['`id`', 'a command'],
    ['web 1', 'a blank'],
    ['web1\n', 'a line feed'],
    ['web1\x1b[2J', 'an escape sequence'],
    ['wéb1', 'a letter beyond ASCII'],
    ['ssh://web1', 'a URI'],
    ['%h', "a token of ssh's"],
  ])('%j is refused: %s', (text) => {
    expect(parseDestination(text)).toBeUndefined();
  });
});
