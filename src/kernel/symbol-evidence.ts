import { parseParameter } from '../cmdline/parameter.ts';
import type { Evidence, EvidenceSays, Seen } from './evidence.ts';
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
  const isHidden = reading.source === 'system-map' || finding.says !== 'present';
  const seen: Finding =
    reading.gap !== undefined && isHidden
      ? { says: 'inconclusive', code: 'symbols.incomplete', data: { reason: reading.gap } }
      : finding;
  return { source: reading.source, path, strength: 'observation', ...seen };
}

type Finding = Seen & { readonly says: EvidenceSays };

function findingOf(reading: SymbolReading, parameter: string): Finding {
  const word = parseParameter(parameter);
  const { name, value } = word;
  const known = setupSymbolsOf(word);
  if (known === undefined) return moduleParameterFinding(reading, name);
  const symbol = listedHandler(reading, known);
  if (symbol === undefined) {
    const expected = known.handlers[0] ?? '';
    if (!known.isEveryName) return { says: 'inconclusive', code: 'symbols.no-known-symbol', data: { name } };
    return { says: 'absent', code: 'symbols.handler-missing', data: { symbol: expected } };
  }
  if (known.tokens === undefined || value === undefined || value === '') {
    return { says: 'present', code: 'symbols.handler-listed', data: { symbol } };
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
  if (symbols === undefined) return { says: 'inconclusive', code: 'symbols.token-unseen', data };
  const all = [...symbols.data, ...symbols.text];
  for (const symbol of all) {
    if (hasSymbol(reading.text, symbol))
      return { says: 'present', code: 'symbols.token-listed', data: { ...data, symbol } };
  }
  const symbol = all[0] ?? '';
  if (!reading.listsData || !reading.reachesEnd)
    return { says: 'inconclusive', code: 'symbols.token-unseen', data };
  return { says: 'absent', code: 'symbols.token-missing', data: { ...data, symbol } };
}

/**
 * A built-in `module.parameter` is listed as `__param_parameter` (include/linux/moduleparam.h). The module isn't in the
 * symbol, so that it shows a parameter of this name, not whose.
 */
function moduleParameterFinding(reading: SymbolReading, name: string): Finding {
  const symbol = `__param_${name.slice(name.lastIndexOf('.') + 1).replaceAll('-', '_')}`;
  if (hasSymbol(reading.text, symbol)) {
    return { says: 'inconclusive', code: 'symbols.module-parameter-listed', data: { symbol } };
  }
  return { says: 'inconclusive', code: 'symbols.no-known-symbol', data: { name } };
}
