/** Addresses of real servers; `npm run cluster -- test` sets them. */
export const { KAFKA_URL: kafkaUrl = '', ELASTIC_URL: elasticUrl = '' } = process.env;

const why = (name: string, url: string): string | undefined =>
  url === '' && process.env['HUIYING_REQUIRE_CLUSTER'] !== '1'
    ? `没有设 ${name}；npm run cluster -- test 会起服务器来跑`
    : undefined;

/** Why suites on a real server do not run here; undefined when they do. */
export const noKafka = why('KAFKA_URL', kafkaUrl);
export const noElastic = why('ELASTIC_URL', elasticUrl);

/** Follows the title of a suite, so that a skipped one says why. */
export const noteOf = (reason: string | undefined): string => (reason ? `（跳过：${reason}）` : '');
