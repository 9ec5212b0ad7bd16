import type { UserConfig } from 'vitepress';

/** A plugin of the bundler, as VitePress takes it. */
export type Plugin = Extract<
  NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number],
  { readonly name: string }
>;
