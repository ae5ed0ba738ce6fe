import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'config/main.ts',
    'bench/measures/*.ts',
    'analyze/adapters/post-writer-worker.ts',
    'bench/judge/train-proposals.ts',
    'bench/regions/*.ts',
    '.ci/*.{ts,mjs}',
    'tests/**/*.test.ts',
  ],
  project: ['**/*.{ts,vue,js,mjs}'],
  ignoreExportsUsedInFile: true,
  vite: { config: ['dashboards/web/vite.config.ts'] },
  // No import names them: types that only the compiler needs, and a script that is read as text.
  ignoreDependencies: [
    '@types/mailparser',
    '@types/smtp-server',
    'axe-core',
    // Files, not modules: the fonts that reports are printed with.
    '@expo-google-fonts/noto-emoji',
    '@expo-google-fonts/noto-sans-sc',
    '@expo-google-fonts/noto-serif-sc',
  ],
};
export default config;
