import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { doctor } from '../../config/doctor.ts';
import { elasticUrl, kafkaUrl, noElastic, noKafka, noteOf } from '../support/cluster/reach.ts';
import { tempFile } from '../support/temp-folder.ts';

async function said(storage: object): Promise<string> {
  const lines: string[] = [];
  const path = tempFile('settings.yaml', stringify({ storage: { kind: 'cluster', ...storage } }));
  await doctor(path, false, (line) => lines.push(line));
  return lines.join('\n');
}

test('a cluster whose servers are away is told of, each by its address', async () => {
  const text = await said({
    kafka: { brokers: ['127.0.0.1:1'] },
    elastic: { nodes: ['http://127.0.0.1:1'] },
  });
  expect(text).toContain('✗ 设置：storage.kind 还不能是 cluster');
  expect(text).toContain('✗ Kafka：127.0.0.1:1 没有回答');
  expect(text).toContain('✗ Elasticsearch：http://127.0.0.1:1 没有回答');
});

const away = noKafka ?? noElastic;
describe.skipIf(away)(`on real servers${noteOf(away)}`, () => {
  test('servers that answer are told of with their number', async () => {
    const text = await said({
      kafka: { brokers: kafkaUrl.split(',') },
      elastic: { nodes: elasticUrl.split(',') },
    });
    expect(text).toContain(`✓ Kafka：${kafkaUrl}，1 台`);
    expect(text).toMatch(/✓ Elasticsearch：\S+，1 台，状态 (?:green|yellow)/);
  });
});
