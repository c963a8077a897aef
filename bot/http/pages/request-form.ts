/** A service's form as a plain page: labels, errors beside their question and in one list above, everything read back before it is sent. No JavaScript. */
import type { Case } from '../../../connectors/cases/contract.ts';
import { filesIn, type FileRef, KINDS, kindsNamed, namesOf } from '../../office/attached.ts';
import { type Answers, answered, type Question, type RequestForm } from '../../office/request-forms.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import { foot } from './document.ts';

export interface Frame {
  readonly bodyName: string;
  style: string;
}

function page({ bodyName, style }: Frame, title: string, content: Html): Html {
  return html`<html lang="it"><head><meta charset="utf-8"><title>${title} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">${bodyName} · <a href="/">Apri la chat</a></header><main>${content}</main>${foot('it')}</body></html>`;
}

export interface FormGiven {
  key: string;
  answers: Answers;
  wrong: Record<string, string>;
  /** Code under which it was set aside; absent = it was not. */
  draft?: string;
}

const draftPart = (draft: string | undefined): Html | null => (draft ? html`<input type="hidden" name="draft" value="${draft}">` : null);

/** `key`: of the request; sent twice it is one. `wrong`: question id → what is wrong. */
export function formPage(frame: Frame, form: RequestForm, given: FormGiven): Html {
  const problems = form.questions.filter(({ id }) => given.wrong[id]);
  return page(
    frame,
    `${problems.length > 0 ? 'Da correggere: ' : ''}${form.title}`,
    html`<h1>${form.title}</h1><p>Ufficio: ${form.office}. Prima di inviare rileggi tutto. <a href="/privacy">Privacy</a></p>
${problems.length > 0 ? html`<div class="band" role="alert"><h2>Ci sono risposte da correggere</h2><ul>${problems.map((one) => html`<li><a href="#${one.id}">${given.wrong[one.id] ?? ''}</a></li>`)}</ul></div>` : null}
${given.wrong['draft'] ? html`<p class="band" role="alert">${given.wrong['draft']}</p>` : null}<form class="ask" method="post" action="/forms/${form.id}"${asksFiles(form) ? html` enctype="multipart/form-data"` : null}><input type="hidden" name="key" value="${given.key}">${draftPart(given.draft)}
${form.questions.map((one) => questionPart(form, one, given.answers[one.id] ?? '', given.wrong[one.id]))}<div><button class="primary" type="submit">Continua</button> <button type="submit" name="step" value="save" formnovalidate>Salva e continua un’altra volta</button></div></form>
<form class="ask" method="post" action="/forms/${form.id}"><label for="codice-salvato"><b>Hai già cominciato?</b></label><p class="facts">Scrivi il codice che hai avuto quando hai salvato, qui o nella chat.</p><input id="codice-salvato" name="draft" maxlength="20" autocomplete="off" spellcheck="false"><div><button type="submit" name="step" value="resume">Riprendi il modulo</button></div></form>`,
  );
}

const asksFiles = (form: RequestForm): boolean => form.questions.some(({ type }) => type === 'attachment');

/** Files that are here already stand with a way to take each out; more may be chosen as long as there is room. */
function filesPart(one: Question, files: FileRef[], marks: Html): Html {
  const accept = one.kinds.flatMap((kind) => [...KINDS[kind].types]).join(',');
  const here =
    files.length > 0
      ? html`<ul>${files.map(({ id, name }) => html`<li>${name} <label><input type="checkbox" name="remove" value="${id}"> Togli</label></li>`)}</ul>`
      : null;
  const room = one.files - files.length;
  return html`<p class="facts">${one.files > 1 ? `Fino a ${one.files} file` : 'Un file'}: ${kindsNamed(one)}, al massimo ${one.megabytes} MB${one.files > 1 ? ' ciascuno' : ''}.</p>${here}${room > 0 || files.length === 0 ? html`<input type="file" id="${one.id}" name="${one.id}" accept="${accept}"${room > 1 ? html` multiple` : null}${marks}>` : null}`;
}

function questionPart(form: RequestForm, one: Question, value: string, wrong: string | undefined): Html {
  const earlier = form.questions.find(({ id }) => id === one.when?.question);
  const hint = one.when && earlier ? `Solo se «${earlier.label}» è: ${one.when.is.join(', ')}.` : one.required ? '' : 'Facoltativo.';
  const described = [hint ? `${one.id}-aiuto` : '', wrong ? `${one.id}-errore` : ''].filter(Boolean).join(' ');
  const marks = html`${described ? html` aria-describedby="${described}"` : null}${wrong ? html` aria-invalid="true"` : null}${one.required && !one.when && (one.type !== 'attachment' || filesIn(value).length === 0) ? html` required` : null}`;
  const options = one.type === 'yes_no' ? ['sì', 'no'] : one.options;
  const below = html`${hint ? html`<p id="${one.id}-aiuto" class="facts">${hint}</p>` : null}${wrong ? html`<p id="${one.id}-errore"><b>Errore:</b> ${wrong}</p>` : null}`;
  if (one.type === 'attachment')
    return html`<label for="${one.id}"><b>${one.label}</b></label><p class="facts">${one.ask}</p>${below}${filesPart(one, filesIn(value), marks)}`;
  if (options.length > 0)
    return html`<label for="${one.id}"><b>${one.label}</b></label><p class="facts">${one.ask}</p>${below}<select id="${one.id}" name="${one.id}"${marks}><option value="">Scegli…</option>${options.map((option) => html`<option${option === value ? html` selected` : null}>${option}</option>`)}</select>`;
  const field =
    one.type === 'longtext'
      ? html`<textarea id="${one.id}" name="${one.id}" rows="4" maxlength="2000"${marks}>${value}</textarea>`
      : html`<input id="${one.id}" name="${one.id}" value="${value}" maxlength="2000"${auto(one)}${marks}>`;
  return html`<label for="${one.id}"><b>${one.label}</b></label><p class="facts">${one.ask}</p>${below}${field}`;
}

/** What browsers can fill in by themselves. */
function auto({ id, type }: Question): Html | null {
  const kind = id === 'nome' ? 'given-name' : id === 'cognome' ? 'family-name' : type === 'email' ? 'email' : type === 'phone' ? 'tel' : '';
  return kind ? html` autocomplete="${kind}"` : null;
}

export function reviewPage(
  frame: Frame,
  form: RequestForm,
  { key, answers, problem, draft }: { key: string; answers: Answers; problem: string; draft: string },
): Html {
  // Files stay here, under the key.
  const files = new Set(form.questions.filter(({ type }) => type === 'attachment').map(({ id }) => id));
  const written = Object.entries(answers).filter(([name]) => !files.has(name));
  const hidden = written.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return page(
    frame,
    `Rileggi: ${form.title}`,
    html`<h1>Rileggi e invia</h1>${problem ? html`<p class="band" role="alert">${problem}</p>` : null}
<dl>${answered(form, answers).map(({ label, value }) => html`<dt><b>${label}</b></dt><dd>${value}</dd>`)}</dl>
<form class="ask" method="post" action="/forms/${form.id}"><input type="hidden" name="key" value="${key}">${draftPart(draft)}${hidden}
<div><button class="primary" type="submit" name="step" value="send">Invia all’ufficio ${form.office}</button> <button type="submit" name="step" value="edit">Correggi</button> <button type="submit" name="step" value="save">Salva e continua un’altra volta</button></div></form>`,
  );
}

export const savedPage = (frame: Frame, form: RequestForm, code: string): Html =>
  page(
    frame,
    'Modulo salvato',
    html`<h1>Modulo salvato</h1><p class="band">Il tuo codice: <b>${code}</b></p><p>Vale 30 giorni. Per continuare torna su <a href="/forms/${form.id}">questa pagina</a>, oppure scrivi nella <a href="/">chat</a>, o sul canale che preferisci: «riprendi ${code}». Non è stato inviato niente.</p>
<p><b>Chi ha questo codice legge le risposte che hai scritto</b>: annotalo e non darlo a nessuno.</p>`,
  );

export function sentPage(frame: Frame, form: RequestForm, { made, key, files }: { made: Case; key: string; files: FileRef[] }): Html {
  const due = made.dueOn ? html` e risponde entro il ${made.dueOn.split('-').reverse().join('/')}` : null;
  return page(
    frame,
    'Richiesta inviata',
    html`<h1>Richiesta inviata</h1><p class="band">Numero della pratica: <b>${made.number}/${made.year}</b></p><p>La segue l’ufficio ${made.office}${due}. Conserva il numero: serve per chiedere nella <a href="/">chat</a> a che punto è.</p>
${files.length > 0 ? html`<p>Allegati ricevuti: ${namesOf(files)}.</p>` : null}<p><a href="/forms/${form.id}/receipt.pdf?key=${key}">Scarica la ricevuta (PDF)</a></p>
${form.after.map((line) => html`<p>${line}</p>`)}`,
  );
}
