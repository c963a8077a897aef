/** Walks that take minutes each: by `npm run test:full`, not with every change. */
import { mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

export default { ...mergeConfig(base, {}), test: { ...base.test, include: ['{bot,knowledge,connectors,eval,scripts}/**/*.full.ts'] } };
