import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPage } from '../src/page/draw-page.js';
import { play } from '../src/scenario.js';
import { createShortChapters } from '../src/scenario/chapters.js';
import { setStage, type Stage } from '../src/stage.js';
import type { Decision, DecisionEvent, Trace, TracedExchange } from '../src/trace.js';

const run = { recordedAt: new Date(0), command: 'npm start' };

/** Every tag of a page, with its attributes as they stand. */
function readTags(page: string): { name: string; attributes: [string, string][] }[] {
  return [...page.matchAll(/<(?!!)\/?([a-z]\w*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, name = '', rest = '']) => ({
      name: name.toLowerCase(),
      attributes: [...rest.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [
        key,
        value,
      ]),
    }),
  );
}

const knownTags = new Set(
  'html head meta title style body a header h1 p code nav ol li main section h2 h3 div svg text line polygon details summary span pre strong'.split(
    ' ',
  ),
);

describe('the page of a run', () => {
  let stage: Stage;
  let trace: Trace;
  let page: string;

  beforeAll(async () => {
    stage = await setStage(0);
    trace = await play(createShortChapters(stage), stage.recorder);
    page = drawPage(trace, run);
  });
  afterAll(() => stage.close());

  const exchanges = (): TracedExchange[] =>
    trace.chapters.flatMap(({ steps }) => steps).flatMap((step) => step.exchanges);

  it('shows each message, and draws each arrow as a link to what was said', () => {
    for (const [index] of exchanges().entries()) {
      expect(page).toContain(`id="message-${index + 1}"`);
      expect(page.match(new RegExp(`<a href="#message-${index + 1}">`, 'g'))).toHaveLength(2);
    }
    expect(page).toContain('WWW-Authenticate: Bearer');
    for (const name of ['user agent', 'client', 'whoami', 'authorization server'])
      expect(page).toContain(`>${name}</text>`);
  });

  it('shows each decision with its event, and leads from each refusal to the page of its code', () => {
    const decisions = exchanges().flatMap(({ decision }) => decision ?? []);
    expect(decisions.filter(({ event }) => event.outcome === 'allow').length).toBeGreaterThan(2);
    expect(page.match(/The event, as its owner gets it/g)).toHaveLength(decisions.length);
    for (const code of [
      'missing_credentials',
      'token_expired',
      'wrong_audience',
      'untrusted_issuer',
      'insufficient_scope',
    ]) {
      expect(page).toContain(`docs/errors.md#${code}">${code}</a>`);
      expect(page).toContain(`&quot;code&quot;: &quot;${code}&quot;`);
    }
  });

  it('gives every request that a server judged its own decision', () => {
    for (const { to, request, response, decision } of exchanges()) {
      if (to !== 'whoami' || request.method !== 'POST') continue;
      expect(decision?.event.outcome).toBe(
        response.status === 200 || response.status === 202 ? 'allow' : 'deny',
      );
      if (decision?.event.outcome === 'deny') expect(decision.event.status).toBe(response.status);
    }
  });

  it('holds no token, code or secret', () => {
    expect(page).not.toMatch(/eyJ[\w-]{10}/);
    expect(page).not.toMatch(/\b(?:code|code_verifier)=(?!\[redacted\])/);
    expect(page).toContain('Authorization: Bearer [redacted]');
  });

  it('needs nothing from elsewhere and runs nothing, and its policy says so', () => {
    expect(page).not.toMatch(/<(?:script|link|img|iframe|form|object|embed)\b|\bsrc=|url\(|@import/i);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/\sstyle="/);
  });

  it('has nothing but known tags, no handler, and links that lead into it or to the documentation', () => {
    const ids = new Set(
      readTags(page).flatMap(({ attributes }) =>
        attributes.flatMap(([key, value]) => (key === 'id' ? value : [])),
      ),
    );
    for (const { name, attributes } of readTags(page)) {
      expect(knownTags).toContain(name);
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^on/i);
        if (key === 'href') expect(value.startsWith('https://') || ids.has(value.slice(1)), value).toBe(true);
      }
    }
  });

  it('can be read without a mouse, and in the dark', () => {
    expect(page).toContain('<a class="skip" href="#run">');
    expect(page).toMatch(/:focus-visible \{ outline/);
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('color-scheme: light dark');
    expect(page).toContain('<div class="drawing" tabindex="0" role="group"');
  });
});

describe('what came over the wire', () => {
  const hostile = `</pre></style></title><script>alert(1)</script><img src=x onerror="alert(1)">'"\`&lt;`;
  const invisible = 'a\u202eb\u0000c\ud800d\u200be\u2028f\u001b[31mg\rh';

  const pageWith = (text: string, link = 'javascript:alert(1)'): string => {
    const event: DecisionEvent & { outcome: 'deny' } = {
      version: 1,
      time: 0,
      level: 'warn',
      type: 'decision',
      outcome: 'deny',
      status: 401,
      code: 'wrong_audience',
      resource: text,
      route: text,
      via: 'none',
      binding: 'none',
      required: [text],
      actual: text,
      claimed: { issuer: text },
    };
    const decision: Decision = { server: text, event, refusal: { sentence: text, link } };
    const exchange: TracedExchange = {
      from: text,
      to: `to ${text}`,
      sent: 1,
      answered: 2,
      request: {
        method: text,
        url: `http://127.0.0.1:1/%zz${encodeURIComponent('<b>')}?a=${encodeURI('<script>')}&b=%ff`,
        headers: { 'content-type': text, authorization: text, 'mcp-name': text },
        body: { method: text, [text]: [text, { [text]: text }], list: null },
      },
      response: {
        status: 401,
        headers: { 'www-authenticate': text, location: `/x?${text}`, 'retry-after': text },
        body: text,
      },
      decision,
      highlight: { title: text, line: text },
    };
    const step = { title: text, exchanges: [exchange], failure: text };
    return drawPage({ chapters: [{ title: text, steps: [step] }] }, { ...run, command: text });
  };

  it('is text, whatever it looks like, in every place it can have', () => {
    const tags = readTags(pageWith(hostile));
    for (const { name, attributes } of tags) {
      expect(knownTags).toContain(name);
      for (const [key] of attributes) expect(key).not.toMatch(/^on|^src$/);
    }
    // What is not written by hostile texts has the very tags that harmless ones leave
    expect(tags.map(({ name }) => name)).toEqual(readTags(pageWith('harmless')).map(({ name }) => name));
    expect(pageWith(hostile).match(/<\/(?:style|title)>/g)).toHaveLength(2);
  });

  it('links to nothing but pages of the web', () => {
    expect(pageWith('a')).not.toContain('javascript:');
    expect(pageWith('a', 'https://example.com/errors#"><script>')).toContain(
      'href="https://example.com/errors#&quot;&gt;&lt;script&gt;"',
    );
  });

  it('is seen as it is: nothing turns the direction, hides, or moves a cursor', () => {
    const page = pageWith(invisible);
    expect(page).toContain('a\\u{202e}b\\u{0}c\\u{d800}d\\u{200b}e\\u{2028}f\\u{1b}[31mg\\u{d}h');
    expect(page).not.toMatch(/[^\P{C}\t\n]/u);
  });

  it('may be a body that is no object', () => {
    const page = drawPage(
      {
        chapters: [
          {
            title: 'a',
            steps: [
              {
                title: 'a',
                exchanges: [
                  {
                    from: 'a',
                    to: 'b',
                    sent: 1,
                    answered: 2,
                    request: { method: 'POST', url: 'http://127.0.0.1:1/', headers: {}, body: null },
                    response: { status: 200, headers: {}, body: [1] },
                  },
                ],
              },
            ],
          },
        ],
      },
      run,
    );
    expect(page).toContain('null</pre>');
  });
});
