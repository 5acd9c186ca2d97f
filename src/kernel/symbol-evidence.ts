import { parseParameter } from '../cmdline/parameter.ts';
import type { Evidence, EvidenceCode, EvidenceSays } from './evidence.ts';
import { type SetupSymbols, setupSymbolsOf, type TokenSymbols } from './setup-symbols.ts';
import { hasSymbol, type SymbolReading } from './symbols.ts';

/**
 * What a kernel's symbol list says of a parameter.
 *
 * A file that isn't whole proves nothing, as it may be damaged anywhere. The kernel's own list, abridged, still proves
 * what it does name.
 *
 * @param path the file that was read, as the host sees it
 * @param parameter one word, with one token at most where its value is a list
 */
export function symbolEvidence(reading: SymbolReading, path: string, parameter: string): Evidence {
  const finding = findingOf(reading, parameter);
  const [says, code, data] =
    reading.gap !== undefined && (reading.source === 'system-map' || finding[0] !== 'present')
      ? inconclusive('symbols.incomplete', { reason: reading.gap })
      : finding;
  return { source: reading.source, path, says, strength: 'observation', code, data };
}

type Finding = readonly [says: EvidenceSays, code: EvidenceCode, data: Record<string, string>];

function inconclusive(code: EvidenceCode, data: Record<string, string>): Finding {
  return ['inconclusive', code, data];
}

function findingOf(reading: SymbolReading, parameter: string): Finding {
  const word = parseParameter(parameter);
  const { name, value } = word;
  const known = setupSymbolsOf(word);
  if (known === undefined) return moduleParameterFinding(reading, name);
  const symbol = listedHandler(reading, known);
  if (symbol === undefined) {
    const expected = known.handlers[0] ?? '';
    if (!known.isEveryName) return inconclusive('symbols.no-known-symbol', { name });
    return ['absent', 'symbols.handler-missing', { symbol: expected }];
  }
  if (known.tokens === undefined || value === undefined || value === '') {
    return ['present', 'symbols.handler-listed', { symbol }];
  }
  return tokenFinding(reading, known.tokens.get(value), { symbol, token: value });
}

/**
 * The handler is shown by its record in the parameter table (`__setup_` and its name, include/linux/init.h); the
 * function alone counts only where nothing else in the kernel has ever had the name.
 */
function listedHandler(reading: SymbolReading, known: SetupSymbols): string | undefined {
  for (const handler of known.handlers) {
    const record = `__setup_${handler}`;
    if (hasSymbol(reading.text, record)) return record;
    if (known.isEveryName && hasSymbol(reading.text, handler)) return handler;
  }
  return undefined;
}

function tokenFinding(
  reading: SymbolReading,
  symbols: TokenSymbols | undefined,
  data: { symbol: string; token: string },
): Finding {
  if (symbols === undefined) return inconclusive('symbols.token-unseen', data);
  const all = [...symbols.data, ...symbols.text];
  for (const symbol of all) {
    if (hasSymbol(reading.text, symbol)) return ['present', 'symbols.token-listed', { ...data, symbol }];
  }
  const symbol = all[0] ?? '';
  if (!reading.listsData || !reading.reachesEnd) return inconclusive('symbols.token-unseen', data);
  return ['absent', 'symbols.token-missing', { ...data, symbol }];
}

/**
 * A built-in `module.parameter` is listed as `__param_parameter` (include/linux/moduleparam.h). The module isn't in the
 * symbol, so that it shows a parameter of this name, not whose.
 */
function moduleParameterFinding(reading: SymbolReading, name: string): Finding {
  const symbol = `__param_${name.slice(name.lastIndexOf('.') + 1).replaceAll('-', '_')}`;
  if (hasSymbol(reading.text, symbol)) {
    return inconclusive('symbols.module-parameter-listed', { symbol });
  }
  return inconclusive('symbols.no-known-symbol', { name });
}
