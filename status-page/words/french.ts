import type { Words } from './words';

export const french: Words = {
  phases: {
    waiting: {
      heading: 'Nous préparons tout pour vous',
      lead: 'Cela prend quelques secondes. Vous continuerez automatiquement dès que l’essentiel sera prêt.',
    },
    ready: { heading: 'Tout est prêt', lead: 'Vous pouvez continuer.' },
    late: {
      heading: 'Vous pouvez continuer',
      lead: 'Ce qui n’est pas encore prêt se terminera en arrière-plan.',
    },
    failed: {
      heading: 'Tout n’a pas pu être préparé',
      lead: 'Vous pouvez continuer sans attendre. Nous nous occupons du reste.',
    },
    stopped: {
      heading: 'La connexion est impossible pour le moment',
      lead: 'Un élément nécessaire n’a pas pu être préparé. Veuillez réessayer plus tard.',
    },
    again: {
      heading: 'Cette connexion a déjà été poursuivie',
      lead: 'Elle est peut-être ouverte dans un autre onglet. Sinon, appuyez sur « Continuer », ou revenez en arrière et reconnectez-vous.',
    },
    stuck: {
      heading: 'Cela prend plus de temps que prévu',
      lead: 'Appuyez sur « Continuer » pour réessayer, ou revenez en arrière et reconnectez-vous.',
    },
    expired: {
      heading: 'Cette page a expiré',
      lead: 'Pour protéger votre compte, elle n’est valable que quelques minutes. Veuillez revenir en arrière et vous reconnecter.',
    },
    forged: {
      heading: 'Ce lien ne fonctionne pas',
      lead: 'Il est incomplet ou a été modifié en chemin. Veuillez revenir en arrière et vous reconnecter.',
    },
    unavailable: {
      heading: 'Cette page est momentanément indisponible',
      lead: 'Le problème vient de chez nous. Veuillez revenir en arrière et vous reconnecter dans un instant.',
    },
  },
  standings: {
    waiting: 'en préparation',
    ready: 'prêt',
    failed: 'n’a pas abouti',
    'not-needed': 'pas nécessaire',
    later: 'suivra plus tard',
  },
  progress: '{ready} sur {all} prêts',
  limit: [
    'Vous continuerez dans {count} seconde au plus tard.',
    'Vous continuerez dans {count} secondes au plus tard.',
  ],
  countdown: ['Vous continuerez dans {count} seconde.', 'Vous continuerez dans {count} secondes.'],
  lost: 'La connexion est interrompue. Nous réessayons.',
  found: 'La connexion est rétablie.',
  buttons: { skip: 'Continuer sans attendre', go: 'Continuer', leave: 'Terminer la connexion' },
  back: 'Retour à l’application',
};
