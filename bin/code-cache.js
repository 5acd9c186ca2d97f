// Runs the command line from what V8 made of it in an earlier run, which takes less than half the time that compiling does.
// What V8 is handed is machine code to it: it is taken from a folder and a file that this user alone can write, and the
// file's name holds a hash of the source.
const fs = require('node:fs');
const { dirname, isAbsolute, join, resolve } = require('node:path');
const vm = require('node:vm');

/**
 * Run a bundle's `main`, and keep the code for the next run where there was none.
 *
 * @param {string} file a bundle that begins with a comment of its own hash, in ASCII
 * @param {readonly string[]} words the command line
 * @returns {Promise<number>} the exit code
 */
exports.load = async (file, words) => {
  const source = fs.readFileSync(file, 'latin1');
  const folder = cacheFolder(words);
  // A build that ended early left none.
  const hash = /^\/\*([0-9a-f]+)\*\//.exec(source)?.[1];
  const place =
    folder && hash && join(folder, `${hash}-${process.arch}-${process.version}-${process.versions.v8}.code`);
  const cachedData = place && privateBytes(folder, place);
  const script = new vm.Script(`(function (require, module, __filename) {${source}\n})`, {
    filename: file,
    cachedData,
  });
  const bundle = { exports: {} };
  const requireFrom = (name) => require(name.startsWith('.') ? join(dirname(file), name) : name);
  script.runInThisContext()(requireFrom, bundle, file);
  const exitCode = await bundle.exports.main(words);
  if (place && (cachedData === undefined || script.cachedDataRejected)) keep(folder, place, script, words);
  return exitCode;
};

/** The user's own cache folder by the XDG Base Directory Specification; none where it may be part of the tree at work on. */
function cacheFolder(words) {
  const { XDG_CACHE_HOME: named, HOME: home } = process.env;
  const base = named && isAbsolute(named) ? named : home && isAbsolute(home) && join(home, '.cache');
  if (!base) return undefined;
  return isOutside(base, rootOf(words)) ? join(base, 'bootmend') : undefined;
}

function rootOf(words) {
  const at = words.findIndex((word) => /^--root(=|$)/.test(word));
  return at === -1 ? '/' : resolve(words[at].slice('--root='.length) || words[at + 1] || '/');
}

/** Whether a path is none of another tree; everything is part of the machine's own. */
function isOutside(path, root) {
  return root === '/' || !`${path}/`.startsWith(`${root}/`);
}

function isPrivate({ uid, mode }) {
  return uid === process.geteuid() && (mode & 0o022) === 0;
}

/** The bytes of a file that no other user can have written; undefined where there is none. */
function privateBytes(folder, place) {
  try {
    if (!isPrivate(fs.statSync(folder))) return undefined;
    const descriptor = fs.openSync(place, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
    try {
      return isPrivate(fs.fstatSync(descriptor)) ? fs.readFileSync(descriptor) : undefined;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** What can't be written is not kept, without a word. Nobody sees half a file: V8 doesn't check the whole. */
function keep(folder, place, script, words) {
  const draft = `${place}.${process.pid}`;
  try {
    const existing = fs.realpathSync(existingFolder(folder));
    if (!isPrivate(fs.statSync(existing)) || !isOutside(existing, fs.realpathSync(rootOf(words)))) return;
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(draft, script.createCachedData(), { flag: 'wx', mode: 0o600 });
    fs.renameSync(draft, place);
  } catch {
    fs.rmSync(draft, { force: true });
  }
}

/** The folder or the one that it is to be made in; a home that isn't there is not made. */
function existingFolder(folder) {
  const cache = dirname(folder);
  return [folder, cache].find(fs.existsSync) ?? dirname(cache);
}
