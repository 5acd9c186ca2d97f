// Draws the screen of `bootmend fix` as docs/pictures/fix-dark.svg and fix-light.svg: what tmux shows of a real session on a bundled
// tree, with its colours.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const COLUMNS = 80;
const CELL = { width: 8.4, height: 18 };
const MARGIN = 16;

/** GitHub's own colours for text on its two backgrounds. */
const THEMES = {
  dark: {
    paper: '#0d1117',
    ink: '#e6edf3',
    red: '#ff7b72',
    green: '#7ee787',
    yellow: '#d29922',
    cyan: '#79c0ff',
    dim: '#8b949e',
  },
  light: {
    paper: '#ffffff',
    ink: '#1f2328',
    red: '#cf222e',
    green: '#116329',
    yellow: '#9a6700',
    cyan: '#0550ae',
    dim: '#57606a',
  },
};
/** The colours of a terminal by their SGR number (ECMA-48, 8.3.117). */
const COLORS = { 31: 'red', 32: 'green', 33: 'yellow', 34: 'cyan', 36: 'cyan' };

/** The pictures by the theme's name. */
export async function pictures() {
  const lines = await screenOf(['fix', '--root', 'host'], '[y]es');
  return Object.fromEntries(Object.entries(THEMES).map(([name, theme]) => [name, drawn(lines, theme)]));
}

/** What a terminal shows once a text is on it, as lines with escape sequences. */
async function screenOf(words, wanted) {
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-picture-'));
  const socket = `bootmend-picture-${process.pid}`;
  const tmux = (...args) =>
    spawnSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8', cwd: folder }).stdout;
  try {
    cpSync(join(project, 'grub-fixtures/centos-7.3-dead-word'), join(folder, 'host'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    const command = [process.execPath, join(project, 'bin/bootmend.js'), ...words].join(' ');
    tmux(
      'new-session',
      '-d',
      '-x',
      String(COLUMNS),
      '-y',
      '50',
      '-c',
      folder,
      `LC_ALL=C.UTF-8 ${command}; sleep 60`,
    );
    for (let tries = 0; tries < 300; tries += 1) {
      const screen = tmux('capture-pane', '-p', '-e');
      if (screen.includes(wanted)) return [`$ bootmend ${words.join(' ')}`, ...screen.trimEnd().split('\n')];
      await sleep(100);
    }
    throw new Error(`The screen never showed ${wanted}.`);
  } finally {
    tmux('kill-server');
    rmSync(folder, { recursive: true, force: true });
  }
}

function drawn(lines, theme) {
  const width = Math.ceil(COLUMNS * CELL.width + 2 * MARGIN);
  const height = lines.length * CELL.height + 2 * MARGIN;
  const state = { isBold: false, isDim: false, color: undefined };
  const rows = lines.map((line, index) => {
    const y = MARGIN + (index + 0.75) * CELL.height;
    return runsOf(line, state)
      .filter(({ text }) => text.trim() !== '')
      .map(({ text, column, style }) => run(text, column, y, style, theme))
      .join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="bootmend fix">
<rect width="100%" height="100%" rx="8" fill="${theme.paper}"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="${theme.ink}">
${rows.filter((row) => row !== '').join('\n')}
</g>
</svg>
`;
}

/** The parts of a line that look alike, each with the column that it begins in; how text looks goes on over line ends. */
function runsOf(line, state) {
  const runs = [];
  let column = 0;
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) for (const code of codes.split(';').map(Number)) turn(state, code);
    else if (part !== '') {
      runs.push({ text: part, column, style: { ...state } });
      column += [...part].length;
    }
  }
  return runs;
}

function turn(state, code) {
  if (code === 0) Object.assign(state, { isBold: false, isDim: false, color: undefined });
  else if (code === 1) state.isBold = true;
  else if (code === 2) state.isDim = true;
  else if (code === 22) Object.assign(state, { isBold: false, isDim: false });
  else if (code === 39) state.color = undefined;
  else if (COLORS[code] !== undefined) state.color = COLORS[code];
}

function run(text, column, y, { isBold, isDim, color }, theme) {
  const x = (MARGIN + column * CELL.width).toFixed(1);
  const length = ([...text].length * CELL.width).toFixed(1);
  const fill = color !== undefined ? ` fill="${theme[color]}"` : isDim ? ` fill="${theme.dim}"` : '';
  const weight = isBold ? ' font-weight="bold"' : '';
  return `<text x="${x}" y="${y}" textLength="${length}"${fill}${weight}>${escaped(text)}</text>`;
}

/** Blanks are the kind that an SVG keeps. */
function escaped(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(' ', '\u00a0');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(project, 'docs/pictures');
  mkdirSync(folder, { recursive: true });
  for (const [name, svg] of Object.entries(await pictures()))
    writeFileSync(join(folder, `fix-${name}.svg`), svg);
}
