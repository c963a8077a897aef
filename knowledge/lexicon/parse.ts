/** Concept files: blocks separated by a blank line; a name, then lines `it: …` (official), `it~: …` (everyday), `en: …`, with forms separated by `;`. */

export interface ParsedConcept {
  name: string;
  /** Forms by language, both registers together. */
  forms: Map<string, string[]>;
}

/** Throws with the number of the line that cannot be read. */
export function parseConcepts(text: string): ParsedConcept[] {
  const concepts: ParsedConcept[] = [];
  let current: ParsedConcept | null = null;
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') current = null;
    if (line === '' || line.startsWith('#')) continue;
    const listed = /^([a-z]{2})~?:\s*(.+)$/.exec(line);
    if (!listed) {
      if (current || !/^[a-z0-9-]+$/.test(line))
        throw new Error(`line ${i + 1}: "${line}" is neither a concept's name (small letters, digits, -) nor "it: form; form"`);
      current = { name: line, forms: new Map() };
      concepts.push(current);
      continue;
    }
    if (!current) throw new Error(`line ${i + 1}: forms without a concept's name above them`);
    const [, lang = '', list = ''] = listed;
    const forms = list.split(';').map((form) => form.trim());
    current.forms.set(lang, [...(current.forms.get(lang) ?? []), ...forms.filter((form) => form !== '')]);
  }
  return concepts;
}
