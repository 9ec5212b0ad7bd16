// Shows the gate a set of tokens again and again: node working-set-child.mjs <in turn | at random> <tokens> <rounds>.
// Tells which share of the requests found its token remembered, and what a request costs.
import { createSigningKey } from '../issuer/signing-key.mjs';
import { createClaims, resource, scope } from '../issuer/tokens.mjs';
import { createInlineSubject } from '../subjects/in-process.mjs';
import { measureEach } from './memory.mjs';

const [order, countText, roundsText] = process.argv.slice(2);
const [count, rounds] = [Number(countText), Number(roundsText)];
console.warn = () => undefined;
const issuer = 'https://issuer.example.com';
const key = createSigningKey('ES256', 'bench-1');

let remembered = 0;
const onEvent = (event) => {
  if (event.type === 'decision' && event.memory === 'remembered') remembered++;
};
const judge = createInlineSubject({ log: false, onEvent }).create({
  issuer,
  jwks: [key.jwk],
  resource,
  scope,
});

const bytes = Array.from({ length: count }, () => Buffer.from(`Bearer ${key.sign(createClaims(issuer))}`));
const place = order === 'in turn' ? (index) => index % count : () => Math.floor(Math.random() * count);
const ask = (index) => judge(bytes[place(index)].latin1Slice());

// Each token once, and then until what is kept does not change any more
await measureEach(count, (index) => judge(bytes[index].latin1Slice()));
await measureEach(rounds * count, ask);
remembered = 0;
const nanoseconds = await measureEach(rounds * count, ask);
const hits = remembered / (rounds * count);
process.send({ hits, nanoseconds });
process.exit();
