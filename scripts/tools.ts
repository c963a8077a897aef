/** npm run tools [-- --json]: for each server in DATA_DIR/tools.json, the tools it offers with their fingerprints, and whether they are pinned. Status 1 when a pinned one changed. */
import path from 'node:path';
import { finish, readArguments } from '../bot/command-line.ts';
import { BadCommand } from '../bot/control.ts';
import { readToolsFile } from '../bot/office/read-tools.ts';
import { DEFAULT_DATA_DIR, readEnvironment } from '../bot/environment.ts';
import { createMcp } from '../connectors/tools/mcp.ts';
import { fingerprint } from '../connectors/tools/pinned.ts';

await finish(async () => {
  const { rest, flags } = readArguments(process.argv.slice(2), { flags: ['json'] });
  if (rest.length > 0) throw new BadCommand('tools takes no argument but --json');
  const dataDir = path.resolve(readEnvironment()['DATA_DIR'] || DEFAULT_DATA_DIR);
  const found: { server: string; name: string; sha256: string; state: 'pinned' | 'changed' | 'new' | 'gone' | 'unreachable' }[] = [];
  for (const { server, tools: pins, ...reached } of readToolsFile(dataDir)) {
    const listed = await createMcp(reached).tools();
    if (listed.kind !== 'ok') {
      found.push({ server, name: '', sha256: '', state: 'unreachable' });
      continue;
    }
    for (const tool of listed.value) {
      const sha256 = fingerprint(tool);
      const pin = pins.find(({ name }) => name === tool.name)?.sha256;
      found.push({ server, name: tool.name, sha256, state: pin === undefined ? 'new' : pin === sha256 ? 'pinned' : 'changed' });
    }
    for (const { name, sha256 } of pins)
      if (!listed.value.some((tool) => tool.name === name)) found.push({ server, name, sha256, state: 'gone' });
  }
  if (flags.has('json')) console.log(JSON.stringify(found));
  else for (const { server, name, sha256, state } of found) console.log(`${state.padEnd(11)} ${`${server}/${name}`.padEnd(30)} ${sha256}`);
  return found.some(({ state }) => ['changed', 'gone', 'unreachable'].includes(state)) ? 1 : 0;
});
