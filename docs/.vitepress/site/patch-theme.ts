import type { Plugin } from './plugin';

type Change = readonly [from: string, to: string];

/** What VitePress 1.6 gives screen readers in English only, or in a way that no reader understands, and how it searches, by component. */
const changes: Readonly<Record<string, readonly Change[]>> = {
  'VPDocFooter.vue': [['>Pager<', `>{{ $text('pager') }}<`]],
  'VPNavBarExtra.vue': [['label="extra navigation"', `:label="$text('extraNavigation')"`]],
  'VPNavBarHamburger.vue': [['aria-label="mobile navigation"', `:aria-label="$text('mobileNavigation')"`]],
  'VPNavBarMenu.vue': [['Main Navigation', `{{ $text('mainNavigation') }}`]],
  'VPSidebar.vue': [['Sidebar Navigation', `{{ $text('sidebarNavigation') }}`]],
  // The name of the button is its text; the key beside it is decoration
  'VPNavBarSearchButton.vue': [
    ['<kbd class="DocSearch-Button-Key">K<', '<kbd class="DocSearch-Button-Key" data-key="K"><'],
  ],
  // What was asked is read, and what was found is sorted, as the test of the queries does it
  'VPLocalSearchBox.vue': [
    [
      'import Mark from',
      "import { findSections, indexOptions } from '@search/find-sections.mjs'\nimport Mark from",
    ],
    [
      "...(theme.value.search?.provider === 'local' &&\n          theme.value.search.options?.miniSearch?.options)",
      '...indexOptions',
    ],
    ['index\n      .search(filterTextValue)', 'findSections(index, filterTextValue)'],
    // Lines that are pasted are longer
    ['maxlength="64"', 'maxlength="4000"'],
  ],
  // A group is one button that says whether it is open; only beside a link the arrow is a button of its own
  'VPSidebarItem.vue': [
    [':tabindex="item.items && 0"', ':tabindex="item.items && !item.link ? 0 : undefined"'],
    [
      ':role="itemRole"',
      ':role="itemRole" :aria-expanded="collapsible && !item.link ? !collapsed : undefined"',
    ],
    [
      'role="button"\n',
      `:role="item.link ? 'button' : undefined" :aria-expanded="item.link ? !collapsed : undefined"\n`,
    ],
    ['aria-label="toggle section"', `:aria-label="item.link ? $text('toggleSection') : undefined"`],
    ['tabindex="0"', ':tabindex="item.link ? 0 : undefined"'],
  ],
};

/** Mends components of the theme. `$text` is provided by the site's own theme. */
export function patchTheme(): Plugin {
  return {
    name: 'patch-theme',
    enforce: 'pre',
    transform(code, id) {
      const [path = '', query] = id.split('?');
      const wanted = changes[path.split('/').at(-1) ?? ''];
      if (wanted === undefined || query !== undefined || !path.includes('theme-default')) return;
      return wanted.reduce((text, [from, to]) => {
        if (!text.includes(from)) throw new Error(`${path} no longer has ${from}`);
        return text.replace(from, to);
      }, code);
    },
  };
}
