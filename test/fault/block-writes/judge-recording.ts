import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { readAsGrub } from '../power-cut/machine.ts';
import { configText, turnOf } from '../power-cut/turns.ts';
import type { BlockOperation, Recording } from './recording.ts';

export interface Verdict {
  /** Disks at a flush, with everything before it and nothing after. */
  readonly borders: number;
  /** Disks with some of the writes since a flush: each without one of them, and as many by chance as were asked for. */
  readonly subsets: number;
  readonly violations: readonly string[];
}

type Write = BlockOperation & { readonly kind: 'write' };

/**
 * Reads the configuration with GRUB's own file system code from every disk at a flush border, and from disks where any of
 * the writes since the last flush are there and others are not, as a cache that lost its power leaves them. A disk that
 * lacks a single one is among these whatever chance says: a name without its inode, an inode without its text.
 *
 * @param leastByChance how many of those beside the ones that lack a single write, spread over all borders
 * @param random a number from 0 to below 1
 */
export function judgeRecording(
  { imagePath, operations, configPath }: Recording,
  leastByChance: number,
  random: () => number,
): Verdict {
  const image = openSync(imagePath, 'r+');
  const violations: string[] = [];
  const flights = flightsOf(operations);
  const each = Math.ceil(
    leastByChance / Math.max(1, flights.filter(({ writes }) => writes.length > 0).length),
  );
  let borders = 0;
  let subsets = 0;
  const judge = (applied: number, what: string) => {
    const seen = readTurn(imagePath, configPath);
    if (seen === applied || seen === applied + 1) return;
    violations.push(`${what}, after change ${applied}: GRUB reads ${seen ?? 'neither text'}`);
  };
  const judgeSome = (written: readonly Write[], applied: number, what: string) => {
    const undo = writeAll(image, written);
    judge(applied, what);
    undo();
    subsets += 1;
  };
  try {
    for (const [number, { writes, marks, applied }] of flights.entries()) {
      judge(applied, `at flush ${number}`);
      borders += 1;
      for (let sample = 0; sample < each && writes.length > 0; sample += 1) {
        const cut = Math.floor(random() * (writes.length + 1));
        const likely = random();
        const some = writes.slice(0, cut).filter(() => random() < likely);
        judgeSome(some, appliedAt(marks, cut) ?? applied, `with some of ${cut} writes since flush ${number}`);
      }
      for (const missing of writes) {
        const others = writes.filter((write) => write !== missing);
        judgeSome(
          others,
          appliedAt(marks, writes.length) ?? applied,
          `without one write since flush ${number}`,
        );
      }
      writeAll(image, writes);
    }
    judge(flights.at(-1)?.applied ?? 0, 'at the end');
  } finally {
    closeSync(image);
  }
  return { borders, subsets, violations };
}

/** The writes between two flushes, and which changes were reported done among them. */
interface Flight {
  readonly writes: Write[];
  /** By the number of writes before it. */
  readonly marks: { readonly at: number; readonly applied: number }[];
  /** When it begins. */
  readonly applied: number;
}

function flightsOf(operations: readonly BlockOperation[]): readonly Flight[] {
  const flights: Flight[] = [];
  let flight: Flight = { writes: [], marks: [], applied: 0 };
  for (const operation of operations) {
    if (operation.kind === 'write') flight.writes.push(operation);
    if (operation.kind === 'mark')
      flight.marks.push({ at: flight.writes.length, applied: operation.applied });
    if (operation.kind !== 'flush') continue;
    flights.push(flight);
    flight = { writes: [], marks: [], applied: flight.marks.at(-1)?.applied ?? flight.applied };
  }
  return [...flights, flight];
}

function appliedAt(marks: Flight['marks'], cut: number): number | undefined {
  return marks.findLast(({ at }) => at < cut)?.applied;
}

/** @returns what takes the writes back */
function writeAll(image: number, writes: readonly Write[]): () => void {
  const before = writes.map(({ offset, bytes }) => {
    const old = Buffer.alloc(bytes.length);
    readSync(image, old, 0, old.length, offset);
    writeSync(image, bytes, 0, bytes.length, offset);
    return { offset, old };
  });
  return () => {
    for (const { offset, old } of before.reverse()) writeSync(image, old, 0, old.length, offset);
  };
}

function readTurn(imagePath: string, configPath: string): number | undefined {
  try {
    return turnOf(readAsGrub(imagePath, configPath), configText);
  } catch {
    return undefined;
  }
}
