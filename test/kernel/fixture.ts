import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FIXTURES = fileURLToPath(new URL('../../grub-fixtures/', import.meta.url));

/** A file of a fixture tree, latin1. */
export function fixtureText(path: string): string {
  return readFileSync(`${FIXTURES}${path}`, 'latin1');
}
