/** Something that the operator should know about a plan that was applied or taken back. */
export type ApplyNote =
  /** GRUB may see the old text until the file system's journal is written out. */
  | { readonly code: 'reboot-cleanly'; readonly data: { readonly path: string } }
  /** Left beside a file or in the state; the next run removes it. */
  | { readonly code: 'cleanup-left'; readonly data: { readonly path: string; readonly systemCode: string } }
  /** Two names for one file, of which none is removed before fsck.vfat(8) has run. */
  | { readonly code: 'file-system-damaged'; readonly data: { readonly path: string; readonly other: string } }
  /** Older backup sets than the retention keeps are still there. */
  | { readonly code: 'retention-failed'; readonly data: { readonly systemCode: string } };
