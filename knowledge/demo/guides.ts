/** The demo municipality's guides: data in files, as a body keeps its own in DATA_DIR/guides. */
import path from 'node:path';

export const DEMO_GUIDES = path.join(import.meta.dirname, 'guides');
