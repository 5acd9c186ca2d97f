import { expect, test } from 'vitest';
import { shortReleases } from '../../src/report/short-releases.ts';

test.each([
  {
    rule: 'the version in front and the fields behind are left out',
    releases: ['3.10.0-514.6.1.el7.x86_64', '3.10.0-514.2.2.el7.x86_64', '3.10.0-514.el7.x86_64'],
    names: ['514.6.1', '514.2.2', '514'],
    pattern: '3.10.0-….el7.x86_64',
  },
  {
    rule: 'what differs everywhere stays',
    releases: ['5.10.0', '6.1.7'],
    names: ['5.10.0', '6.1.7'],
    pattern: undefined,
  },
  { rule: 'one stays whole', releases: ['6.1.0-40-amd64'], names: ['6.1.0-40-amd64'], pattern: undefined },
  {
    rule: 'no name is left empty',
    releases: ['6.1.0-', '6.1.0-rt'],
    names: ['6.1.0-', '6.1.0-rt'],
    pattern: undefined,
  },
  {
    rule: 'a field is never cut in two',
    releases: ['6.1.0-40-amd64', '6.1.0-41-smd64'],
    names: ['40-amd64', '41-smd64'],
    pattern: '6.1.0-…',
  },
])('$rule', ({ releases, names, pattern }) => {
  expect(shortReleases(releases)).toEqual({ names, pattern });
});
