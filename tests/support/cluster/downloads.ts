import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { succeed } from './processes.ts';

export const KAFKA_VERSION = '4.2.2';
export const ELASTIC_VERSION = '8.19.21';

/** What is kept between two starts lies outside the project, under the user's own cache folder. */
export const CACHE = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'huiying',
  'cluster',
);

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>huiying</groupId><artifactId>cluster</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.25.2</version></dependency>
  </dependencies>
</project>
`;

/** Fetches Kafka from Maven Central unless it is here. @returns the folder of its jars */
export async function fetchKafka(): Promise<string> {
  return await fetchOnce(`kafka-${KAFKA_VERSION}`, async (into) => {
    const pom = join(CACHE, 'pom.xml');
    writeFileSync(pom, POM);
    await maven('-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${into}`);
  });
}

/** Fetches Elasticsearch from Maven Central unless it is here. @returns its home folder */
export async function fetchElastic(): Promise<string> {
  const artifact = `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${ELASTIC_VERSION}:zip`;
  const folder = await fetchOnce(`elasticsearch-${ELASTIC_VERSION}`, async (into) => {
    await maven('dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${into}`);
  });
  return join(folder, `elasticsearch-${ELASTIC_VERSION}`);
}

/** A download that was cut off is never taken for a whole one: the name comes last. */
async function fetchOnce(name: string, fetch: (into: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const part = `${folder}.${process.pid}.part`;
  await fetch(part);
  renameSync(part, folder);
  return folder;
}

async function maven(...args: readonly string[]): Promise<void> {
  // In a folder without a pom of its own.
  await succeed('mvn', ['--batch-mode', '--quiet', ...args], { cwd: CACHE });
}
