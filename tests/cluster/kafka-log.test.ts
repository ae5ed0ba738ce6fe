import { describe, onTestFinished } from 'vitest';
import { newId } from '#core';
import { KafkaLog } from '../../core/adapters/kafka.ts';
import { describeLog } from '../contracts/log.contract.ts';
import { kafkaUrl, noKafka, noteOf } from '../support/cluster/reach.ts';

/** A log of its own on the shared broker: no test sees another's topics. */
function openLog(prefix = `test-${newId()}.`): KafkaLog {
  const log = new KafkaLog({
    servers: { brokers: kafkaUrl.split(',') },
    prefix,
    partitions: 4,
    replicas: 1,
    onError: () => undefined,
  });
  onTestFinished(async () => await log.close());
  return log;
}

describe.skipIf(noKafka)(`on a real broker${noteOf(noKafka)}`, () => {
  describeLog('KafkaLog', async () => {
    const prefix = `test-${newId()}.`;
    return { log: openLog(prefix), reopen: async () => openLog(prefix) };
  });
});
