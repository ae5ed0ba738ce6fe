import { readFileSync } from 'node:fs';
import { messageOf } from '#core';
import { askElastic } from '../../core/adapters/elastic.ts';
import { askKafka } from '../../core/adapters/kafka.ts';
import { readSecret } from '../secrets.ts';
import type { Settings } from '../settings.ts';

export interface ServerAnswer {
  readonly name: string;
  readonly isServing: boolean;
  /** How many machines and in which state, or what went wrong. */
  readonly detail: string;
}

/** Asks the servers of the cluster form whether they serve. */
export async function askServers(
  { kafka, elastic }: Settings['storage'],
  environment: NodeJS.ProcessEnv,
): Promise<readonly ServerAnswer[]> {
  return await Promise.all([
    answerOf('Kafka', kafka.brokers, async () => {
      const { ca, user, password } = kafka;
      const count = await askKafka({
        brokers: kafka.brokers,
        ...(ca && { ssl: { ca: readFileSync(ca, 'utf8') } }),
        ...(user &&
          password && {
            sasl: {
              mechanism: 'scram-sha-512',
              username: user,
              password: readSecret(password, environment),
            },
          }),
      });
      return { isServing: true, detail: `${count} 台` };
    }),
    answerOf('Elasticsearch', elastic.nodes, async () => {
      const { ca, user, password } = elastic;
      const { nodes, status } = await askElastic({
        nodes: elastic.nodes,
        ...(ca && { tls: { ca: readFileSync(ca, 'utf8') } }),
        ...(user &&
          password && { auth: { username: user, password: readSecret(password, environment) } }),
      });
      return { isServing: status !== 'red', detail: `${nodes} 台，状态 ${status}` };
    }),
  ]);
}

async function answerOf(
  name: string,
  addresses: readonly string[],
  ask: () => Promise<Pick<ServerAnswer, 'isServing' | 'detail'>>,
): Promise<ServerAnswer> {
  const at = addresses.join('、');
  try {
    const { isServing, detail } = await ask();
    return { name, isServing, detail: `${at}，${detail}` };
  } catch (error) {
    return { name, isServing: false, detail: `${at} 没有回答：${messageOf(error)}` };
  }
}
