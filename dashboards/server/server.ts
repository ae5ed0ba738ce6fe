import cookiePlugin from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type FastifyPluginAsyncZod,
} from 'fastify-type-provider-zod';
import { newId } from '#core';
import type { ServerDeps } from './deps.ts';
import { addFailureHandler } from './failures.ts';
import { addGuard } from './guard.ts';
import { limitsOf } from './limits.ts';
import { addMetrics, newRegistry, withMeasures, type ServerMetrics } from './metrics.ts';
import { deleteSession } from './routes/delete-session.ts';
import { drillClock } from './routes/drill-clock.ts';
import { duty } from './routes/duty.ts';
import { countdowns } from './routes/countdowns.ts';
import { eventConferences } from './routes/event-conferences.ts';
import { eventJudging } from './routes/event-judging.ts';
import { eventRegroupings } from './routes/event-regroupings.ts';
import { eventDutyActs } from './routes/event-duty-acts.ts';
import { correctRelease } from './routes/correct-release.ts';
import { eventReleases } from './routes/event-releases.ts';
import { getAlert } from './routes/get-alert.ts';
import { getAudit } from './routes/get-audit.ts';
import { getChannels } from './routes/get-channels.ts';
import { getDesk } from './routes/get-desk.ts';
import { getEvent } from './routes/get-event.ts';
import { getEvents } from './routes/get-events.ts';
import { getMe } from './routes/get-me.ts';
import { getOpenapi } from './routes/get-openapi.ts';
import { getPeople } from './routes/get-people.ts';
import { getPosts } from './routes/get-posts.ts';
import { getQuarantine } from './routes/get-quarantine.ts';
import { getRegister } from './routes/get-register.ts';
import { getRelated } from './routes/get-related.ts';
import { getSources } from './routes/get-sources.ts';
import { getSourcesSummary } from './routes/get-sources-summary.ts';
import { getStream } from './routes/get-stream.ts';
import { health } from './routes/health.ts';
import { measures } from './routes/measures.ts';
import { oneRelease } from './routes/one-release.ts';
import { orders } from './routes/orders.ts';
import { phoneAlert } from './routes/phone-alert.ts';
import { phoneHandOver } from './routes/phone-hand-over.ts';
import { phoneOrder } from './routes/phone-order.ts';
import { phoneReport } from './routes/phone-report.ts';
import { phoneReview } from './routes/phone-review.ts';
import { phoneSupervision } from './routes/phone-supervision.ts';
import { postAcknowledgement } from './routes/post-acknowledgement.ts';
import { postChannelTest } from './routes/post-channel-test.ts';
import { postFinding } from './routes/post-finding.ts';
import { postCorrection } from './routes/post-correction.ts';
import { postGrade } from './routes/post-grade.ts';
import { postImport } from './routes/post-import.ts';
import { postLowering } from './routes/post-lowering.ts';
import { postManualPost } from './routes/post-manual-post.ts';
import { postPassword } from './routes/post-password.ts';
import { postPasswordReset } from './routes/post-password-reset.ts';
import { postPerson } from './routes/post-person.ts';
import { postPlay } from './routes/post-play.ts';
import { postPublication } from './routes/post-publication.ts';
import { postPush } from './routes/post-push.ts';
import { postQuarantinedText } from './routes/post-quarantined-text.ts';
import { postRest } from './routes/post-rest.ts';
import { postSession } from './routes/post-session.ts';
import { postHitAnswer } from './routes/post-hit-answer.ts';
import { postSignature } from './routes/post-signature.ts';
import { postSmsReceipt } from './routes/post-sms-receipt.ts';
import { postSmsReply } from './routes/post-sms-reply.ts';
import { postSourceLook } from './routes/post-source-look.ts';
import { postSourcePause } from './routes/post-source-pause.ts';
import { postSourcePreview } from './routes/post-source-preview.ts';
import { postSourceReparse } from './routes/post-source-reparse.ts';
import { postSourceResume } from './routes/post-source-resume.ts';
import { putPerson } from './routes/put-person.ts';
import { reportEditing } from './routes/report-editing.ts';
import { reportReaders } from './routes/report-readers.ts';
import { reports } from './routes/reports.ts';
import { roster } from './routes/roster.ts';
import { rumors } from './routes/rumors.ts';
import { secondFactor } from './routes/second-factor.ts';
import { transfers } from './routes/transfers.ts';
import { speakChinese } from './refusal-words.ts';
import { createSessionCookie } from './session-cookie.ts';
import { createSessions } from './sessions.ts';
import { supervisions } from './routes/supervisions.ts';
import { addWebApp } from './web-app.ts';

const BODY_LIMIT_BYTES = 256 * 1_024;
const MOST_PARAM_CHARACTERS = 400;

/** The server of the screens and the API, ready to listen or to be asked with `inject`. */
export async function createServer(deps: ServerDeps): Promise<FastifyInstance> {
  speakChinese();
  const app: FastifyInstance = Fastify({
    ...(deps.log ? { loggerInstance: deps.log } : { logger: false }),
    // Addresses hold tokens; what is worth a line is logged where it is handled.
    logController: new LogController({ disableRequestLogging: true }),
    // Otherwise closing waits for every open stream.
    forceCloseConnections: true,
    trustProxy: deps.trustsProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    // A personal link's token is longer than the router's default allows.
    routerOptions: { maxParamLength: MOST_PARAM_CHARACTERS },
    genReqId: () => newId().slice(0, 12),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');

  const isDrill = deps.drill !== undefined;
  const limits = limitsOf(deps.limits);
  const sessions = createSessions({ ...deps, limits });
  const cookie = createSessionCookie(deps.isHttps, isDrill);
  const metrics = deps.metrics ?? newRegistry();
  addFailureHandler(app, deps);
  await addProtection(app, deps.isHttps, limits.requestsPerMinute);
  addGuard(app, { sessions, cookie });
  await addDescription(app, cookie.name);
  const measured = addMetrics(app, metrics, deps);
  const commands = withMeasures(deps, measured);
  await addWebApp(app, { staticDir: deps.staticDir, isDrill });
  for (const route of routesOf(
    { ...deps, commands, limits, sessions, cookie, metrics },
    measured,
  )) {
    await app.register(route);
  }
  await app.ready();
  return app;
}

type RouteDeps = Omit<ServerDeps, 'sessions' | 'limits' | 'metrics'> & {
  readonly limits: ReturnType<typeof limitsOf>;
  readonly sessions: ReturnType<typeof createSessions>;
  readonly cookie: ReturnType<typeof createSessionCookie>;
  readonly metrics: NonNullable<ServerDeps['metrics']>;
};

function routesOf(deps: RouteDeps, { streamClients }: ServerMetrics): FastifyPluginAsyncZod[] {
  const { drill } = deps;
  return [
    health(deps),
    getOpenapi(),
    getMe(deps),
    postSession(deps),
    deleteSession(deps),
    postPassword(deps),
    secondFactor(deps),
    getDesk(deps),
    getStream({ ...deps, clients: streamClients }),
    getEvents(deps),
    getEvent(deps),
    postGrade(deps),
    postFinding(deps),
    postCorrection(deps),
    postLowering(deps),
    getAlert(deps),
    postAcknowledgement(deps),
    getRelated(deps),
    eventRegroupings(deps),
    postRest(deps),
    countdowns(deps),
    eventDutyActs(deps),
    eventReleases(deps),
    eventConferences(deps),
    orders(deps),
    supervisions(deps),
    rumors(deps),
    transfers(deps),
    eventJudging(deps),
    oneRelease(deps),
    postHitAnswer(deps),
    postSignature(deps),
    postPublication(deps),
    correctRelease(deps),
    getRegister(deps),
    getSources(deps),
    getSourcesSummary(deps),
    postSourcePause(deps),
    postSourceResume(deps),
    postSourceLook(deps),
    postSourcePreview(deps),
    postSourceReparse(deps),
    postImport(deps),
    postPush(deps),
    postManualPost(deps),
    getQuarantine(deps),
    postQuarantinedText(deps),
    getPosts(deps),
    getPeople(deps),
    postPerson(deps),
    putPerson(deps),
    postPasswordReset(deps),
    duty(deps),
    roster(deps),
    getAudit(deps),
    getChannels(deps),
    postChannelTest(deps),
    postSmsReply(deps),
    postSmsReceipt(deps),
    phoneAlert(deps),
    phoneHandOver(deps),
    phoneOrder(deps),
    phoneSupervision(deps),
    phoneReview(deps),
    ...(deps.measures ? [measures({ ...deps, room: deps.measures })] : []),
    ...(deps.reports
      ? [
          reports({ ...deps, room: deps.reports }),
          reportEditing({ ...deps, room: deps.reports }),
          reportReaders({ ...deps, room: deps.reports }),
          phoneReport({ ...deps, desk: deps.reports.reading }),
        ]
      : []),
    ...(drill ? [drillClock({ ...deps, drill }), postPlay({ ...deps, drill })] : []),
  ];
}

async function addProtection(
  app: FastifyInstance,
  isHttps: boolean,
  requestsPerMinute: number,
): Promise<void> {
  await app.register(cookiePlugin);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // On a plain-HTTP intranet the first would lock people out, and browsers complain of the others.
    strictTransportSecurity: isHttps,
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
  });
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: '1 minute',
    // A whole office may come from one address: who is signed in has an allowance of their own.
    keyGenerator: (request) => request.signedIn?.session.digest ?? request.ip,
  });
}

async function addDescription(app: FastifyInstance, cookieName: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: { title: '回应 Huiying', version: '1', description: '政务舆情监测、预警与按时回应' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: cookieName },
        },
      },
    },
    transform: createJsonSchemaTransform({}),
    transformObject: createJsonSchemaTransformObject({}),
  });
}
