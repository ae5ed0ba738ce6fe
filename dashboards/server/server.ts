import cookie from '@fastify/cookie';
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
import { z } from 'zod';
import { newId } from '#core';
import type { ServerDeps } from './deps.ts';
import { addFailureHandler } from './failures.ts';
import { addGuard } from './guard.ts';
import { limitsOf } from './limits.ts';
import { addMetrics, newRegistry, withMeasures, type ServerMetrics } from './metrics.ts';
import { getAlert, postAcknowledgement } from './routes/alerts.ts';
import { getAudit } from './routes/audit.ts';
import { getDesk } from './routes/desk.ts';
import { drillClock, postPlay } from './routes/drill.ts';
import { duty } from './routes/duty.ts';
import { getEvent, getEvents } from './routes/events.ts';
import { postGrade, postLowering } from './routes/grade.ts';
import { health } from './routes/health.ts';
import { getMe } from './routes/me.ts';
import { getOpenapi } from './routes/openapi.ts';
import { postPassword } from './routes/password.ts';
import { getPeople, postPasswordReset, postPerson, putPerson } from './routes/people.ts';
import { phoneAlert } from './routes/phone-alert.ts';
import { getPosts } from './routes/posts.ts';
import { getRegister } from './routes/register.ts';
import { eventReleases, oneRelease, postPublication, postSignature } from './routes/releases.ts';
import { deleteSession, postSession } from './routes/session.ts';
import { getQuarantine, getSources } from './routes/sources.ts';
import { getStream } from './routes/stream.ts';
import { createSessions } from './sessions.ts';
import { addWebApp } from './web-app.ts';

const BODY_LIMIT_BYTES = 256 * 1_024;

/** The server of the screens and the API, ready to listen or to be asked with `inject`. */
export async function createServer(deps: ServerDeps): Promise<FastifyInstance> {
  // Whoever reads a refusal reads Chinese; this sets the words of every schema in the process.
  z.config(z.locales.zhCN());
  const app: FastifyInstance = Fastify({
    ...(deps.log ? { loggerInstance: deps.log } : { logger: false }),
    // Addresses hold tokens; what is worth a line is logged where it is handled.
    logController: new LogController({ disableRequestLogging: true }),
    // Otherwise closing waits for every open stream.
    forceCloseConnections: true,
    trustProxy: deps.trustsProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => newId().slice(0, 12),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');

  const limits = limitsOf(deps.limits);
  const sessions = createSessions({ ...deps, limits });
  const metrics = deps.metrics ?? newRegistry();
  addFailureHandler(app, deps);
  await addProtection(app, deps.isHttps, limits.requestsPerMinute);
  addGuard(app, sessions);
  await addDescription(app);
  const measured = addMetrics(app, metrics, deps);
  const commands = withMeasures(deps.commands, measured);
  await addWebApp(app, { staticDir: deps.staticDir, isDrill: deps.drill !== undefined });
  for (const route of routesOf({ ...deps, commands, limits, sessions, metrics }, measured)) {
    await app.register(route);
  }
  await app.ready();
  return app;
}

type RouteDeps = Omit<ServerDeps, 'sessions' | 'limits' | 'metrics'> & {
  readonly limits: ReturnType<typeof limitsOf>;
  readonly sessions: ReturnType<typeof createSessions>;
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
    getDesk(deps),
    getStream({ ...deps, clients: streamClients }),
    getEvents(deps),
    getEvent(deps),
    postGrade(deps),
    postLowering(deps),
    getAlert(deps),
    postAcknowledgement(deps),
    eventReleases(deps),
    oneRelease(deps),
    postSignature(deps),
    postPublication(deps),
    getRegister(deps),
    getSources(deps),
    getQuarantine(deps),
    getPosts(deps),
    getPeople(deps),
    postPerson(deps),
    putPerson(deps),
    postPasswordReset(deps),
    duty(deps),
    getAudit(deps),
    phoneAlert(deps),
    ...(drill ? [drillClock({ ...deps, drill }), postPlay({ ...deps, drill })] : []),
  ];
}

async function addProtection(
  app: FastifyInstance,
  isHttps: boolean,
  requestsPerMinute: number,
): Promise<void> {
  await app.register(cookie);
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
    // Browsers complain of these two on a plain-HTTP intranet, and the first would lock such an office out.
    strictTransportSecurity: isHttps,
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
  });
  await app.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute' });
}

async function addDescription(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: { title: '回应 Huiying', version: '1', description: '政务舆情监测、预警与按时回应' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'huiying_session' },
        },
      },
    },
    transform: createJsonSchemaTransform({}),
    transformObject: createJsonSchemaTransformObject({}),
  });
}
