export { connectElastic } from './elastic/connect.ts';
export { ElasticDocuments } from './elastic/elastic-documents.ts';
