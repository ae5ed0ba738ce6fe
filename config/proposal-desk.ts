import { amend, MACHINE, NotFound, Refused, StaleWrite, type Actor, type Now } from '#core';
import {
  inForce,
  makeCorrection,
  openModel,
  sumUpEvent,
  toExamples,
  trainVersion,
  versionId,
  type CorrectAct,
  type CorrectionStore,
  type FieldProposal,
  type GradingPack,
  type LeadStore,
  type ModelKind,
  type ModelStore,
  type ModelVersion,
  type OpinionEvent,
  type OpinionEventStore,
  type PostStore,
  type ProposalPacks,
  type Segmenter,
  type TrainingRun,
} from '#analyze';
import { shippedExamples, shippedModel } from './proposal-models.ts';

export interface ProposalDeskDeps {
  readonly corrections: CorrectionStore;
  readonly events: OpinionEventStore;
  readonly leads: LeadStore;
  readonly posts: PostStore;
  readonly packs: ProposalPacks & { readonly grading: GradingPack };
}

/** Head of a text that a correction keeps, for training. */
const TEXT_KEPT = 600;

/** What the event page shows of judgement, and how a person corrects it. */
export function createProposalDesk(deps: ProposalDeskDeps) {
  const { corrections, events, leads, posts, packs } = deps;
  const proposalsOf = async (event: OpinionEvent): Promise<readonly FieldProposal[]> =>
    sumUpEvent(
      {
        event,
        leads: await leads.listByEvent(event.id),
        corrections: await corrections.listByEvent(event.id),
      },
      { packs, grading: packs.grading },
    );
  return {
    proposalsOf,
    /** @throws {NotFound} @throws {Refused} */
    correct: async (act: CorrectAct): Promise<void> => {
      const event = await events.findById(act.eventId);
      if (!event) throw new NotFound(events.kind, act.eventId);
      const proposed = (await proposalsOf(event)).find(({ field }) => field === act.field);
      const post = await posts.findById(event.firstPostId);
      const text = post ? `${post.title}。${post.text}` : event.title;
      await corrections.create(
        makeCorrection(
          act,
          {
            proposed: proposed?.valueName ?? proposed?.value ?? '',
            text: text.slice(0, TEXT_KEPT),
          },
          packs.focus,
        ),
      );
    },
  };
}

export interface ModelDeskDeps {
  readonly models: ModelStore;
  readonly corrections: CorrectionStore;
  readonly packs: ProposalPacks;
  readonly segmenter: Segmenter;
  readonly now: Now;
}

/** Two versions side by side: each cross-validated by the run that made it. */
export interface VersionRow {
  readonly id: string;
  readonly isInForce: boolean;
  readonly madeBy: string;
  readonly madeAt: Date | undefined;
  readonly run: TrainingRun;
}

/** Versions of an office's models: made from corrections, compared, put in force and back. */
export function createModelDesk(deps: ModelDeskDeps) {
  const { models, corrections, packs, segmenter, now } = deps;

  /** The version that ships is written down when the first other one appears, to be gone back to. */
  const keepShipped = async (kind: ModelKind): Promise<void> => {
    const { run, model } = shippedModel(kind);
    const at = now();
    const first = toVersion({ kind, number: 1, by: MACHINE, at, run, model, inForceAt: at });
    await models.create(first);
  };

  return {
    async list(kind: ModelKind): Promise<readonly VersionRow[]> {
      const versions = await models.listByKind(kind);
      const used = inForce(versions)?.id ?? versionId(kind, 1);
      const shipped = {
        id: versionId(kind, 1),
        isInForce: used === versionId(kind, 1),
        madeBy: MACHINE.name,
        madeAt: undefined,
        run: shippedModel(kind).run,
      };
      const own = versions
        .filter(({ number }) => number > 1)
        .map(({ id, madeBy, madeAt, run }) => ({
          id,
          isInForce: id === used,
          madeBy: madeBy.name,
          madeAt,
          run,
        }));
      return [shipped, ...own];
    },

    /**
     * Makes a new version from the shipped examples and every correction so far. It is not yet in force.
     *
     * @throws {Refused} when nobody has corrected anything of this kind
     */
    async train(kind: ModelKind, by: Actor): Promise<ModelVersion> {
      const corrected = toExamples(await corrections.listByField(kind), kind);
      if (corrected.length === 0) {
        throw new Refused('NO_CORRECTIONS', '还没有人更正过这一项，没有可学的', 'conflict');
      }
      await keepShipped(kind);
      const shipped = shippedExamples(kind);
      const used = inForce(await models.listByKind(kind));
      const before = openModel(used?.id ?? '', used?.model ?? shippedModel(kind).model);
      const { run, model } = trainVersion(
        { kind, shipped, corrected, before },
        { packs, segmenter },
      );
      const number = (await models.listByKind(kind)).length + 1;
      const made = toVersion({ kind, number, by, at: now(), run, model: model.toFile() });
      if (!(await models.create(made))) throw new StaleWrite(models.kind, made.id);
      return made;
    },

    /** Puts a version in force, an earlier one too. @throws {NotFound} */
    async use(kind: ModelKind, number: number): Promise<ModelVersion> {
      if (number === 1) await keepShipped(kind);
      return await amend(models, versionId(kind, number), (version) => ({
        ...version,
        inForceAt: now(),
      }));
    },
  };
}

function toVersion({
  kind,
  number,
  by,
  at,
  run,
  model,
  inForceAt,
}: Pick<ModelVersion, 'kind' | 'number' | 'run' | 'model' | 'inForceAt'> & {
  readonly by: Actor;
  readonly at: Date;
}): ModelVersion {
  return {
    id: versionId(kind, number),
    revision: 1,
    effects: [],
    kind,
    number,
    madeAt: at,
    madeBy: by,
    ...(inForceAt && { inForceAt }),
    run,
    model,
  };
}
