import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandDefinition,
  OPTIONS,
  type OptionDefinition,
} from './command-table.ts';

/** A shell that has a completion script. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** The shells of `completion`, in the order in which they are offered. */
export const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];

/** A script that completes bootmend's commands, options and their values, to be sourced by that shell. */
export function completionScript(shell: Shell): string {
  if (shell === 'fish') return fishScript();
  return shell === 'bash' ? bashScript() : zshScript();
}

function optionWords(command: CommandDefinition): readonly string[] {
  return [...COMMON_OPTIONS, ...command.options].map((name) => `--${name}`);
}

const COMMAND_NAMES = COMMANDS.map(({ name }) => name);

/** What both shells choose the candidates by, in the `case` that they share: `$command`, then `$previous`. */
function candidateCases(): string {
  const commands = COMMANDS.map(
    (command) => `    ${command.name}) candidates="${optionWords(command).join(' ')}" ;;`,
  );
  const values = Object.entries<OptionDefinition>(OPTIONS)
    .filter(([, { choices }]) => choices !== undefined)
    .map(([name, { choices }]) => `    --${name}) candidates="${choices?.join(' ')}" ;;`);
  return `  case "$command" in
    "") candidates="${COMMAND_NAMES.join(' ')}" ;;
${commands.join('\n')}
  esac
  case "$command:$previous" in
    completion:completion) candidates="${SHELLS.join(' ')}" ;;
    rollback:rollback) candidates="latest first $candidates" ;;
  esac
  case "$previous" in
${values.join('\n')}`;
}

/** bash takes `--root=x` for three words. */
function bashScript(): string {
  return `_bootmend() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word candidates=""
  [ "$current" = "=" ] && current=""
  [ "$previous" = "=" ] && previous="\${COMP_WORDS[COMP_CWORD-2]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${COMMAND_NAMES.join('|')}) command="$word"; break ;; esac
  done
${candidateCases()}
    --root) COMPREPLY=($(compgen -d -- "$current")); return ;;
    --image|--system-map) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  COMPREPLY=($(compgen -W "$candidates" -- "$current"))
}
complete -F _bootmend bootmend
`;
}

/** To be sourced, or to stand as `_bootmend` in a folder of fpath. */
function zshScript(): string {
  return `#compdef bootmend
_bootmend() {
  local command="" word candidates="" previous="\${words[CURRENT-1]}"
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in ${COMMAND_NAMES.join('|')}) command="$word"; break ;; esac
  done
${candidateCases()}
    --root) _files -/; return ;;
    --image|--system-map) _files; return ;;
  esac
  compadd -- \${=candidates}
}
if [ "$funcstack[1]" = _bootmend ]; then
  _bootmend "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _bootmend bootmend
fi
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
