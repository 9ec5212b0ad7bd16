/** Faults in when streams end, and in what was revoked. */
export const faults = [
  {
    name: 'a stream is cut in the middle of an event',
    file: 'packages/core/src/streams/guarded-stream.ts',
    search: "if (this.#reason === undefined || this.#tail !== '') return;",
    replace: 'if (this.#reason === undefined) return;',
    suite: 'streams',
  },
  {
    name: 'a request is answered twice',
    file: 'packages/core/src/streams/guarded-stream.ts',
    search: 'if (method === undefined) this.#unanswered?.delete(id as RequestId);',
    replace: '',
    suite: 'streams',
  },
  {
    name: 'a stream outlives its token',
    file: 'packages/core/src/gate/stream-gate.ts',
    search: 'return Math.min(expiresAt, oldest) + expiryToleranceSeconds * (1 - random());',
    replace: 'return oldest + expiryToleranceSeconds * (1 - random());',
    suite: 'streams',
  },
  {
    name: 'a revoked token passes',
    file: 'packages/core/src/streams/revocation-list.ts',
    search: 'return iat <= upTo ||',
    replace: 'return iat < upTo - 3600 ||',
    suite: 'streams',
  },
  {
    name: 'a client is told nothing of when to come back',
    file: 'packages/core/src/streams/closing-frames.ts',
    search: "return frames.length === 0 ? `${retry}\\n` : `${retry}${frames.join('')}`;",
    replace: "return frames.join('');",
    suite: 'streams',
  },
];
