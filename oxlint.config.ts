import { defineConfig, type DummyRuleMap } from 'oxlint';

/** Who may import whom, by the faces in package.json. Data goes one way; imports point back. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  ingest: ['#core'],
  analyze: ['#core', '#ingest'],
  alert: ['#core', '#ingest', '#analyze'],
  respond: ['#core', '#ingest', '#analyze', '#alert'],
  'dashboards/contract': [],
  'dashboards/measures': ['#core', '#ingest', '#analyze', '#alert', '#respond'],
  'dashboards/briefings': ['#core', '#ingest', '#analyze', '#alert', '#respond', '#measures'],
  'dashboards/server': [
    '#core',
    '#ingest',
    '#analyze',
    '#alert',
    '#respond',
    '#measures',
    '#briefings',
    '#contract',
  ],
  'dashboards/web': [], // and ../contract
};
const FACES = [
  '#core',
  '#ingest',
  '#analyze',
  '#alert',
  '#respond',
  '#measures',
  '#briefings',
  '#contract',
  '#server',
];
const PURE_FOLDERS = [
  'core',
  'ingest',
  'analyze',
  'alert',
  'respond',
  'dashboards/measures',
  'dashboards/briefings',
];
/** What touches the world; only adapters may. */
const OUTSIDE = [
  'node:fs',
  'node:fs/promises',
  'node:sqlite',
  'node:http',
  'node:https',
  'node:net',
  'node:timers',
  'node:timers/promises',
  'undici',
  'nodemailer',
  'nodejieba',
  '@node-rs/jieba',
  'fastify',
];

const banned = (names: readonly string[], message: string) =>
  names.map((name) => ({ name, message }));

function restriction(
  folder: string,
  extra: readonly string[],
  allowed: readonly string[] = [],
): NonNullable<DummyRuleMap['no-restricted-imports']> {
  const may = [...(MAY_IMPORT[folder] ?? []), ...allowed];
  const faces = [...FACES, '#core/sqlite', '#alert/channels'].filter((face) => !may.includes(face));
  return [
    'error',
    {
      paths: [
        ...banned(faces, `${folder} may not know this: imports only point to the left`),
        ...banned(extra, 'only adapters touch the world outside'),
      ],
      patterns: [
        {
          group: ['**/config/**', '**/tests/**', '**/bench/**'],
          message: 'the frame knows the parts, never the other way round',
        },
      ],
    },
  ];
}

export default defineConfig({
  options: { typeAware: true, denyWarnings: true },
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'vitest'],
  ignorePatterns: ['dist', 'data', 'data-drill', 'node_modules', 'tests/fixtures'],
  categories: { correctness: 'error', suspicious: 'error' },
  rules: {
    'import/no-cycle': 'error',
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default': 'off',
    'import/no-named-as-default-member': 'off',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/no-unnecessary-type-arguments': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    'no-await-in-loop': 'off',
    // For Express; Fastify waits for its handlers and catches what they throw.
    'oxc/no-async-endpoint-handlers': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'vitest/no-conditional-tests': 'off',
    'vitest/require-to-throw-message': 'off',
    'vitest/hoisted-apis-on-top': 'off',
  },
  overrides: [
    ...PURE_FOLDERS.flatMap((folder) => [
      {
        files: [`${folder}/**/*.ts`],
        rules: {
          'no-restricted-imports': restriction(folder, OUTSIDE),
          'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'setImmediate'],
        },
      },
      {
        files: [`${folder}/adapters/**/*.ts`],
        rules: {
          'no-restricted-imports': restriction(folder, [], ['#core/sqlite']),
          'no-restricted-globals': 'off',
        },
      },
    ]),
    ...['dashboards/contract', 'dashboards/server', 'dashboards/web'].map((folder) => ({
      files: [`${folder}/**/*.ts`, `${folder}/**/*.vue`],
      rules: { 'no-restricted-imports': restriction(folder, []) },
    })),
    {
      files: ['dashboards/server/adapters/**/*.ts'],
      rules: {
        'no-restricted-imports': restriction('dashboards/server', [], ['#core/sqlite']),
      },
    },
  ],
});
