/** One recorded exchange, as docs/scripts/trace/flows.mjs writes it. */
export interface FlowExchange {
  /** The section of "How MCP authorization works", or the scene of the viewer, that it belongs to. */
  readonly scene: string;
  readonly from: string;
  readonly to: string;
  readonly line: string;
  readonly status: number;
  readonly request: string;
  readonly response: string;
  readonly clauses: readonly { readonly name: string; readonly link: string }[];
}

/** Who takes part, from left to right, as the drawings of the site name them. */
export const columns = ['user agent', 'client', 'notes', 'authorization server'] as const;

export function columnOf(name: string): number {
  return columns.findIndex((column) => column === name);
}

/** The number that each exchange has in its flow: that of its scene, and its own within one that has several. */
export function numberScenes(exchanges: readonly FlowExchange[]): readonly string[] {
  const scenes = [...new Set(exchanges.map(({ scene }) => scene))];
  return exchanges.map((exchange) => {
    const number = scenes.indexOf(exchange.scene) + 1;
    const members = exchanges.filter(({ scene }) => scene === exchange.scene);
    return members.length === 1 ? `${number}` : `${number}.${members.indexOf(exchange) + 1}`;
  });
}
