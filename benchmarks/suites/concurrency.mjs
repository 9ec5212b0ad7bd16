// How often the issuer is asked when many requests come at once: at a cold start, when keys rotate, when key ids are made up.
import { randomUUID } from 'node:crypto';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { discoveringSubjects } from '../lib/subjects/discovering.mjs';
import { self } from '../lib/subjects/http/names.mjs';
import { createMarks } from '../lib/subjects/marks.mjs';
import { findLenience } from '../lib/subjects/prove.mjs';
import { advanceClock } from '../lib/clock.mjs';

const alg = 'RS256';

/** Asks with all tokens at once; tells how many got through and how often the issuer was asked meanwhile. */
async function ask(judge, tokens, { counts }) {
  const before = { ...counts };
  const verdicts = await Promise.allSettled(tokens.map(async (token) => judge(token)));
  return {
    passed: verdicts.filter(({ status }) => status === 'fulfilled').length,
    metadata: counts.metadata - before.metadata,
    keys: counts.keys - before.keys,
  };
}

const mint = (key, issuer, count) => Array.from({ length: count }, () => key.sign(createClaims(issuer)));

async function withSubject(create, key, use) {
  // Without TLS: a thousand handshakes at once would fail for reasons of their own, and this counts what reaches the issuer
  const issuer = await startIssuer([key], { isSecure: false });
  const { issuer: identifier, jwksUri } = issuer;
  try {
    return await use(create({ alg, issuer: identifier, jwksUri, resource, scope }), issuer);
  } finally {
    await issuer.close();
  }
}

async function measure(create, name) {
  const [key, nextKey, lastKey] = ['first', 'second', 'third'].map((kid) => createSigningKey(alg, kid));
  const passed = await withSubject(create, key, (judge, { issuer }) =>
    findLenience(name, judge, key, issuer),
  );
  return withSubject(create, key, async (judge, issuer) => {
    const cold = await ask(judge, mint(key, issuer.issuer, 1000), issuer);
    // Key sets that are some minutes old, as they usually are when something happens
    const later = () => restores.push(advanceClock(120_000));
    const restores = [];
    try {
      later();
      issuer.publish([nextKey]);
      const rotation = await ask(judge, mint(nextKey, issuer.issuer, 200), issuer);
      issuer.publish([lastKey]);
      const again = await ask(judge, mint(lastKey, issuer.issuer, 200), issuer);
      later();
      const made = mint(lastKey, issuer.issuer, 40);
      const unknown = Array.from({ length: 2000 }, (_, index) => withKeyId(made[index % 40], randomUUID()));
      const random = await ask(judge, unknown, issuer);
      const after = await ask(judge, mint(lastKey, issuer.issuer, 20), issuer);
      return { passed, cold, rotation, again, random, after };
    } finally {
      for (const restore of restores.reverse()) restore();
    }
  });
}

/** The same token under another key id; its signature no longer fits, which nobody can tell without the key. */
function withKeyId(token, kid) {
  const [, claims, signature] = token.split('.');
  const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid })).toString('base64url');
  return `${header}.${claims}.${signature}`;
}

const failures = ({ passed }, of) => (passed === of ? 'none' : `${of - passed} of ${of}`);

/** Runs the suite. */
export async function run({ quick, report }) {
  const rows = [];
  const marks = createMarks();
  for (const [name, create] of Object.entries(discoveringSubjects)) {
    if (quick && name !== self) continue;
    const { passed, cold, rotation, again, random, after } = await measure(create, name);
    marks.add(name, passed);
    rows.push([
      marks.mark(name),
      `${cold.metadata} + ${cold.keys}`,
      failures(rotation, 200),
      rotation.keys,
      failures(again, 200),
      random.keys,
      failures(after, 20),
    ]);
    if (name !== self) continue;
    report.promises.push(
      {
        what: '1,000 cold requests: fetches of metadata',
        value: cold.metadata,
        atMost: 1,
        unit: '',
      },
      { what: '1,000 cold requests: fetches of keys', value: cold.keys, atMost: 1, unit: '' },
      {
        what: '200 requests after a rotation: failures',
        value: 200 - rotation.passed,
        atMost: 0,
        unit: '',
      },
      {
        what: '2,000 made-up key ids: fetches of keys',
        value: random.keys,
        atMost: 3,
        unit: '',
      },
    );
  }
  report.table('What reaches the issuer, and whom it fails', [
    [
      '',
      '1,000 cold: metadata + keys',
      'rotation, 200 at once: failures',
      'fetches',
      'another at once: failures',
      '2,000 made-up key ids: fetches',
      'good tokens after that: failures',
    ],
    ...rows,
  ]);
  marks.explain(report);
  report.figures.rows = rows;
}
