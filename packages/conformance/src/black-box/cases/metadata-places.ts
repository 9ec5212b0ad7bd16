import { defineCases } from '../define-cases.js';
import { headerOf, membersOf, readObject } from '../exchange.js';
import { challengedUrl, wellKnownUrl } from '../find-metadata.js';
import type { Probe } from '../probe.js';
import { check, describeAnswer, failed, passed, skipped, type Verdict } from '../verdict.js';
import { noDocument } from './metadata-parts.js';

/** Asks for the document that was found, in another way. */
async function again(probe: Probe, ask: (url: string, text: string) => Promise<Verdict>): Promise<Verdict> {
  const found = await probe.metadata();
  return found === undefined ? skipped(noDocument) : ask(found.url, JSON.stringify(found.document));
}

const foreignOrigin = 'https://app.example.com';

export const metadataPlaceCases = defineCases('metadata', {
  'metadata-discovery': {
    title: 'clients find the document: named in the challenge, or at a well-known URL',
    requirements: ['MCP-2026-07-28-RS-006', 'MCP-2026-07-28-RS-007'],
    fix: 'Name the URL of the document in resource_metadata of every challenge.',
    probe: async (probe) => {
      const response = await probe.unauthenticated();
      const found = await probe.metadata();
      return check(found !== undefined, 'a document at one of the two', describeAnswer(response));
    },
  },
  'metadata-in-challenge': {
    title: 'the challenge leads to the document',
    requirements: ['MCP-2025-06-18-RS-005'],
    fix: 'Name the absolute URL of the document in resource_metadata of every 401.',
    probe: async (probe) => {
      const response = await probe.unauthenticated();
      if (response.status !== 401) return skipped('There is no 401 to look at: see open-door.');
      const named = challengedUrl(response);
      if (named === undefined)
        return failed('resource_metadata with an absolute URL', describeAnswer(response));
      const answer = await probe.get(named);
      return check(
        answer.status === 200 && readObject(answer.body) !== undefined,
        `200 and a JSON object at ${named}`,
        describeAnswer(answer),
      );
    },
  },
  'metadata-challenge-url': {
    title: 'where a challenge names a document, it is there',
    requirements: ['RFC9728-5.1-01'],
    fix: 'resource_metadata must be the absolute URL under which the document is published, as seen from outside.',
    probe: async (probe) => {
      const response = await probe.unauthenticated();
      const header = headerOf(response, 'www-authenticate') ?? '';
      if (!/resource_metadata/i.test(header)) return skipped('No challenge names a document.');
      const named = challengedUrl(response);
      if (named === undefined) return failed('an absolute URL', header);
      const answer = await probe.get(named);
      return check(
        answer.status === 200 && readObject(answer.body) !== undefined,
        `200 and a JSON object at ${named}`,
        describeAnswer(answer),
      );
    },
  },
  // RFC 9728 wants it there of everybody. MCP 2025-06-18 has clients follow the challenge; later revisions want one of the two, and take the root of the host as well
  'metadata-well-known': {
    title:
      'the document is at the well-known URL of the resource too, a MUST of RFC 9728 that MCP relaxes where clients find it otherwise',
    requirements: ['RFC9728-3-01', 'MCP-2026-07-28-RS-007'],
    severity: 'note',
    clause:
      'RFC 9728 §3; MCP 2026-07-28, Authorization / Authorization Server Discovery, Protected Resource Metadata Discovery Requirements',
    fix: 'For clients that follow RFC 9728 alone, publish it at /.well-known/oauth-protected-resource followed by the path of the endpoint, at the root of the host.',
    probe: (probe) =>
      again(probe, async () => {
        const url = wellKnownUrl(await probe.resource());
        const answer = await probe.get(url);
        return check(
          answer.status === 200 && readObject(answer.body) !== undefined,
          `200 and a JSON object at ${url}`,
          describeAnswer(answer),
        );
      }),
  },
  'metadata-unknown-path': {
    title: 'a path without a resource has no document',
    requirements: ['RFC9728-3.2-04'],
    fix: 'Serve the document at its own path only, and 404 elsewhere.',
    probe: (probe) =>
      again(probe, async () => {
        const unknown = `${new URL(probe.url).origin}/no-such-resource`;
        const answer = await probe.get(wellKnownUrl(unknown));
        // Where every path is a resource, such as one for each customer, this one is
        const isItsOwn = readObject(answer.body)?.resource === unknown;
        const isRefused = answer.status >= 400 && answer.status < 500;
        return check(isItsOwn || isRefused, '404', describeAnswer(answer));
      }),
  },
  'metadata-stable': {
    title: 'no header of a request changes what the document says',
    requirements: ['MCP-EXT-EMA-01', 'RFC9728-3.3-03'],
    fix: 'Take the public URL from the configuration, never from Host or X-Forwarded-Host.',
    probe: (probe) =>
      again(probe, async (url, text) => {
        const spoofed = [
          ['X-Forwarded-Host', 'evil.example'],
          ['X-Forwarded-Proto', 'http'],
          ['Forwarded', 'host=evil.example;proto=http'],
        ] as const;
        const answer = await probe.get(url, spoofed);
        if (answer.status >= 400) return passed;
        const seen = readObject(answer.body);
        return check(JSON.stringify(seen) === text, 'the same document', answer.body.slice(0, 300));
      }),
  },
  'metadata-open': {
    title: 'whoever brings a bad token may read the document too',
    requirements: ['MCP-2026-07-28-RS-003', 'RFC9728-3.2-01'],
    fix: 'Mount the route of the metadata in front of the check of tokens.',
    probe: (probe) =>
      again(probe, async (url) => {
        const answer = await probe.get(url, [['Authorization', 'Bearer not-a-token']]);
        return check(answer.status === 200, '200', describeAnswer(answer));
      }),
  },
  'metadata-head': {
    title: 'HEAD works where GET does',
    requirements: ['RFC9110-9.1-01'],
    fix: 'Answer HEAD like GET, without the body.',
    probe: (probe) =>
      again(probe, async (url) => {
        const answer = await probe.send({ method: 'HEAD', url, headers: [] });
        return check(
          answer.status === 200 && answer.body === '',
          '200 without a body',
          describeAnswer(answer),
        );
      }),
  },
  'metadata-other-methods': {
    title: 'the document cannot be written',
    requirements: ['RFC9110-9.1-01'],
    fix: 'Answer POST, PUT and DELETE with 405 and Allow.',
    probe: (probe) =>
      again(probe, async (url) => {
        const answer = await probe.send({
          method: 'POST',
          url,
          headers: [['Content-Type', 'application/json']],
          body: '{}',
        });
        const isRefused = answer.status >= 400 && answer.status < 500;
        const hasAllow = answer.status !== 405 || headerOf(answer, 'allow') !== undefined;
        return check(
          isRefused && hasAllow,
          '405 with Allow, or 404',
          `${describeAnswer(answer)}${hasAllow ? '' : ', without Allow'}`,
        );
      }),
  },
  'metadata-cors': {
    title: 'pages of any origin may read the document',
    requirements: ['RFC9110-CORS-01'],
    fix: 'Answer with Access-Control-Allow-Origin: * at the metadata, in front of every check of origins.',
    probe: (probe) =>
      again(probe, async (url) => {
        const answer = await probe.get(url, [['Origin', foreignOrigin]]);
        const allowed = headerOf(answer, 'access-control-allow-origin');
        return check(
          allowed === '*' || allowed === foreignOrigin,
          'Access-Control-Allow-Origin',
          allowed ?? 'no such header',
        );
      }),
  },
  'metadata-preflight': {
    title: 'a preflight for the document is answered',
    requirements: ['RFC9110-CORS-01', 'RFC9110-9.1-01'],
    fix: 'Answer OPTIONS at the metadata with 204 and Access-Control-Allow-Headers: clients send MCP-Protocol-Version.',
    probe: (probe) =>
      again(probe, async (url) => {
        const answer = await probe.send({
          method: 'OPTIONS',
          url,
          headers: [
            ['Origin', foreignOrigin],
            ['Access-Control-Request-Method', 'GET'],
            ['Access-Control-Request-Headers', 'mcp-protocol-version'],
          ],
        });
        const allowed = membersOf(answer, 'access-control-allow-headers');
        const isGood =
          answer.status < 300 && (allowed.includes('*') || allowed.includes('mcp-protocol-version'));
        return check(
          isGood,
          '2xx that allows MCP-Protocol-Version',
          `${answer.status}, ${allowed.join(', ')}`,
        );
      }),
  },
  'metadata-caching': {
    title: 'the document may be cached, for a time that is said',
    requirements: ['RFC9728-7.10-01'],
    severity: 'note',
    fix: 'Send Cache-Control with max-age.',
    probe: async (probe) => {
      const found = await probe.metadata();
      if (found === undefined) return skipped(noDocument);
      const control = headerOf(found.exchange.response, 'cache-control');
      return check(/max-age=\d+/.test(control ?? ''), 'Cache-Control: max-age', control ?? 'no such header');
    },
  },
  'legacy-metadata': {
    title: 'metadata of an authorization server at the origin of the resource is its own',
    requirements: ['MCP-2025-03-26-CF-013'],
    fix: 'Serve /.well-known/oauth-authorization-server only with the origin as the issuer, or not at all.',
    probe: async (probe) => {
      const { origin } = new URL(probe.url);
      const answer = await probe.get(`${origin}/.well-known/oauth-authorization-server`);
      const document = answer.status === 200 ? readObject(answer.body) : undefined;
      if (document === undefined) return passed;
      const issuer = String(document.issuer);
      return check(issuer.replace(/\/$/, '') === origin, `issuer ${origin}`, issuer);
    },
  },
});
