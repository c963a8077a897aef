/** The demo municipality's guides and forms: data in files, as a body keeps its own in DATA_DIR/guides and DATA_DIR/forms. */
import path from 'node:path';

export const DEMO_GUIDES = path.join(import.meta.dirname, 'guides');
export const DEMO_FORMS = path.join(import.meta.dirname, 'forms');
