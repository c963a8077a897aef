/** The demo's knowledge, shared by all scripts: questions in between are really answered. */
import openDatabase from '../../../connectors/databases/embedded.ts';
import openExtractive from '../../../knowledge/composers/extractive.ts';
import { loadDemo } from '../../../knowledge/demo/load.ts';
import openIndex from '../../../knowledge/indexes/embedded.ts';
import { createKnowledge, type Knowledge } from '../../../knowledge/knowledge.ts';
import de from '../../../knowledge/languages/de.ts';
import en from '../../../knowledge/languages/en.ts';
import es from '../../../knowledge/languages/es.ts';
import fr from '../../../knowledge/languages/fr.ts';
import it from '../../../knowledge/languages/it.ts';

export interface Town {
  knowledge: Knowledge;
  languages: string[];
  close(): Promise<void>;
}

export async function openKnowledge(dataDir: string, progress: (line: string) => void): Promise<Town> {
  const database = await openDatabase({ dataDir });
  const languages = [it(), en(), de(), fr(), es()];
  const knowledge = await createKnowledge({
    database,
    index: openIndex(),
    composer: openExtractive(),
    languages,
    onSurprise: (error) => progress(String(error)),
  });
  await loadDemo(knowledge, () => {});
  return {
    knowledge,
    languages: languages.map(({ code }) => code),
    async close() {
      await knowledge.close();
      await database.close();
    },
  };
}
