import type { Act, ActOf } from './act.ts';
import {
  lookAtAlert,
  lookAtCause,
  lookAtGrade,
  lookAtJointNotice,
  lookAtRecord,
  lookAtRest,
} from './look-at-event.ts';
import { lookAtJudging } from './look-at-judging.ts';
import {
  lookAtCommand,
  lookAtConference,
  lookAtDraft,
  lookAtOrder,
  lookAtPlan,
  lookAtPublication,
  lookAtSignature,
  lookAtSupervision,
} from './look-at-handling.ts';
import type { Look, Standing } from './standing.ts';

type Looks = { readonly [Kind in Act['do']]: (look: Look<ActOf<Kind>>) => Promise<Standing> };

const LOOKS: Looks = {
  acknowledge: lookAtAlert,
  signJoint: lookAtJointNotice,
  rest: lookAtRest,
  confirmGrade: lookAtGrade,
  record: lookAtRecord,
  explain: lookAtCause,
  judge: lookAtJudging,
  issueOrders: lookAtCommand,
  orderStep: lookAtOrder,
  draftRelease: lookAtDraft,
  signRelease: lookAtSignature,
  publishRelease: lookAtPublication,
  planConference: lookAtPlan,
  conferenceStep: lookAtConference,
  superviseStep: lookAtSupervision,
};

/** What the person who is to take the act finds: it can be done, was done, or waits for something. @throws {DeskRefusal} */
export const lookAtAct = async (look: Look): Promise<Standing> =>
  await (LOOKS[look.act.do] as (one: Look) => Promise<Standing>)(look);
