#!/usr/bin/env node
// Answers what needs no reading of the machine (--version, --help), says what keeps the rest from running, and runs it. It is
// read by every Node there is, so that an old one can be told that it is too old.
var fs = require('node:fs');
var path = require('node:path');

var OLDEST = [20, 19];
var words = process.argv.slice(2);
var dist = path.join(__dirname, '..', 'dist', 'cli');

function isTooOld() {
  var version = process.versions.node.split('.').map(Number);
  return version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1]);
}

function fail(sentence) {
  process.stderr.write(`bootmend: ${sentence}\n`);
  process.exitCode = 1;
}

/** The help that is asked for and nothing else: the build has it ready for the widest page. */
function readyHelp() {
  var isFlag = (word) => word === '--help' || word === '-h';
  var topic = words.length === 1 ? '' : isFlag(words[1]) ? words[0] : words[1];
  var isHelp = words.length <= 2 && (words[0] === 'help' || words.some(isFlag));
  if (
    !isHelp ||
    (fs.fstatSync(1).isCharacterDevice() && require('node:tty').isatty(1) && process.stdout.columns < 100)
  )
    return undefined;
  var locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  var language = locale.slice(0, 2) === 'zh' ? 'zh-CN' : 'en';
  var help = JSON.parse(fs.readFileSync(path.join(dist, `help-${language}.json`), 'utf8'));
  if (topic === '') return help.overview;
  return Object.hasOwn(help.commands, topic) ? help.commands[topic] + help.ending : undefined;
}

function isVersionAsked() {
  var end = words.indexOf('--');
  return (end === -1 ? words : words.slice(0, end)).some((word) => word === '--version' || word === '-V');
}

/** Straight to the descriptor: the streams of process.stdout take a tenth of Node's own start to load. */
function write(text) {
  try {
    if (fs.writeSync(1, text) === Buffer.byteLength(text)) return;
  } catch (error) {
    if (error.code === 'EPIPE') return;
    if (error.code !== 'EAGAIN') throw error;
  }
  process.stdout.write(text);
}

function run() {
  var answer = isVersionAsked() ? `${require('../package.json').version}\n` : readyHelp();
  if (answer !== undefined) return write(answer);
  // Most errors are the system's word that a file isn't there; where they came from is read only by who looks for a bug.
  if (!process.env.BOOTMEND_DEBUG) Error.stackTraceLimit = 0;
  require('./code-cache.js')
    .load(path.join(dist, 'main.cjs'), words)
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
}

if (isTooOld()) {
  fail(`this is Node ${process.versions.node}; Node ${OLDEST.join('.')} or newer is needed.`);
} else if (!fs.existsSync(path.join(dist, 'main.cjs'))) {
  fail(`not built yet: run "npm start" in ${path.join(__dirname, '..')} first.`);
} else {
  run();
}
