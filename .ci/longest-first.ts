/** What takes longest begins first, so that no core waits at the end for one file. Vitest knows the times of its last run; a fresh clone has none, and goes by size: there a short file with long work comes last. */
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** By processor time, the longest first. */
const LONGEST = [
  'bot/pages/browser/every-state.test.ts',
  'bot/pages/browser/everyone.test.ts',
  'eval/suites/red-team.test.ts',
  'eval/suites/dialogs.test.ts',
  'bot/two-processes.test.ts',
  'scripts/commands.test.ts',
];

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}
