export * from './grade-proposal.ts';
export * from './lead.ts';
export * from './opinion-event.ts';
export * from './ports.ts';
