/** What a node of a script's syntax tree is. A `list` holds the commands of one part of a compound command. */
export const nodeKind = {
  script: 0,
  command: 1,
  block: 2,
  list: 3,
  if: 4,
  for: 5,
  while: 6,
  until: 7,
  function: 8,
} as const;

/** One of `nodeKind`. */
export type NodeKind = (typeof nodeKind)[keyof typeof nodeKind];

/**
 * The inner nodes of a script in the order they begin. Node `i` covers the tokens from `firstTokens[i]` up to
 * `endTokens[i]`, its children are the nodes from `i + 1` up to `nextNodes[i]`.
 */
export interface NodeTable {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly firstTokens: Int32Array;
  readonly endTokens: Int32Array;
  readonly nextNodes: Int32Array;
}

/** Collects nodes. */
export interface NodeWriter {
  /** Begins a node at a token; what is begun before it is closed becomes its child. */
  readonly open: (kind: NodeKind, firstToken: number) => number;
  /** Ends a node before a token. */
  readonly close: (node: number, endToken: number) => void;
  readonly finish: () => NodeTable;
}

/** An empty table for a script of that many tokens. */
export function createNodeWriter(tokenCount: number): NodeWriter {
  let capacity = Math.max(16, tokenCount >> 3);
  let kinds = new Uint8Array(capacity);
  let firstTokens = new Int32Array(capacity);
  let endTokens = new Int32Array(capacity);
  let nextNodes = new Int32Array(capacity);
  let count = 0;
  const wider = (column: Int32Array) => {
    const copy = new Int32Array(capacity);
    copy.set(column);
    return copy;
  };
  const grow = () => {
    capacity += capacity >> 1;
    const widerKinds = new Uint8Array(capacity);
    widerKinds.set(kinds);
    kinds = widerKinds;
    firstTokens = wider(firstTokens);
    endTokens = wider(endTokens);
    nextNodes = wider(nextNodes);
  };
  return {
    open: (kind, firstToken) => {
      if (count === capacity) grow();
      kinds[count] = kind;
      firstTokens[count] = firstToken;
      count += 1;
      return count - 1;
    },
    close: (node, endToken) => {
      endTokens[node] = endToken;
      nextNodes[node] = count;
    },
    finish: () => ({ count, kinds, firstTokens, endTokens, nextNodes }),
  };
}
