/** What an editor is helped with, against what was planted: contradictions found, questions without an answer told apart. */
import type { Sportello } from '../../bot/sportello.ts';
import { bCubed } from '../../knowledge/documents/b-cubed.ts';
import { clusterQuestions } from '../../knowledge/documents/clusters.ts';
import { labelledGaps } from '../../knowledge/documents/fixtures/labelled-gaps.ts';
import { PLANTED } from './planted-conflicts.ts';

export interface PlantedFigures {
  planted: number;
  found: number;
  innocent: number;
  falsely: number;
  amongDemo: number;
  demoPassages: number;
  ms: number;
}

export interface GapFigures {
  questions: number;
  labels: number;
  clusters: number;
  f1: number;
}

/** Each planted page is checked as if it were about to be published. Some 12 ms a page. */
export async function findPlanted({ knowledge, today }: Sportello): Promise<PlantedFigures> {
  const { editing } = knowledge;
  const began = performance.now();
  let found = 0;
  let falsely = 0;
  for (const [i, { title, heading, text, against }] of PLANTED.entries()) {
    const id = `piantata-${i}`;
    const { meta, ...prepared } = await editing.prepareText(`# ${title}\n\n## ${heading}\n${text}\n`, { id, title, lang: 'it' }, today());
    const passages = prepared.sections.map((section, position) => ({
      ...{ id: `${id}-${position}`, documentId: id, version: 1, title, lang: 'it', office: '', audience: meta.audience, sourceUrl: null },
      ...{ headings: section.headings, anchor: section.anchor, position, validFrom: null, validUntil: null, updatedOn: today() },
      ...{ start: section.start, end: section.end, text: prepared.text.slice(section.start, section.end) },
    }));
    const conflicts = await editing.conflicts(passages, today());
    if (against !== null && conflicts.some(({ other }) => other.documentId === against)) found++;
    if (conflicts.some(({ other }) => other.documentId !== against)) falsely++;
  }
  const ms = Math.round((performance.now() - began) / PLANTED.length);
  const planted = PLANTED.filter(({ against }) => against !== null).length;
  const amongDemo = (await editing.allConflicts(today())).length;
  return { planted, found, innocent: PLANTED.length - planted, falsely, amongDemo, demoPassages: knowledge.passages(), ms };
}

/** In memory: nothing is asked of a server. */
export function clusterGaps(): GapFigures {
  const { questions, labels } = labelledGaps();
  const clusters = clusterQuestions(questions);
  const { f1 } = bCubed(clusters, (id) => labels.get(id) ?? '');
  return { questions: questions.length, labels: new Set(labels.values()).size, clusters: clusters.length, f1: Number(f1.toFixed(3)) };
}
