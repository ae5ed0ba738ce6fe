export * from './alerts.ts';
export * from './common.ts';
export * from './desk.ts';
export * from './events.ts';
export * from './people.ts';
export * from './releases.ts';
export * from './sources.ts';
