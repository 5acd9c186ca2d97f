import { rootOption, shellWord } from '../report/shell-word.ts';
import type { Invocation } from './invocation.ts';

/** What a command to paste says of the machine that this one was about, with a blank in front; nothing for the one it runs on. */
export function targetOf({ options }: Invocation): string {
  const { root, host, 'ssh-config': sshConfig, sudo } = options;
  const words = [
    ...host.flatMap((name) => ['--host', shellWord(name)]),
    ...(sshConfig === undefined ? [] : ['--ssh-config', shellWord(sshConfig)]),
    ...(sudo ? ['--sudo'] : []),
  ];
  const place = root === undefined ? '' : rootOption(root);
  return place + words.map((word) => ` ${word}`).join('');
}
