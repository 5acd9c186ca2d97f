/** Something that the operator should know about a plan that was applied or taken back. */
export interface ApplyNote {
  readonly code: /** `path`: GRUB may see the old text until the file system's journal is written out. */
    | 'reboot-cleanly'
    /** `path`, `systemCode`: left beside a file or in the state; the next run removes it. */
    | 'cleanup-left'
    /** `path`, `other`: two names for one file, of which none is removed before fsck.vfat(8) has run. */
    | 'file-system-damaged'
    /** `systemCode`: older backup sets than the retention keeps are still there. */
    | 'retention-failed';
  readonly data: Readonly<Record<string, string | number>>;
}
