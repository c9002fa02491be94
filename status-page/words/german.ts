import type { Words } from './words';

export const german: Words = {
  phases: {
    waiting: {
      heading: 'Wir richten alles für Sie ein',
      lead: 'Das dauert ein paar Sekunden. Es geht von selbst weiter, sobald bereit ist, was Sie brauchen.',
    },
    ready: { heading: 'Alles ist bereit', lead: 'Es kann weitergehen.' },
    late: {
      heading: 'Es kann weitergehen',
      lead: 'Was noch nicht bereit ist, wird im Hintergrund fertig.',
    },
    failed: {
      heading: 'Nicht alles ist fertig geworden',
      lead: 'Sie können ohne das weitermachen. Um den Rest kümmern wir uns.',
    },
    stopped: {
      heading: 'Die Anmeldung ist gerade nicht möglich',
      lead: 'Etwas, das Sie hier brauchen, ist nicht fertig geworden. Bitte versuchen Sie es später noch einmal.',
    },
    again: {
      heading: 'Diese Anmeldung ging schon weiter',
      lead: 'Vielleicht ist sie in einem anderen Tab offen. Wenn nicht, drücken Sie „Weiter“, oder gehen Sie zurück und melden Sie sich neu an.',
    },
    stuck: {
      heading: 'Das dauert länger als es sollte',
      lead: 'Versuchen Sie es mit „Weiter“ noch einmal, oder gehen Sie zurück und melden Sie sich neu an.',
    },
    expired: {
      heading: 'Diese Seite ist abgelaufen',
      lead: 'Zum Schutz Ihres Kontos gilt sie nur wenige Minuten. Bitte gehen Sie zurück und melden Sie sich neu an.',
    },
    forged: {
      heading: 'Dieser Link ist ungültig',
      lead: 'Er ist unvollständig oder wurde unterwegs verändert. Bitte gehen Sie zurück und melden Sie sich neu an.',
    },
    unavailable: {
      heading: 'Diese Seite lässt sich gerade nicht zeigen',
      lead: 'Die Störung liegt bei uns. Bitte gehen Sie zurück und melden Sie sich gleich noch einmal an.',
    },
  },
  standings: {
    waiting: 'wird eingerichtet',
    ready: 'bereit',
    failed: 'nicht fertig geworden',
    'not-needed': 'nicht nötig',
    later: 'folgt später',
  },
  progress: '{ready} von {all} bereit',
  limit: ['Spätestens in {count} Sekunde geht es weiter.', 'Spätestens in {count} Sekunden geht es weiter.'],
  countdown: ['In {count} Sekunde geht es weiter.', 'In {count} Sekunden geht es weiter.'],
  lost: 'Die Verbindung ist unterbrochen. Wir versuchen es weiter.',
  found: 'Die Verbindung ist wieder da.',
  buttons: { skip: 'Weiter, ohne zu warten', go: 'Weiter', leave: 'Anmeldung beenden' },
  back: 'Zurück zur Anwendung',
};
