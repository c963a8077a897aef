/** DATA_DIR/tools.json: tools of others that may be read from, each as it was pinned. Absent = none. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createTools, type Tools, type ToolsFile, toolsFile } from '../../connectors/tools/pinned.ts';

export function readToolsFile(dataDir: string): ToolsFile {
  const file = path.join(dataDir, 'tools.json');
  if (!existsSync(file)) return [];
  try {
    return toolsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export const readTools = (dataDir: string): Tools => createTools(readToolsFile(dataDir));
