import { openDatabase } from '#core/sqlite';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { describeAlertStore } from '../contracts/alert-store.contract.ts';
import { describeCountdownStore } from '../contracts/countdown-store.contract.ts';

describeAlertStore('SqliteAlertStore', async () => new SqliteAlertStore(openDatabase(':memory:')));
describeCountdownStore(
  'SqliteCountdownStore',
  async () => new SqliteCountdownStore(openDatabase(':memory:')),
);
