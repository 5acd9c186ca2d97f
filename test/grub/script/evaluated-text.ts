import type { BootLine } from '../../../src/grub/script/boot-line.ts';
import { evaluateMenu, type MenuInput } from '../../../src/grub/script/evaluate-menu.ts';
import type { GrubMenu, GrubMenuItem } from '../../../src/grub/script/grub-menu.ts';
import { parseGrubScript } from '../../../src/grub/script/parser.ts';

/** The menu of a script on its own, or of one that may read what `sources` gives. */
export function menuOf(text: string, sources: Partial<MenuInput> = {}): GrubMenu {
  const parsed = parseGrubScript(text);
  if (!parsed.ok)
    throw new Error(`${parsed.problem.code} at line ${parsed.problem.at.line}: ${parsed.problem.found}`);
  return evaluateMenu({
    path: '/boot/grub/grub.cfg',
    text,
    script: parsed.value,
    variables: new Map(),
    readScript: () => undefined,
    readEnvironment: () => undefined,
    ...sources,
  });
}

/** Every boot line of a menu, in its order. */
export function bootLinesOf(menu: GrubMenu): BootLine[] {
  const below = (items: readonly GrubMenuItem[]): BootLine[] =>
    items.flatMap((item) => {
      if (item.kind === 'submenu') return below(item.children);
      return item.kind === 'entry' ? item.bootLines : [];
    });
  return [...menu.bootLines, ...below(menu.items)];
}

/** The arguments of a boot line, the image first. */
export function argumentsOf(line: BootLine): string[] {
  return [...(line.image === undefined ? [] : [line.image]), ...line.words].map((word) => word.text);
}
