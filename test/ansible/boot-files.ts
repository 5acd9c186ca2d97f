import { readTree } from '../apply/tree.ts';

/** What is no part of it: our cache, Ansible's folder, and the originals that keep a second name until the next boot. */
const OTHER = /^\/(?:var\/cache|tmp|root|proc|dev)\/|\/\.bootmend-[\w-]+\.old$/;

/** A machine's boot configuration, and all else that a change must leave alone: each file with its mode, owner and text. */
export function bootFiles(root: string): readonly (readonly [path: string, text: string])[] {
  return [...readTree(root)].filter(([path]) => !OTHER.test(path));
}
