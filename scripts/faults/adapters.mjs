/** Faults between a framework and the core. */
export const faults = [
  {
    name: 'adapter for another interface accepted',
    file: 'packages/core/src/engine/interface-version.ts',
    search: 'if (stated === adapterInterfaceVersion) return;',
    replace: 'if (stated === adapterInterfaceVersion || stated === 2) return;',
    suite: 'interface-version',
  },
  {
    name: 'adapter that states no interface accepted',
    file: 'packages/core/src/engine/interface-version.ts',
    search: 'if (stated === adapterInterfaceVersion) return;',
    replace: 'if (stated === adapterInterfaceVersion || stated === undefined) return;',
    suite: 'interface-version',
  },
  {
    name: 'route handler of Next.js gets the request as it came, not as it was judged',
    file: 'packages/next/src/binding.ts',
    search: 'request === original ? request : toKindOf(original, request)',
    replace: 'original',
    suite: 'next',
  },
];
