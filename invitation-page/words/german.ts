import type { Words } from './words';

export const german: Words = {
  kinds: {
    accept: {
      heading: 'Ihre Einladung zu {application}',
      lead: 'Melden Sie sich an oder registrieren Sie sich, wie es Ihnen am liebsten ist. Was für Sie vorbereitet ist, finden Sie dort.',
    },
    'wrong-account': {
      heading: 'Diese Einladung gilt für ein anderes Konto',
      lead: 'Melden Sie sich mit dem Konto an, das die Adresse der Einladung hat. Sie gilt weiter.',
    },
    'address-unverified': {
      heading: 'Bitte bestätigen Sie zuerst Ihre Mailadresse',
      lead: 'Wenn Sie in einer Mail darum gebeten wurden, folgen Sie deren Link und versuchen Sie es hier noch einmal. Wenn nicht, melden Sie sich mit dieser Adresse auf andere Weise an, etwa mit einem Passwort. Ihre Einladung gilt weiter.',
    },
    leaving: { heading: 'Einen Augenblick', lead: 'Es geht weiter zur Anmeldung.' },
    redeemed: {
      heading: 'Willkommen! Wir richten alles ein',
      lead: 'Sie haben die Einladung angenommen. Das dauert ein paar Sekunden, dann geht es von selbst weiter.',
    },
    arrived: { heading: 'Alles ist bereit', lead: 'Es geht weiter zu {application}.' },
    accepted: {
      heading: 'Sie haben diese Einladung schon angenommen',
      lead: 'Hier ist nichts mehr zu tun. Was für Sie vorbereitet war, finden Sie dort.',
    },
    failed: {
      heading: 'Sie haben die Einladung angenommen',
      lead: 'Nicht alles ist fertig geworden. Sie können weiter zu {application}; um den Rest kümmern wir uns.',
    },
    expired: {
      heading: 'Diese Einladung ist abgelaufen',
      lead: 'Einladungen gelten nur eine begrenzte Zeit. Bitte lassen Sie sich eine neue schicken.',
    },
    revoked: {
      heading: 'Diese Einladung wurde zurückgezogen',
      lead: 'Wenn Sie das für ein Versehen halten, lassen Sie sich bitte eine neue schicken.',
    },
    used: {
      heading: 'Diese Einladung wurde schon angenommen',
      lead: 'Wenn Sie das waren, machen Sie mit dem Konto weiter, mit dem Sie sie angenommen haben. Wenn nicht, lassen Sie sich bitte eine neue schicken.',
    },
    unknown: {
      heading: 'Dieser Link ist ungültig',
      lead: 'Er ist unvollständig, oder eine neuere Mail hat ihn ersetzt. Bitte öffnen Sie den Link in Ihrer letzten Einladung, oder lassen Sie sich eine neue schicken.',
    },
    off: {
      heading: 'Diese Einladung führt nirgends mehr hin',
      lead: 'Wozu Sie eingeladen wurden, gibt es hier nicht mehr. Bitte wenden Sie sich an die Person, die Sie eingeladen hat.',
    },
    over: {
      heading: 'Diese Seite ist abgelaufen',
      lead: 'Bitte öffnen Sie den Link in Ihrer Einladung noch einmal, in diesem Browser. Sie gilt weiter.',
    },
    unavailable: {
      heading: 'Das geht gerade nicht',
      lead: 'Die Störung liegt bei uns, und Ihre Einladung ist nicht verloren. Bitte versuchen Sie es gleich noch einmal.',
    },
  },
  signedIn: 'Sie sind angemeldet. Nehmen Sie mit diesem Konto an, oder wählen Sie ein anderes.',
  facts: { boundTo: 'Für', roles: 'Sie erhalten', until: 'Gültig bis' },
  person: 'Angemeldet als',
  unfinished:
    'Die Anmeldung wurde nicht abgeschlossen. Ihre Einladung gilt weiter, und Sie können es noch einmal versuchen.',
  reassurance: 'Es geschieht nichts, bevor Sie annehmen.',
  buttons: {
    accept: 'Annehmen und anmelden',
    acceptAs: 'Mit diesem Konto annehmen',
    other: 'Anderes Konto verwenden',
    again: 'Noch einmal versuchen',
    go: 'Weiter zu {application}',
    signIn: 'Weiter',
  },
  news: { lost: 'Die Verbindung ist unterbrochen. Wir versuchen es weiter.' },
};
