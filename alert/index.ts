export * from './alert.ts';
export * from './countdown.ts';
export * from './ports.ts';
