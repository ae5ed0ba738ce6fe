export * from './ports.ts';
export * from './release.ts';
