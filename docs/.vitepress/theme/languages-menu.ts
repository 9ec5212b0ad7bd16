import { useData } from 'vitepress';
import { computed } from 'vue';
import { languageOf, languages, originalOf } from '../languages.mjs';

/**
 * The language menu. Takes the place of VitePress' own, which leads to pages that do not exist in the other language.
 *
 * A page leads to itself in the other language; where there is no such page, to the other language's home.
 */
export function useLangs({ correspondingLink = false }: { correspondingLink?: boolean } = {}) {
  const { site, page, frontmatter, hash } = useData();
  const currentLang = computed(() => {
    const { label, folder } = languageOf(page.value.relativePath);
    return { label, link: homeOf(folder) };
  });
  const localeLinks = computed(() =>
    languages
      .filter(({ folder }) => (folder === '' ? 'root' : folder) in site.value.locales)
      .filter(({ label }) => label !== currentLang.value.label)
      .map(({ label, folder }) => {
        const original = originalOf(page.value.relativePath);
        const translated = frontmatter.value.languages as readonly string[] | undefined;
        const stays = correspondingLink && translated?.includes(folder) === true;
        const path = original.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html');
        return { text: label, link: homeOf(folder) + (stays ? path + hash.value : '') };
      }),
  );
  return { localeLinks, currentLang };
}

function homeOf(folder: string): string {
  return folder === '' ? '/' : `/${folder}/`;
}
