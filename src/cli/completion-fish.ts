import type { Say } from '../report/messages/catalogue.ts';
import {
  COMMANDS,
  COMMON_OPTIONS,
  type Completed,
  OPTIONS,
  type OptionDefinition,
  type OptionName,
} from './command-table.ts';

/** The completion script of fish; see `completionScript`. */
export function fishScript(say: Say): string {
  const names = COMMANDS.map(({ name }) => name);
  const commands = names.map(
    (name) =>
      `complete -c bootmend -n 'not __bootmend_in' -f -a ${name} -d ${quoted(say(`command.${name}`))}`,
  );
  const positional = COMMANDS.map(({ name, choices, completes }) => {
    const words = choices?.join(' ') ?? (completes === undefined ? '' : valuesOf(completes));
    return `complete -c bootmend -n '__bootmend_in ${name}' -f${words === '' ? '' : ` -a ${quoted(words)}`}`;
  });
  const options = COMMANDS.flatMap(({ name, options: own }) =>
    own.map((option) => `complete -c bootmend -n '__bootmend_in ${name}' ${optionOf(option, say)}`),
  );
  const common = COMMON_OPTIONS.map((option) => `complete -c bootmend ${optionOf(option, say)}`);
  return `function __bootmend_in
    for word in (commandline -opc)[2..-1]
        if contains -- $word ${names.join(' ')}
            test (count $argv) -eq 0; or test $word = $argv[1]
            return
        end
    end
    return 1
end
function __bootmend_list
    set -l typed (commandline -opc)
    set -l root
    for index in (seq (count $typed))
        switch $typed[$index]
            case --root
                set root --root $typed[(math $index + 1)]
            case '--root=*'
                set root $typed[$index]
        end
    end
    $typed[1] completion $argv[1] $root 2>/dev/null
end
${[...commands, ...positional, ...options, ...common].join('\n')}
`;
}

function optionOf(name: OptionName, say: Say): string {
  const { type, alias, choices, completes }: OptionDefinition = OPTIONS[name];
  const short = alias === undefined ? '' : ` -s ${alias}`;
  return `-l ${name}${short}${type === 'flag' ? '' : optionValue(choices, completes)} -d ${quoted(say(`option.${name}`))}`;
}

function optionValue(choices: readonly string[] | undefined, completes: Completed | undefined): string {
  if (choices !== undefined) return ` -x -a ${quoted(choices.join(' '))}`;
  if (completes === 'files') return ' -r -F';
  return completes === undefined ? ' -x' : ` -x -a ${quoted(valuesOf(completes))}`;
}

function valuesOf(completes: Completed): string {
  return completes === 'directories' ? '(__fish_complete_directories)' : `(__bootmend_list ${completes})`;
}

/** Within single quotes fish reads a backslash before a quote and before itself (fish-doc, "Quotes"). */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, (character) => `\\${character}`)}'`;
}
