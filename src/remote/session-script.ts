/**
 * What begins a line of ours among whatever else a machine prints: made anew for each session, and never whole in what we send, so
 * that a shell that shows its commands doesn't say it for us.
 */
export interface Marker {
  readonly halves: readonly [string, string];
}

/**
 * The words that the machine says behind the marker: it listens; the artefact of the head that it was given is not unpacked there,
 * and its own platform stands in front; bootmend, or the artefact in its place, ended with the exit status behind it.
 */
export const SIGNALS = ['ready', 'missing', 'exit'] as const;

/** One of `SIGNALS`. */
export type Signal = (typeof SIGNALS)[number];

/** Behind it, no more of the script comes. */
const END = '# end';

/**
 * The command for the login shell: read a script line by line from stdin, and run it. It is the same to sh, csh and fish, as long as
 * there is no `'`, no `!` and no line feed in it; what it reads is for sh alone.
 *
 * @param sudo the words before `sh`, where the script is to run as root
 */
export function sessionCommand({ halves }: Marker, sudo: readonly string[]): string {
  const words = [
    `printf "\\n%s%s ready\\n" ${halves[0]} ${halves[1]};`,
    'n=$(printf "\\nx"); n=${n%x}; s=;',
    `while IFS= read -r l; do [ "$l" = "${END}" ] && break; s=$s$l$n; done;`,
    'eval "$s"',
  ];
  return `exec ${[...sudo, 'sh', '-c'].join(' ')} '${words.join(' ')}'`;
}

/**
 * What is sent once the machine is ready: a script, the request, and the head of an artefact. The script runs what is unpacked of it;
 * where nothing is, it wants `anotherHead` or `fileFollows`.
 *
 * @param request of one line
 */
export function sessionInput({ halves }: Marker, request: string, head: string): string {
  return `mark="${halves.join('""')}"\n${SCRIPT}${END}\n${request}\n${headLines(head)}`;
}

/** The head of another artefact, of the platform that the machine is. */
export function anotherHead(head: string): string {
  return `head\n${headLines(head)}`;
}

/** Stands before the artefact itself, which is the last that is sent. */
export const FILE_FOLLOWS = 'file\n';

function headLines(head: string): string {
  return `${head}${head.endsWith('\n') ? '' : '\n'}${END}\n`;
}

/** What --if-unpacked ends with where nothing is unpacked (scripts/portable/self-unpacking.sh). */
const NOT_UNPACKED = 69;

const SCRIPT = `
umask 077
signal() { printf "\\n%s %s\\n" "$mark" "$*"; }
IFS= read -r request
while :; do
  head=
  while IFS= read -r line && [ "$line" != "${END}" ]; do
    head="$head$line
"
  done
  sh -c "$head" sh --if-unpacked --answer "$request"
  status=$?
  [ "$status" = ${NOT_UNPACKED} ] || break
  signal missing
  IFS= read -r next
  [ "$next" = file ] || continue
  file=$(mktemp) || break
  trap 'rm -f -- "$file"' EXIT
  trap 'exit 130' HUP INT TERM PIPE
  cat >"$file" && sh "$file" --answer "$request"
  status=$?
  rm -f -- "$file"
  break
done
signal exit "$status"
`;
