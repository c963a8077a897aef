/** The page behind the one-time link printed at the first start: name and password of the first administrator. */
import { type Html, html } from '../../pages/shared/html.ts';
import { foot } from './document.ts';

export function firstAdministratorPage(parts: { token: string; name: string; problem: string; done: boolean; style: string }): Html {
  const { token, name, problem, done, style } = parts;
  return html`<html lang="it"><head><meta charset="utf-8"><title>Primo amministratore</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="same-origin">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">Sportello</header><main><h1>Primo amministratore</h1>
${
  done
    ? html`<p class="band">L’amministratore «${name}» è pronto. Il collegamento non funziona più.</p>`
    : html`${problem ? html`<p class="band" role="alert">${problem}</p>` : null}
<p>Questo collegamento vale una volta sola. Scegli nome e password di chi amministra l’assistente.</p>
<form class="ask" method="post" action="/first-administrator"><input type="hidden" name="token" value="${token}">
<label for="name">Nome</label><input id="name" name="name" value="${name}" required maxlength="64" autocomplete="username">
<label for="password">Password (almeno 12 caratteri)</label><input id="password" name="password" type="password" required minlength="12" maxlength="256" autocomplete="new-password">
<div><button class="primary" type="submit">Crea l’amministratore</button></div></form>`
}</main>${foot('it')}</body></html>`;
}
