import { runProgram } from './run-program.ts';

/** Freezing ended with the file system thawed; it was frozen by somebody else; or it can't be frozen here. */
export type Freezing = 'thawed' | 'busy' | 'not-frozen';

/** FIFREEZE and FITHAW of linux/fs.h, the same number on every architecture. */
const FREEZE = '0xC0045877';
const THAW = '0xC0045878';

/** After which the watchdog thaws a file system whose freezing process neither ended nor said that it is done. */
const WATCHDOG_SECONDS = 30;

/** errno.h of every architecture. */
const EBUSY = 16;

/** Exit codes of the programs below. `BUSY`: EBUSY, somebody else's freeze, which is not ours to thaw. */
const BUSY = 16;
const NOT_FROZEN = 17;

/** The descriptor that the programs inherit; a path by our process id would end with our process. */
const INHERITED = '/proc/self/fd/3';

/**
 * One process that freezes and thaws, with everything it needs in memory before: between the two calls nothing is
 * opened, run or printed, so that the file system may be the one that all programs come from. A second process, made
 * before the freeze, thaws where the first one dies in between or does not come back.
 */
const PERL = `
$SIG{$_} = 'IGNORE' for qw(HUP INT TERM PIPE);
open(my $place, '<', '${INHERITED}') or exit ${NOT_FROZEN};
pipe(my $waiting, my $telling) or exit ${NOT_FROZEN};
defined(my $watchdog = fork()) or exit ${NOT_FROZEN};
if (!$watchdog) {
  close $telling;
  my $seen = '';
  vec($seen, fileno($waiting), 1) = 1;
  my $told = '';
  sysread($waiting, $told, 1) if select($seen, undef, undef, ${WATCHDOG_SECONDS}) > 0;
  ioctl($place, ${THAW}, 0) if $told ne 'd';
  exit 0;
}
close $waiting;
if (!ioctl($place, ${FREEZE}, 0)) {
  my $code = $! == ${EBUSY} ? ${BUSY} : ${NOT_FROZEN};
  syswrite($telling, 'd');
  exit $code;
}
ioctl($place, ${THAW}, 0);
syswrite($telling, 'd');
exit 0;
`;

/** The same for Python 2 and 3: Red Hat's minimal systems have no perl, but the package manager's Python. */
const PYTHON = `
import errno, fcntl, os, select, signal, sys
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
    signal.signal(number, signal.SIG_IGN)
try:
    place = os.open('${INHERITED}', os.O_RDONLY)
    waiting, telling = os.pipe()
    watchdog = os.fork()
except OSError:
    sys.exit(${NOT_FROZEN})
if watchdog == 0:
    os.close(telling)
    ready = select.select([waiting], [], [], ${WATCHDOG_SECONDS})[0]
    if not ready or os.read(waiting, 1) != b'd':
        try:
            fcntl.ioctl(place, ${THAW}, 0)
        except (IOError, OSError):
            pass
    os._exit(0)
os.close(waiting)
code = 0
try:
    fcntl.ioctl(place, ${FREEZE}, 0)
except (IOError, OSError):
    code = ${BUSY} if sys.exc_info()[1].errno == errno.EBUSY else ${NOT_FROZEN}
if code == 0:
    try:
        fcntl.ioctl(place, ${THAW}, 0)
    except (IOError, OSError):
        pass
os.write(telling, b'd')
os._exit(code)
`;

/** Each with the whole program as its last argument, and without what the user may have told it to load. */
const ONE_PROCESS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['perl', '-e', PERL],
  ['python3', '-I', '-c', PYTHON],
  ['/usr/libexec/platform-python', '-I', '-c', PYTHON],
  ['python2', '-E', '-s', '-c', PYTHON],
];

/**
 * Two processes, where nobody needs the file system meanwhile: the thawing one is started from a program file. The
 * right-hand side waits for the end of the left-hand one, however that ends, and thaws unless freezing failed.
 */
const TWO_PROCESSES = `trap '' HUP INT TERM PIPE
{ fsfreeze --freeze ${INHERITED} 2>&1; echo "ended $?"; } | {
  said=$(cat)
  case $said in
    *[Bb]usy*'ended '*) exit ${BUSY} ;;
    *'ended 1'|*'ended 127') exit ${NOT_FROZEN} ;;
  esac
  fsfreeze --unfreeze ${INHERITED}
}`;

/**
 * Freezes the file system of a directory and thaws it at once: what it holds is then at its place on the disk, and its
 * journal is empty.
 *
 * @param isNeeded whether programs, our state or our output are on it, so that only one process that needs nothing may
 *
 * Sources: FIFREEZE in ioctl_fsfreeze(2); fsfreeze(8); how ostree does it, fsfreeze_thaw_cycle in
 * ostree-sysroot-deploy.c. xfs_io(8) is no way: its `thaw` is done after a `freeze` that failed with EBUSY as well.
 */
export async function freezeAndThaw(directory: number, isNeeded: boolean): Promise<Freezing> {
  for (const [program, ...args] of ONE_PROCESS) {
    const { isMissing, exitCode } = await runProgram(program, args, { descriptor: directory });
    if (isMissing) continue;
    if (exitCode === 0) return 'thawed';
    if (exitCode === BUSY) return 'busy';
    if (exitCode === NOT_FROZEN) return 'not-frozen';
    // Ended by a signal, perhaps with its watchdog; or not able to run the program.
    if (exitCode === undefined) return thaw(directory);
  }
  if (isNeeded) return 'not-frozen';
  const { exitCode } = await runProgram('sh', ['-c', TWO_PROCESSES], { descriptor: directory });
  if (exitCode === 0) return 'thawed';
  if (exitCode === BUSY) return 'busy';
  return exitCode === NOT_FROZEN ? 'not-frozen' : thaw(directory);
}

async function thaw(directory: number): Promise<Freezing> {
  await runProgram('fsfreeze', ['--unfreeze', INHERITED], { descriptor: directory });
  return 'not-frozen';
}
