import type { Say } from '../report/messages/catalogue.ts';
import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandDefinition,
  type Completed,
  OPTIONS,
  type OptionDefinition,
  type OptionName,
  type Shell,
} from './command-table.ts';
import { fishScript } from './completion-fish.ts';

/**
 * A script that completes bootmend's commands, options and their values, to be sourced by that shell. What only the machine
 * knows is asked of the program as it was typed, with the `--root` that was typed.
 */
export function completionScript(shell: Shell, say: Say): string {
  if (shell === 'fish') return fishScript(say);
  return shell === 'bash' ? bashScript() : zshScript(say);
}

const COMMAND_NAMES = COMMANDS.map(({ name }) => name);
const VALUED = Object.entries<OptionDefinition>(OPTIONS).filter(([, { type }]) => type !== 'flag');

/** How one shell offers a list of words, and what it has for files. */
interface Offers {
  readonly words: (words: readonly string[]) => string;
  readonly list: (list: string) => string;
  readonly files: string;
  readonly directories: string;
  readonly options: (command: CommandDefinition) => string;
}

/** The `case` of both shells: by `$previous` where that option takes a value, else by `$command`. */
function offers(by: Offers): string {
  const values = VALUED.map(([name, option]) => `    --${name}) ${valueOffer(by, option)}; return ;;`);
  const positional = COMMANDS.flatMap((command) => {
    const offer = positionalOffer(by, command);
    return offer === undefined ? [] : [`    ${command.name}:[!-]*|${command.name}:) ${offer}; return ;;`];
  });
  const options = COMMANDS.map((command) => `    ${command.name}) ${by.options(command)} ;;`);
  return `  case "$previous" in
${values.join('\n')}
  esac
  case "$command:$current" in
${positional.join('\n')}
  esac
  case "$command" in
    "") ${by.words(COMMAND_NAMES)} ;;
${options.join('\n')}
  esac`;
}

function valueOffer(by: Offers, { choices, completes }: OptionDefinition): string {
  if (choices !== undefined) return by.words(choices);
  return completes === undefined ? ':' : completedOffer(by, completes);
}

function positionalOffer(by: Offers, { choices, completes }: CommandDefinition): string | undefined {
  if (choices !== undefined) return by.words(choices);
  return completes === undefined ? undefined : completedOffer(by, completes);
}

function completedOffer(by: Offers, completes: Completed): string {
  if (completes === 'files') return by.files;
  return completes === 'directories' ? by.directories : by.list(completes);
}

/** The options of a command, its own first. */
export function optionsOfCommand({ options }: CommandDefinition): readonly OptionName[] {
  return [...options, ...COMMON_OPTIONS];
}

/** bash takes `--root=x` for three words, and leaves it to us to quote what we offer. */
function bashScript(): string {
  const names = (command: CommandDefinition) =>
    optionsOfCommand(command)
      .map((name) => `--${name}`)
      .join(' ');
  const cases = offers({
    words: (words) => `_bootmend_offer <<< "${words.join('\n')}"`,
    list: (list) => `_bootmend_offer < <(_bootmend_list ${list})`,
    files: 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current")',
    directories: 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current")',
    options: (command) => `_bootmend_offer <<< "${names(command).replaceAll(' ', '\n')}"`,
  });
  return `_bootmend_read() {
  case "$1" in
    [\\"\\']*) REPLY="\${1:1}"; REPLY="\${REPLY%[\\"\\']}" ;;
    "~/"*) REPLY="$HOME/\${1:2}"; REPLY="\${REPLY//\\\\/}" ;;
    *) REPLY="\${1//\\\\/}" ;;
  esac
}
_bootmend_list() {
  local REPLY
  _bootmend_read "$root"
  "\${COMP_WORDS[0]}" completion "$1" \${root:+--root "$REPLY"} 2>/dev/null
}
_bootmend_offer() {
  local word typed REPLY
  _bootmend_read "$current"
  typed="$REPLY"
  while IFS= read -r word; do
    [[ "$word" == "$typed"* ]] || continue
    case "$word" in *=) compopt -o nospace ;; esac
    case "$current" in [\\"\\']*) COMPREPLY+=("$word") ;; *) COMPREPLY+=("$(printf %q "$word")") ;; esac
  done
}
_bootmend() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" root="" index word
  COMPREPLY=()
  [ "$current" = "=" ] && current=""
  [ "$previous" = "=" ] && previous="\${COMP_WORDS[COMP_CWORD-2]}"
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "$word" in
      --root) index=$((index + 1)); [ "\${COMP_WORDS[index]}" = "=" ] && index=$((index + 1)); root="\${COMP_WORDS[index]}" ;;
      ${COMMAND_NAMES.join('|')}) [ -n "$command" ] || command="$word" ;;
    esac
  done
${cases}
}
complete -F _bootmend bootmend
`;
}

/** To be sourced, or to stand as `_bootmend` in a folder of fpath. */
function zshScript(say: Say): string {
  const described = (names: readonly string[], texts: readonly string[]) =>
    names.map((name, index) => zshQuoted(`${name.replaceAll(':', '\\:')}:${texts[index]}`)).join(' ');
  const cases = offers({
    words: (words) =>
      words === COMMAND_NAMES
        ? `offered=(${described(
            words,
            COMMANDS.map(({ name }) => say(`command.${name}`)),
          )}); _describe command offered`
        : `compadd -- ${words.map(zshQuoted).join(' ')}`,
    list: (list) => `_bootmend_list ${list}`,
    files: '_files',
    directories: '_files -/',
    options: (command) => {
      const names = optionsOfCommand(command);
      const options = described(
        names.map((name) => `--${name}`),
        names.map((name) => say(`option.${name}`)),
      );
      return `offered=(${options}); _describe option offered`;
    },
  });
  return `#compdef bootmend
_bootmend_list() {
  local -a values assigned
  values=(\${(f)"$(\${(Q)words[1]} completion $1 \${root:+--root} $root 2>/dev/null)"})
  assigned=(\${(M)values:#*=})
  values=(\${values:#*=})
  compadd -- $values
  compadd -S '' -- $assigned
}
_bootmend() {
  local command="" root="" current="\${words[CURRENT]}" previous="\${words[CURRENT-1]}" index
  local -a offered
  if [[ "$current" == --*=* ]]; then previous="\${current%%=*}"; compset -P '*='; fi
  for ((index = 2; index < CURRENT; index++)); do
    case "\${words[index]}" in
      --root) root="\${(Q)words[index+1]}" ;;
      --root=*) root="\${(Q)words[index]#--root=}" ;;
      ${COMMAND_NAMES.join('|')}) [[ -n "$command" ]] || command="\${words[index]}" ;;
    esac
  done
${cases}
}
if [ "$funcstack[1]" = _bootmend ]; then
  _bootmend "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _bootmend bootmend
fi
`;
}

/** A word in single quotes, of which none can hold one. */
function zshQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
