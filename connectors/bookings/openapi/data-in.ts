/** A file of JSON or YAML as values. */
import { readFileSync } from 'node:fs';
import { readYaml } from './yaml.ts';

/** By its ending, `.yaml` or `.yml`; any other is read as JSON. Throws with the file's name and, in YAML, line and column. */
export function dataIn(file: string): unknown {
  try {
    const text = readFileSync(file, 'utf8');
    return /\.ya?ml$/i.test(file) ? readYaml(text) : JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
