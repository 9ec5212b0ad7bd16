import type { StoreEvent } from './store-event.js';

/** A line for the owner. */
export function describeStore(event: StoreEvent): string {
  const { store, phase, reason = '', durationMs = 0 } = event;
  return phase === 'begin'
    ? `stores.${store} does not answer (${reason}). ${describeMeanwhile(event)}`
    : `stores.${store} answers again after ${Math.max(1, Math.round(durationMs / 1000))} s`;
}

function describeMeanwhile({ store, whenUnavailable }: StoreEvent): string {
  switch (store) {
    case 'answers':
      return 'Each process asks the authorization server itself.';
    case 'claims':
      return whenUnavailable === 'refuse'
        ? 'Requests with a proof are answered with 503.'
        : 'A proof may pass once in each process.';
    case 'revocations':
      return 'Each process refuses what it knows to be revoked; the rest follows when the store answers.';
  }
}
