/** What we say in German while a person helps. */
export const desk: Record<string, string> = {
  propose_book: '**{name}** schlägt einen Termin vor. Ich buche ihn nur, wenn Sie zustimmen.',
  propose_move: '**{name}** schlägt vor, den Termin zu verschieben. Ich verschiebe ihn nur, wenn Sie zustimmen.',
  propose_cancel: '**{name}** schlägt vor, den Termin abzusagen. Ich sage ihn nur ab, wenn Sie zustimmen.',
  deskAnswered: '**Antwort auf Ihre Anfrage Nr. {number}**, von {name}:\n\n{text}',
  consentYes: 'Ja, einverstanden',
  consentNo: 'Nein, danke',
  consentContact:
    '**{name}** möchte Sie erreichen können: Schreiben Sie eine Telefonnummer oder E-Mail-Adresse. Wenn Sie nicht möchten, wählen Sie „Nein, danke“.',
  consentPermission: '**{name}** bittet um Ihre Erlaubnis: {text}\n\n**Sind Sie einverstanden?**',
  consentElsewhere:
    'Für Ihr Anliegen ist **{body}** zuständig. **{name}** kann dieses Gespräch mit Ihren Angaben an {address} weitergeben.\n\n**Sind Sie einverstanden?**',
  consentThanks: 'Danke, ich habe es vermerkt.',
  consentRefused: 'In Ordnung: Alles bleibt hier, und das Gespräch geht weiter.',
  elsewhereDone:
    'Ich habe das Gespräch an **{body}** weitergegeben; Sie erhalten von dort eine Antwort. Ab jetzt antwortet wieder das automatische System.',
};
