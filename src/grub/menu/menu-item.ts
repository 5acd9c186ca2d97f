/**
 * One line of a GRUB menu. `id` is what `--id` gave, else the title (grub-core/commands/menuentry.c);
 * for an entry that blscfg made, the file name without `.conf`.
 */
export type MenuItem =
  | { readonly kind: 'entry'; readonly title: string; readonly id: string }
  | {
      readonly kind: 'submenu';
      readonly title: string;
      readonly id: string;
      readonly children: readonly MenuItem[];
    };

/**
 * Whose GRUB reads `default` and `fallback`: upstream's grub-core/normal/menu.c, which Debian, SUSE, Arch and
 * Red Hat's EL7 keep, or that of Red Hat's later branches (rhboot/grub2), which looks for ids before numbers.
 */
export type EntryRules = 'upstream' | 'red-hat';
