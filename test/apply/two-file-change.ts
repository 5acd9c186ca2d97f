import { planOf } from './tree.ts';

export const DEFAULTS = '/etc/default/grub';
export const CONFIG = '/boot/grub2/grub.cfg';

/** The files that the plan is for, as it finds them. */
export const filesBefore = { [DEFAULTS]: 'old defaults\n', [CONFIG]: 'old config\n' };

export const plan = planOf([
  { path: DEFAULTS, before: 'old defaults\n', after: 'new defaults\n', decides: 'later-kernels' },
  { path: CONFIG, before: 'old config\n', after: 'new config\n' },
]);
