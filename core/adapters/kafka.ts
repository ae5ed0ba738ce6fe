export { KafkaLog } from './kafka/kafka-log.ts';
