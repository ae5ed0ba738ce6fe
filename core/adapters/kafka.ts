export { askKafka } from './kafka/ask.ts';
export { KafkaLog } from './kafka/kafka-log.ts';
