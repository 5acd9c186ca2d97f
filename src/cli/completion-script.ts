import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandDefinition,
  OPTIONS,
  type OptionDefinition,
} from './command-table.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

export const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];

/** A script that completes bootmend's commands, options and their values, to be sourced by that shell. */
export function completionScript(shell: Shell): string {
  if (shell === 'fish') return fishScript();
  return shell === 'bash'
    ? bashScript()
    : `#compdef bootmend\nautoload -U +X bashcompinit && bashcompinit\n${bashScript()}`;
}

function optionWords(command: CommandDefinition): readonly string[] {
  return [...COMMON_OPTIONS, ...command.options].map((name) => `--${name}`);
}

/** zsh reads the same script through bashcompinit. */
function bashScript(): string {
  const names = COMMANDS.map(({ name }) => name);
  const cases = COMMANDS.map(
    (command) => `    ${command.name}) words="${optionWords(command).join(' ')}" ;;`,
  );
  const values = Object.entries<OptionDefinition>(OPTIONS)
    .filter(([, { choices }]) => choices !== undefined)
    .map(([name, { choices }]) => `    --${name}) words="${choices?.join(' ')}" ;;`);
  return `_bootmend() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${names.join('|')}) command="$word"; break ;; esac
  done
  case "$command" in
    "") words="${names.join(' ')}" ;;
${cases.join('\n')}
  esac
  case "$command:$previous" in
    completion:completion) words="${SHELLS.join(' ')}" ;;
    rollback:rollback) words="latest first $words" ;;
  esac
  case "$previous" in
${values.join('\n')}
    --root) COMPREPLY=($(compgen -d -- "$current")); return ;;
    --image|--system-map) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _bootmend bootmend
`;
}

function fishScript(): string {
  const commands = COMMANDS.map(({ name }) => `complete -c bootmend -n __fish_use_subcommand -f -a ${name}`);
  const options = COMMANDS.flatMap((command) =>
    command.options.map(
      (name) =>
        `complete -c bootmend -n '__fish_seen_subcommand_from ${command.name}' ${fishOption(name, OPTIONS[name])}`,
    ),
  );
  const common = COMMON_OPTIONS.map((name) => `complete -c bootmend ${fishOption(name, OPTIONS[name])}`);
  const shells = `complete -c bootmend -n '__fish_seen_subcommand_from completion' -f -a '${SHELLS.join(' ')}'`;
  return `${[...commands, ...options, ...common, shells].join('\n')}\n`;
}

function fishOption(name: string, { type, choices }: OptionDefinition): string {
  const value = type === 'flag' ? '' : choices === undefined ? ' -r' : ` -x -a '${choices.join(' ')}'`;
  return `-l ${name}${value}`;
}
