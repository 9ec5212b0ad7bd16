// What clients notice of an issuer that goes away and comes back, and of a key that is replaced at once: in real time, each subject with an
// issuer of its own.
import { advanceClock } from '../lib/clock.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { discoveringSubjects } from '../lib/subjects/discovering.mjs';
import { self } from '../lib/subjects/http/names.mjs';

const alg = 'RS256';
const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const isGood = async (judge, token) => {
  try {
    await judge(token);
    return true;
  } catch {
    return false;
  }
};

/** Seconds until a good token passes that nobody has seen; Infinity when it does not within the time. */
async function waitFor(judge, mint, seconds) {
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    if (await isGood(judge, mint())) return (performance.now() - began) / 1000;
    await delay(50);
  }
  return Infinity;
}

async function withIssuer(create, keys, use) {
  const issuer = await startIssuer(keys);
  const { issuer: identifier, jwksUri } = issuer;
  try {
    return await use(create({ alg, issuer: identifier, jwksUri, resource, scope }), issuer);
  } finally {
    await issuer.close();
  }
}

/** The issuer is down when the first requests come, and returns after some seconds. */
const measureColdStart = (create, key, { downSeconds, patience }) =>
  withIssuer(create, [key], async (judge, issuer) => {
    const mint = () => key.sign(createClaims(issuer.issuer));
    issuer.setDown(true);
    await waitFor(judge, mint, downSeconds);
    issuer.setDown(false);
    return waitFor(judge, mint, patience);
  });

/** A key is replaced as in an emergency, while its key set was fetched a moment ago. */
const measureRotation = (create, key, next, { patience }) =>
  withIssuer(create, [key], async (judge, issuer) => {
    await judge(key.sign(createClaims(issuer.issuer)));
    issuer.publish([next]);
    return waitFor(judge, () => next.sign(createClaims(issuer.issuer)), patience);
  });

/** The key set is 11 minutes old, older than many keep it, and the issuer is down. Of 100 new tokens so many pass. */
const measureOutage = (create, key) =>
  withIssuer(create, [key], async (judge, issuer) => {
    const mint = () => key.sign(createClaims(issuer.issuer));
    await judge(mint());
    const restore = advanceClock(11 * 60_000);
    try {
      issuer.setDown(true);
      let passed = 0;
      for (let count = 0; count < 100; count++) if (await isGood(judge, mint())) passed++;
      return passed;
    } finally {
      restore();
    }
  });

const seconds = (value, patience) => (value === Infinity ? `> ${patience} s` : `${value.toFixed(1)} s`);

/** Runs the suite. */
export async function run({ quick, report }) {
  const settings = quick ? { downSeconds: 2, patience: 15 } : { downSeconds: 5, patience: 40 };
  const subjects = Object.entries(discoveringSubjects).filter(([name]) => !quick || name === self);
  const [key, next] = ['first', 'second'].map((kid) => createSigningKey(alg, kid));
  // Nearly all of it is waiting, so they wait side by side
  const waited = await Promise.all(
    subjects.map(async ([, create]) => ({
      returned: await measureColdStart(create, key, settings),
      rotated: await measureRotation(create, key, next, settings),
    })),
  );
  const found = {};
  for (const [index, [name, create]] of subjects.entries())
    found[name] = { ...waited[index], passed: await measureOutage(create, key) };
  report.table('What clients notice of their issuer', [
    [
      '',
      'it was down at the start: good tokens pass, after its return',
      'a key replaced at once: tokens of the new one pass',
      'down for long: new tokens of known keys that pass',
    ],
    ...Object.entries(found).map(([name, { returned, rotated, passed }]) => [
      name,
      seconds(returned, settings.patience),
      seconds(rotated, settings.patience),
      `${passed} of 100`,
    ]),
  ]);
  Object.assign(report.figures, { found, patience: settings.patience });
  report.promises.push(
    {
      what: 'an issuer that was down at the start: seconds from its return until good tokens pass',
      value: found[self].returned,
      atMost: 10,
      unit: 's',
    },
    {
      what: 'a key replaced at once: seconds until tokens of the new one pass',
      value: found[self].rotated,
      atMost: 6,
      unit: 's',
    },
    {
      what: 'an issuer that is down: new tokens of known keys that pass, of 100',
      value: found[self].passed,
      atLeast: 100,
      unit: '',
    },
  );
}
