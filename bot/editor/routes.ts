/** The console's doors into knowledge/documents. */
import { checkAll } from '../../knowledge/documents/all-checks.ts';
import type { Route } from '../http/route.ts';
import { archiveRoutes } from './archive.ts';
import { curatedRoutes } from './curated.ts';
import { documentRoutes } from './documents.ts';
import { gapRoutes } from './gaps.ts';
import { mendingRoutes } from './mending.ts';
import { dutyRoutes } from './owners.ts';
import type { EditorParts } from './parts.ts';
import { EDITORS, editorOf, READERS } from './permit.ts';
import { previewRoutes } from './preview.ts';
import { publishingRoutes } from './publishing.ts';
import { rankingRoutes } from './ranking.ts';
import { sourceRoutes } from './sources.ts';
import { testFileRoutes } from './test-files.ts';
import { testRoutes } from './tests.ts';
import { wordRoutes } from './words.ts';

export function editorRoutes(parts: EditorParts): Route[] {
  return [
    ...dutyRoutes(parts),
    ...gapRoutes(parts),
    ...documentRoutes(parts),
    ...mendingRoutes(parts),
    ...previewRoutes(parts),
    ...publishingRoutes(parts),
    ...testRoutes(parts),
    ...testFileRoutes(parts),
    ...curatedRoutes(parts),
    ...sourceRoutes(parts),
    ...archiveRoutes(parts),
    ...wordRoutes(parts),
    ...rankingRoutes(parts),
    {
      method: 'get',
      path: '/api/checks',
      permission: READERS,
      summary: 'What could be better in the pages in force: contradictions, dates that passed, hard words, missing items, broken links',
      async handle(request) {
        const { office } = editorOf(request);
        const pages = await checkAll(parts.database, parts.today(), office);
        const all = await parts.knowledge.editing.allConflicts(parts.today());
        const own = new Set(pages.map(({ documentId }) => documentId));
        const conflicts = office === null ? all : all.filter(({ mine, other }) => own.has(mine.documentId) || own.has(other.documentId));
        return { status: 200, body: { pages, conflicts } };
      },
    },
    {
      method: 'post',
      path: '/api/checks/links',
      permission: EDITORS,
      summary: 'Asks the addresses written in the pages whose turn it is, at most 50, whether they still answer',
      async handle() {
        return { status: 200, body: { checked: await parts.links.checkDue() } };
      },
    },
  ];
}
