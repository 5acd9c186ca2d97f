/** Behind the title of the entry that a trial's copies, so that the menu tells them apart. */
export const TRIAL_TITLE = ' (bootmend trial)';
