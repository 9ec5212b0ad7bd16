/**
 * Requirements that no test of this repository can show, or that it does not claim to meet, with the reason.
 *
 * A key ending in `*` stands for every id that begins with it. An entry for a requirement that a test does cite is a
 * mistake, and the check says so.
 */

const platform = 'TLS and certificates belong to the platform; fetch and the server in front decide them';
const application = 'about the application behind the gate, which this library does not run';
const signedMetadata =
  'signed_metadata is neither produced nor trusted; consumers may ignore it (RFC 9728 §2.2)';
const resourceMetadataConsumer =
  'nothing here fetches the metadata of another protected resource; that is a client’s task';

/** @type {Record<string, string>} */
export const excluded = {
  'MCP-2026-07-28-RS-002': 'nothing here is wired to a stdio transport: the library only sees HTTP requests',
  'MCP-2026-07-28-RS-011': 'advice on how an author chooses scopes; no program can tell',
  'MCP-2026-07-28-RS-027':
    'recorded exclusion: a SHOULD for tolerance of upper-case hosts in aud gives way to comparison byte for byte; tests show the refusal',
  'MCP-2026-07-28-RS-032': application,
  'MCP-2026-07-28-RS-035': 'about authorization proxies; this library is not one',
  'MCP-2026-07-28-RS-038': application,
  'MCP-2026-07-28-RS-039': application,
  'MCP-EXT-EMA-03': 'done by an identity provider and a client; a resource server takes no part',
  'MCP-EXT-WIF-01':
    'a demand on authorization servers for workloads, which the MCP check of the schemas does not cover',
  'RFC9728-2.2-02': signedMetadata,
  'RFC9728-3.3-02': resourceMetadataConsumer,
  'RFC9728-3.3-04': signedMetadata,
  'RFC9728-3.1-01': resourceMetadataConsumer,
  'RFC9728-7.1-01': platform,
  'RFC9728-7.3-01': platform,
  'RFC9728-7.9-01': signedMetadata,
  'RFC8414-6.2-01': platform,
  'RFC8707-2-03': 'a demand on authorization servers; what they do with resource is not visible here',
  'RFC9470-7-01':
    'about metadata of authorization servers (acr_values_supported), of which a resource server reads nothing for a login',
};
