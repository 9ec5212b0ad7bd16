// What verifying one token costs in process: signature, issuer, audience, expiry, type, one scope.
import { calibrateCalls, compareCpu } from '../lib/cpu-rounds.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { baseline, createBareVerify, inProcessSubjects } from '../lib/subjects/in-process.mjs';
import { alone, inline, loopback, self } from '../lib/subjects/http/names.mjs';
import { createMarks } from '../lib/subjects/marks.mjs';
import { findLenience } from '../lib/subjects/prove.mjs';

const bare = 'crypto.verify, bare';

/**
 * A string of its own for every use, as an HTTP parser makes one for every request: engines remember the hash of a
 * string they have seen, and would flatter whatever looks tokens up.
 */
const asReceived = (token, takes) => {
  const bytes = Buffer.from(takes === 'header' ? `Bearer ${token}` : token, 'latin1');
  return () => bytes.latin1Slice();
};

async function judgeAll(judge, receive, calls) {
  for (let index = 0; index < calls; index++) {
    const verdict = judge(receive[index % receive.length]());
    if (verdict instanceof Promise) await verdict;
  }
}

/** Subjects that are proven to verify, each with the issuer whose tokens it is to be shown. */
async function prepare(names, key, { secure, plain }) {
  const subjects = {};
  const marks = createMarks();
  for (const name of names) {
    const { algorithms, create, takes, isOnLoopback = false } = inProcessSubjects[name];
    if (algorithms?.includes(key.alg) === false) continue;
    const { issuer, jwksUri } = isOnLoopback ? plain : secure;
    const judge = create({ issuer, jwksUri, alg: key.alg, jwks: [key.jwk], pem: key.pem, resource, scope });
    const ask = (token) => judge(asReceived(token, takes)());
    marks.add(name, await findLenience(name, ask, key, issuer));
    subjects[name] = { judge, takes, issuer };
  }
  return { subjects, marks };
}

/** The same work again and again, calibrated. */
async function repeat(work, milliseconds) {
  const operations = await calibrateCalls(work, milliseconds);
  return { operations, work: () => work(operations) };
}

/** By issuer: 16 tokens. */
function createTokens(subjects, key) {
  const issuers = new Set(Object.values(subjects).map(({ issuer }) => issuer));
  return new Map(
    [...issuers].map((issuer) => [issuer, Array.from({ length: 16 }, () => key.sign(createClaims(issuer)))]),
  );
}

async function measureRepeated(subjects, key, { rounds, milliseconds }) {
  const tokens = createTokens(subjects, key);
  const [[issuer, some]] = tokens;
  const check = createBareVerify(key, some[0]);
  const checkAll = (calls) => {
    for (let index = 0; index < calls; index++) check();
  };
  const contenders = { [bare]: await repeat(checkAll, milliseconds) };
  const nobody = { judge: () => undefined, takes: 'header', issuer };
  for (const [name, subject] of Object.entries({ [alone]: nobody, ...subjects })) {
    const received = tokens.get(subject.issuer).map((token) => asReceived(token, subject.takes));
    contenders[name] = await repeat((calls) => judgeAll(subject.judge, received, calls), milliseconds);
  }
  return compareCpu(contenders, { baseline: bare, rounds });
}

/** Whether it costs a request anything that the issuer was asked where its keys are: the same calls, taking turns. */
async function measureDiscovery(subjects, key, { rounds }) {
  const tokens = createTokens(subjects, key);
  const contenders = {};
  for (const name of [inline, self, loopback]) {
    const { judge, takes, issuer } = subjects[name];
    const received = tokens.get(issuer).map((token) => asReceived(token, takes));
    contenders[name] = await repeat((calls) => judgeAll(judge, received, calls), 10);
  }
  return compareCpu(contenders, { baseline: inline, rounds: 2 * rounds });
}

async function measureFirstSight(subjects, key, { rounds, batch }) {
  // Many, because this path has run less often than the others until now, and compilers wait for that
  const warmups = 10;
  const issuers = new Set(Object.values(subjects).map(({ issuer }) => issuer));
  const pools = new Map(
    [...issuers].map((issuer) => [
      issuer,
      Array.from({ length: rounds + warmups }, () =>
        Array.from({ length: batch }, () => key.sign(createClaims(issuer))),
      ),
    ]),
  );
  const [pool] = pools.values();
  const checks = pool.map((tokens) => tokens.map((token) => createBareVerify(key, token)));
  const contenders = {
    [bare]: {
      operations: batch,
      work: (round) => {
        for (const check of checks[round]) check();
      },
    },
  };
  for (const [name, { judge, takes, issuer }] of Object.entries(subjects)) {
    const received = pools.get(issuer).map((tokens) => tokens.map((token) => asReceived(token, takes)));
    contenders[name] = { operations: batch, work: (round) => judgeAll(judge, received[round], batch) };
  }
  return compareCpu(contenders, { baseline: bare, rounds, warmups });
}

/** What first sight of a token may cost, in verifications of its signature and nothing else. */
const mostFirstSight = { RS256: 1.6, ES256: 1.3, EdDSA: 1.25 };

function promise(report, alg, { repeated, firstSight, discovery }) {
  const of = (measured, wanted) => measured.find(({ name }) => name === wanted);
  report.promises.push({
    what: `${alg}, a token never seen: processor time, compared with one crypto.verify`,
    value: of(firstSight, self).ratio,
    atMost: mostFirstSight[alg],
  });
  if (alg !== 'RS256') return;
  report.promises.push(
    {
      what: 'RS256, a token never seen: time until the decision',
      value: of(firstSight, self).elapsed / 1000,
      atMost: 45,
      unit: 'µs',
    },
    {
      what: 'RS256, a token seen before: processor time, compared with one crypto.verify',
      value: of(repeated, self).ratio,
      atMost: 0.032,
    },
    ...[self, loopback].map((name) => ({
      what: `a discovered issuer costs what an inline key costs: ${name}, a token seen before`,
      value: of(discovery, name).ratio,
      atMost: 1.1,
    })),
  );
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const names = quick ? [baseline, self, loopback, inline] : Object.keys(inProcessSubjects);
  const settings = quick
    ? { rounds: 25, milliseconds: 20, batch: 100 }
    : { rounds: 41, milliseconds: 20, batch: 150 };
  for (const alg of ['RS256', 'ES256', 'EdDSA']) {
    const key = createSigningKey(alg, 'bench-1');
    const issuers = {
      secure: await startIssuer([key]),
      plain: await startIssuer([key], { isSecure: false }),
    };
    const { subjects, marks } = await prepare(names, key, issuers);
    const { length } = key.sign(createClaims(issuers.secure.issuer));
    const found = {
      repeated: await measureRepeated(subjects, key, settings),
      discovery: await measureDiscovery(subjects, key, settings),
      firstSight: await measureFirstSight(subjects, key, settings),
    };
    await Promise.all(Object.values(issuers).map((issuer) => issuer.close()));

    const title = (what) => `${alg}, ${what} (token of ${length} characters)`;
    report.comparison(title('a token seen before'), found.repeated, 'processor time', marks.mark);
    report.comparison(title('seen before, compared with inline keys'), found.discovery, 'processor time');
    report.comparison(title('a token never seen'), found.firstSight, 'processor time', marks.mark);
    marks.explain(report);
    report.figures[alg] = found;
    promise(report, alg, found);
  }
}
