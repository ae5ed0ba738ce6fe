import {
  SqliteDutyDayStore,
  SqliteHandOverStore,
} from '../../../alert/adapters/sqlite-duty-records.ts';
import { SqliteRosterStore } from '../../../alert/adapters/sqlite-roster-store.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import {
  describeDutyDayStore,
  describeHandOverStore,
} from '../../contracts/duty-records.contract.ts';
import { aDutyDay, aHandOver } from '../../support/hand-overs.ts';
import { aRoster } from '../../support/rosters.ts';
import { DATABASES } from '../../support/temp-database.ts';

for (const { where, open } of DATABASES) {
  describeDocuments(`rosters, ${where},`, {
    open: async () => new SqliteRosterStore(open().database),
    make: (id, effects) => ({ ...aRoster({ effects: [...effects] }), id }),
    change: (roster) => ({ ...roster, fallback: [...roster.fallback, 'more'] }),
  });
  describeDocuments(`hand-overs, ${where},`, {
    open: async () => new SqliteHandOverStore(open().database),
    make: (id, effects) => aHandOver({ id, effects: [...effects] }),
    change: (one) => ({ ...one, note: `${one.note}再补一句。` }),
  });
  describeDocuments(`duty days, ${where},`, {
    open: async () => new SqliteDutyDayStore(open().database),
    make: (id, effects) => aDutyDay({ id, effects: [...effects] }),
    change: (day) => ({
      ...day,
      told: { at: new Date(0), lines: [...(day.told?.lines ?? []), '没有值班员'] },
    }),
  });
  describeHandOverStore(where, async () => new SqliteHandOverStore(open().database));
  describeDutyDayStore(where, async () => new SqliteDutyDayStore(open().database));
}
