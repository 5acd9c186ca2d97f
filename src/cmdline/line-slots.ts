import { isSameName, type Parameter } from './parameter.ts';
import { slotRule } from './slot-rules.ts';

/**
 * The slot of each word of a line: words with the same text here are values for the same thing. A number of huge pages
 * belongs to the page size in front of it.
 *
 * Source: hugepages_setup() in the kernel's mm/hugetlb.c; for the others see slot-rules.ts.
 */
export function lineSlots(parameters: readonly Parameter[]): readonly string[] {
  let size = '';
  return parameters.map(({ name, value }) => {
    const rule = slotRule(name);
    const slot = rule?.slot(value ?? '') ?? '';
    if (isSameName(name, 'hugepagesz')) size = slot;
    return `${name.replaceAll('-', '_')}\0${isSameName(name, 'hugepages') ? size : slot}`;
  });
}

/** The devices of a line's `console=` words, each once; the last one becomes /dev/console. */
export function consoleDevices(parameters: readonly Parameter[]): readonly string[] {
  const rule = slotRule('console');
  const devices = parameters
    .filter(({ name, value }) => name === 'console' && value !== undefined)
    .map(({ value = '' }) => rule?.slot(value) ?? value);
  return devices.filter((device, index) => devices.lastIndexOf(device) === index);
}
