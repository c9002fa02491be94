import type { Words } from './words';

export const french: Words = {
  kinds: {
    accept: {
      heading: 'Votre invitation à rejoindre {application}',
      lead: 'Connectez-vous ou inscrivez-vous comme vous le souhaitez. Vous y retrouverez ce qui a été préparé pour vous.',
    },
    'wrong-account': {
      heading: 'Cette invitation est destinée à un autre compte',
      lead: 'Connectez-vous avec le compte qui porte l’adresse de l’invitation. Elle reste valable.',
    },
    'address-unverified': {
      heading: 'Veuillez d’abord confirmer votre adresse e-mail',
      lead: 'Si un message vous l’a demandé, suivez son lien, puis réessayez ici. Sinon, connectez-vous avec cette adresse d’une autre façon, par exemple avec un mot de passe. Votre invitation reste valable.',
    },
    leaving: { heading: 'Un instant', lead: 'Nous vous dirigeons vers la connexion.' },
    redeemed: {
      heading: 'Bienvenue ! Nous préparons tout pour vous',
      lead: 'Vous avez accepté l’invitation. Cela prend quelques secondes, et vous continuerez automatiquement.',
    },
    arrived: { heading: 'Tout est prêt', lead: 'Nous vous dirigeons vers {application}.' },
    accepted: {
      heading: 'Vous avez déjà accepté cette invitation',
      lead: 'Il n’y a plus rien à faire ici. Ce qu’elle apporte vous attend.',
    },
    failed: {
      heading: 'Vous avez accepté l’invitation',
      lead: 'Tout n’a pas pu être préparé. Vous pouvez continuer vers {application} ; nous nous occupons du reste.',
    },
    expired: {
      heading: 'Cette invitation a expiré',
      lead: 'Les invitations ont une durée limitée. Veuillez en demander une nouvelle à la personne qui vous l’a envoyée.',
    },
    revoked: {
      heading: 'Cette invitation a été retirée',
      lead: 'Si vous pensez qu’il s’agit d’une erreur, demandez-en une nouvelle à la personne qui vous l’a envoyée.',
    },
    used: {
      heading: 'Cette invitation a déjà été utilisée',
      lead: 'Si c’était vous, continuez avec le compte qui vous a servi à l’accepter. Sinon, demandez-en une nouvelle à la personne qui vous l’a envoyée.',
    },
    unknown: {
      heading: 'Ce lien ne fonctionne pas',
      lead: 'Il est incomplet, ou un message plus récent l’a remplacé. Ouvrez le lien de votre dernière invitation, ou demandez-en une nouvelle à la personne qui vous l’a envoyée.',
    },
    off: {
      heading: 'Cette invitation ne mène plus nulle part',
      lead: 'Ce qu’elle proposait n’existe plus ici. Adressez-vous à la personne qui vous l’a envoyée.',
    },
    over: {
      heading: 'Cette page a expiré',
      lead: 'Ouvrez encore une fois le lien de votre invitation, dans ce navigateur. Elle reste valable.',
    },
    unavailable: {
      heading: 'C’est impossible pour le moment',
      lead: 'Le problème vient de chez nous, et votre invitation n’est pas perdue. Veuillez réessayer dans un instant.',
    },
  },
  signedIn: 'Une session est ouverte. Acceptez avec ce compte, ou choisissez-en un autre.',
  facts: { boundTo: 'Pour', roles: 'Vous recevez', until: 'Valable jusqu’au' },
  person: 'Compte connecté',
  unfinished: 'La connexion n’a pas été terminée. Votre invitation reste valable, et vous pouvez réessayer.',
  reassurance: 'Rien ne se passe tant que vous n’avez pas accepté.',
  buttons: {
    accept: 'Accepter et se connecter',
    acceptAs: 'Accepter avec ce compte',
    other: 'Utiliser un autre compte',
    again: 'Réessayer',
    go: 'Accéder à {application}',
    signIn: 'Continuer',
  },
  news: { lost: 'La connexion est interrompue. Nous réessayons.' },
};
