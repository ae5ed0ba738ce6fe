/** Address of a real broker; `npm run cluster -- test` sets it. */
export const { KAFKA_URL: kafkaUrl = '' } = process.env;

const why = (name: string, url: string): string | undefined =>
  url === '' && process.env['HUIYING_REQUIRE_CLUSTER'] !== '1'
    ? `没有设 ${name}；npm run cluster -- test 会起服务器来跑`
    : undefined;

/** Why suites on a real broker do not run here; undefined when they do. */
export const noKafka = why('KAFKA_URL', kafkaUrl);

/** Follows the title of a suite, so that a skipped one says why. */
export const noteOf = (reason: string | undefined): string => (reason ? `（跳过：${reason}）` : '');
