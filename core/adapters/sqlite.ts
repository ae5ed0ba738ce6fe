export {
  checkIntegrity,
  inTransaction,
  openDatabase,
  StoreUnavailable,
} from './sqlite-database.ts';
export { SqliteDocuments, type DocumentTable } from './sqlite-documents.ts';
export { SqliteHeartbeatStore } from './sqlite-heartbeats.ts';
export { SqliteLog } from './sqlite-log.ts';
export { SqliteChain, type ChainExamination, type ChainFault } from './sqlite-chain.ts';
export { SqliteAuditTrail, SqlitePersonStore, SqliteSetAsideStore } from './sqlite-records.ts';
