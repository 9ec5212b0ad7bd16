import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { defineAsyncComponent } from 'vue';
import { themeTextsOf } from '../locales';
import type { ThemeTexts } from '../locales/texts';
import SiteLayout from './SiteLayout.vue';
import HomePage from './components/HomePage.vue';
import { dropBrokenHash } from './broken-hash';
import './styles/fonts.css';
import './styles/colours.css';
import './styles/pages.css';

export default {
  extends: DefaultTheme,
  Layout: SiteLayout,
  enhanceApp({ app, router }) {
    dropBrokenHash();
    app.config.globalProperties.$text = (key: keyof ThemeTexts) =>
      themeTextsOf(router.route.data.relativePath)[key];
    app.component('HomePage', HomePage);
    app.component(
      'ConfigurationBuilder',
      defineAsyncComponent(() => import('./builder/ConfigurationBuilder.vue')),
    );
    app.component(
      'FaultFinder',
      defineAsyncComponent(() => import('./tools/FaultFinder.vue')),
    );
    app.component(
      'FlowViewer',
      defineAsyncComponent(() => import('./flow/FlowViewer.vue')),
    );
    app.component(
      'MetadataChecker',
      defineAsyncComponent(() => import('./tools/MetadataChecker.vue')),
    );
    app.component(
      'TokenExplainer',
      defineAsyncComponent(() => import('./tools/TokenExplainer.vue')),
    );
  },
} satisfies Theme;
