/** Finds a route with one parameter by comparing the ends of its path: the address need not be taken apart. */

/** For a path such as `/a/:id/b`: the parameter by its name, null for an address with a query, an escape, or anything else that takes more to read. */
export function parameterOf(path: string): (url: string) => Record<string, string> | null {
  const [, before = '', name = '', after = ''] = /^([^:]*):(\w+)([^:]*)$/.exec(path) ?? [];
  if (!name) throw new Error(`${path} has not one parameter`);
  // Copied and filled in: an object that is written with a name known only here is made anew each time, at three times the cost.
  const shape: Record<string, string> = { [name]: '' };
  return (url) => {
    const end = url.length - after.length;
    if (end <= before.length || !url.startsWith(before) || !url.endsWith(after)) return null;
    const value = url.slice(before.length, end);
    if (!PLAIN.test(value)) return null;
    const found = { ...shape };
    found[name] = value;
    return found;
  };
}

const PLAIN = /^[\w-]+$/;
