import { DrillClockStateSchema, type DrillClockState } from './drill-clock.ts';
import { readWhole, writeWhole } from './whole-file.ts';

/** Written at a change of speed and a pause. */
export const saveDrillClock = (path: string, state: DrillClockState): void =>
  writeWhole(path, state);

/** @throws {Unreadable} when the file is there but says nothing we understand */
export const readDrillClock = (path: string): DrillClockState | undefined =>
  readWhole(path, DrillClockStateSchema, '演练时钟');
