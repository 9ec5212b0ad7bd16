import type { Plugin } from 'vite';
import type { ThemeTexts } from '../locales/texts';

type Key = { [Name in keyof ThemeTexts]: ThemeTexts[Name] extends string ? Name : never }[keyof ThemeTexts];

/** Texts for screen readers that VitePress 1.6 has in English only, by component. */
const literals: Readonly<Record<string, readonly [text: string, key: Key]>> = {
  'VPDocFooter.vue': ['>Pager<', 'pager'],
  'VPNavBarExtra.vue': [' label="extra navigation"', 'extraNavigation'],
  'VPNavBarHamburger.vue': ['aria-label="mobile navigation"', 'mobileNavigation'],
  'VPNavBarMenu.vue': ['Main Navigation', 'mainNavigation'],
  'VPSidebar.vue': ['Sidebar Navigation', 'sidebarNavigation'],
  'VPSidebarItem.vue': ['aria-label="toggle section"', 'toggleSection'],
};

/** Replaces these texts of the theme by those of the page's language. */
export function translateTheme(): Plugin {
  return {
    name: 'translate-theme',
    enforce: 'pre',
    transform(code, id) {
      const [path = '', query] = id.split('?');
      const [text, key] = literals[path.split('/').at(-1) ?? ''] ?? [];
      if (text === undefined || key === undefined || query !== undefined || !path.includes('theme-default'))
        return;
      if (!code.includes(text)) throw new Error(`${path} no longer says ${text}.`);
      return code.replace(text, speak(text, key));
    },
  };
}

/** `$text` is provided by the theme. */
function speak(text: string, key: Key): string {
  const attribute = /^( ?)([\w-]+)="/.exec(text);
  if (attribute !== null) return `${attribute[1]}:${attribute[2]}="$text('${key}')"`;
  return text.startsWith('>') ? `>{{ $text('${key}') }}<` : `{{ $text('${key}') }}`;
}
