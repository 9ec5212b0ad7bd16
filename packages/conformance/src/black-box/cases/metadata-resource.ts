import { defineCases } from '../define-cases.js';
import { headerOf, show } from '../exchange.js';
import { check } from '../verdict.js';
import { about, isSafeUrl } from './metadata-parts.js';

/** RFC 9728 §1.2: https, no fragment; http on this machine while developing. */
function isIdentifier(value: unknown): boolean {
  return isSafeUrl(value) && !String(value).includes('#');
}

/** Members of the document that hold lists. */
const listMembers = [
  'authorization_servers',
  'scopes_supported',
  'bearer_methods_supported',
  'resource_signing_alg_values_supported',
  'authorization_details_types_supported',
  'dpop_signing_alg_values_supported',
];

function isListOfStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Whether there is a document, and which resource it is about. */
export const metadataResourceCases = defineCases('metadata', {
  'metadata-published': {
    title: 'a protected server publishes its metadata where clients look for it',
    requirements: ['MCP-2026-07-28-RS-003'],
    fix: 'Serve the protected resource metadata at /.well-known/oauth-protected-resource followed by the path of the endpoint, outside of every prefix and without a token.',
    probe: async (probe) => {
      const found = await probe.metadata();
      return check(
        found !== undefined,
        '200 and a JSON object at one of the places',
        'no document at the URL of the challenge, nor at the well-known URLs',
      );
    },
  },
  'metadata-type': about(
    {
      title: 'the document is JSON and says so',
      requirements: ['RFC9728-3.2-01'],
      fix: 'Answer with Content-Type: application/json.',
    },
    (_document, { exchange }) => {
      const type = headerOf(exchange.response, 'content-type');
      return check(
        /^application\/json\s*(?:;|$)/i.test(type ?? ''),
        'Content-Type: application/json',
        show(type),
      );
    },
  ),
  'metadata-lists': about(
    {
      title: 'what the document lists is a list of strings',
      requirements: [],
      severity: 'MUST',
      clause: 'RFC 9728 §2',
      fix: 'Write an array of strings, such as ["notes:read"], and no string with spaces or commas.',
    },
    (document) => {
      const wrong = listMembers.filter((name) => name in document && !isListOfStrings(document[name]));
      return check(
        wrong.length === 0,
        'arrays of strings',
        wrong.map((name) => `${name}: ${show(document[name])}`).join(', '),
      );
    },
  ),
  'metadata-resource-member': about(
    {
      title: 'the document names its resource',
      requirements: ['RFC9728-2-01'],
      fix: 'Add the member resource: the URL of the MCP endpoint.',
    },
    ({ resource }) =>
      check(typeof resource === 'string' && resource !== '', 'a string in resource', show(resource)),
  ),
  'metadata-resource-form': about(
    {
      title: 'the resource identifier is an absolute https URL without a fragment',
      requirements: ['RFC9728-1.2-01', 'MCP-2026-07-28-RS-029', 'RFC8707-2-01'],
      fix: 'Publish the whole public URL of the endpoint: https://host/path.',
    },
    ({ resource }) =>
      check(isIdentifier(resource), 'an absolute https URL without a fragment', show(resource)),
  ),
  'metadata-resource-identity': about(
    {
      title: 'the document names the URL that clients use, character by character',
      requirements: ['RFC9728-3.3-03', 'MCP-2026-07-28-RS-029', 'MCP-2026-07-28-RS-028', 'MCP-EXT-EMA-01'],
      fix: 'Configure the public URL of the endpoint, as clients write it, as the resource identifier: scheme, host, port, path and the slash at the end.',
    },
    ({ resource }, { via }, { url, revision }) => {
      const root = (text: string): string =>
        /^https?:\/\/[^/]+\/?$/.test(text) ? text.replace(/\/$/, '') : text;
      // RFC 9728 §3.3: what is found by a well-known URL names what that was made of, and since MCP 2025-11-25 the root is one of the places
      const names = via === 'root' && revision !== '2025-06-18' ? [url, new URL(url).origin] : [url];
      const isSame = typeof resource === 'string' && names.map(root).includes(root(resource));
      return check(isSame, names.map(show).join(' or '), show(resource));
    },
  ),
  'metadata-resource-slash': about(
    {
      title: 'an identifier without a path has no slash at its end',
      requirements: ['MCP-2026-07-28-RS-028'],
      fix: 'Write https://host instead of https://host/.',
    },
    ({ resource }) =>
      check(
        !/^https?:\/\/[^/]+\/$/.test(String(resource)),
        'no slash at the end of an identifier without a path',
        show(resource),
      ),
  ),
});
