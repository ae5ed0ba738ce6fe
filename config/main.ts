import { serve } from './serve.ts';

/** `npm start`: the product with the settings found; see serve.ts. */
process.exitCode = await serve({});
