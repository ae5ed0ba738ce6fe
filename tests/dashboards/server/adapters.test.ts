import { openDatabase } from '#core/sqlite';
import { SqliteDutyStore } from '../../../dashboards/server/adapters/sqlite-duty-store.ts';
import { SqliteSessionStore } from '../../../dashboards/server/adapters/sqlite-session-store.ts';
import { SqliteSignInTryStore } from '../../../dashboards/server/adapters/sqlite-sign-in-try-store.ts';
import { describeDutyStore } from '../../contracts/duty-store.contract.ts';
import { describeSessionStore } from '../../contracts/session-store.contract.ts';
import { describeSignInTryStore } from '../../contracts/sign-in-try-store.contract.ts';

describeSessionStore('SQLite', async () => new SqliteSessionStore(openDatabase(':memory:')));
describeSignInTryStore('SQLite', async () => new SqliteSignInTryStore(openDatabase(':memory:')));
describeDutyStore('SQLite', async () => new SqliteDutyStore(openDatabase(':memory:')));
