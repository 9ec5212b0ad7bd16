import { useData, withBase } from 'vitepress';
import { isEnglishOnly, languageOf } from '../languages.mjs';

/**
 * Links to pages in the language of the page that is read. Pages are named without their language and ending, `folder/` for an index;
 * those in English only are linked to as they are.
 */
export function usePageLinks(): (target: string) => string {
  const { page } = useData();
  return (target) => {
    const { folder } = languageOf(page.value.relativePath);
    const [path = '', anchor] = target.split('#');
    const prefix = folder === '' || isEnglishOnly(path) ? '/' : `/${folder}/`;
    const file = path === '' || path.endsWith('/') ? path : `${path}.html`;
    return withBase(`${prefix}${file}${anchor === undefined ? '' : `#${anchor}`}`);
  };
}
