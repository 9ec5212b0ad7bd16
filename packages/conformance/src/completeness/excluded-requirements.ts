/** A rule that no case shows. */
export interface ExcludedRequirement {
  readonly id: string;
  readonly reason: string;
}

const application = 'Belongs to the MCP server behind the gate: the SDK or the application.';
const transport = 'TLS ends in front of the adapter.';

/** Of no use in either form: neither adapters nor servers are judged by it. */
export const excludedFromBoth: readonly ExcludedRequirement[] = [
  { id: 'MCP-2026-07-28-RS-035', reason: 'About proxies that are authorization servers themselves.' },
];

/** Rules a peer could see that are not shown here, each with the reason. */
export const excludedRequirements: readonly ExcludedRequirement[] = [
  ...excludedFromBoth,
  { id: 'MCP-2025-11-25-RS-037', reason: application },
  { id: 'MCP-2026-07-28-RS-038', reason: application },
  { id: 'MCP-2026-07-28-RS-040', reason: application },
  { id: 'MCP-2025-06-18-RS-041', reason: application },
  { id: 'MCP-2026-07-28-RS-042', reason: application },
  { id: 'RFC6750-5.3-01', reason: transport },
  { id: 'RFC9728-7.1-01', reason: transport },
  {
    id: 'RFC9728-2.2-01',
    reason: 'Metadata is not signed here; a value that is configured is published as it is.',
  },
  {
    id: 'RFC7662-4-03',
    reason:
      'Certificates are checked by the fetch of the platform; an endpoint without TLS is refused at start.',
  },
];
