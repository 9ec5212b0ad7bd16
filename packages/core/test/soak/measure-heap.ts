import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use after everything unused has gone. */
export function measureHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
