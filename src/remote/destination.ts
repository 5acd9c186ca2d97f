/** Another machine, as a person names it on our command line. */
export interface Destination {
  /** As it was written. */
  readonly text: string;
  /** Undefined where ssh is to choose. */
  readonly user: string | undefined;
  /** A name, an alias of ssh_config(5) or an address; IPv6 without its brackets. */
  readonly host: string;
  readonly port: number | undefined;
}

const USER = /^\w[\w.+@-]*\$?$/;
const NAME = /^\w[\w.-]*$/;
const IPV6 = /^[\da-fA-F:.]*:[\da-fA-F:.]*(?:%\w[\w.-]*)?$/;
const LARGEST_PORT = 65_535;

/**
 * `[USER@]HOST[:PORT]`, IPv6 in brackets. No character is taken that could begin an option of ssh or mean something to the shell
 * that it hands `%h` and `%r` of ssh_config(5) to (CVE-2023-51385).
 *
 * @returns undefined where it is not one
 */
export function parseDestination(text: string): Destination | undefined {
  const parts = /^(?:(.*)@)?(?:\[([^\]]*)\]|([^@:[\]]*))(?::(\d{1,5}))?$/s.exec(text);
  if (parts === null) return undefined;
  const [, user, address, name, digits] = parts;
  const host = address ?? name ?? '';
  const port = digits === undefined ? undefined : Number(digits);
  const isHost = address === undefined ? NAME.test(host) : IPV6.test(host);
  const isPort = port === undefined || (port > 0 && port <= LARGEST_PORT);
  const isUser = user === undefined || USER.test(user);
  return isHost && isPort && isUser ? { text, user, host, port } : undefined;
}
