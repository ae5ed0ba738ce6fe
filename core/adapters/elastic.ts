export { askElastic } from './elastic/ask.ts';
export { connectElastic } from './elastic/connect.ts';
export { ElasticDocuments } from './elastic/elastic-documents.ts';
