import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'config/main.ts',
    'bench/*.ts',
    'bench/soak/*.ts',
    '.ci/*.{ts,mjs}',
    'tests/**/*.test.ts',
  ],
  project: ['**/*.{ts,vue,js,mjs}'],
  ignoreExportsUsedInFile: true,
  vite: { config: ['dashboards/web/vite.config.ts'] },
  // The types of packages that ship none; the compiler needs them, no import names them.
  ignoreDependencies: ['@types/mailparser', '@types/smtp-server'],
};
export default config;
