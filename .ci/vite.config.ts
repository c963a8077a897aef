import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(`../bot/pages/${path}`, import.meta.url));

/** Builds the pages into bot/pages/dist: hashed files under assets/, and widget.js under its fixed public name. */
export default defineConfig({
  root: at(''),
  base: './',
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: false,
    // Fonts must stay files: a data: font is refused by our Content-Security-Policy and would weigh on every style sheet.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        page: at('chat/main.ts'),
        start: at('chat/start.ts'),
        document: at('shared/document.css'),
        widget: at('chat/widget.ts'),
        desk: at('desk/main.ts'),
        settings: at('settings/main.ts'),
        notices: at('notices/main.ts'),
        insight: at('insight/main.ts'),
        editor: at('editor/main.ts'),
        kiosk: at('counter/kiosk.css'),
        display: at('counter/display-main.ts'),
        clerk: at('counter/clerk-main.ts'),
        account: at('account/main.ts'),
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'widget' ? 'widget.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
