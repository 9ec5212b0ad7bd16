import { excludedFromBoth, type ExcludedRequirement } from '../completeness/excluded-requirements.js';

const login = 'It takes a login at the authorization server, which nobody does here.';
const certificates = 'It takes client certificates, and a server behind TLS that asks for them.';
const handles = 'Handles are of the application: from outside nobody knows how to get one.';
const provider =
  'About what the server sends to an authorization server: seen there, where it is shown with the adapter form.';
const choice = 'The owner of the server chooses: nothing to fail.';

/** Rules a peer could see that no case of an audit shows, each with the reason. */
export const excludedFromAudit: readonly ExcludedRequirement[] = [
  ...excludedFromBoth,
  { id: 'MCP-2026-07-28-RS-026', reason: 'Whether scopes form a hierarchy cannot be seen from outside.' },
  {
    id: 'MCP-2026-07-28-RS-027',
    reason:
      'RFC 8707 §2.2 compares audiences exactly; whoever accepts other spellings of the host, and whoever does not, has a clause for it.',
  },
  { id: 'MCP-2026-07-28-RS-038', reason: handles },
  { id: 'MCP-2026-07-28-RS-039', reason: handles },
  { id: 'RFC8705-3-01', reason: certificates },
  { id: 'RFC8705-3-02', reason: certificates },
  { id: 'RFC8705-3.1-01', reason: certificates },
  { id: 'RFC8705-3.2-01', reason: certificates },
  { id: 'RFC8705-6.5-01', reason: certificates },
  { id: 'RFC8707-2-03', reason: login },
  {
    id: 'RFC9068-4-06',
    reason: 'Nobody agreed on encrypted tokens with a server that is judged from outside.',
  },
  { id: 'RFC7662-4-03', reason: provider },
  { id: 'RFC7662-4-01', reason: 'It takes minutes of waiting for what a cache does.' },
  { id: 'RFC6750-2-01', reason: choice },
];
