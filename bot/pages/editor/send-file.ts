/** Sends a file, alone or in a form, and tells how far it has gone, which fetch cannot. */
import { ApiProblem, whoAmI } from '../shared/staff-api.ts';

/** Rejects with ApiProblem, like `api`. */
export async function sendFile<T>(path: string, form: FormData | Blob, progress: (share: number) => void): Promise<T> {
  const me = await whoAmI();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('x-csrf', me?.csrf ?? '');
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    request.addEventListener('error', () => reject(new ApiProblem(0, 'Il file non è arrivato: controlla la connessione e riprova.', null)));
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status < 400) resolve(body as T);
      else reject(new ApiProblem(request.status, body?.error?.message ?? 'Il file non è stato accettato.', body));
    });
    request.send(form);
  });
}

/** null = no JSON: a proxy answered with a page of its own. */
function parsed(text: string): { error?: { message?: string } } | null {
  try {
    return JSON.parse(text) as { error?: { message?: string } };
  } catch {
    return null;
  }
}
