import type { Words } from './words';

const UNEXPECTED =
  'Wenn Sie diese E-Mail nicht erwartet haben, brauchen Sie nichts zu tun. Es geschieht nichts, solange Sie';

export const german: Words = {
  kinds: {
    invitation: {
      subject: ['{sender} lädt Sie zu {application} ein', 'Ihre Einladung zu {application}'],
      heading: 'Sie sind zu {application} eingeladen',
      lead: 'Öffnen Sie die Einladung, melden Sie sich an oder registrieren Sie sich, wie Sie möchten, und bestätigen Sie. Was für Sie vorbereitet ist, gehört dann Ihnen.',
      button: 'Einladung öffnen',
      unexpected: `${UNEXPECTED} nicht bestätigen.`,
    },
    prepared: {
      subject: ['{sender} hat ein Konto für Sie vorbereitet', 'Ihr Konto für {application} ist vorbereitet'],
      heading: 'Ihr Konto für {application} ist vorbereitet',
      lead: 'Es fehlt nur noch ein Passwort. Wählen Sie eines, und melden Sie sich mit der Adresse an, an die diese E-Mail ging.',
      button: 'Passwort wählen',
      unexpected: `${UNEXPECTED} kein Passwort wählen.`,
    },
    finalized: {
      subject: [
        '{sender} hat {application} für Sie freigeschaltet',
        '{application} ist für Sie freigeschaltet',
      ],
      heading: '{application} ist für Sie freigeschaltet',
      lead: 'Sie haben schon ein Konto mit dieser Adresse. Was für Sie vorbereitet wurde, ist darin: Melden Sie sich an wie immer, zu bestätigen gibt es nichts.',
      button: 'Zu {application}',
      unexpected:
        'Wenn Sie diese E-Mail nicht erwartet haben, brauchen Sie nichts zu tun. Ihr Passwort bleibt, wie es ist.',
    },
  },
  bound: 'Bitte verwenden Sie ein Konto mit der Adresse, an die diese E-Mail ging.',
  validUntil: 'Der Link gilt bis {date} Uhr (UTC).',
  personal: 'Er ist nur für Sie bestimmt. Bitte leiten Sie ihn nicht weiter.',
  address: 'Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
};
