/** Bytes alive in this process after a collection; needs --expose-gc. */
export function measureMemory() {
  for (let pass = 0; pass < 3; pass++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Nanoseconds of processor time that `count` runs of `work` take, each. */
export async function measureEach(count, work) {
  const before = process.cpuUsage();
  for (let index = 0; index < count; index++) {
    const result = work(index);
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / count;
}
